package strategy

import "strings"

// meant returns the words that suggest which of names a mistyped word is: one
// that it begins, or else the one with the fewest typos. It returns nothing if
// the word is like none of them.
func meant(word string, names []string) string {
	best, at := max(len(word)/3, 1)+1, -1 // The first distance that is too far.
	for i, name := range names {
		if word != "" && strings.HasPrefix(name, word) {
			at = i
			break
		}
		if d := distance(word, name); d < best {
			best, at = d, i
		}
	}
	if at < 0 {
		return ""
	}
	return "did you mean " + names[at] + "? "
}

// maxWord is how many bytes of a mistyped word are looked at; no name is as
// long.
const maxWord = 40

// short returns the beginning of a word that nobody can have meant: a message
// is as long as what it says, not as what somebody sent.
func short(word string) string {
	if len(word) <= maxWord {
		return word
	}
	return strings.ToValidUTF8(word[:maxWord], "") + "…"
}

// distance is the number of single-byte insertions, deletions, replacements and
// exchanges of neighbours between two words (optimal string alignment), or one
// that is too far for a long word.
func distance(a, b string) int {
	if len(a) > maxWord {
		return len(a)
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before, last, row = last, row, before
		row[0] = i + 1
		for j := range len(b) {
			row[j+1] = min(last[j+1], row[j]) + 1
			if a[i] == b[j] {
				row[j+1] = min(row[j+1], last[j])
			} else {
				row[j+1] = min(row[j+1], last[j]+1)
			}
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}

package scenario

import "strings"

// maxMistyped is how many bytes a word may have to be taken for a mistyped one.
const maxMistyped = 40

// maxListed is how many names a hint lists.
const maxListed = 16

// suggest returns the words that help who typed an unknown word: the nearest of
// names, or all of them.
func suggest(typed string, names []string) string {
	if near := nearest(typed, names); near != "" {
		return "did you mean " + near + "?"
	}
	if len(names) == 0 {
		return ""
	}
	if len(names) > maxListed {
		return "one of " + strings.Join(names[:maxListed], ", ") + ", …"
	}
	return "one of " + strings.Join(names, ", ")
}

// brief is a word as an error repeats it.
func brief(text string) string {
	if before, rest := split(text, maxMistyped); rest != "" {
		return before + "…"
	}
	return text
}

// nearest returns the one of names that a mistyped word most likely meant: one
// that it begins, or else the one with the fewest typos; "" if it is like none.
func nearest(typed string, names []string) string {
	if typed == "" || len(typed) > maxMistyped {
		return ""
	}
	best, fewest := "", max(len(typed)/3, 1)+1 // The first distance that is too far.
	for _, name := range names {
		if strings.HasPrefix(name, typed) {
			return name
		}
		if d := typos(typed, name); d < fewest {
			best, fewest = name, d
		}
	}
	return best
}

// typos is how many single-byte insertions, deletions, replacements and swaps of
// neighbours make b of a (optimal string alignment).
func typos(a, b string) int {
	var before []int
	row := make([]int, len(b)+1) // From a's beginning so far to each beginning of b.
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		next := make([]int, len(b)+1)
		next[0] = i + 1
		for j := range len(b) {
			changed := row[j]
			if a[i] != b[j] {
				changed++
			}
			next[j+1] = min(changed, next[j]+1, row[j+1]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}

package scenarios

import "strings"

// maxTypos is how many edits a name may be away to be taken for a misspelling.
const maxTypos = 3

// nearest returns the one of names that word most likely meant: one that it
// begins, or else the one with the fewest typos.
func nearest(word string, names []string) (string, bool) {
	best, fewest := "", maxTypos+1
	for _, n := range names {
		if word != "" && strings.HasPrefix(n, word) {
			return n, true
		}
		if d := typos(word, n); d < fewest {
			best, fewest = n, d
		}
	}
	return best, best != ""
}

// typos is the Levenshtein distance of a and b, in bytes.
func typos(a, b string) int {
	row := make([]int, len(b)+1) // Distances from a's beginning so far to each beginning of b.
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			changed := diagonal
			if a[i] != b[j] {
				changed++
			}
			diagonal = row[j+1]
			row[j+1] = min(changed, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

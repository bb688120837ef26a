// Package spelling finds the word that somebody meant who mistyped it. Every
// language of this product, its flags, scripts and names, makes its suggestions
// by it.
package spelling

import (
	"slices"
	"strings"
)

// MaxWord is how many bytes a word may have to be taken for a mistyped one: no
// name is as long.
const MaxWord = 40

// fewestOfBeginning is how many bytes a mistyped word must have to be compared
// with beginnings of names: a shorter one is like too many of them.
const fewestOfBeginning = 5

// Nearest returns the one of names that a mistyped word most likely meant: one
// that it begins, or else the one with the fewest typos, counted against the
// whole name or, for a longer word, against its beginning. It returns "" if the
// word is like none of them.
func Nearest(typed string, names []string) string {
	if typed == "" || len(typed) > MaxWord {
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

// Brief returns the beginning of a word that nobody can have meant: a message is
// as long as what it says, not as what somebody sent.
func Brief(word string) string {
	if len(word) <= MaxWord {
		return word
	}
	return strings.ToValidUTF8(word[:MaxWord], "") + "…"
}

// typos is how many single-byte insertions, deletions, replacements and swaps of
// neighbours make b, or a beginning of b, of a (optimal string alignment).
func typos(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before, last, row = last, row, before
		row[0] = i + 1
		for j := range len(b) {
			changed := last[j]
			if a[i] != b[j] {
				changed++
			}
			row[j+1] = min(changed, row[j]+1, last[j+1]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	if len(a) < fewestOfBeginning {
		return row[len(b)]
	}
	return slices.Min(row[min(len(a)-1, len(b)):])
}

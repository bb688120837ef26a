package strategy

import "optimist/shared/spelling"

// meant returns the words that suggest which of names a mistyped word is, or
// nothing if it is like none of them.
func meant(word string, names []string) string {
	if near := spelling.Nearest(word, names); near != "" {
		return "did you mean " + near + "? "
	}
	return ""
}

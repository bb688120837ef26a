package scenario

import (
	"strings"

	"optimist/shared/spelling"
)

// maxListed is how many names a hint lists.
const maxListed = 16

// suggest returns the words that help who typed an unknown word: the nearest of
// names, or all of them.
func suggest(typed string, names []string) string {
	if near := spelling.Nearest(typed, names); near != "" {
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

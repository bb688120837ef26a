package tui

import (
	"fmt"
	"strings"

	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// describe says what a mutation asks for.
func describe(m reconcile.Mutation) string {
	if m.Op == user.Delete {
		return "delete"
	}
	return m.Op.String() + " " + fields(m.Patch)
}

// fields lists what a patch sets.
func fields(p user.Patch) string {
	var parts []string
	if p.Set.Has(user.FieldName) {
		parts = append(parts, fmt.Sprintf("name → “%s”", p.Name))
	}
	if p.Set.Has(user.FieldEmail) {
		parts = append(parts, fmt.Sprintf("email → “%s”", p.Email))
	}
	return strings.Join(parts, ", ")
}

// plural counts things.
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// seconds says a time of milliseconds as people do.
func seconds(ms int64) string {
	switch {
	case ms < 1_000:
		return fmt.Sprintf("%d ms", max(ms, 0))
	case ms < 10_000:
		return fmt.Sprintf("%.1f s", float64(ms)/1_000)
	case ms < minute:
		return fmt.Sprintf("%d s", ms/1_000)
	}
	return fmt.Sprintf("%d min", ms/minute)
}

// hash writes a sequence.
func hash(seq uint64) string { return fmt.Sprintf("#%d", seq) }

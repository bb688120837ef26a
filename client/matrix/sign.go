package matrix

import (
	"fmt"
	"strings"

	"optimist/client/view"
)

// Symbols are how signs are written.
type Symbols struct{ theme view.Theme }

// The two kinds of symbols.
var (
	Unicode = Symbols{view.NewTheme(view.Options{})}
	ASCII   = Symbols{view.NewTheme(view.Options{ASCII: true})}
)

// Full writes an entry with the steps and the faults of its film.
func (y *Symbols) Full(e *Entry) string {
	if e.Cell == nil {
		return y.sign(e.Sign)
	}
	return fmt.Sprintf("%s %d/%d%s", y.sign(e.Sign), e.Cell.Steps, e.Cell.Faults, y.open(e))
}

// Short writes an entry with the steps of its film, and a mark for each fault.
func (y *Symbols) Short(e *Entry) string {
	if e.Cell == nil {
		return y.sign(e.Sign)
	}
	return fmt.Sprintf("%s%d%s%s", y.sign(e.Sign), e.Cell.Steps, strings.Repeat("!", e.Cell.Faults), y.open(e))
}

// Count writes how many defects a strategy shows.
func (y *Symbols) Count(s *Sheet, under int) string {
	n, open := s.Defects(under)
	if open {
		return fmt.Sprint(n) + y.sign(view.SignCut)
	}
	return fmt.Sprint(n)
}

// open marks a price behind which a defect may be.
func (y *Symbols) open(e *Entry) string {
	if e.Open {
		return y.sign(view.SignCut)
	}
	return ""
}

// sign writes a sign alone.
func (y *Symbols) sign(s view.Sign) string { return y.theme.Sign(s) }

// plain writes text in the characters of the symbols.
func (y *Symbols) plain(text string) string {
	if !y.theme.Options().ASCII {
		return text
	}
	return strings.NewReplacer("│", "|", "…", y.sign(view.SignCut), "–", "-", "“", `"`, "”", `"`).Replace(text)
}

package matrix

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"optimist/client/search"
	"optimist/client/view"
	"optimist/scenarios"
)

// Meaning is a sign, and what it means.
type Meaning struct{ Sign, Text string }

// short says what the signs mean where they are short.
func (y *Symbols) short(m *search.Matrix) []Meaning {
	defect, price := y.sign(view.SignDefect), y.sign(view.SignPrice)
	return append([]Meaning{
		{defect + "4", "a defect: reachable in 4 steps although nothing fails"},
		{defect + "5!", "reachable in 5 steps, one of them struck by a fault"},
	}, y.rest(price+"5!", m)...)
}

// full says what the signs mean where they are written in full.
func (y *Symbols) full(m *search.Matrix) []Meaning {
	defect, price := y.sign(view.SignDefect), y.sign(view.SignPrice)
	return append([]Meaning{{defect + " 4/0", "a defect, reachable: steps and faults of its shortest film"}}, y.rest(price+" 5/1", m)...)
}

// rest says what the other signs mean; those of what was cut, if anything was.
func (y *Symbols) rest(price string, m *search.Matrix) []Meaning {
	list := []Meaning{
		{price, "a printed price, no defect: what the strategy says that it costs (optimist strategies NAME)"},
		{y.sign(view.SignClean), "in no schedule of these scopes; nothing is said of larger ones"},
	}
	if cutCount(m) == 0 {
		return list
	}
	return append(list,
		Meaning{y.sign(view.SignHalf), "in none without a fault, that is certain; with one, not before the search was cut"},
		Meaning{y.sign(view.SignCut), "not before the search was cut; behind a price or a number: there may be defects that it did not come to"})
}

// boundsText says what a scope is.
func boundsText(b *search.Bounds) string {
	return fmt.Sprintf("%s: %s, %s", b.Name, b.Title, faultsText(b.Budget))
}

// scopeTexts says what each scope is, its budgets taken together, and at the end
// which faults may strike.
func scopeTexts(bounds []search.Bounds) []string {
	var texts []string
	for i := range bounds {
		b := &bounds[i]
		if i+1 < len(bounds) && base(bounds[i+1].Name) == base(b.Name) {
			continue
		}
		texts = append(texts, fmt.Sprintf("%s: %s; %s, at most %s under way at once, and %s to each client.",
			base(b.Name), b.Title, faultsText(b.Budget), plural(b.Window, "change"), plural(b.Window, "message")))
	}
	if kinds := kindsText(bounds); kinds != "" {
		texts = append(texts, kinds)
	}
	return texts
}

// kindsText lists the kinds of fault, if they are the same in all scopes that
// have any.
func kindsText(bounds []search.Bounds) string {
	kinds := ""
	for i := range bounds {
		if bounds[i].Budget == 0 {
			continue
		}
		list := strings.Join(bounds[i].Faults, ", ")
		if kinds != "" && kinds != list {
			return "The faults differ: each scope says its own in its explore section."
		}
		kinds = list
	}
	if kinds == "" {
		return ""
	}
	return "A fault is one of: " + kinds + "."
}

// faultsText says how many faults may strike.
func faultsText(budget int) string {
	switch budget {
	case 0:
		return "no fault"
	case 1:
		return "up to one fault"
	}
	return fmt.Sprintf("up to %d faults", budget)
}

// base is the name of a scope without its budget.
func base(scope string) string {
	name := strings.TrimRight(scope, "0123456789")
	if short, ok := strings.CutSuffix(name, "/"); ok && name != scope {
		return short
	}
	return scope
}

// plainName is the name of a scope without the directory and the extension of
// its file.
func plainName(scope string) string {
	name := base(scope)
	return strings.TrimSuffix(filepath.Base(name), scenarios.Ext) + strings.TrimPrefix(scope, name)
}

// cutCount is how many searches were cut.
func cutCount(m *search.Matrix) int {
	n := 0
	for i := range m.Prices {
		if m.Prices[i].Cut {
			n++
		}
	}
	return n
}

// cutText says what was cut, if anything.
func cutText(m *search.Matrix) string {
	if n := cutCount(m); n > 0 {
		return fmt.Sprintf(" Cut before its end: %d of %d searches. Higher limits go further: --states, --memory, --time.", n, len(m.Prices))
	}
	return " Every schedule was searched."
}

// thousands writes a number with a comma between thousands.
func thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// plural is a number with its noun.
func plural(n int, noun string) string {
	switch n {
	case 0:
		return "no " + noun
	case 1:
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Text is progress in a line.
func (p Progress) Text() string {
	return fmt.Sprintf("%d/%d %s under %s: %s states, %s/s, frontier %s, depth %d, %s", p.Done+1, p.Of, p.Scope, p.Strategy,
		thousands(p.Counts.States), thousands(int64(p.Speed)), thousands(p.Counts.Frontier), p.Counts.Depth, faultsText(p.Counts.Faults))
}

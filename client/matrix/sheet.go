package matrix

import (
	"slices"
	"strings"

	"optimist/client/search"
	"optimist/client/view"
	"optimist/shared/anomaly"
)

// Entry is one place of a sheet. A sign other than that of a defect or a price
// holds within the scopes of its sheet, and says nothing of others.
type Entry struct {
	Sign  view.Sign
	Cell  *search.Cell // Of the shortest film; nil if there is none.
	Scope string       // Where that is.
	Open  bool         // A price whose search was cut: a defect is not excluded.
}

// Sheet is strategies against anomalies, in one scope or over several.
type Sheet struct {
	Name    string          // Of the scope; All for all of them.
	Bounds  []search.Bounds // What it covers.
	Under   []string        // Strategies.
	Columns []anomaly.Definition
	entries [][]Entry // By strategy, then anomaly.
}

// All is the name of the sheet over all scopes.
const All = "all"

// At returns the entry of a strategy and an anomaly, both by their places.
func (s *Sheet) At(under, column int) *Entry { return &s.entries[under][column] }

// Sheets returns one sheet over all scopes, if there are several, and one for
// each scope and budget.
func Sheets(m *search.Matrix, under []string) []Sheet {
	x := newIndex(m)
	var sheets []Sheet
	if len(m.Scopes) > 1 {
		sheets = append(sheets, x.sheet(All, m.Scopes, under))
	}
	for i := range m.Scopes {
		sheets = append(sheets, x.sheet(m.Scopes[i].Name, m.Scopes[i:i+1], under))
	}
	return sheets
}

// Over returns the sheet over all scopes.
func Over(m *search.Matrix, under []string) Sheet {
	return newIndex(m).sheet(All, m.Scopes, under)
}

// Under returns the strategies of a matrix, in their order.
func Under(m *search.Matrix) []string {
	var list []string
	for i := range m.Prices {
		if u := m.Prices[i].Strategy; !slices.Contains(list, u) {
			list = append(list, u)
		}
	}
	return list
}

// place is where a cell is.
type place struct{ scope, strategy, id string }

// index finds the cells of a matrix.
type index map[place]*search.Cell

func newIndex(m *search.Matrix) index {
	x := make(index, len(m.Cells))
	for i := range m.Cells {
		c := &m.Cells[i]
		x[place{c.Scope, c.Strategy, c.ID}] = c
	}
	return x
}

// sheet returns strategies against anomalies in scopes.
func (x index) sheet(name string, bounds []search.Bounds, under []string) Sheet {
	s := Sheet{Name: name, Bounds: bounds, Under: under}
	for _, d := range anomaly.All() {
		if d.Applicable {
			s.Columns = append(s.Columns, d)
		}
	}
	for _, u := range under {
		row := make([]Entry, len(s.Columns))
		for i := range s.Columns {
			row[i] = x.entry(bounds, u, s.Columns[i].ID)
		}
		s.entries = append(s.entries, row)
	}
	return s
}

// entry takes the cells of several scopes together: a defect before a price, and
// of each the film with the fewest faults and then the fewest steps.
func (x index) entry(bounds []search.Bounds, under, id string) Entry {
	e, open, free, waits := Entry{}, false, true, false
	for i := range bounds {
		c := x[place{bounds[i].Name, under, id}]
		switch {
		case c == nil:
			waits = true
		case c.Verdict == search.Cut || c.Verdict == search.Reachable && c.Price && x.isCut(&bounds[i], under):
			open = true
			free = free && bounds[i].Budget > 0
		}
		if c != nil && c.Verdict == search.Reachable && (e.Cell == nil || nearer(c, e.Cell)) {
			e.Cell, e.Scope = c, bounds[i].Name
		}
	}
	switch {
	case e.Cell != nil && e.Cell.Price:
		e.Sign, e.Open = view.SignPrice, open || waits
	case e.Cell != nil:
		e.Sign = view.SignDefect
	case waits:
		e.Sign = view.SignWaiting
	case open && free:
		e.Sign = x.half(bounds)
	case open:
		e.Sign = view.SignCut
	default:
		e.Sign = view.SignClean
	}
	return e
}

// half is certain without a fault where the scopes without a fault are among those of the sheet.
func (x index) half(bounds []search.Bounds) view.Sign {
	if slices.ContainsFunc(bounds, func(b search.Bounds) bool { return b.Budget == 0 }) {
		return view.SignHalf
	}
	return view.SignCut
}

// isCut reports whether the search of a scope was cut: what was not found in it
// may be there.
func (x index) isCut(b *search.Bounds, under string) bool {
	for _, d := range anomaly.All() {
		if c := x[place{b.Name, under, d.ID}]; c != nil && c.Verdict == search.Cut {
			return true
		}
	}
	return false
}

// nearer reports whether a says more than b, or is sooner seen.
func nearer(a, b *search.Cell) bool {
	switch {
	case a.Price != b.Price:
		return b.Price
	case a.Faults != b.Faults:
		return a.Faults < b.Faults
	}
	return a.Steps < b.Steps
}

// Shown returns the places of the anomalies that some strategy shows, and those
// of the others.
func (s *Sheet) Shown() (shown, others []int) {
	for i := range s.Columns {
		if slices.ContainsFunc(s.entries, func(row []Entry) bool { return row[i].Cell != nil }) {
			shown = append(shown, i)
		} else {
			others = append(others, i)
		}
	}
	return shown, others
}

// Others takes several places of a strategy together, none of which shows
// anything: the least that holds for all.
func (s *Sheet) Others(under int, columns []int) view.Sign {
	least := view.SignClean
	for _, c := range columns {
		sign := s.entries[under][c].Sign
		if sign == view.SignWaiting {
			return view.SignWaiting
		}
		least = max(least, sign)
	}
	return least
}

// Defects counts the anomalies that a strategy shows, printed prices apart, and
// says whether there may be more.
func (s *Sheet) Defects(under int) (n int, open bool) {
	for i := range s.entries[under] {
		switch e := &s.entries[under][i]; e.Sign {
		case view.SignDefect:
			n++
		case view.SignPrice:
			open = open || e.Open
		case view.SignHalf, view.SignCut, view.SignWaiting:
			open = true
		case view.SignClean:
		}
	}
	return n, open
}

// group says what the anomalies whose ids begin with a letter are about.
func group(id string) string {
	switch {
	case strings.HasPrefix(id, "V"):
		return "V: people told"
	case strings.HasPrefix(id, "W"):
		return "W: screens"
	}
	return "D: stored"
}

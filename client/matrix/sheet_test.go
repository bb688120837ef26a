package matrix

import (
	"strings"
	"testing"
	"unicode/utf8"

	"optimist/client/search"
	"optimist/client/view"
)

// Over all scopes a defect counts before a price and fewer faults before fewer
// steps, and what was cut anywhere is not clean.
func TestScopesTogether(t *testing.T) {
	m := mustSample(t)
	all := Over(m, Under(m))
	for _, c := range []struct {
		under, id, short string
		sign             view.Sign
	}{
		{"check-projection", "V1", "✗4", view.SignDefect},
		{"check-projection", "V4", "*13…", view.SignPrice}, // Without a fault, though longer.
		{"reconcile", "V4", "*5!…", view.SignPrice},
		{"outbox", "D6", "✗3", view.SignDefect},
		{"fire-and-forget", "D4", "✗10!", view.SignDefect},
		{"reconcile", "V1", "–", view.SignHalf},
		{"dual-write", "V1", "…", view.SignCut},
	} {
		e := all.mustAt(t, c.under, c.id)
		if got := Unicode.Short(e); e.Sign != c.sign || got != c.short {
			t.Errorf("%s %s: %v %q, want %v %q", c.under, c.id, e.Sign, got, c.sign, c.short)
		}
	}
}

// A defect is told before a price that is nearer.
func TestDefectBeforePrice(t *testing.T) {
	m := mustSample(t)
	for i := range m.Cells {
		if c := &m.Cells[i]; c.Scope == "c/1" && c.Strategy == "reconcile" && c.ID == "V4" {
			c.Verdict, c.Steps, c.Faults, c.Film = search.Reachable, 20, 2, sampleFilm
		}
	}
	all := Over(m, Under(m))
	if got := Unicode.Full(all.mustAt(t, "reconcile", "V4")); got != "✗ 20/2" {
		t.Errorf("got %q", got)
	}
}

// One scope alone says what was searched of it, and a price in a search that was
// cut is open.
func TestOneScope(t *testing.T) {
	m := mustSample(t)
	sheets := Sheets(m, Under(m))
	if len(sheets) != 5 || sheets[0].Name != All {
		t.Fatalf("%d sheets", len(sheets))
	}
	for _, c := range []struct{ scope, under, id, full string }{
		{"a/0", "reconcile", "V4", "✓"}, {"a/1", "reconcile", "V4", "* 5/1"}, {"c/1", "reconcile", "V1", "…"},
		{"c/0", "reconcile", "V1", "✓"}, {"c/0", "check-projection", "V4", "* 13/0"}, {"c/1", "check-projection", "V4", "* 13/0…"},
	} {
		for i := range sheets {
			if sheets[i].Name == c.scope {
				if got := Unicode.Full(sheets[i].mustAt(t, c.under, c.id)); got != c.full {
					t.Errorf("%s %s %s: %q, want %q", c.scope, c.under, c.id, got, c.full)
				}
			}
		}
	}
}

// Whether one can go on offline only those scopes tell that cut somebody off.
func TestOffline(t *testing.T) {
	m := mustSample(t)
	if got := Worst(m, "hold").Offline; got != "" {
		t.Errorf("nobody is cut off, and yet: %s", got)
	}
	m.Scopes[0].Faults = []string{"disconnect"} // Without a fault it never strikes.
	if got := Worst(m, "hold").Offline; got != "" {
		t.Errorf("no fault strikes, and yet: %s", got)
	}
	m.Scopes[1].Faults = []string{"disconnect"}
	if got := Worst(m, "hold").Offline; got != search.Reachable {
		t.Errorf("got %q", got)
	}
	m.Scopes[3].Faults = []string{"disconnect"}
	if got := Worst(m, "hold").Offline; got != search.Cut {
		t.Errorf("got %q", got)
	}
}

// What was not searched yet is neither clean nor cut.
func TestWaiting(t *testing.T) {
	m := mustSample(t)
	cells := m.Cells
	m.Cells = nil
	for i := range cells {
		if cells[i].Strategy != "reserve" || cells[i].Scope[0] == 'a' {
			m.Cells = append(m.Cells, cells[i])
		}
	}
	all := Over(m, Under(m))
	if e := all.mustAt(t, "reserve", "V1"); e.Sign != view.SignWaiting {
		t.Errorf("sign %v", e.Sign)
	}
}

// mustAt returns the entry of a strategy and an anomaly.
func (s *Sheet) mustAt(tb testing.TB, under, id string) *Entry {
	tb.Helper()
	for u := range s.Under {
		for c := range s.Columns {
			if s.Under[u] == under && s.Columns[c].ID == id {
				return s.At(u, c)
			}
		}
	}
	tb.Fatalf("no %s under %s", id, under)
	return nil
}

// The table fits a terminal of 80 columns, in every form, and a narrow one, and keeps to ASCII
// where that is asked for.
func TestTable(t *testing.T) {
	for name, o := range map[string]Options{
		"table.txt": {Symbols: Unicode}, "table-ascii.txt": {Symbols: ASCII}, "table-each.txt": {Each: true, Symbols: Unicode},
		"table-narrow.txt": {Symbols: Unicode, Width: 60},
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			if err := Table(&b, mustSample(t), o); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(b.String()) {
				if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > o.table().width {
					t.Errorf("%d cells: %s", n, line)
				}
			}
			if o.Symbols == ASCII && strings.ContainsFunc(b.String(), func(r rune) bool { return r > '~' }) {
				t.Error("not in seven bits")
			}
			mustMatch(t, name, b.String())
		})
	}
}

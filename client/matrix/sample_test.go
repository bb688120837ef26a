package matrix

import (
	"path/filepath"
	"strings"
	"testing"

	"optimist/client/golden"
	"optimist/client/search"
	"optimist/shared/anomaly"
	"optimist/shared/strategy"
)

// sampleFilm is the race, as a search writes it.
const sampleFilm = `# title: spurious-rejection under check-projection: a legal change was refused
# Found by searching SCOPE.
use strategy check-projection
client alice
hold all

alice create ada name="Ada" email=ada@example.org
server handle alice.1
alice edit ada name="Ada Lovelace"
server handle alice.2

> alice's edit alice.2 of ada was refused (not_found) although event #3 already made the record.
expect anomaly spurious-rejection alice.2
`

// finding is what a sample holds besides what was not found.
type finding struct {
	scope, strategy, id string
	steps, faults       int
	price               bool
}

var sampleFindings = []finding{
	{"a/0", "check-projection", "V1", 4, 0, false},
	{"a/1", "check-projection", "V1", 4, 0, false},
	{"a/1", "check-projection", "V4", 5, 1, true},
	{"a/1", "reconcile", "V4", 5, 1, true},
	{"a/1", "reconcile", "V9", 8, 1, true},
	{"a/1", "fire-and-forget", "D4", 10, 1, false},
	{"c/0", "check-projection", "V4", 13, 0, true},
	{"c/1", "check-projection", "V4", 13, 0, true},
	{"c/0", "outbox", "D6", 3, 0, false},
	{"c/1", "outbox", "D6", 3, 0, false},
	{"a/1", "outbox", "D6", 2, 1, false},
}

// mustSample is a matrix of two scopes, the second of which was searched whole
// without a fault only; under dual-write not even that.
func mustSample(tb testing.TB) *search.Matrix {
	tb.Helper()
	m := &search.Matrix{States: 1_234_567, Seconds: 12}
	kinds := []string{"append-refuse", "feed-drop"}
	for _, b := range []search.Bounds{
		{Name: "a/0", Title: "A new record", Budget: 0, Window: 2, Faults: kinds}, {Name: "a/1", Title: "A new record", Budget: 1, Window: 2, Faults: kinds},
		{Name: "c/0", Title: "One record, two persons", Budget: 0, Window: 2, Faults: kinds}, {Name: "c/1", Title: "One record, two persons", Budget: 1, Window: 2, Faults: kinds},
	} {
		m.Scopes = append(m.Scopes, b)
		for _, u := range strategy.All() {
			m.Cells = append(m.Cells, sampleCells(b.Name, u.Text())...)
		}
	}
	for i, u := range strategy.All() {
		m.Prices = append(m.Prices,
			search.Cost{Scope: "a", Strategy: u.Text(), Wait: 4 + i, Writes: 2, Offline: search.Reachable, Confirmed: search.Reachable},
			search.Cost{
				Scope: "c", Strategy: u.Text(), Wait: 13, Writes: 1.5, Held: i % 2, Offline: search.Cut, Confirmed: search.Unreachable,
				Anomalies: []string{"V4"}, Cut: true,
			})
	}
	return m
}

// sampleCells are those of a strategy in a scope.
func sampleCells(scope, under string) []search.Cell {
	var cells []search.Cell
	for _, d := range anomaly.All() {
		if !d.Applicable {
			continue
		}
		c := search.Cell{Scope: scope, Strategy: under, Anomaly: d.Name, ID: d.ID, Verdict: search.Unreachable}
		if scope == "c/1" || scope == "c/0" && under == "dual-write" {
			c.Verdict = search.Cut
		}
		for _, f := range sampleFindings {
			if f.scope == scope && f.strategy == under && f.id == d.ID {
				c.Verdict, c.Steps, c.Faults, c.Price = search.Reachable, f.steps, f.faults, f.price
				c.Why, c.Film = "alice's edit alice.2 of ada is a sample", strings.ReplaceAll(sampleFilm, "SCOPE", base(scope)+" "+under+" "+d.ID)
			}
		}
		cells = append(cells, c)
	}
	return cells
}

// mustMatch compares text with a golden file.
func mustMatch(tb testing.TB, name, text string) {
	tb.Helper()
	golden.Match(tb, filepath.Join("testdata", name), text)
}

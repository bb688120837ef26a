//go:build e2e

package search_test

import (
	"testing"

	"optimist/client/search"
)

// mostMemory is how many bytes a search of two persons with a fault may take.
const mostMemory = 2 << 30

// Two persons with one record and one fault, or two; and one person with three:
// every schedule.
func TestThePromiseHoldsWithMoreFaults(t *testing.T) {
	for _, of := range []struct {
		scope, under string
		faults       int
	}{
		{"c", "reconcile", 1}, {"c", "reserve", 1}, {"c", "reconcile", 2}, {"c", "reserve", 2}, {"b", "reconcile", 3}, {"b", "reserve", 3},
	} {
		r := mustSearchWith(t, of.scope, of.under, of.faults)
		mustBeClean(t, r)
		t.Log(of, r.Counts.States, "states in", r.Took)
	}
}

// Parts that are alike stand for each other, and which of them is met first is up
// to chance: it makes no difference.
func TestChanceMakesNoDifference(t *testing.T) {
	for _, under := range []string{"reconcile", "natural-key", "read-log"} {
		want := mustSearchWith(t, "b", under, 2)
		for range 5 {
			if got := mustSearchWith(t, "b", under, 2); got.Counts != want.Counts {
				t.Errorf("%s: %+v, then %+v", under, want.Counts, got.Counts)
			}
		}
	}
}

// mustSearchWith searches a scope with so many faults at most, to its end.
func mustSearchWith(t *testing.T, scope, under string, faults int) *search.Result {
	t.Helper()
	s := mustScope(t, scope, under)
	s.Budget = faults
	r := mustExplore(t, s, search.Options{Limits: search.Limits{Memory: mostMemory}})
	if r.Cut != "" {
		t.Fatalf("%s under %s with %d faults: cut by %s", scope, under, faults, r.Cut)
	}
	return r
}

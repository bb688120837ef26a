//go:build e2e

package search_test

import (
	"testing"

	"optimist/client/search"
)

// Limits of a search of two persons with one record and a fault.
const (
	mostStates = 2_000_000
	mostMemory = 2 << 30 // Bytes.
)

// Two persons with one record and one fault: every schedule under reconcile, and
// under reserve, which has more, as many as there is time for.
func TestThePromiseHoldsForTwoAndAFault(t *testing.T) {
	for _, under := range promising {
		r := mustExplore(t, mustScope(t, "c", under), search.Options{Limits: search.Limits{States: mostStates, Memory: mostMemory}})
		mustBeClean(t, r)
		t.Log(under, r.Counts.States, "states, cut by", r.Cut, "after", r.Took)
		if under == "reconcile" && r.Cut != "" {
			t.Errorf("%s: cut by %s", under, r.Cut)
		}
	}
}

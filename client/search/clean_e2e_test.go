//go:build e2e

package search_test

import (
	"testing"

	"optimist/client/search"
)

// mostMemory is how many bytes a search of two persons with a fault may take.
const mostMemory = 2 << 30

// Two persons with one record and one fault: every schedule, under both.
func TestThePromiseHoldsForTwoAndAFault(t *testing.T) {
	for _, under := range promising {
		r := mustExplore(t, mustScope(t, "c", under), search.Options{Limits: search.Limits{Memory: mostMemory}})
		mustBeClean(t, r)
		t.Log(under, r.Counts.States, "states in", r.Took)
		if r.Cut != "" {
			t.Errorf("%s: cut by %s", under, r.Cut)
		}
	}
}

package search_test

import (
	"testing"

	"optimist/client/search"
)

// promising are the strategies that promise that nothing goes wrong but what
// they print as their price.
var promising = []string{"reconcile", "reserve"}

// In every schedule of the smaller scopes with one fault the promise holds. The
// films of what is found tell how it broke.
func TestThePromiseHolds(t *testing.T) {
	for _, under := range promising {
		for _, scope := range scopes {
			mustBeClean(t, mustSearch(t, scope, under))
		}
	}
}

// mustBeClean fails if a search found more than printed prices, or nearly
// nothing.
func mustBeClean(t *testing.T, r *search.Result) {
	t.Helper()
	if r.Counts.States < 500 {
		t.Errorf("%s under %s: only %d states were searched", r.Scope.Script.Name, r.Scope.Strategy.Text(), r.Counts.States)
	}
	for i := range r.Films {
		if f := &r.Films[i]; !f.Finding.Price {
			t.Errorf("%s under %s: %s, %s\n%s", r.Scope.Script.Name, r.Scope.Strategy.Text(), f.Anomaly.Name, f.Size(), f.Text)
		}
	}
}

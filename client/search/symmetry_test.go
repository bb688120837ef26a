package search_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/client/search"
	"optimist/scenarios"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// Two persons with one record, who change their parts, but not their places
// among the clients: as many states and transitions, the same anomalies with
// films as long, and the same price.
func TestNobodysNameMatters(t *testing.T) {
	two, err := os.ReadFile("testdata/two.scenario")
	if err != nil {
		t.Fatal(err)
	}
	for _, under := range []string{"reconcile", "reserve", "check-projection", "fire-and-forget", "dual-write"} {
		t.Run(under, func(t *testing.T) {
			mustBeSymmetric(t, string(two), under, func(*search.Scope) {})
			if under == "dual-write" {
				return // Ten times as many states, for want of any check.
			}
			c := scenario.Format(mustScope(t, "c", under).Script)
			mustBeSymmetric(t, string(c), under, func(s *search.Scope) { s.Budget, s.Window = 0, 1 })
		})
	}
}

// mustBeSymmetric searches a script as it is and with alice and bob swapped.
func mustBeSymmetric(t *testing.T, text, under string, bound func(*search.Scope)) {
	t.Helper()
	swap := strings.NewReplacer("\nalice ", "\nbob ", "\nbob ", "\nalice ")
	var results []*search.Result
	for _, script := range []string{text, swap.Replace(text)} {
		parsed, err := scenario.Parse("swap"+scenarios.Ext, []byte(script))
		if err != nil {
			t.Fatal(err)
		}
		s, err := search.NewScope(parsed, strategy.Of(under))
		if err != nil {
			t.Fatal(err)
		}
		bound(s)
		results = append(results, mustExplore(t, s, search.Options{}))
	}
	a, b := results[0], results[1]
	if a.Counts != b.Counts || a.Counts.States < 100 {
		t.Errorf("%+v, and swapped %+v", a.Counts, b.Counts)
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(findings(a))), slices.Sorted(slices.Values(findings(b)))); diff != "" {
		t.Error(diff)
	}
	a.Price.Writes = b.Price.Writes // Of several shortest schedules it is one.
	if diff := cmp.Diff(a.Price, b.Price); diff != "" {
		t.Error(diff)
	}
}

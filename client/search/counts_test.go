package search_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/client/search"
	"optimist/shared/explore"
	"optimist/shared/strategy"
)

var update = flag.Bool("update", false, "write testdata/counts.txt anew")

// How many states and transitions a scope has is fixed, without a fault and with
// one, under each strategy: who changes a core sees in the diff what that does to
// the space of its schedules.
func TestCounts(t *testing.T) {
	const path = "testdata/counts.txt"
	var b strings.Builder
	for _, scope := range scopes {
		for budget := range 2 {
			for _, under := range strategy.Names() {
				c := countsOf(t, scope, under, budget)
				fmt.Fprintf(&b, "%s/%d %-16s %7d states %7d transitions %3d steps\n", scope, budget, under, c.States, c.Transitions, c.Deepest)
			}
		}
	}
	if *update {
		if !slices.Contains(scopes, "b") {
			t.Fatal("the race detector leaves scopes out; run -update without it")
		}
		if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(onlySearched(string(want)), b.String()); diff != "" {
		t.Errorf("after a change that may do that, go test ./client/search -run TestCounts -update:\n%s", diff)
	}
}

// countsOf searches a scope with so many faults at most.
func countsOf(t *testing.T, scope, under string, budget int) explore.Counts {
	t.Helper()
	s := mustScope(t, scope, under)
	if budget == s.Budget {
		return mustSearch(t, scope, under).Counts
	}
	s.Budget = budget
	return mustExplore(t, s, search.Options{}).Counts
}

// onlySearched leaves the lines of scopes that are searched to their end.
func onlySearched(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		for _, scope := range scopes {
			if strings.HasPrefix(line, scope+"/") {
				b.WriteString(line)
			}
		}
	}
	return b.String()
}

package scenario_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/scenario"
	"optimist/shared/sim"
	"optimist/shared/strategy"
)

// mustRun runs a script on the simulated world under a strategy.
func mustRun(tb testing.TB, s *scenario.Script, under strategy.Strategy) (scenario.Result, *sim.World) {
	tb.Helper()
	w, err := s.Simulate(under)
	if err != nil {
		tb.Fatal(err)
	}
	result, err := scenario.Run(s, w, scenario.Options{Strategy: under})
	if err != nil {
		tb.Fatal(err)
	}
	return result, w
}

// The stories hold under their own strategies.
func TestStoriesHold(t *testing.T) {
	for file, text := range mustReadStories(t) {
		s := mustParse(t, file, text)
		if result, _ := mustRun(t, s, s.Strategy); !result.Passed {
			t.Errorf("%s under %s: %+v %+v", file, s.Strategy.Text(), result.Failures, result.Unknown)
		}
	}
}

var _ = cmp.Diff
var _ = strings.Join

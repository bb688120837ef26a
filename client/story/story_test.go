package story_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"optimist/client/story"
	"optimist/shared/exit"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// TestRunEndsWithItsContext: who asks a long run to stop need not wait for its
// end.
func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	script := mustParse(t, "client alice\nalice create ada name=Ada email=ada@example.org\n")
	o := story.Job{Script: script, Under: script.Strategy}.Run(ctx, story.Simulated)
	if !errors.Is(o.Err, context.Canceled) || o.Code() != exit.Unknown || o.Result.Steps != 0 {
		t.Errorf("%d steps, %v, exit code %d; want none, the context's error, and %d", o.Result.Steps, o.Err, o.Code(), exit.Unknown)
	}
	own := func(s *scenario.Script) []strategy.Strategy { return []strategy.Strategy{s.Strategy} }
	if err := story.Run(ctx, story.Jobs([]*scenario.Script{script}, own), story.Simulated, func(*story.Outcome) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("Run: %v, want the context's error", err)
	}
}

// TestOutcomesComeInOrder: whoever is done first waits for those before it.
func TestOutcomesComeInOrder(t *testing.T) {
	var scripts []*scenario.Script
	for i := range 20 {
		text := "client alice\n" + strings.Repeat("alice create r name=A email=a@b.c\nalice delete r\n", 20-i)
		scripts = append(scripts, mustParse(t, fmt.Sprintf("# title: %d\n%s", i, text)))
	}
	own := func(s *scenario.Script) []strategy.Strategy { return []strategy.Strategy{s.Strategy} }
	next := 0
	if err := story.Run(context.Background(), story.Jobs(scripts, own), story.Simulated, func(o *story.Outcome) {
		if o.Script != scripts[next] || o.Code() != exit.True {
			t.Errorf("outcome %d is that of %s, %s", next, o.Script.Title, o.Trouble())
		}
		next++
	}); err != nil || next != len(scripts) {
		t.Errorf("%d outcomes, %v", next, err)
	}
}

// TestGoldenNamesItsLine: a diagram that changed is told by its line in the file.
func TestGoldenNamesItsLine(t *testing.T) {
	script := mustParse(t, "client alice\n\n-- explore --\nbudget 1\n-- want/timeline --\njunk\n")
	o := story.Job{Script: script, Under: script.Strategy}.Run(context.Background(), story.Simulated)
	o.CheckGolden()
	if len(o.Result.Failures) != 1 || o.Result.Failures[0].Line != 6 || o.Result.Passed {
		t.Errorf("failures %+v, want one at line 6", o.Result.Failures)
	}
}

func mustParse(tb testing.TB, text string) *scenario.Script {
	tb.Helper()
	s, err := scenario.Parse("story.scenario", []byte(text))
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

//go:build e2e

package scenarios_test

import (
	"context"
	"os"
	"testing"

	"optimist/client/live"
	"optimist/client/story"
	"optimist/shared/exit"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// TestMain lets the tests' own program be the processes that crash.
func TestMain(m *testing.M) {
	if live.Child() {
		return
	}
	os.Exit(m.Run())
}

// TestLibraryLive runs every story under its own strategy on a real NATS server
// and SQLite; every step is compared with the simulation.
func TestLibraryLive(t *testing.T) {
	own := func(s *scenario.Script) []strategy.Strategy { return []strategy.Strategy{s.Strategy} }
	err := story.Run(context.Background(), story.Jobs(mustReadAll(t), own), story.Live, func(o *story.Outcome) {
		if o.Code() != exit.True {
			t.Errorf("%s\n%s", o.Line(), o.Trouble())
		}
	})
	if err != nil {
		t.Error(err)
	}
}

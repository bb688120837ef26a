package sim_test

import (
	"testing"

	"optimist/shared/anomaly"
	"optimist/shared/sim"
	"optimist/shared/trace"
)

// mixed are the strategies that the persons of one world change between. Those
// that read otherwise, or have other ids, are no part of it; nor are those that
// lose what they have written.
var mixed = []string{"reserve", "reserve", "reconcile", "check-projection", "wait", "check-log", "hold", "outbox", "fire-and-forget"}

// agreeing are those of them under which the log hears of what the projector
// gives up.
var agreeing = []string{"reserve", "reconcile", "check-projection", "wait", "hold", "outbox"}

// stepMixed takes a random step, now and then by another strategy.
func stepMixed(tb testing.TB, w *sim.World, p *player, strategies []string) sim.Action {
	tb.Helper()
	if p.roll(6) == 0 {
		w.Switch(strategies[p.roll(len(strategies))])
	}
	return p.step(tb, w)
}

// Strategies may change from one command to the next: all comes to an end, and
// screens, rows and log agree.
func TestMixedRunsConverge(t *testing.T) {
	for seed := range uint64(20 * runs) {
		w := mustRandom(t, "reconcile", nil)
		p := newPlayer(seed, true, w.Strategy())
		var story []sim.Action
		for range steps {
			story = append(story, stepMixed(t, w, p, agreeing))
		}
		if why := converges(t, w); why != "" {
			t.Fatalf("seed %d: %s\n%s\n%s", seed, why, tell(story), w.AppendText(nil))
		}
	}
}

// Those that show nothing but their printed prices show no more together.
func TestMixedRunsShowNoAnomaly(t *testing.T) {
	for seed := range uint64(5 * runs) {
		var tr trace.Trace
		w := mustRandom(t, "reconcile", &tr)
		p := newPlayer(seed, true, w.Strategy())
		for range steps {
			stepMixed(t, w, p, []string{"reserve", "reconcile", "hold"})
		}
		if why := converges(t, w); why != "" {
			t.Fatalf("seed %d: %s", seed, why)
		}
		for _, f := range anomaly.Check(&tr) {
			if !f.Price {
				t.Errorf("seed %d, step %d: %s: %s", seed, f.Step, f.Name, f.Why)
			}
		}
	}
}

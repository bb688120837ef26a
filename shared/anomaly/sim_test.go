package anomaly_test

import (
	"slices"
	"strings"
	"testing"

	"optimist/shared/anomaly"
	"optimist/shared/strategy"
)

// Sizes of the random runs of each strategy and weather.
const (
	schedules = 30
	moves     = 100
)

// known is what random schedules show under each strategy, prices apart: what
// they must show, and what they may show besides. A strategy that promises
// something shows nothing else, whatever strikes.
var known = map[string]struct{ must, may string }{
	"dual-write":       {"V5 V8 W5 D1 D6 D7", "V2"},
	"outbox":           {"D1 D6", ""},
	"fire-and-forget":  {"V2 V3 V5 V8 W1 W4 D1 D7", "V4 V6 W5 D4"},
	"check-projection": {"V1 V2 D1", ""},
	"wait":             {"V1 V2 D1", ""},
	"check-log":        {"V3 V4 V6 W5 D7", "V2 V5 V8"},
	"hold":             {"", ""},
	"read-log":         {"W1 W6", ""},
	"server-id":        {"W8", ""},
	"natural-key":      {"", ""},
	"reconcile":        {"", ""},
	"reserve":          {"", ""},
}

// prices is what a strategy may show as its printed price.
const prices = "V2* V4* V7* V9* D9*"

func TestRandomSchedules(t *testing.T) {
	for _, name := range strategy.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want, listed := known[name]
			if !listed {
				t.Fatal("what it shows is not listed")
			}
			shown := map[string]int{}
			for w := calm; w <= harsh; w++ {
				for seed := range uint64(schedules) {
					found := anomaly.Check(mustSchedule(t, name, seed, w, moves))
					tally(found, shown)
					allowed(t, found, strings.Fields(want.must+" "+want.may+" "+prices), seed, w)
				}
			}
			for _, id := range strings.Fields(want.must) {
				if shown[id] == 0 {
					t.Errorf("%s was not found", id)
				}
			}
		})
	}
}

// allowed complains of findings whose ids are not listed.
func allowed(t *testing.T, found []anomaly.Finding, ids []string, seed uint64, w weather) {
	t.Helper()
	for _, f := range found {
		id := f.ID
		if f.Price {
			id += "*"
		}
		if !slices.Contains(ids, id) {
			t.Errorf("seed %d, weather %d, step %d: %s: %s", seed, w, f.Step, id, f.Why)
		}
	}
}

// Where the email is reserved, nothing at all goes wrong while nothing strikes.
func TestReserveIsCleanOnCalmDays(t *testing.T) {
	for seed := range uint64(2 * schedules) {
		for _, f := range anomaly.Check(mustSchedule(t, "reserve", seed, calm, moves)) {
			t.Errorf("seed %d, step %d: %s: %s", seed, f.Step, f.ID, f.Why)
		}
	}
}

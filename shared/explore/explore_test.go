package explore_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/explore"
)

// run searches a race on so many expanders, whose chunks have that size. One goes
// chunk by chunk; many are ahead of what is merged.
func run(r race, cfg explore.Config, expanders, size int) *explore.Search {
	s := explore.New(r, cfg)
	var all []*explore.Expander
	for range expanders {
		all = append(all, explore.NewExpander(r))
	}
	var open []*explore.Chunk // In order.
	for {
		expanded := len(open)
		for len(open) < 4*expanders-3 {
			c := s.Next(size)
			if c == nil {
				break
			}
			open = append(open, c)
		}
		if len(open) == 0 {
			return s
		}
		for at := len(open) - 1; at >= expanded; at-- { // In another order than they are merged in.
			all[at%expanders].Expand(open[at])
		}
		half := (len(open) + 1) / 2
		for _, c := range open[:half] {
			s.Merge(c)
		}
		open = open[half:]
	}
}

// The counts are those of SPIN on a model of its own.
func TestOracle(t *testing.T) {
	text, err := os.ReadFile("testdata/oracle.txt")
	if err != nil {
		t.Fatal(err)
	}
	grids := 0
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		var r race
		var states, transitions int64
		if n, _ := fmt.Sscanf(lines.Text(), "%d %d %d: %d %d", &r.persons, &r.changes, &r.faults, &states, &transitions); n < 5 {
			continue
		}
		grids++
		got := run(r, explore.Config{Budget: r.faults}, 1, 64).Counts()
		if got.States != states || got.Transitions != transitions {
			t.Errorf("%+v: %d states and %d transitions; SPIN has %d and %d", r, got.States, got.Transitions, states, transitions)
		}
	}
	if grids < 10 {
		t.Errorf("the oracle knows %d configurations", grids)
	}
}

// outcome is all that a search tells.
func outcome(s *explore.Search) string {
	text := fmt.Sprintf("%+v cut %t whole %d %v\n", s.Counts(), s.Cut(), s.Whole(), s.Collisions())
	for _, f := range s.Findings() {
		text += fmt.Sprintf("%+v %v\n", f, s.Path(f))
	}
	return text
}

// However many expand, in whatever order and portions, the result is the same.
func TestManyFindWhatOneFinds(t *testing.T) {
	r := race{persons: 2, changes: 2, faults: 2}
	for _, states := range []int64{0, 1, 10, 100, 1000} {
		cfg := explore.Config{Budget: 2, States: states}
		want := outcome(run(r, cfg, 1, 1))
		for n := 1; n <= 20; n++ {
			if diff := cmp.Diff(want, outcome(run(r, cfg, n, 3*n))); diff != "" {
				t.Fatalf("%d expanders, at most %d states: %s", n, states, diff)
			}
		}
	}
}

// The first path to the race is as short as it can be, and needs no fault.
func TestShortest(t *testing.T) {
	s := run(race{persons: 2, changes: 2, faults: 1}, explore.Config{Budget: 1}, 2, 16)
	found := s.Findings()
	if len(found) != 1 || found[0].Mark != spurious || found[0].Faults != 0 || found[0].Steps != 4 {
		t.Fatalf("found %+v, want one after 4 steps without a fault", found)
	}
	want := []explore.Action{typeIt, typeIt, handleIt, handleIt}
	if got := s.Path(found[0]); !slices.Equal(got, want) {
		t.Errorf("the path is %v, want %v", got, want)
	}
	if s.Cut() || s.Whole() != 1 {
		t.Errorf("cut %t, whole up to %d faults", s.Cut(), s.Whole())
	}
}

// A search that is cut says so, and how far it got.
func TestCut(t *testing.T) {
	r := race{persons: 2, changes: 2, faults: 1}
	free := run(r, explore.Config{}, 1, 16).Counts().States
	s := run(r, explore.Config{Budget: 1, States: free + 10}, 1, 16)
	if got := s.Counts().States; !s.Cut() || s.Whole() != 0 || got != free+10 {
		t.Errorf("cut %t, whole up to %d faults, %d states; want the %d without a fault and 10 more", s.Cut(), s.Whole(), got, free)
	}
	if s := run(r, explore.Config{States: 5}, 1, 16); !s.Cut() || s.Whole() != -1 {
		t.Errorf("cut %t, whole up to %d faults", s.Cut(), s.Whole())
	}
	s = run(r, explore.Config{Budget: 1, Until: []explore.Marks{spurious}}, 1, 16)
	if n := s.Counts().States; len(s.Findings()) != 1 || n >= free {
		t.Errorf("it went on: %d states", n)
	}
}

func TestFingerprint(t *testing.T) {
	seen := map[uint64]explore.State{}
	for _, state := range []explore.State{{}, {0}, {0, 0}, {1}, {1, 0}, {0, 1}, {0, 0, 0, 0}, {0, 0, 0, 0, 0}, {0, 0, 0, 1}, {1, 2, 3, 4, 5}, {5, 2, 3, 4, 1}, {1, 2, 4, 3, 5}} {
		key := explore.Fingerprint(state)
		if other, known := seen[key]; known || key == 0 {
			t.Errorf("%v and %v: %x", state, other, key)
		}
		seen[key] = state
	}
}

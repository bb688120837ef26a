package film

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"optimist/client/lab"
	"optimist/client/view"
	"optimist/scenarios"
	"optimist/shared/scenario"
)

// mustTape records the race under the strategy of the question, simulated.
func mustTape(tb testing.TB) *lab.Tape {
	tb.Helper()
	return mustTapeOf(tb, "create-then-edit")
}

// mustTapeOf records a story of the library under its own strategy.
func mustTapeOf(tb testing.TB, name string) *lab.Tape {
	tb.Helper()
	text, err := scenarios.Read(name)
	if err != nil {
		tb.Fatal(err)
	}
	script, err := scenario.Parse(name+scenarios.Ext, text)
	if err != nil {
		tb.Fatal(err)
	}
	tape, err := lab.Simulate(context.Background(), script, script.Strategy)
	if err != nil {
		tb.Fatal(err)
	}
	return tape
}

// TestShoot films the race: a shot a stop, the answer after its question, and
// the anomaly on the screen that the still shows.
func TestShoot(t *testing.T) {
	tape := mustTape(t)
	opt := Options{Width: 80, Height: 24, Look: view.Options{Dark: true, Color: true}}
	told := 0
	opt.Progress = func(int, int) error { told++; return nil }
	f, err := Shoot(tape, opt)
	if err != nil {
		t.Fatal(err)
	}
	if want := len(tape.Stops) + len(tape.Questions); len(f.Shots) != want || told != len(tape.Stops) {
		t.Errorf("%d shots, told %d times, want %d and %d", len(f.Shots), told, want, len(tape.Stops))
	}
	if punch := ansi.Strip(f.Shots[f.Punch()].Screen); !strings.Contains(punch, "spurious-rejection") {
		t.Errorf("the punch line says nothing of the anomaly:\n%s", punch)
	}
	for i, s := range f.Shots {
		if s.Marker == "" || strings.Count(s.Screen, "\n") != 23 {
			t.Errorf("shot %d has marker %q and %d lines", i, s.Marker, 1+strings.Count(s.Screen, "\n"))
		}
	}
	at := slices.IndexFunc(f.Shots, func(s Shot) bool { return s.Marker == "the answer" })
	if at < 1 || !strings.HasPrefix(f.Shots[at-1].Marker, "? ") || f.Shots[at].Screen == f.Shots[at-1].Screen {
		t.Errorf("the answer, at %d, does not follow its question", at)
	}
	if again, err := Shoot(mustTape(t), opt); err != nil || !slices.Equal(again.Shots, f.Shots) {
		t.Errorf("the same story gave another film the second time (%v)", err)
	}
}

// TestShootLimits refuses a screen that nothing fits on.
func TestShootLimits(t *testing.T) {
	_, err := Shoot(mustTape(t), Options{Width: 20, Height: 5})
	if err == nil || !strings.Contains(err.Error(), "20×5") {
		t.Errorf("got %v", err)
	}
}

// TestLibrary films every story of the library under its own strategy. Each
// keeps to the limits, and the font has every character that shows.
func TestLibrary(t *testing.T) {
	regular := newFace(regularFont)
	for _, name := range scenarios.Names() {
		f, err := Shoot(mustTapeOf(t, name), Options{Width: 80, Height: 24, Look: view.Options{Color: true}})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for i, s := range mustPlay(t, f) {
			for _, r := range s.words() {
				if r != '\n' && !regular.has(r) {
					t.Errorf("%s, shot %d: the font has no %q (%U)", name, i, r, r)
				}
			}
		}
	}
}

package lab

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/client/view"
	"optimist/scenarios"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// mustScript reads a story of the library.
func mustScript(tb testing.TB, name string) *scenario.Script {
	tb.Helper()
	text, err := scenarios.Read(name)
	if err != nil {
		tb.Fatal(err)
	}
	return mustParse(tb, name, string(text))
}

func mustParse(tb testing.TB, name, text string) *scenario.Script {
	tb.Helper()
	s, err := scenario.Parse(name+scenarios.Ext, []byte(text))
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func mustSimulate(tb testing.TB, s *scenario.Script, under strategy.Strategy) *Tape {
	tb.Helper()
	t, err := Simulate(tb.Context(), s, under)
	if err != nil {
		tb.Fatalf("%s under %s: %v", s.Name, under.Text(), err)
	}
	return t
}

// mustPlay returns a player of a story of the library, under its own strategy
// for "".
func mustPlay(tb testing.TB, name, under string) *Player {
	tb.Helper()
	s := mustScript(tb, name)
	u := s.Strategy
	if under != "" {
		u = strategy.Of(under)
	}
	return NewPlayer(mustSimulate(tb, s, u))
}

// everyTape calls do with each story of the library under each strategy.
func everyTape(t *testing.T, do func(*testing.T, *Tape)) {
	for _, name := range scenarios.Names() {
		s := mustScript(t, name)
		for _, u := range strategy.All() {
			t.Run(name+"/"+u.Name, func(t *testing.T) { do(t, mustSimulate(t, s, u)) })
		}
	}
}

// A tape is the whole run: what the checkers find stop by stop is what they find
// at once, every event is known at the end, and nothing is known too early.
func TestTapeIsTheRun(t *testing.T) {
	everyTape(t, func(t *testing.T, tape *Tape) {
		if got, want := fmt.Sprint(tape.Findings), fmt.Sprint(tape.Result.Anomalies); got != want {
			t.Errorf("found %s, want %s", got, want)
		}
		end := tape.Stops[len(tape.Stops)-1]
		if end.Events != len(tape.Trace.Events) || end.Actions != tape.Result.Steps {
			t.Errorf("the end has %d of %d events, %d of %d steps", end.Events, len(tape.Trace.Events), end.Actions, tape.Result.Steps)
		}
		for i, s := range tape.Stops[1:] {
			if before := tape.Stops[i]; s.Events < before.Events || s.Found < before.Found || s.Actions < before.Actions {
				t.Fatalf("stop %d knows less than the one before", i+1)
			}
		}
	})
}

// The world at a stop is there again when the same steps are taken.
func TestWorldAtAStop(t *testing.T) {
	everyTape(t, func(t *testing.T, tape *Tape) {
		for _, at := range []int{0, len(tape.Stops) / 3, len(tape.Stops) / 2, len(tape.Stops) - 1} {
			w, err := tape.World(at)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tape.Stops[at].State, w.State()); diff != "" {
				t.Fatalf("stop %d (-tape +again):\n%s", at, diff)
			}
		}
	})
}

// N steps forward and N back give every screen again, the first one last.
func TestBackIsExact(t *testing.T) {
	theme := view.NewTheme(view.Options{Dark: true, Color: true})
	everyTape(t, func(t *testing.T, tape *Tape) {
		p := NewPlayer(tape)
		screens := []string{p.View(80, 24, theme, Options{})}
		for p.Step(1) {
			screens = append(screens, p.View(80, 24, theme, Options{}))
		}
		if len(screens) != p.Len() || len(screens) < 5 {
			t.Fatalf("%d screens of %d stops", len(screens), p.Len())
		}
		for at := p.Len() - 1; at >= 0; at-- {
			if p.At() != at || p.View(80, 24, theme, Options{}) != screens[at] {
				t.Fatalf("stop %d is another screen on the way back", at)
			}
			p.Step(-1)
		}
		for i := 1; i < len(screens); i++ {
			if screens[i] == screens[i-1] {
				t.Errorf("step %d changes nothing on the screen", i)
			}
		}
	})
}

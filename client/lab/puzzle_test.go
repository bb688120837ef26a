package lab

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"

	"optimist/client/search"
	"optimist/shared/anomaly"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// mustPuzzle returns a puzzle of a script.
func mustPuzzle(tb testing.TB, s *scenario.Script, under, goal string, limits search.Limits) *Puzzle {
	tb.Helper()
	scope, err := search.NewScope(s, strategy.Of(under))
	if err != nil {
		tb.Fatal(err)
	}
	d, err := anomaly.Lookup(goal)
	if err != nil {
		tb.Fatal(err)
	}
	p, err := NewPuzzle(tb.Context(), scope, d, limits)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(p.Close)
	return p
}

// smallScope is one person who creates a record and edits it.
const smallScope = "client alice\nalice create ada name=\"Ada\" email=ada@example.org\nalice edit ada name=\"Ada Lovelace\"\n" +
	"\n-- explore --\nfaults reply-drop project-permanent\nbudget 1\nwindow 2\n"

func mustSmall(tb testing.TB, under, goal string) *Puzzle {
	tb.Helper()
	return mustPuzzle(tb, mustParse(tb, "small", smallScope), under, goal, search.Limits{})
}

// mustPuzzleRig plays a puzzle on a screen.
func mustPuzzleRig(t *testing.T, p *Puzzle, width, height int, hall bool) *rig {
	t.Helper()
	r := &rig{t: t, m: New(Config{Puzzle: p, Hall: hall})}
	r.send(tea.WindowSizeMsg{Width: width, Height: height})
	r.m.Init()
	return r
}

// says fails unless the screen has every text, however its lines break.
func (r *rig) says(texts ...string) {
	r.t.Helper()
	whole := strings.Join(strings.Fields(r.text()), " ")
	for _, text := range texts {
		if !strings.Contains(whole, text) {
			r.t.Fatalf("%q is not on the screen:\n%s", text, r.text())
		}
	}
}

// found waits for a search and lets the model hear of it.
func (r *rig) found(e *errand) {
	r.t.Helper()
	<-e.done
	r.send(routed{e})
}

// The race, scheduled by hand: a detour, a step back, the goal, and how short it
// could have been.
func TestPuzzle(t *testing.T) {
	r := mustPuzzleRig(t, mustSmall(t, "check-projection", "spurious-rejection"), 80, 24, false)
	r.says("searched: ")
	r.found(r.m.puzzle.scout.whole)
	r.says("puzzle as alice", "until it has gone wrong like this: a legal", "1 alice: create ada", "0 steps")
	r.golden("puzzle-1-beginning.80x24")
	r.press("1")
	r.says("the server decides alice.1", "pending alice.1", "1 step")
	r.press("2", "1") // The server first, then the projector: a detour.
	r.golden("puzzle-2-choices.80x24")
	r.press(",", ",", ".")
	r.says("2 steps, 2 taken back")
	r.press("1")
	r.says("3 steps, 2 taken back")
	r.press(".") // What was taken back is gone once something else was chosen.
	r.says("nothing was taken back: choose a step", "3 steps, 2 taken back", "alice edit ada", "2 the projector copies 1 event", "3 the answer to alice.1 arrives")
	r.press("3", "1")
	r.says("V1 spurious-rejection", "Yours: 5 steps (2 taken back, 0 hints); shortest: 4 steps.")
	r.golden("puzzle-3-reached.80x24")
	for _, k := range []string{"1", "h", "o"} {
		r.press(k)
		r.says("it is reached: enter plays the shortest way")
	}
	r.press("x")
	r.says("yours", "the shortest", "5 steps", "4 steps")
	r.press("D")
	r.says("they part at step", "; in the shortest ")
	r.golden("puzzle-4-beside.80x24")
	r.press("esc", "enter")
	r.says("The shortest way has 4 steps", "0/4")
	r.press("end")
	r.says("V1 spurious-rejection", "4/4")
	r.press("esc")
	r.says("Yours: 5 steps")
	r.press(",")
	r.says("until it has gone wrong like this", "4 steps, 3 taken back")
}

// mustTake takes the first step whose script begins so.
func (r *rig) mustTake(line string) {
	r.t.Helper()
	for _, mv := range r.m.puzzle.moves {
		if strings.HasPrefix(mv.Lines[0], line) {
			if err := r.m.puzzle.Take(mv); err != nil {
				r.t.Fatal(err)
			}
			r.press("z", "z")
			return
		}
	}
	r.t.Fatalf("%q cannot happen here:\n%s", line, r.text())
}

// Faults have a list of their own, while some are left.
func TestFaultsOfAPuzzle(t *testing.T) {
	r := mustPuzzleRig(t, mustSmall(t, "reconcile", "broken-promise"), 80, 24, false)
	r.press("f")
	r.says("no fault can strike here")
	r.press("1", "1", "1")
	r.says("f a fault (1 left)")
	r.press("f")
	r.says("a fault, and what it strikes", "project-permanent", "but that fails for good")
	r.press("p", "enter")
	r.says("fault project fail forever, project → The database gives event #3 up")
	r.hides("f a fault")
	r.press(",")
	r.mustTake("deliver reply alice.1")
	r.mustTake("fault project fail forever")
	r.mustTake("deliver feed alice")
	r.says("V4 broken-promise, a price of the strategy")
	r.found(r.m.puzzle.scout.whole)
	r.says("Yours: 6 steps, 1 fault among them (1 taken back, 0 hints); shortest: 5 steps, 1 fault among them.")
	r.press("home", "1", "1", "1", "o")
	r.says("what can happen next", "server handle alice.2")
	r.press("esc")
	r.click("the answer to alice.1 arrives")
	r.says("deliver reply alice.1", "4 steps")
	_, y := r.find("4 steps")
	r.send(tea.MouseClickMsg{X: 2, Y: y, Button: tea.MouseLeft}) // The scrubber, after one step.
	r.says("1 step, 10 taken back")
}

// What no schedule shows is said to be so, once every one was looked at; and
// that nobody knows, where the search was cut.
func TestUnreachable(t *testing.T) {
	r := mustPuzzleRig(t, mustSmall(t, "reconcile", "V1"), 80, 24, false)
	r.found(r.m.puzzle.scout.whole)
	r.says("No schedule within this scope shows", "states was looked")
	r.press("h")
	r.says("no schedule within this scope shows it")
	r.press("1", "h")
	r.says("no schedule within this scope shows it")
	p := mustPuzzle(t, mustParse(t, "small", smallScope), "reconcile", "V1", search.Limits{States: 30})
	r = mustPuzzleRig(t, p, 80, 24, false)
	r.found(p.scout.whole)
	r.says("Nobody knows whether it can", "cut by states after 30 states")
	r.press("1", "h")
	r.found(p.scout.here)
	r.says("no hint: the search was cut by states")
}

// The walk and the run of its script are one: state, and what is found, after
// each step, whatever is chosen.
func TestWalksAreRuns(t *testing.T) {
	text := "client alice bob\ngiven ada name=\"Ada\" email=ada@example.org\nalice edit ada name=\"Ada L\"\nbob edit ada name=\"Ada K\"\nbob delete ada\n"
	for _, under := range []string{"check-projection", "check-log", "reconcile", "dual-write", "read-log", "server-id", "hold"} {
		p := mustPuzzle(t, mustParse(t, "two", text), under, "V1", search.Limits{})
		for seed := 1; seed < 6; seed++ {
			for n := 0; n < 16 && len(p.moves) > 0; n++ {
				if err := p.Take(p.moves[(n*seed+seed*seed)%len(p.moves)]); err != nil {
					t.Fatal(err)
				}
			}
			if len(p.tape.Stops) != p.walk.Steps()+1 {
				t.Fatalf("%d stops of %d steps", len(p.tape.Stops), p.walk.Steps())
			}
			for i := range p.tape.Stops {
				if diff := cmp.Diff(p.walk.State(i), p.tape.Stops[i].State); diff != "" {
					t.Fatalf("%s, step %d (-walk +run):\n%s", under, i, diff)
				}
			}
			if _, err := p.Back(100); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// At every size, and in the hall, with anything open.
func TestPuzzleEverySize(t *testing.T) {
	for _, hall := range []bool{false, true} {
		r := mustPuzzleRig(t, mustSmall(t, "check-projection", "V1"), 80, 24, hall)
		r.found(r.m.puzzle.scout.whole)
		for _, size := range [][2]int{{40, 10}, {60, 16}, {80, 24}, {120, 36}, {200, 50}, {39, 9}, {1, 1}} {
			r.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
			for _, k := range []string{"home", "1", "o", "esc", "1", "f", "esc", "?", "esc", "l", "t", "t", "l", "z", "z", "1", "1", "x", "esc", "enter", "esc", "P", "P"} {
				r.press(k)
				if lines := strings.Split(r.text(), "\n"); len(lines) != size[1] {
					t.Fatalf("%v after %s: %d lines", size, k, len(lines))
				}
			}
		}
	}
	r := mustPuzzleRig(t, mustSmall(t, "check-projection", "V1"), 60, 16, false)
	r.found(r.m.puzzle.scout.whole)
	r.press("1", "1", "1")
	r.golden("puzzle-choices.60x16")
	r = mustPuzzleRig(t, mustSmall(t, "check-projection", "V1"), 80, 24, true)
	r.found(r.m.puzzle.scout.whole)
	r.press("1", "1", "1")
	r.golden("puzzle-hall.80x24")
	r = mustPuzzleRig(t, mustSmall(t, "check-projection", "V1"), 120, 36, false)
	r.found(r.m.puzzle.scout.whole)
	r.press("1", "1", "1", "l")
	r.golden("puzzle-choices.120x36")
}

// What a step is and what a fault strikes is told in full of the selected one,
// whatever there is room for behind its name.
func TestStepsAreToldInFull(t *testing.T) {
	r := mustPuzzleRig(t, mustSmall(t, "check-projection", "spurious-rejection"), 80, 24, false)
	r.press("1", "1")
	for _, list := range []string{"f", "o"} {
		r.press(list)
		cut := strings.Contains(r.text(), "… ")
		for _, i := range r.m.choice.items {
			if text := strings.Join(strings.Fields(strings.ReplaceAll(r.text(), "│", "")), " "); !strings.Contains(text, i.help) {
				t.Errorf("%q is not told:\n%s", i.help, r.text())
			}
			r.press("down")
		}
		if !cut {
			t.Errorf("there is room for all of %s", list)
		}
		r.press("esc")
	}
}

package lab

import (
	"strings"
	"testing"
)

// Who is faster than the search is told so, and of the rest when it is known.
func TestFasterThanTheSearch(t *testing.T) {
	r := mustPuzzleRig(t, mustSmall(t, "check-projection", "V1"), 80, 24, false)
	r.press("1", "1", "1", "1")
	r.says("Yours: 4 steps. The shortest is still being looked for.")
	for _, k := range []string{"enter", "x"} {
		r.press(k)
		r.says("The shortest is still being looked for")
	}
	r.found(r.m.puzzle.scout.whole)
	r.press("z", "z")
	r.says("Yours: 4 steps; shortest: 4 steps.")
	r.press("x")
	r.says("yours is the shortest, step by step.")
}

// A hint is the next step of a shortest way; whoever takes each is there in as
// many steps. From where no way leads on, that is said.
func TestHints(t *testing.T) {
	r := mustPuzzleRig(t, mustSmall(t, "check-projection", "V1"), 80, 24, false)
	p := r.m.puzzle
	r.press("h")
	r.says("looking for the shortest way still")
	r.found(p.scout.whole)
	for n := 1; n <= 4; n++ {
		r.press("h", "h") // The same hint once more is no other.
		mv, known := p.scout.next(p.steps())
		if !known {
			t.Fatalf("no hint after %d steps", n-1)
		}
		r.says("hint: " + mv.Words)
		if p.hints != n {
			t.Errorf("%d hints are counted, want %d", p.hints, n)
		}
		if err := p.Take(mv); err != nil {
			t.Fatal(err)
		}
	}
	r.press("z", "z")
	r.says("Yours: 4 steps (0 taken back, 4 hints); shortest: 4 steps.")
	// The projector first, twice: the edit is checked against what is there.
	r.press("home")
	for _, line := range []string{"alice create", "server handle alice.1", "project", "alice edit", "server handle alice.2"} {
		r.mustTake(line)
	}
	r.press("h")
	r.says("looking for a hint")
	r.send(glance{p.scout.here})
	r.says("states so far")
	r.found(p.scout.here)
	r.says("hint: from here it can no longer be reached")
	// One that was asked for elsewhere is not told.
	r.press(",", ",", "h")
	here := p.scout.here
	r.press(",")
	r.found(here)
	r.hides("hint:")
}

// What leads on from a detour is no hint for who never took it.
func TestHintOfADetour(t *testing.T) {
	r := mustPuzzleRig(t, mustSmall(t, "check-projection", "V1"), 80, 24, false)
	p := r.m.puzzle
	for _, line := range []string{"alice create", "server handle alice.1", "deliver reply alice.1"} {
		r.mustTake(line)
	}
	r.press("h")
	r.found(p.scout.here)
	if mv, known := p.scout.next(p.steps()); !known || !strings.HasPrefix(mv.Lines[0], "alice edit") {
		t.Errorf("the hint is %v", mv.Lines)
	}
	r.press(",")
	if mv, known := p.scout.next(p.steps()); known {
		t.Errorf("before the detour the hint is to take it: %v", mv.Lines)
	}
}

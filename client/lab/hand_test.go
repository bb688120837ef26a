package lab

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/sim"
)

// The race is won by hand: taken over before the server decides the edit, the
// projector goes first.
func TestTakeOver(t *testing.T) {
	r := mustRig(t, "create-then-edit", 80, 24, Config{})
	r.until("What comes of it?")
	at := r.m.story.At()
	r.press("i")
	r.shows("yours from here")
	r.press("o")
	r.shows("what can happen next", "server handle", "project 1", "alice disconnect", "server crash")
	r.press("down", "enter")
	r.shows("by hand as alice", "the projector takes the next event")
	r.press(".")
	r.press("o")
	r.press("c", "enter")
	r.shows("commits what the projector took")
	r.press("end", ".", ".", ".", ".", ".", ".", ".", ".")
	r.press("n")
	r.shows("new record, as alice")
	r.typed("Grace")
	r.press("enter")
	r.typed("not an email")
	r.press("enter")
	r.shows("email")
	r.press("esc", "n")
	r.typed("Grace")
	r.press("tab")
	r.typed("grace@example.org")
	r.press("enter")
	r.shows("Grace", "pending alice.3", "create grace")
	r.press("e")
	r.shows("edit, as alice")
	r.typed(" Hopper")
	r.press("enter")
	r.shows("Grace Hopper", "pending .3 .4")
	r.press("d")
	r.shows("alice: delete grace")
	r.press(",", ",", ",")
	r.hides("Grace")
	r.press("esc")
	if r.m.hand != nil || r.m.story.At() != at {
		t.Fatalf("the story stands at %d, want %d", r.m.story.At(), at)
	}
}

// What is done from an earlier stop cuts off what was done after it, and equals
// what a fresh world makes of the same steps.
func TestHandIsARun(t *testing.T) {
	for _, start := range []int{0, 1, 7} {
		p := mustPlay(t, "create-then-edit", "")
		p.Jump(start)
		h, err := p.TakeOver()
		if err != nil {
			t.Fatal(err)
		}
		first := h.Stop().State
		var states []*sim.State
		for range 6 {
			if err := h.Next(); errors.Is(err, errNothing) {
				break
			} else if err != nil {
				t.Fatal(err)
			}
			states = append(states, h.Stop().State)
		}
		for i := range states {
			if h.Jump(start + 1 + i); h.Stop().State != states[i] {
				t.Errorf("step %d by hand is another one on the way back", i)
			}
		}
		h.Jump(start)
		if diff := cmp.Diff(first, h.Stop().State); diff != "" {
			t.Fatal(diff)
		}
		if start == 0 {
			if err := h.Create("Ada", "ada@example.org"); err == nil {
				t.Error("nobody is there, and yet somebody acts")
			}
			continue
		}
		if err := h.Do(sim.Action{Verb: sim.Disconnect, Client: "alice"}); err != nil {
			t.Fatal(err)
		}
		if h.Len() != start+2 {
			t.Errorf("%d stops, want %d", h.Len(), start+2)
		}
		w, err := h.Tape().World(h.At())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(w.State(), h.Stop().State); diff != "" {
			t.Errorf("(-again +hand):\n%s", diff)
		}
		if p.Len() < 20 || p.Stop().ByHand {
			t.Error("the story itself was changed")
		}
	}
}

// Every step that is offered can be taken, in every story, at every stop.
func TestEnabledCanBeTaken(t *testing.T) {
	for _, name := range []string{"create-then-edit", "offline", "stalled", "two-hands"} {
		p := mustPlay(t, name, "")
		for ; ; p.Step(3) {
			h, err := p.TakeOver()
			if err != nil {
				t.Fatal(err)
			}
			from := h.At()
			for _, a := range h.Enabled() {
				h.Jump(from)
				if err := h.Do(a); err != nil {
					t.Errorf("%s at %d: %v: %v", name, from, a.Verb, err)
				}
			}
			if p.At() == p.Len()-1 {
				break
			}
		}
	}
}

// Before anybody is there, nobody can be taken over.
func TestNobodyToTakeOver(t *testing.T) {
	r := mustRig(t, "create-then-edit", 80, 24, Config{})
	r.hides("i take over")
	r.press("i")
	r.shows("nobody is there yet: . goes one step on")
	if r.m.hand != nil {
		t.Fatal("an empty world was taken over")
	}
	r.press(".")
	r.shows("i take over")
	r.press("i", "n")
	r.shows("new record, as alice")
}

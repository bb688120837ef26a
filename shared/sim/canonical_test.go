package sim_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/fault"
	"optimist/shared/sim"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// How many states are looked at from a beginning, and from the midst of a run.
const (
	maxStates = 1_500
	someNext  = 60
)

// Worlds with one form look alike, can do the same, and go on alike, however
// they were reached.
func TestOneFormIsOneState(t *testing.T) {
	for _, name := range []string{"reconcile", "wait", "outbox", "reserve"} {
		t.Run(name, func(t *testing.T) {
			w := mustWorld(t, name, people...)
			mustDo(t, w,
				arm(fault.Fault{Kind: fault.AppendLoseAck}), create("alice", "alice.1", "ada", "Ada"), rename("alice", "alice.2", "ada", "A"),
				sim.Action{Verb: sim.Edit, Client: "carol", Intent: "carol.1", Record: "bob", Patch: user.SetEmail("ada@example.org")})
			if known, again := walk(t, w, maxStates); again < known/4 {
				t.Errorf("only %d of %d states were reached twice", again, known)
			}
		})
	}
}

// So do they in the midst of whatever has happened.
func TestOneFormIsOneStateAnywhere(t *testing.T) {
	for _, name := range strategy.Names() {
		t.Run(name, func(t *testing.T) {
			met := 0
			for seed := range uint64(runs) / 2 {
				w := mustRandom(t, name, nil)
				p := newPlayer(seed, true, w.Strategy())
				for range steps / 2 {
					p.step(t, w)
				}
				_, again := walk(t, w, someNext)
				met += again
			}
			if met == 0 {
				t.Error("no state was reached twice")
			}
		})
	}
}

// walk visits up to limit states from w on, nearest first. It returns how many
// there were, and how often one was reached again.
func walk(t *testing.T, w *sim.World, limit int) (states, again int) {
	t.Helper()
	known := map[string]*sim.World{string(w.AppendBinary(nil)): w}
	queue := []*sim.World{w}
	var scratch sim.World
	for len(queue) > 0 && len(known) < limit {
		from := queue[0]
		queue = queue[1:]
		for _, a := range from.Enabled(nil) {
			scratch.CopyFrom(from)
			mustDo(t, &scratch, a)
			form := string(scratch.AppendBinary(nil))
			if old := known[form]; old != nil {
				again++
				mustBeAlike(t, old, &scratch)
				continue
			}
			to := &sim.World{}
			to.CopyFrom(&scratch)
			known[form] = to
			queue = append(queue, to)
		}
	}
	return len(known), again
}

// mustBeAlike compares two worlds of one form, and what becomes of them.
func mustBeAlike(t *testing.T, a, b *sim.World) {
	t.Helper()
	if a, b := timeless(a), timeless(b); a != b {
		t.Fatalf("one form, two states: %s", cmp.Diff(a, b))
	}
	acts, others := a.Enabled(nil), b.Enabled(nil)
	if diff := cmp.Diff(acts, others); diff != "" {
		t.Fatalf("one form, and other things can happen: %s", diff)
	}
	var one, two sim.World
	for _, act := range acts[:min(3, len(acts))] {
		one.CopyFrom(a)
		two.CopyFrom(b)
		mustDo(t, &one, act)
		mustDo(t, &two, act)
		if string(one.AppendBinary(nil)) != string(two.AppendBinary(nil)) {
			t.Fatalf("one form, and %+v leads to two: %s", act, cmp.Diff(timeless(&one), timeless(&two)))
		}
	}
}

// timeless is a world's text without the time.
func timeless(w *sim.World) string {
	_, text, _ := strings.Cut(string(w.AppendText(nil)), "\n")
	return text
}

package sim_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/reconcile"
	"optimist/shared/sim"
	"optimist/shared/user"
)

// logged is the log after the founding, in a line.
func logged(s *sim.State) string {
	var words []string
	for _, ev := range s.Log[3:] {
		word := ev.Kind.String()
		switch {
		case ev.Kind == event.Rejected:
			word += fmt.Sprintf(" #%d", ev.Target)
		case ev.Command != "":
			word += " " + ev.Command
		}
		words = append(words, word)
	}
	return strings.Join(words, ", ")
}

// believes checks what alice believes and what the log holds in the end.
func believes(t *testing.T, w *sim.World, fate, log string) {
	t.Helper()
	s := w.State()
	if got := fates(s); got != fate {
		t.Errorf("alice believes %s, want %s", got, fate)
	}
	if got := logged(s); got != log {
		t.Errorf("the log holds %s, want %s", got, log)
	}
	if t.Failed() {
		t.Logf("\n%s", w.AppendText(nil))
	}
}

func arm(f fault.Fault) sim.Action { return sim.Action{Verb: sim.Arm, Fault: f} }

func at(v sim.Verb, client string) sim.Action { return sim.Action{Verb: v, Client: client} }

func wait(ms int64) sim.Action { return sim.Action{Verb: sim.Advance, For: ms} }

// through lets everything pass the gates before the one named.
func through(t *testing.T, w *sim.World, up sim.Gate) {
	t.Helper()
	for {
		a, ok := w.Permit()
		if !ok || slices.IndexFunc(sim.Gates, func(g sim.Gate) bool { return len(w.Waiting(g)) > 0 }) >= int(up)-1 {
			return
		}
		mustDo(t, w, a)
	}
}

// What each fault does to one create, in the end and on the way.
func TestFaults(t *testing.T) {
	const confirmed, created = "alice.1 confirmed", "created alice.1"
	for _, c := range []struct {
		fault     fault.Fault
		fate, log string
	}{
		{fault.Fault{Kind: fault.AppendRefuse}, confirmed, created},
		{fault.Fault{Kind: fault.AppendRefuse, Forever: true}, "alice.1 rolled-back refused_by_store", "refused alice.1"},
		{fault.Fault{Kind: fault.AppendLoseAck}, confirmed, created},
		{fault.Fault{Kind: fault.AppendSlow, Delay: 700}, confirmed, created},
		{fault.Fault{Kind: fault.ReplyDrop}, confirmed, created},
		{fault.Fault{Kind: fault.ProjectFail, Times: 3}, confirmed, created},
		{fault.Fault{Kind: fault.ProjectFail, Forever: true}, "alice.1 rolled-back projection_failed", "created alice.1, rejected #4"},
		{fault.Fault{Kind: fault.ProjectStall}, confirmed, created},
		{fault.Fault{Kind: fault.ProjectCrashBeforeCommit}, confirmed, created},
		{fault.Fault{Kind: fault.ProjectCrashAfterCommit}, confirmed, created},
		{fault.Fault{Kind: fault.FeedDrop}, confirmed, created},
		{fault.Fault{Kind: fault.FeedRepeat}, confirmed, created},
		{fault.Fault{Kind: fault.FeedLate, Delay: 900}, confirmed, created},
	} {
		t.Run(c.fault.String(), func(t *testing.T) {
			w := mustWorld(t, "reconcile", "alice", "carol")
			mustDo(t, w, arm(c.fault), create("alice", "alice.1", "ada", "Ada"))
			settle(t, w)
			if why := converges(t, w); why != "" {
				t.Error(why)
			}
			believes(t, w, c.fate, c.log)
		})
	}
}

func TestSlowAppendStandsBeforeItsGate(t *testing.T) {
	w := mustWorld(t, "reconcile", "alice")
	mustDo(t, w, arm(fault.Fault{Kind: fault.AppendSlow, Delay: 700}), create("alice", "alice.1", "ada", "Ada"), at(sim.Handle, "alice"))
	if a, ok := w.Permit(); ok {
		t.Errorf("%+v can move", a)
	}
	if next, ok := w.Next(); !ok || next != 700 {
		t.Errorf("the next timer is at %d, %v", next, ok)
	}
	mustDo(t, w, wait(699))
	if list := w.Waiting(sim.AppendGate); len(list) != 0 {
		t.Errorf("%v waits", list)
	}
	mustDo(t, w, wait(1))
	if list := w.Waiting(sim.AppendGate); len(list) != 1 {
		t.Errorf("%v waits", list)
	}
}

func TestProjectorRetriesByTheClock(t *testing.T) {
	w := mustWorld(t, "reconcile", "alice")
	mustDo(t, w, arm(fault.Fault{Kind: fault.ProjectFail, Times: 2}), create("alice", "alice.1", "ada", "Ada"))
	settle(t, w)
	for _, due := range []int64{25, 75} {
		if s := w.State(); s.Retrying != 4 {
			t.Fatalf("it retries #%d at %d ms", s.Retrying, s.Now)
		}
		next, _ := w.Next()
		if next != due {
			t.Errorf("the next attempt is at %d ms, want %d", next, due)
		}
		mustDo(t, w, wait(next-w.Now()))
	}
	settle(t, w)
	believes(t, w, "alice.1 confirmed", "created alice.1")
}

func TestStallHoldsWhatComesAfterIt(t *testing.T) {
	w := mustWorld(t, "reconcile", "alice")
	mustDo(t, w, arm(fault.Fault{Kind: fault.ProjectStall, On: "cyd"}),
		create("alice", "alice.1", "ada", "Ada"), create("alice", "alice.2", "cyd", "Cyd"), create("alice", "alice.3", "dan", "Dan"))
	through(t, w, sim.EventGate)
	mustDo(t, w, sim.Action{Verb: sim.Project, N: 3})
	if s := w.State(); s.Stalled != 0 || len(w.Waiting(sim.CommitGate)) != 1 || w.Waiting(sim.CommitGate)[0].To != 4 {
		t.Errorf("what stands before the stall is no batch: %v", s.Waiting)
	}
	settle(t, w)
	if s := w.State(); s.Stalled != 5 || s.Checkpoint != 4 {
		t.Errorf("stalled at #%d after #%d", s.Stalled, s.Checkpoint)
	}
	mustDo(t, w, sim.Action{Verb: sim.Disarm})
	if list := w.Waiting(sim.CommitGate); len(list) != 1 || list[0].From != 5 || list[0].To != 6 {
		t.Errorf("the batch after the stall is %v", list)
	}
}

// A lost feed message is noticed by the next heartbeat, which counts as a timer
// only while somebody would learn of it.
func TestHeartbeat(t *testing.T) {
	w := mustWorld(t, "reconcile", "alice", "carol")
	if at, ok := w.Next(); ok {
		t.Errorf("a timer at %d while all have read everything", at)
	}
	mustDo(t, w, arm(fault.Fault{Kind: fault.FeedDrop}), create("alice", "alice.1", "ada", "Ada"))
	settle(t, w)
	if at, ok := w.Next(); !ok || at != sim.Heartbeat {
		t.Errorf("the next timer is at %d, %v", at, ok)
	}
	stabilize(t, w)
	for _, c := range w.State().Clients {
		if len(c.Records) != 2 || c.To != 4 {
			t.Errorf("%s has read to #%d and sees %d records", c.Name, c.To, len(c.Records))
		}
	}
}

func TestLateFeedIsOvertaken(t *testing.T) {
	w := mustWorld(t, "reconcile", "alice", "carol")
	mustDo(t, w, arm(fault.Fault{Kind: fault.FeedLate, Delay: 500}),
		create("alice", "alice.1", "ada", "Ada"), rename("alice", "alice.2", "ada", "A"))
	through(t, w, sim.FeedGate)
	if list := w.Waiting(sim.FeedGate); len(list) != 2 || list[0].From != 4 {
		t.Fatalf("before the late one: %v", list)
	}
	mustDo(t, w, wait(500))
	if list := w.Waiting(sim.FeedGate); len(list) != 4 || list[1].From != 3 {
		t.Errorf("with the late one: %v", list)
	}
	stabilize(t, w)
	believes(t, w, "alice.1 confirmed, alice.2 confirmed", "created alice.1, edited alice.2")
}

func TestWhatCannotBeDoneSaysSo(t *testing.T) {
	w := mustWorld(t, "reconcile dependents=refuse", "alice")
	mustDo(t, w, create("alice", "alice.1", "ada", "Ada"))
	nothing := create("alice", "alice.3", "cyd", "Cyd")
	nothing.Patch.Name = " "
	before := w.AppendBinary(nil)
	for _, c := range []struct {
		action sim.Action
		want   error
	}{
		{rename("alice", "alice.2", "ada", "A"), sim.ErrDeclined},
		{nothing, sim.ErrNotTyped},
		{nothing, user.ErrInvalidName},
		{sim.Action{Verb: sim.Commit}, sim.ErrIdle},
		{sim.Action{Verb: sim.Project, N: 1}, sim.ErrIdle},
		{at(sim.DeliverReply, "alice"), sim.ErrIdle},
		{at(sim.DeliverFeed, "alice"), sim.ErrIdle},
		{at(sim.Reconnect, "alice"), sim.ErrIdle},
		{at(sim.RestartClient, "alice"), sim.ErrIdle},
		{sim.Action{Verb: sim.RestartServer}, sim.ErrIdle},
		{sim.Action{Verb: sim.Append, Client: "alice", Intent: "alice.1"}, sim.ErrIdle},
	} {
		if err := w.Do(c.action); !errors.Is(err, c.want) {
			t.Errorf("%+v: %v, want %v", c.action, err, c.want)
		}
	}
	for _, a := range []sim.Action{{}, at(sim.Handle, "nobody"), at(sim.Join, "alice"), at(sim.Join, "a.b"), wait(-1), create("nobody", "x", "x", "X")} {
		if err := w.Do(a); err == nil {
			t.Errorf("%+v was done", a)
		}
	}
	if string(before) != string(w.AppendBinary(nil)) {
		t.Error("what was not done changed the world")
	}
}

// The answer to a create is lost, the row has the edit that followed: the create
// hides nothing of it, although its author does not know where it stands.
func TestLostAnswerHidesNothingNewer(t *testing.T) {
	w := mustWorld(t, "reconcile", "alice")
	mustDo(t, w, arm(fault.Fault{Kind: fault.ReplyDrop, On: "alice.1"}),
		create("alice", "alice.1", "ada", "Ada"), rename("alice", "alice.2", "ada", "Ada Lovelace"))
	settle(t, w)
	s := w.State()
	if got, want := fates(s), "alice.1 sent, alice.2 confirmed"; got != want {
		t.Errorf("alice believes %s, want %s", got, want)
	}
	if r := s.Clients[0].Records[0]; r.Name != "Ada Lovelace" || r.Status != reconcile.StatusPending {
		t.Errorf("alice sees %+v", r)
	}
	stabilize(t, w)
	believes(t, w, "alice.1 confirmed, alice.2 confirmed", "created alice.1, edited alice.2")
}

package sim_test

import (
	"slices"
	"testing"

	"optimist/shared/fault"
	"optimist/shared/reconcile"
	"optimist/shared/sim"
)

// A crash loses what stands at the gates and nothing that is on disk.
func TestCrashPoints(t *testing.T) {
	for _, c := range []struct {
		kind       fault.Kind
		checkpoint uint64
		log        string
	}{
		{fault.ProjectCrashBeforeCommit, 3, "created alice.1"},
		{fault.ProjectCrashAfterCommit, 4, "created alice.1"},
		{fault.ProjectCrashAfterReject, 4, "created alice.1, rejected #4"},
	} {
		t.Run(string(c.kind), func(t *testing.T) {
			w := mustWorld(t, "reconcile", "alice")
			mustDo(t, w,
				arm(fault.Fault{Kind: fault.ProjectFail, Forever: true}), arm(fault.Fault{Kind: c.kind}),
				create("alice", "alice.1", "ada", "Ada"))
			settle(t, w)
			s := w.State()
			if !s.ServerDown || s.Checkpoint != c.checkpoint || logged(s) != c.log || len(s.Waiting) != 0 {
				t.Errorf("after the crash: down %v, #%d, %s, %v", s.ServerDown, s.Checkpoint, logged(s), s.Waiting)
			}
			if got := fates(s); got != "alice.1 sent" {
				t.Errorf("alice believes %s", got)
			}
			mustDo(t, w, sim.Action{Verb: sim.RestartServer})
			stabilize(t, w)
			fate, log := "alice.1 rolled-back projection_failed", "created alice.1, rejected #4"
			if c.checkpoint == 3 { // The failure is consumed, and nothing was committed.
				fate, log = "alice.1 confirmed", "created alice.1"
			}
			believes(t, w, fate, log)
		})
	}
}

func TestServerCrashLosesWhatIsDecidedAndNotAppended(t *testing.T) {
	w := mustWorld(t, "reconcile", "alice")
	mustDo(t, w, create("alice", "alice.1", "ada", "Ada"), at(sim.Handle, "alice"), rename("alice", "alice.2", "ada", "A"),
		sim.Action{Verb: sim.CrashServer})
	if s := w.State(); len(s.Waiting) != 0 || s.Clients[0].Online {
		t.Errorf("%v waits, online %v", s.Waiting, s.Clients[0].Online)
	}
	mustDo(t, w, sim.Action{Verb: sim.RestartServer})
	if list := w.Waiting(sim.CommandGate); len(list) != 2 {
		t.Errorf("sent again: %v", list)
	}
	stabilize(t, w)
	believes(t, w, "alice.1 confirmed, alice.2 confirmed", "created alice.1, edited alice.2")
}

func TestDisconnectLosesAnswersAndNotCommands(t *testing.T) {
	w := mustWorld(t, "reconcile", "alice")
	mustDo(t, w, create("alice", "alice.1", "ada", "Ada"), rename("alice", "alice.2", "ada", "A"),
		at(sim.Handle, "alice"), sim.Action{Verb: sim.Append, Client: "alice", Intent: "alice.1"})
	if list := w.Waiting(sim.ReplyGate); len(list) != 1 {
		t.Fatalf("answers: %v", list)
	}
	mustDo(t, w, at(sim.Disconnect, "alice"))
	if n := len(w.Waiting(sim.ReplyGate)); n != 0 {
		t.Errorf("%d answers wait for whom nobody reaches", n)
	}
	settle(t, w)
	believes(t, w, "alice.1 sent, alice.2 sent", "created alice.1, edited alice.2")
	mustDo(t, w, at(sim.Reconnect, "alice"))
	stabilize(t, w)
	believes(t, w, "alice.1 confirmed, alice.2 confirmed", "created alice.1, edited alice.2")
}

// A client's crash loses what it has not heard, and a later life of it does not
// hear what an earlier one asked; its outbox asks again.
func TestClientCrash(t *testing.T) {
	w := mustWorld(t, "reconcile", "alice")
	mustDo(t, w, create("alice", "alice.1", "ada", "Ada"), at(sim.CrashClient, "alice"), at(sim.RestartClient, "alice"))
	s := w.State()
	if got := fates(s); got != "alice.1 sent" {
		t.Errorf("after the restart alice believes %s", got)
	}
	if i := slices.IndexFunc(s.Clients[0].Records, func(r sim.RecordState) bool { return r.ID == "ada" }); i < 0 || s.Clients[0].Records[i].Status != reconcile.StatusPending {
		t.Errorf("alice sees %+v", s.Clients[0].Records)
	}
	if n := len(w.Waiting(sim.CommandGate)); n != 2 {
		t.Errorf("%d commands wait", n)
	}
	mustDo(t, w, at(sim.Handle, "alice"), sim.Action{Verb: sim.Append, Client: "alice", Intent: "alice.1"})
	if n := len(w.Waiting(sim.ReplyGate)); n != 0 {
		t.Errorf("%d answers to a life that has ended", n)
	}
	stabilize(t, w)
	believes(t, w, "alice.1 confirmed", "created alice.1")
}

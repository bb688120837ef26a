package main

import (
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"optimist/client/outbox"
	"optimist/shared/fault"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// pair returns two clients of one server, over that scheme.
func (s *station) pair(t testing.TB, scheme string) (alice, bob *peer) {
	t.Helper()
	return mustPeer(t, "alice", s.url(scheme), outbox.Memory("alice")),
		mustPeer(t, "bob", s.url(scheme), outbox.Memory("bob"))
}

// overEach plays a story over TCP and over WebSocket.
func overEach(t *testing.T, story func(t *testing.T, s *station, alice, bob *peer)) {
	for _, scheme := range []string{"nats", "ws"} {
		t.Run(scheme, func(t *testing.T) {
			s := mustStation(t)
			alice, bob := s.pair(t, scheme)
			story(t, s, alice, bob)
		})
	}
}

func TestPairSeesEachOther(t *testing.T) {
	overEach(t, func(t *testing.T, _ *station, alice, bob *peer) {
		alice.submit("ada", user.Create, user.SetBoth("Ada", "ada@example.org"))
		bob.awaitUser(t, "ada", "Ada", "ada@example.org")
		bob.submit("ada", user.Edit, user.SetName("Ada Lovelace"))
		alice.awaitUser(t, "ada", "Ada Lovelace", "ada@example.org")
		last := alice.submit("ada", user.Delete, user.Patch{})
		bob.await(t, "ada gone", func() bool { _, ok := bob.replica.View("ada"); return !ok })
		if end := alice.awaitEnd(t, last); end.Phase != reconcile.Confirmed {
			t.Errorf("the delete ended %s (%s)", end.Phase, end.Why)
		}
	})
}

// Both have typed on the same confirmed row, for the projector is stalled and
// neither sees the other's change: the same field is a conflict, another merges.
func TestPairConflictsAndMerges(t *testing.T) {
	overEach(t, func(t *testing.T, s *station, alice, bob *peer) {
		alice.submit("ada", user.Create, user.SetBoth("Ada", "ada@example.org"))
		alice.awaitUser(t, "ada", "Ada", "ada@example.org")
		bob.awaitUser(t, "ada", "Ada", "ada@example.org")
		s.mustArm(t, fault.Fault{Kind: fault.ProjectStall, On: "edited"})
		winner := alice.submit("ada", user.Edit, user.SetName("Alice's"))
		alice.awaitPhase(t, winner, reconcile.Accepted)

		loser := bob.submit("ada", user.Edit, user.SetName("Bob's"))
		end := bob.awaitEnd(t, loser)
		if end.Phase != reconcile.RolledBack || end.Code != user.ErrConflict || !strings.HasPrefix(end.Why, "alice changed the name at #") {
			t.Errorf("the loser ended %s, %s: %s", end.Phase, end.Code, end.Why)
		}
		if v := bob.view("ada"); len(v.Tray) != 1 || v.Tray[0].Patch != user.SetName("Bob's") || v.Name != "Ada" {
			t.Errorf("what bob typed is not kept beside what is confirmed: %+v", v)
		}
		merged := bob.submit("ada", user.Edit, user.SetEmail("bob@example.org"))
		bob.awaitPhase(t, merged, reconcile.Accepted)
		if v := bob.view("ada"); v.Email != "bob@example.org" {
			t.Errorf("bob's pending edit shows %q", v.Email)
		}
		s.mustClear(t)
		for _, p := range []*peer{alice, bob} {
			p.awaitUser(t, "ada", "Alice's", "bob@example.org")
			p.await(t, "nothing pending", func() bool { return p.replica.Pending() == 0 })
		}
	})
}

// What is lost or repeated on the way has no effect, or one.
func TestPairFaults(t *testing.T) {
	for _, tt := range []struct {
		kind  fault.Kind
		times int
	}{
		{fault.FeedDrop, 1}, {fault.FeedDrop, 3}, {fault.FeedRepeat, 2}, {fault.ReplyDrop, 1},
		{fault.AppendLoseAck, 1}, {fault.AppendRefuse, 2}, {fault.ProjectFail, 2},
	} {
		t.Run(fmt.Sprintf("%s %d", tt.kind, tt.times), func(t *testing.T) {
			t.Parallel()
			s := mustStation(t)
			alice, bob := s.pair(t, "nats")
			bob.await(t, "the rows", func() bool { return bob.replica.Position().Epoch != "" })
			s.mustArm(t, fault.Fault{Kind: tt.kind, Times: tt.times})
			ids := []string{
				alice.submit("ada", user.Create, user.SetBoth("Ada", "ada@example.org")),
				alice.submit("ada", user.Edit, user.SetName("Ada L")),
			}
			bob.awaitUser(t, "ada", "Ada L", "ada@example.org")
			log := mustReadLog(t, s.mustConnect(t))
			for _, id := range ids {
				if end := alice.awaitEnd(t, id); end.Phase != reconcile.Confirmed {
					t.Errorf("%s %s ended %s: %s", end.Op, end.Tag(), end.Phase, end.Why)
				}
				if n := eventsOf(log, id); n != 1 {
					t.Errorf("%s has %d events", id, n)
				}
			}
			alice.submit("end", user.Create, user.SetBoth("End", "end@example.org"))
			bob.awaitUser(t, "end", "End", "end@example.org")
			bob.mu.Lock()
			defer bob.mu.Unlock()
			if n := bob.told["ada"]; tt.kind == fault.FeedRepeat && n > len(ids) {
				t.Errorf("%d changes were told of %d", n, len(ids))
			}
		})
	}
}

// A client that was ended with work under way goes on with it, and shows it,
// also before there is a server.
func TestPairRestartWithPending(t *testing.T) {
	s, dir := mustStation(t), t.TempDir()
	address := s.url("nats")
	alice := mustPeer(t, "alice", address, mustOutbox(t, dir))
	bob := mustPeer(t, "bob", address, outbox.Memory("bob"))
	alice.submit("bob", user.Create, user.SetBoth("Bob", "bob@example.org"))
	alice.awaitUser(t, "bob", "Bob", "bob@example.org")
	s.mustStop(t)
	alice.await(t, "no server", func() bool { return !alice.replica.Position().Online })
	ids := []string{
		alice.submit("ada", user.Create, user.SetBoth("Ada", "ada@example.org")),
		alice.submit("ada", user.Edit, user.SetName("Ada L")),
		alice.submit("bob", user.Edit, user.SetName("Robert")),
	}
	for _, id := range ids {
		alice.awaitPhase(t, id, reconcile.Queued)
	}
	alice.mustClose(t)

	again := mustPeer(t, "alice", address, mustOutbox(t, dir))
	again.await(t, "its pending work", func() bool { return again.replica.Pending() == len(ids) })
	if v := again.view("ada"); v.Name != "Ada L" || v.Status != reconcile.StatusPending {
		t.Errorf("ada shows as %q, %s", v.Name, v.Status)
	}
	if v := again.view("bob"); v.Name != "Robert" || v.Email != "bob@example.org" {
		t.Errorf("bob shows as %q <%s> without a server", v.Name, v.Email)
	}
	s.mustStart(t)
	for _, id := range ids {
		if end := again.awaitEnd(t, id); end.Phase != reconcile.Confirmed {
			t.Errorf("%s %s ended %s: %s", end.Op, end.Tag(), end.Phase, end.Why)
		}
	}
	bob.awaitUser(t, "ada", "Ada L", "ada@example.org")
	bob.awaitUser(t, "bob", "Robert", "bob@example.org")
}

// A rebuild is another epoch: sequences of the old one mean nothing, so clients
// load everything and ask again for what had no verdict.
func TestPairRebuildWhileAway(t *testing.T) {
	s := mustStation(t)
	alice, bob := s.pair(t, "nats")
	alice.submit("bob", user.Create, user.SetBoth("Bob", "bob@example.org"))
	bob.awaitUser(t, "bob", "Bob", "bob@example.org")
	before := bob.position().Epoch
	s.mustArm(t, fault.Fault{Kind: fault.ProjectStall})
	create := alice.submit("ada", user.Create, user.SetBoth("Ada", "ada@example.org"))
	taken := bob.submit("ida", user.Create, user.SetBoth("Ida", "ada@example.org"))
	alice.awaitPhase(t, create, reconcile.Accepted)
	bob.awaitPhase(t, taken, reconcile.Accepted)
	s.mustStop(t)
	edit := alice.submit("ada", user.Edit, user.SetName("Ada L"))
	if out, err := exec.CommandContext(t.Context(), program, "rebuild", "--data", s.cfg.Dir).CombinedOutput(); err != nil {
		t.Fatalf("rebuild: %v\n%s", err, out)
	}
	s.mustStart(t)
	ends := map[*peer][]string{alice: {create, edit}, bob: {taken}}
	fell := 0
	for p, ids := range ends {
		for _, id := range ids {
			if end := p.awaitEnd(t, id); end.Phase == reconcile.RolledBack {
				fell++
			}
		}
		p.await(t, "another epoch", func() bool { return p.replica.Position().Epoch != before && p.replica.Pending() == 0 })
	}
	// Whose create came first in the log keeps the email; the other falls, with
	// the edit if it is alice's.
	first := mustReadLog(t, s.mustConnect(t))[3]
	if want := map[string]int{"ada": 1, "ida": 2}[first.Record]; fell != want {
		t.Errorf("%d fell although %s came first", fell, first.Record)
	}
}

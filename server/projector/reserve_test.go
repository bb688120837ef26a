package projector_test

import (
	"errors"
	"testing"

	"optimist/server/projector"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/projection"
	"optimist/shared/user"
)

// The emails of the tests below, by their tokens.
var (
	oldEmail = event.EmailToken("ada@example.org")
	newEmail = event.EmailToken("new@example.org")
)

// claimOf returns the event about the claim of an email that goes with ev.
func claimOf(kind event.Kind, ev event.Event, email string, target uint64) event.Event {
	return event.Event{
		Kind: kind, Op: ev.Op, Record: ev.Record, Ref: ev.Ref, Strategy: ev.Strategy, Time: ev.Time,
		Patch: user.SetEmail(email), Target: target,
	}
}

// mustReserve creates b with a claim of its email, and returns what stands last
// on the email and on the record.
func (w *world) mustReserve() (claim, born uint64) {
	w.t.Helper()
	ev := create("b", "c1", "ada@example.org")
	ev.Strategy = "reserve"
	claim = w.mustAppendAll([]event.Event{claimOf(event.Reserved, ev, "ada@example.org", 0), ev}, []uint64{0, 0})
	w.awaitTold(claim + 1)
	return claim, claim + 1
}

func (w *world) mustAppendAll(events []event.Event, expect []uint64) uint64 {
	w.t.Helper()
	first, err := w.log.AppendAll(w.t.Context(), events, expect)
	if err != nil {
		w.t.Fatal(err)
	}
	return first
}

// letGo returns the events of b's edit to another email or of its delete, and
// what they expect.
func letGo(op user.Op, claim, born uint64) ([]event.Event, []uint64) {
	ev := change(op, "b", "c2", user.Patch{})
	if op == user.Edit {
		ev.Patch = user.SetEmail("new@example.org")
	}
	ev.Strategy = "reserve"
	events, expect := []event.Event{claimOf(event.Released, ev, "ada@example.org", claim)}, []uint64{claim}
	if op == user.Edit {
		events, expect = append(events, claimOf(event.Reserved, ev, "new@example.org", 0)), append(expect, 0)
	}
	return append(events, ev), append(expect, born)
}

// A rejection claims again what the change that it voids had let go, in one batch
// with it, also if it is only appended after a crash.
func TestRejectionReserves(t *testing.T) {
	for _, tc := range []struct {
		name  string
		op    user.Op
		crash bool
	}{
		{"an edit", user.Edit, false},
		{"an edit, after a crash", user.Edit, true},
		{"a delete", user.Delete, false},
		{"a delete, after a crash", user.Delete, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := mustWorld(t)
			cfg := w.config()
			cfg.Crash = func(string) {}
			ended := w.mustRun(cfg)
			claim, born := w.mustReserve()
			w.mustArm(fault.Fault{Kind: fault.ProjectFail, On: "c2", Forever: true})
			if tc.crash {
				w.mustArm(fault.Fault{Kind: fault.ProjectCrashAfterCommit, On: "c2"})
			}
			events, expect := letGo(tc.op, claim, born)
			fell := w.mustAppendAll(events, expect) + uint64(len(events)) - 1
			if tc.crash {
				if err := <-ended; !errors.Is(err, projector.ErrCrashed) {
					t.Fatal(err)
				}
				w.mustReopen()
				w.start()
			}
			w.awaitQuiet()
			w.wantReserved(fell, tc.op == user.Edit)
			w.mustVerify()
		})
	}
}

// wantReserved checks that b has its old claim again, by the rejection of the
// event at fell, and that the new one has ended.
func (w *world) wantReserved(fell uint64, released bool) {
	w.t.Helper()
	rejections := w.mustRejections()
	old, err := w.log.Email(w.t.Context(), oldEmail, 0)
	if err != nil || len(rejections) != 1 || len(old) != 3 {
		w.t.Fatalf("rejections %+v, about the old email %+v, %v", rejections, old, err)
	}
	after := rejections[0].Seq + 1
	if released {
		after++
	}
	got := old[2]
	if got.Kind != event.Reserved || got.Record != "b" || got.Target != fell || got.Seq != after || got.Build != 1 {
		w.t.Errorf("reserved: %+v", got)
	}
	if c, _, err := w.db.Claim(oldEmail); c.Record != "b" || c.Seq != got.Seq || err != nil {
		w.t.Errorf("the old claim: %+v, %v", c, err)
	}
	if c, found, err := w.db.Claim(newEmail); c.Held() || found != released || err != nil {
		w.t.Errorf("the new claim: %+v, %v, %v", c, found, err)
	}
}

// Who took the email in between keeps it: it was free.
func TestRejectionReservesNothingOfOthers(t *testing.T) {
	w := mustWorld(t)
	w.start()
	claim, born := w.mustReserve()
	w.mustArm(fault.Fault{Kind: fault.ProjectStall, On: "c2"})
	w.mustArm(fault.Fault{Kind: fault.ProjectFail, On: "c2", Forever: true})
	events, expect := letGo(user.Delete, claim, born)
	first := w.mustAppendAll(events, expect)
	other := create("a", "c3", "ada@example.org")
	other.Strategy = "reserve"
	taken := w.mustAppendAll([]event.Event{claimOf(event.Reserved, other, "ada@example.org", 0), other}, []uint64{first, 0})
	w.mustArm(fault.Fault{Kind: fault.ProjectStall, On: "c3"})
	w.board.Clear(1)
	w.awaitTold(first + 1)
	if n := len(w.mustRejections()); n != 1 {
		t.Fatalf("%d rejections", n)
	}
	w.board.Clear(0)
	w.awaitQuiet()
	if f := w.mustFate("c3"); f.Status != projection.Rejected || f.Code != user.ErrEmailTaken {
		t.Errorf("fate of the other: %+v", f)
	}
	old, err := w.log.Email(t.Context(), oldEmail, taken)
	if err != nil || len(old) != 1 || old[0].Kind != event.Released || old[0].Target != taken {
		t.Errorf("about the email after the other's claim: %+v, %v", old, err)
	}
	w.mustVerify()
}

// A rebuild comes to the same claims: verify compares them, too.
func TestRebuildKeepsWhatRejectionsReserved(t *testing.T) {
	w := mustWorld(t)
	stop := w.start()
	claim, born := w.mustReserve()
	w.mustArm(fault.Fault{Kind: fault.ProjectFail, On: "c2", Forever: true})
	w.mustAppendAll(letGo(user.Edit, claim, born))
	w.awaitQuiet()
	stop()
	before, _, err := w.db.Claim(oldEmail)
	if err != nil {
		t.Fatal(err)
	}
	w.mustRebuild()
	if after, _, err := w.db.Claim(oldEmail); after != before || !after.Held() || err != nil {
		t.Errorf("the claim before the rebuild %+v, after it %+v, %v", before, after, err)
	}
}

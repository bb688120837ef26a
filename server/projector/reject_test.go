package projector_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"

	"optimist/server/eventlog"
	"optimist/server/projector"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/projection"
	"optimist/shared/user"
)

func TestEmailTakenRollsBackTheSecond(t *testing.T) {
	w := mustWorld(t)
	stop := w.start()
	w.mustAppend(create("a", "c1", "ada@example.org"))
	second := w.mustAppend(create("b", "c2", "ADA@example.org"))
	w.awaitQuiet()
	edit := w.mustAppend(rename("b", "c3", "Bea", "c2"))
	w.awaitQuiet()

	want := []string{"c2 email_taken", "c3 cascade"}
	if diff := cmp.Diff(want, w.rejected()); diff != "" {
		t.Errorf("rejections in the feed (-want +got):\n%s", diff)
	}
	logged := w.mustRejections()
	if len(logged) != 2 || logged[0].Target != second || logged[1].Target != edit || logged[1].Root != ref("c2") {
		t.Errorf("rejections in the log: %+v", logged)
	}
	if f := w.mustFate("c3"); !f.Fallen || f.RootSeq != second {
		t.Errorf("fate of the edit: %+v", f)
	}
	w.mustVerify()
	stop()
	w.mustRebuild()
}

func TestFailureForGoodCascades(t *testing.T) {
	w := mustWorld(t)
	stop := w.start()
	w.mustArm(fault.Fault{Kind: fault.ProjectFail, On: "created", Forever: true, Reason: "disk on fire"})
	w.mustAppend(create("a", "c1", "ada@example.org"))
	last := w.mustAppend(rename("a", "c2", "Ada", "c1"))
	w.mustAppend(create("b", "c3", "ada@example.org"))
	w.awaitQuiet()
	w.board.Clear(0)

	if got := w.mustFate("c1"); got.Code != user.ErrProjectionFailed || !strings.Contains(got.Why, "disk on fire") {
		t.Errorf("fate of the create: %+v", got)
	}
	if got := w.mustFate("c2"); got.Code != user.ErrCascade || got.Seq != last {
		t.Errorf("fate of the edit: %+v", got)
	}
	if got := w.mustFate("c3"); got.Status != projection.Applied {
		t.Errorf("fate of the create after: %+v", got)
	}
	stop()
	w.mustVerify()
	w.mustRebuild()
}

func TestConstraintOfTheDatabaseRejectsOneEventOnly(t *testing.T) {
	w := mustWorld(t)
	w.mustSQL(`CREATE TRIGGER no_bob BEFORE INSERT ON records WHEN NEW.name = 'Bob'
		BEGIN SELECT RAISE(ABORT, 'no Bobs here'); END`)
	w.mustReopen() // Statements are prepared with the trigger.
	w.start()
	w.mustAppend(create("a", "c1", "ada@example.org"))
	bob := create("b", "c2", "bob@example.org")
	bob.Patch.Name = "Bob"
	w.mustAppend(bob)
	w.mustAppend(create("c", "c3", "cyd@example.org"))
	w.awaitQuiet()

	if got := w.mustFate("c2"); got.Code != user.ErrProjectionFailed || !strings.Contains(got.Why, "no Bobs here") {
		t.Errorf("fate of Bob: %+v", got)
	}
	if got := w.mustFate("c3"); got.Status != projection.Applied {
		t.Errorf("fate of the next: %+v", got)
	}
}

func TestCrashBetweenCommitAndAppend(t *testing.T) {
	w := mustWorld(t)
	w.mustOpen()
	w.mustAppend(create("a", "c1", "ada@example.org"))
	second := w.mustAppend(create("b", "c2", "ada@example.org"))
	w.mustCommit(second)
	if owed, err := w.db.Unlogged(); err != nil || len(owed) != 1 {
		t.Fatalf("unlogged before: %+v, %v", owed, err)
	}
	w.mustReopen()
	w.mustOpen()
	logged := w.mustRejections()
	if len(logged) != 1 || logged[0].Target != second || logged[0].Code != user.ErrEmailTaken {
		t.Fatalf("rejections in the log: %+v", logged)
	}
	if err := w.p.Logged(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.mustReopen()
	w.start()
	w.awaitTold(logged[0].Seq)
	if got := w.mustFate("c2"); !got.Logged {
		t.Errorf("fate after the rejection was read back: %+v", got)
	}
	if n := len(w.mustRejections()); n != 1 {
		t.Errorf("%d rejections in the log, want 1", n)
	}
}

// TestRejectionThatWasStoredUnanswered finds in the log, while it appends what
// is owed, an append of before.
func TestRejectionThatWasStoredUnanswered(t *testing.T) {
	w := mustWorld(t)
	w.mustOpen()
	w.mustAppend(create("a", "c1", "ada@example.org"))
	second := w.mustAppend(create("b", "c2", "ada@example.org"))
	w.mustReopen()
	cfg := w.config()
	cfg.Progress = func(uint64, uint64) {
		late := create("b", "c2", "ada@example.org")
		late.Kind, late.Target, late.Build, late.Code = event.Rejected, second, 1, user.ErrEmailTaken
		w.mustAppend(late)
	}
	if _, err := projector.Open(t.Context(), cfg); err != nil {
		t.Fatal(err)
	}
	if n := len(w.mustRejections()); n != 1 {
		t.Errorf("%d rejections in the log, want 1", n)
	}
}

// mustCommit projects up to seq as the projector does, and then crashes.
func (w *world) mustCommit(seq uint64) {
	w.t.Helper()
	cp, err := w.db.Checkpoint()
	if err != nil {
		w.t.Fatal(err)
	}
	tx, err := w.db.Begin()
	if err != nil {
		w.t.Fatal(err)
	}
	for cp.Seq < seq {
		ev, err := w.log.At(w.t.Context(), cp.Seq+1)
		if err != nil {
			w.t.Fatal(err)
		}
		if _, err := projection.Apply(tx, ev, nil, ""); err != nil {
			w.t.Fatal(err)
		}
		cp.Seq, cp.EventID = ev.Seq, ev.ID
	}
	if err := errors.Join(tx.SetCheckpoint(cp), tx.Commit()); err != nil {
		w.t.Fatal(err)
	}
}

func TestFeedWaitsForTheLog(t *testing.T) {
	w := mustWorld(t)
	w.start()
	w.mustArm(fault.Fault{Kind: fault.ProjectStall, On: "b"})
	w.mustAppend(create("a", "c1", "ada@example.org"))
	second := w.mustAppend(create("b", "c2", "ada@example.org"))
	third := w.mustAppend(create("c", "c3", "cyd@example.org"))
	w.await("stall", func() bool { return slices.Contains(w.statuses, "stalled at #4") })
	w.awaitTold(second - 1)

	w.mustRefuseAppends(true)
	w.board.Clear(0)
	w.await("commit", func() bool { return w.p.Checkpoint() == third })
	w.awaitBeats()
	if got := w.p.Watermark(); got != second-1 {
		t.Errorf("watermark %d while a rejection is not in the log, want %d", got, second-1)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.p.Logged(over); !errors.Is(err, context.Canceled) {
		t.Errorf("Logged while a rejection is not in the log: %v", err)
	}

	w.mustRefuseAppends(false)
	w.awaitTold(third + 1)
	if err := w.p.Logged(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	held := w.feeds[len(w.feeds)-2]
	if held.From != second-1 || held.To != third || len(held.Rejected) != 1 || len(held.Rows) != 1 {
		t.Errorf("the feed message that was held: %+v", held)
	}
}

// mustRefuseAppends makes the store refuse every message, or take them again.
func (w *world) mustRefuseAppends(refuse bool) {
	w.t.Helper()
	js, err := w.nc.JetStream()
	if err != nil {
		w.t.Fatal(err)
	}
	info, err := js.StreamInfo(eventlog.StreamName)
	if err != nil {
		w.t.Fatal(err)
	}
	info.Config.MaxMsgSize = -1
	if refuse {
		info.Config.MaxMsgSize = 1
	}
	if _, err := js.UpdateStream(&info.Config, nats.Context(w.t.Context())); err != nil {
		w.t.Fatal(err)
	}
}

func TestRejectionOfAnOlderEpochIsVoid(t *testing.T) {
	w := mustWorld(t)
	stop := w.start()
	seq := w.mustAppend(create("a", "c1", "ada@example.org"))
	w.awaitTold(seq)
	stop()
	if cp := w.mustRebuild(); cp.Build != 2 {
		t.Fatalf("checkpoint after the rebuild: %+v", cp)
	}
	late := create("a", "c1", "ada@example.org")
	late.Kind, late.Target, late.Build, late.Code = event.Rejected, seq, 1, user.ErrEmailTaken
	last := w.mustAppend(late)
	stop = w.start()
	w.awaitTold(last)
	if got := w.mustFate("c1"); got.Status != projection.Applied {
		t.Errorf("fate: %+v", got)
	}
	stop()
	w.mustVerify()
	w.mustRebuild()
}

func TestRejectionOfAConfirmedEventIsAMismatch(t *testing.T) {
	w := mustWorld(t)
	w.mustOpen()
	seq := w.mustAppend(create("a", "c1", "ada@example.org"))
	w.mustReopen()
	w.mustOpen()
	verdict := create("a", "c1", "ada@example.org")
	verdict.Kind, verdict.Target, verdict.Build, verdict.Code = event.Rejected, seq, 1, user.ErrProjectionFailed
	w.mustAppend(verdict)
	w.mustReopen()
	_, err := projector.Open(t.Context(), w.config())
	var mismatch *projector.MismatchError
	if !errors.As(err, &mismatch) || !strings.Contains(err.Error(), "confirmed #3") {
		t.Errorf("open: %v", err)
	}
}

// TestReadBackDoesNotOpenTheGate has one batch read a rejection back and commit
// another one, which the log refuses for now.
func TestReadBackDoesNotOpenTheGate(t *testing.T) {
	w := mustWorld(t)
	w.start()
	w.mustArm(fault.Fault{Kind: fault.ProjectStall, On: "c"})
	w.mustAppend(create("a", "c1", "ada@example.org"))
	second := w.mustAppend(create("b", "c2", "ada@example.org"))
	w.mustAppend(create("c", "c3", "cyd@example.org"))
	w.awaitTold(second) // Its rejection is in the log, behind the stall.
	last := w.mustAppend(create("d", "c4", "ada@example.org"))
	w.mustRefuseAppends(true)
	w.board.Clear(0)
	w.await("commit", func() bool { return w.p.Checkpoint() == last })
	w.awaitBeats()
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.p.Logged(over); !errors.Is(err, context.Canceled) {
		t.Errorf("Logged while a rejection is not in the log: %v", err)
	}
	w.mustRefuseAppends(false)
	w.awaitTold(last + 1)
	if err := w.p.Logged(t.Context()); err != nil {
		t.Fatal(err)
	}
}

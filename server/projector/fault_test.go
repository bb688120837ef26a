package projector_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/fault"
	"optimist/shared/projection"
	"optimist/shared/user"
)

func TestFailureThatPassesRejectsNothing(t *testing.T) {
	w := mustWorld(t)
	w.start()
	w.mustArm(fault.Fault{Kind: fault.ProjectFail, On: "b", Times: 3, Reason: "disk full"})
	w.mustAppend(create("a", "c1", "ada@example.org"))
	struck := w.mustAppend(create("b", "c2", "bea@example.org"))
	w.awaitTold(struck)
	want := []string{
		"running",
		"retry 1 of 3 at #4: disk full", "retry 2 of 3 at #4: disk full", "retry 3 of 3 at #4: disk full",
		"running",
	}
	w.mu.Lock()
	if diff := cmp.Diff(want, w.statuses); diff != "" {
		t.Errorf("statuses (-want +got):\n%s", diff)
	}
	w.mu.Unlock()
	if got := w.mustFate("c2"); got.Status != projection.Applied {
		t.Errorf("fate: %+v", got)
	}
	if end, err := w.log.End(t.Context()); err != nil || end != struck {
		t.Errorf("the log ends at #%d (%v), want #%d: nothing is rejected", end, err, struck)
	}
}

func TestWhatStandsBeforeAFailureIsCommittedFirst(t *testing.T) {
	w := mustWorld(t)
	w.start()
	w.mustArm(fault.Fault{Kind: fault.ProjectStall, On: "a"})
	w.mustArm(fault.Fault{Kind: fault.ProjectFail, On: "b"})
	first := w.mustAppend(create("a", "c1", "ada@example.org"))
	second := w.mustAppend(create("b", "c2", "bea@example.org"))
	last := w.mustAppend(create("c", "c3", "cyd@example.org"))
	w.await("stall", func() bool { return slices.Contains(w.statuses, "stalled at #3") })
	w.awaitBeats() // Meanwhile the events arrive, so that they make one batch.
	w.board.Clear(1)
	w.awaitTold(last)
	w.mu.Lock()
	defer w.mu.Unlock()
	if !slices.Equal(w.retried, []uint64{first}) {
		t.Errorf("checkpoints at the retries of #%d: %d, want #%d once", second, w.retried, first)
	}
	if want := []uint64{1, 2, 3, 4, 5}; !slices.Equal(w.observed, want) {
		t.Errorf("observed %d, want %d", w.observed, want)
	}
}

func TestBusyDatabaseIsTriedAgain(t *testing.T) {
	w := mustWorld(t)
	w.start()
	tx := w.mustLock()
	seq := w.mustAppend(create("a", "c1", "ada@example.org"))
	w.await("retry", func() bool {
		return slices.ContainsFunc(w.statuses, func(s string) bool {
			return s == "retry 1 at #3: begin: database is locked"
		})
	})
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	w.awaitTold(seq)
	if got := w.mustFate("c1"); got.Status != projection.Applied {
		t.Errorf("fate: %+v", got)
	}
}

func TestStallHoldsAtOneEventOnly(t *testing.T) {
	w := mustWorld(t)
	w.start()
	first := w.mustAppend(create("a", "c1", "ada@example.org"))
	w.awaitTold(first)
	w.mustArm(fault.Fault{Kind: fault.ProjectStall, On: "created"})
	edit := w.mustAppend(rename("a", "c2", "Ada", ""))
	w.awaitTold(edit)
	held := w.mustAppend(create("b", "c3", "bea@example.org"))
	last := w.mustAppend(rename("b", "c4", "Bea", "c3"))
	w.await("stall", func() bool { return slices.Contains(w.statuses, "stalled at #5") })
	if got := w.p.Checkpoint(); got != held-1 {
		t.Errorf("checkpoint %d while stalled, want %d", got, held-1)
	}
	w.board.Clear(0)
	w.awaitTold(last)
	if got := w.p.Status().State; got != "running" {
		t.Errorf("status after the stall: %s", got)
	}
	w.mustVerify()
}

func TestStallLetsRejectionsBeforeItOut(t *testing.T) {
	w := mustWorld(t)
	w.start()
	w.mustArm(fault.Fault{Kind: fault.ProjectStall, On: "c"})
	w.mustAppend(create("a", "c1", "ada@example.org"))
	second := w.mustAppend(create("b", "c2", "ada@example.org"))
	w.mustAppend(create("c", "c3", "cyd@example.org"))
	w.awaitTold(second)
	if diff := cmp.Diff([]string{"c2 " + string(user.ErrEmailTaken)}, w.rejected()); diff != "" {
		t.Errorf("rejections in the feed (-want +got):\n%s", diff)
	}
}

func TestFeedFaults(t *testing.T) {
	w := mustWorld(t)
	w.start()
	w.mustArm(fault.Fault{Kind: fault.FeedDrop, On: "b"})
	w.mustArm(fault.Fault{Kind: fault.FeedRepeat, On: "created"})
	for i, id := range []string{"a", "b", "c"} {
		w.awaitTold(w.mustAppend(create(id, "c"+id, id+"@example.org")))
		if i == 0 {
			w.await("repeat", func() bool { return len(w.feeds) == 2 })
		}
	}
	var got [][2]uint64
	w.mu.Lock()
	for _, f := range w.feeds {
		got = append(got, [2]uint64{f.From, f.To})
	}
	w.mu.Unlock()
	if diff := cmp.Diff([][2]uint64{{2, 3}, {2, 3}, {4, 5}}, got); diff != "" {
		t.Errorf("feed messages (-want +got):\n%s", diff)
	}
}

func TestRejectionThatIsNotPushed(t *testing.T) {
	w := mustWorld(t)
	w.start()
	w.mustAppend(create("a", "c1", "ada@example.org"))
	second := create("b", "c2", "ada@example.org")
	second.Strategy = "check-log"
	seq := w.mustAppend(second)
	w.awaitTold(seq)
	if got := w.rejected(); len(got) != 0 {
		t.Errorf("rejections in the feed: %q", got)
	}
	if got := w.mustFate("c2"); got.Status != projection.Rejected || !got.Logged {
		t.Errorf("fate: %+v", got)
	}
	if got := w.mustRejections(); len(got) != 0 {
		t.Errorf("rejections in the log: %+v", got)
	}
	w.mustVerify()
}

package eventlog_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/server/eventlog"
	"optimist/shared/event"
	"optimist/shared/user"
)

func TestVerdictsAreAllThatSayWhatCounts(t *testing.T) {
	l, closeLog := mustOpen(t, t.TempDir(), eventlog.Config{})
	defer closeLog()
	verdicts := func(from uint64) (seqs []uint64) {
		t.Helper()
		if err := l.Verdicts(t.Context(), from, func(ev event.Event) error {
			seqs = append(seqs, ev.Seq)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return seqs
	}
	if got := verdicts(1); got != nil {
		t.Errorf("verdicts of a new log: %v", got)
	}
	epoch := event.Event{Kind: event.Epoch, Stream: l.Stream(), Build: 1}
	created := change(user.Create, "ada", "c1")
	rejected := created
	rejected.Kind, rejected.Target, rejected.Build = event.Rejected, 3, 1
	refused := change(user.Edit, "ada", "c2")
	refused.Kind = event.Refused
	mustAppend(t, l, epoch, 0)
	mustAppend(t, l, created, 0)
	mustAppend(t, l, refused, 3)
	mustAppend(t, l, rejected, 3)
	mustAppend(t, l, change(user.Create, "ada", "c3"), 5)
	if diff := cmp.Diff([]uint64{2, 5}, verdicts(1)); diff != "" {
		t.Errorf("verdicts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]uint64{5}, verdicts(3)); diff != "" {
		t.Errorf("verdicts from #3 (-want +got):\n%s", diff)
	}
}

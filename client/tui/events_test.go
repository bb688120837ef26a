package tui

import (
	"fmt"
	"testing"

	"optimist/client/view"
	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

func TestLogPane(t *testing.T) {
	r := mustRig(t, 120, 36, Options{}, someRows(3)...)
	r.create("Ada", "ada@example.org")
	r.accept(1, 6, 1)
	bob := event.Event{
		Kind: event.Edited, Seq: 7, Ref: user.Ref{Client: "bob", Command: "b1"}, Record: "rec-0000",
		Op: user.Edit, Patch: user.SetName("Grace B."), Version: 2,
	}
	r.event(bob)
	r.shows("≠")
	created := r.mutation(1)
	r.event(event.Event{Kind: event.Rejected, Seq: 8, Ref: user.Ref{Client: "ann", Command: created.ID}, Record: created.Record, Code: user.ErrEmailTaken, Target: 6})
	r.press("l")
	r.now += 12
	r.input(reconcile.Input{Kind: reconcile.Fed, Feed: &protocol.Feed{
		Epoch: epoch, From: 5, To: 7, Change: 7,
		Rows:     []protocol.Row{{ID: "rec-0000", Name: "Grace B.", Email: "g@example.org", Version: 2, Seq: 7, Born: 3, By: "bob"}},
		Rejected: []protocol.Rejection{{Client: "ann", Command: created.ID, Record: created.Record, Seq: 6, Code: user.ErrEmailTaken}},
	}})
	r.shows("in DB +12 ms", "rejected: email_taken", "#6 is void")
	if rows := r.m.screen.Records.Rows; len(rows) != 4 || rows[0].Mark != view.MarkRolledBack {
		t.Fatalf("a record that never came to be is shown: %+v", rows[0])
	}
	r.golden("log")
	r.press("k", "enter")
	if r.m.table.selected != "rec-0000" {
		t.Fatalf("enter selected %s", r.m.table.selected)
	}
	r.shows("bob", "edit name → “Grace B.”")
	r.press("T")
	if r.m.focus != view.PaneLog || r.m.log.cursor != 7 {
		t.Fatalf("T went to %d", r.m.log.cursor)
	}
	r.event(event.Event{Kind: event.Opened, Seq: 9, Stream: "s"})
	r.shows("1 new")
	r.press("G")
	r.shows("following")
}

func TestLogVersionCountsWhatIsAhead(t *testing.T) {
	l := newEvents()
	v := reconcile.View{ID: "a", Row: protocol.Row{ID: "a", Version: 3, Seq: 5}}
	add := func(seq uint64, kind event.Kind, op user.Op, version uint64) {
		l.add(event.Event{Kind: kind, Seq: seq, Record: "a", Op: op, Version: version}, 0)
	}
	check := func(want uint64) {
		t.Helper()
		if got := l.version(v); got != want {
			t.Errorf("the log has v%d, want v%d", got, want)
		}
	}
	check(3)
	add(6, event.Edited, user.Edit, 4)
	check(4)
	add(7, event.Edited, user.Edit, 5)
	l.add(event.Event{Kind: event.Rejected, Seq: 8, Record: "a", Target: 7, Code: user.ErrEmailTaken}, 0)
	check(4)
	v.Pending = []reconcile.Mutation{{Phase: reconcile.Accepted, Op: user.Delete, Seq: 9, Version: 5}}
	check(0)
	v.Pending = nil
	l.reach(8, 1)
	if len(l.ahead) != 0 || len(l.waiting) != 0 {
		t.Errorf("%d, %d still wait", len(l.ahead), len(l.waiting))
	}
}

// A row that was written before its event has in the log what the log has.
func TestLogVersionOfARowThatWasWrittenFirst(t *testing.T) {
	created := event.Event{Kind: event.Created, Op: user.Create, Seq: 5, Record: "a", Version: 1, Ref: user.Ref{Client: "ann", Command: "c1"}}
	for name, tt := range map[string]struct {
		row  protocol.Row
		want uint64
	}{
		"in step":              {protocol.Row{Version: 1, Seq: 5, Command: "c1"}, 1},
		"the edit is not":      {protocol.Row{Version: 2, Seq: 5, Command: "c2"}, 1},
		"the delete is not":    {protocol.Row{Version: 2, Seq: 5, Command: "c2", Deleted: true}, 1},
		"nothing is":           {protocol.Row{Version: 1, Command: "c1"}, 0},
		"deleted":              {protocol.Row{Version: 1, Seq: 5, Command: "c1", Deleted: true}, 0},
		"longer ago than kept": {protocol.Row{Version: 4, Seq: 4, Command: "c0"}, 4},
	} {
		l := newEvents()
		l.add(created, 0)
		l.reach(5, 0)
		if got := l.version(reconcile.View{ID: "a", Row: tt.row}); got != tt.want {
			t.Errorf("%s: the log has v%d, want v%d", name, got, tt.want)
		}
	}
}

func TestWaitingEventsAreBounded(t *testing.T) {
	l := newEvents()
	for seq := uint64(1); seq <= 2*MaxWaiting; seq++ {
		l.add(event.Event{Kind: event.Edited, Op: user.Edit, Seq: seq, Record: fmt.Sprint(seq % 7), Version: seq}, 0)
	}
	n := 0
	for _, list := range l.ahead {
		n += len(list)
	}
	if len(l.waiting) != MaxWaiting || n != MaxWaiting || len(l.list) >= 2*MaxLog {
		t.Fatalf("%d wait, %d ahead, %d kept", len(l.waiting), n, len(l.list))
	}
}

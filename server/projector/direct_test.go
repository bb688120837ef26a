package projector_test

import (
	"strings"
	"testing"

	"optimist/server/projector"
	"optimist/server/sqlite"
	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/user"
)

// mustWriteDirect writes ev to the rows before the log, as a command handler of
// a change-first strategy does.
func (w *world) mustWriteDirect(ev event.Event, outbox bool) {
	w.t.Helper()
	rec, _, err := w.db.Record(ev.Record)
	if err != nil {
		w.t.Fatal(err)
	}
	after, fate := projection.Written(rec, ev)
	var entry *event.Event
	if outbox {
		entry = &ev
	}
	if _, err := w.db.WriteDirect(after, fate, entry); err != nil {
		w.t.Fatal(err)
	}
}

// An event whose change is in the rows already gets its place, and the row is
// told to everybody, as are rows that nobody wrote first.
func TestProjectorFillsIn(t *testing.T) {
	w := mustWorld(t)
	stop := w.start()
	first, second := create("a", "c1", "ada@example.org"), rename("a", "c2", "Ada", "")
	w.mustWriteDirect(first, false)
	w.mustWriteDirect(second, false)
	w.mustAppend(first)
	w.awaitTold(w.mustAppend(second))
	w.checkFeeds()
	rec := w.mustRecords()[0]
	if rec.Direct || rec.Version != 2 || rec.Born != 3 || rec.Seq != 4 || rec.NameSeq != 4 || rec.EmailSeq != 3 {
		t.Errorf("the row: %+v", rec)
	}
	w.mustVerify()
	stop()
	w.mustRebuild()
}

// What a dual write lost is in the rows only: verify says so, and a rebuild
// leaves it out.
func TestRebuildLosesWhatTheLogNeverHeardOf(t *testing.T) {
	w := mustWorld(t)
	stop := w.start()
	w.mustWriteDirect(create("a", "c1", "ada@example.org"), false)
	w.awaitTold(w.mustAppend(create("b", "c2", "bea@example.org")))
	stop()
	diff, err := projector.Verify(t.Context(), w.log, w.db)
	if err != nil || len(diff.Lines) != 1 || !strings.Contains(diff.Lines[0], "the log does not have the event of its last change, the command ") {
		t.Errorf("verify: %q, %v", diff.Lines, err)
	}
	w.closeDB()
	if _, err := projector.Rebuild(t.Context(), w.path, sqlite.Normal, projector.Config{Log: w.log}); err != nil {
		t.Fatal(err)
	}
	w.mustReopen()
	if got := w.mustRecords(); len(got) != 1 || got[0].ID != "b" {
		t.Errorf("after the rebuild: %+v", got)
	}
	w.mustVerify()
}

// What waits in the outbox is in the rows for good: verify takes it for true,
// and a rebuild gives it to the log, once.
func TestRebuildEmptiesTheOutbox(t *testing.T) {
	w := mustWorld(t)
	stop := w.start()
	for _, ev := range []event.Event{
		create("a", "c1", "ada@example.org"), rename("a", "c2", "Ada", ""), change(user.Delete, "a", "c3", user.Patch{}),
		create("b", "c4", "ada@example.org"),
	} {
		w.mustWriteDirect(ev, true)
	}
	known := create("a", "c1", "ada@example.org") // Appended, and not deleted from the outbox.
	w.awaitTold(w.mustAppend(known))
	stop()
	w.mustVerify()
	w.closeDB()
	if _, err := projector.Rebuild(t.Context(), w.path, sqlite.Normal, projector.Config{Log: w.log}); err != nil {
		t.Fatal(err)
	}
	w.mustReopen()
	events, err := w.log.Record(t.Context(), "a", 0)
	if err != nil || len(events) != 3 {
		t.Errorf("events of a: %+v, %v", events, err)
	}
	got := w.mustRecords()
	if len(got) != 2 || got[0].Exists || got[0].Version != 3 || !got[1].Exists || got[1].Direct {
		t.Errorf("after the rebuild: %+v", got)
	}
	if left, err := w.db.Outbox(10); err != nil || len(left) != 0 {
		t.Errorf("outbox: %+v, %v", left, err)
	}
	w.mustVerify()
}

package sqlite_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/server/sqlite"
	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/user"
)

// pair is a database and a model in memory that are told the same.
type pair struct {
	t      *testing.T
	h      *history
	db     *sqlite.DB
	mem    projection.Memory
	unsaid []event.Event // Events of changes that were written first.
	cp     sqlite.Checkpoint
}

// fold applies one event to both, in a transaction of its own.
func (p *pair) fold(ev event.Event) {
	p.t.Helper()
	want := mustApply(p.t, &p.mem, ev, nil, p.h.fail[ev.Seq])
	p.mem.To = ev.Seq
	p.cp.Seq, p.cp.EventID = ev.Seq, ev.ID
	mustWrite(p.t, p.db, func(tx *sqlite.Tx) error {
		got := mustApply(p.t, tx, ev, nil, p.h.fail[ev.Seq])
		if diff := cmp.Diff(want, got); diff != "" {
			p.t.Fatalf("effect of %+v (-memory +sqlite):\n%s", ev, diff)
		}
		return tx.SetCheckpoint(p.cp)
	})
	p.h.take(ev, want)
}

// writeDirect writes a random change to both before its event.
func (p *pair) writeDirect(n int) {
	p.t.Helper()
	id := fmt.Sprintf("r%d", p.h.rnd.IntN(8))
	rec, _, _ := p.mem.Record(id)
	ev := event.Event{
		Kind: event.Created, Op: user.Create, Record: id, Strategy: "outbox",
		Ref:   user.Ref{Client: "bob", Command: fmt.Sprintf("d%d", n)},
		Patch: user.SetBoth(fmt.Sprintf("n%d", n), fmt.Sprintf("E%d@example.org", p.h.rnd.IntN(6))),
	}
	if rec.Exists {
		ev.Kind, ev.Op = event.Edited, user.Edit
	}
	stored, err := p.write(rec, ev)
	if err != nil {
		return
	}
	if got, _, _ := p.mem.Record(id); got != stored {
		p.t.Fatalf("written %+v, in memory %+v", stored, got)
	}
	if p.h.rnd.IntN(4) > 0 { // The log never hears of the others.
		p.unsaid = append(p.unsaid, ev)
	}
}

// write writes ev to both and returns what the database has then. Both must say
// the same.
func (p *pair) write(rec projection.Record, ev event.Event) (projection.Record, error) {
	p.t.Helper()
	after, fate := projection.Written(rec, ev)
	want := projection.WriteDirect(&p.mem, after, fate)
	stored, got := p.db.WriteDirect(after, fate, nil)
	if errors.Is(want, user.ErrEmailTaken) != errors.Is(got, user.ErrEmailTaken) || (want == nil) != (got == nil) {
		p.t.Fatalf("memory says %v, the database %v", want, got)
	}
	return stored, got
}

// TestMemoryIsTheDatabase checks on random histories, with changes that were
// written before their events, claims, and rejections of every strategy, that a
// client is told the same by both, whatever it knew before.
func TestMemoryIsTheDatabase(t *testing.T) {
	for seed := range uint64(4) {
		p := &pair{t: t, h: newHistory(seed), cp: sqlite.Checkpoint{Stream: "log", Build: 1, Epoch: 2}}
		p.h.strategies = []string{"reconcile", "fire-and-forget", "check-log", "reserve", "outbox"}
		p.db, _ = mustFresh(t)
		for n := range 300 {
			switch {
			case p.h.rnd.IntN(4) == 0:
				p.writeDirect(n)
			case len(p.unsaid) > 0 && p.h.rnd.IntN(3) == 0:
				p.fold(p.h.append(p.unsaid[0]))
				p.unsaid = p.unsaid[1:]
			default:
				p.fold(p.h.next())
			}
		}
		compare(t, fmt.Sprintf("seed %d", seed), &p.mem, p.db)
		p.comparePages()
	}
}

// comparePages asks both for what changed, from several positions and by pages
// of several sizes.
func (p *pair) comparePages() {
	p.t.Helper()
	for _, limit := range []int{1, 3, 1000} {
		for since := uint64(0); since <= p.mem.Change; since += 1 + p.mem.Change/7 {
			page := projection.Page{More: true}
			for at := since; page.More; at = page.Next {
				want := p.mem.Since(at, limit)
				var err error
				if page, err = p.db.Since(at, limit); err != nil {
					p.t.Fatal(err)
				}
				if diff := cmp.Diff(want, page); diff != "" {
					p.t.Fatalf("%d changes after %d (-memory +sqlite):\n%s", limit, at, diff)
				}
			}
		}
	}
}

// opened returns the event of a change that is written first.
func opened(op user.Op, record, command, email string) event.Event {
	return event.Event{
		Kind: event.Of(op), Op: op, Record: record, Strategy: "outbox", Time: 1_700_000_000_000,
		Ref: user.Ref{Client: "ann", Command: command}, Patch: user.SetBoth("name of "+record, email),
	}
}

func TestWriteDirect(t *testing.T) {
	db, path := mustFresh(t)
	create := opened(user.Create, "a", "c1", "ada@example.org")
	rec, fate := projection.Written(projection.Record{}, create)
	stored, err := db.WriteDirect(rec, fate, &create)
	if err != nil || stored.Change == 0 || !stored.Direct || stored.Seq != 0 || stored.Version != 1 {
		t.Fatalf("%+v, %v", stored, err)
	}
	if _, err := db.WriteDirect(rec, fate, &create); !errors.Is(err, projection.ErrStale) {
		t.Errorf("written from the state before: %v", err)
	}
	other := opened(user.Create, "b", "c2", "ADA@example.org")
	if _, err := db.WriteDirect(written(other, &other)); !errors.Is(err, user.ErrEmailTaken) {
		t.Errorf("with the email of another: %v", err)
	}
	edit := opened(user.Edit, "a", "c3", "ada@example.org")
	rec, fate = projection.Written(stored, edit)
	if stored, err = db.WriteDirect(rec, fate, &edit); err != nil || stored.Version != 2 {
		t.Fatalf("%+v, %v", stored, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = mustOpen(t, path)
	checkOutbox(t, db, create, edit)
	if cp, err := db.Checkpoint(); err != nil || cp.Change != stored.Change {
		t.Errorf("checkpoint %+v, want change %d (%v)", cp, stored.Change, err)
	}
	for _, ref := range []user.Ref{create.Ref, edit.Ref} {
		if f, found, err := db.Fate(ref); !found || f.Seq != 0 || f.Status != projection.Applied || err != nil {
			t.Errorf("fate of %s: %+v, %v, %v", ref, f, found, err)
		}
	}
}

// written is writtenOn for a user that never was.
func written(ev event.Event, outbox *event.Event) (projection.Record, projection.Fate, *event.Event) {
	return writtenOn(projection.Record{}, ev, outbox)
}

// checkOutbox checks that the outbox holds the events in this order, and empties
// it.
func checkOutbox(t *testing.T, db *sqlite.DB, want ...event.Event) {
	t.Helper()
	entries, err := db.Outbox(10)
	if err != nil || len(entries) != len(want) {
		t.Fatalf("outbox: %+v, %v", entries, err)
	}
	if first, err := db.Outbox(1); err != nil || len(first) != 1 || first[0].ID != entries[0].ID {
		t.Errorf("the oldest entry: %+v, %v", first, err)
	}
	for i, e := range entries {
		want[i].ID = want[i].Identify()
		if diff := cmp.Diff(want[i], e.Event); diff != "" {
			t.Errorf("entry %d (-want +got):\n%s", i, diff)
		}
		if err := db.DeleteOutbox(e.ID); err != nil {
			t.Error(err)
		}
	}
	if left, err := db.Outbox(10); err != nil || len(left) != 0 {
		t.Errorf("left in the outbox: %+v, %v", left, err)
	}
}

// The event of a change that was written first gives it its place, once, and
// changes nothing else.
func TestEventFillsIn(t *testing.T) {
	db, _ := mustFresh(t)
	create, edit := opened(user.Create, "a", "c1", "ada@example.org"), opened(user.Edit, "a", "c2", "ann@example.org")
	edit.Patch = user.SetEmail("ann@example.org")
	stored, err := db.WriteDirect(written(create, nil))
	if err != nil {
		t.Fatal(err)
	}
	if stored, err = db.WriteDirect(writtenOn(stored, edit, nil)); err != nil {
		t.Fatal(err)
	}
	create.Seq, edit.Seq = 5, 7
	want := stored
	want.NameSeq, want.EmailSeq, want.Born, want.Seq, want.Last, want.Newest, want.Direct = 5, 7, 5, 7, 9, 7, false
	again := edit
	again.Seq = 9
	for i, ev := range []event.Event{create, edit, again} {
		mustWrite(t, db, func(tx *sqlite.Tx) error {
			if eff := mustApply(t, tx, ev, nil, ""); eff.Changed != (i < 2) {
				t.Errorf("step %d: %+v", i, eff)
			}
			return tx.SetCheckpoint(sqlite.Checkpoint{Stream: "log", Build: 1, Seq: ev.Seq})
		})
	}
	got, _, err := db.Record("a")
	if got.Change <= stored.Change {
		t.Errorf("the row was not told again: change %d after %d", got.Change, stored.Change)
	}
	want.Change = got.Change
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("the row, %v (-want +got):\n%s", err, diff)
	}
	if f, found, err := db.FateAt(7); !found || f.Ref != edit.Ref || err != nil {
		t.Errorf("fate at #7: %+v, %v, %v", f, found, err)
	}
}

// writtenOn is projection.Written as WriteDirect takes it.
func writtenOn(rec projection.Record, ev event.Event, outbox *event.Event) (projection.Record, projection.Fate, *event.Event) {
	rec, fate := projection.Written(rec, ev)
	return rec, fate, outbox
}

// Direct writes come from another goroutine than the projector's transactions.
func TestWriteDirectWaitsForTheTransaction(t *testing.T) {
	db, _ := mustFresh(t)
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { // Blocks until the transaction ends.
		_, err := db.WriteDirect(written(opened(user.Create, "a", "c1", "ada@example.org"), nil))
		done <- err
	}()
	if err := errors.Join(tx.PutRecord(living("b", 3, "bea@example.org")), tx.SetCheckpoint(sqlite.Checkpoint{Stream: "log", Build: 1, Seq: 3})); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	a, _, _ := db.Record("a")
	b, _, _ := db.Record("b")
	if a.Change == b.Change || a.Change == 0 || b.Change == 0 {
		t.Errorf("change numbers %d and %d", a.Change, b.Change)
	}
}

package reconcile

import (
	"optimist/shared/user"
)

// restore takes back what the outbox kept. What had no verdict is sent again:
// the server answers a command it knows with its current outcome.
func (r *Replica) restore(kept *Mutation) {
	if r.book.find(kept.ID) != nil {
		return
	}
	r.number = max(r.number, kept.Number)
	m := r.book.add(kept)
	m.known, m.merges, m.into, m.retryAt = false, false, "", 0
	m.resolve()
	if m.Phase == RolledBack {
		r.trays++
	} else {
		// It may have been sent: it can be undone, but no longer withdrawn.
		m.Phase, m.Seq, m.Attempts, m.Slow, m.held = Queued, 0, 1, false, m.Passed
		r.open++
	}
	r.changed(m)
}

// submit makes a mutation. It is shown once the outbox holds it.
func (r *Replica) submit(in *Input) {
	m := Mutation{ID: in.ID, Record: in.Record, Op: in.Op, Patch: in.Patch, Strategy: in.Strategy, Base: in.Base}
	m.resolve()
	if !r.declined(&m, r.book.lane(m.Record)) {
		r.begin(&m)
	}
}

// declined reports whether m's strategy refuses it because something is pending
// on its record, and says so.
func (r *Replica) declined(m *Mutation, l lane) bool {
	if !m.declines || l.last() == nil {
		return false
	}
	r.emit(Declined, m.ID, m.Record)
	return true
}

// begin gives m its number, its cause and its base, and has it stored. A row
// that changed while m was typed is not what its author saw.
func (r *Replica) begin(m *Mutation) {
	if r.book.find(m.ID) != nil {
		return
	}
	l := r.book.lane(m.Record)
	row := r.row(m.Record, l)
	r.number++
	m.Number, m.Phase, m.At = r.number, Writing, r.now
	m.Before = row
	if m.Base == 0 || m.Base > row.Seq {
		m.Base = row.Seq
	}
	if last := l.last(); last != nil {
		m.Cause, m.Base, m.Before = last.ID, last.Base, last.Before
	}
	if o, _ := l.overlay(row, nil); o.exists {
		m.Was = user.SetBoth(o.name, o.email)
	}
	r.tell(Store, &r.book.add(m).Mutation)
}

// stored shows the mutation and sends it, unless an earlier one of its record
// waits to be sent again, for they keep their order, or its strategy holds it.
func (r *Replica) stored(id string) {
	m := r.book.find(id)
	if m == nil || m.Phase != Writing {
		return
	}
	m.Phase = Queued
	r.open++
	if m.merges {
		r.dropTray(m.Record, m.ID)
	}
	r.changed(m)
	if l := r.book.laneOf(m); r.online && !l.waits(m) && !l.held(m) {
		r.send(m, l)
	}
}

// retry makes one intent of what was rolled back on a record: a create and its
// edits become one create, and so do edits of a record that was deleted since:
// what the screen showed, with them over it. The tray is kept until the outbox
// holds the intent.
func (r *Replica) retry(in *Input) {
	l := r.book.lane(in.Record)
	if !l.tray() || r.book.find(in.ID) != nil {
		return
	}
	m := Mutation{ID: in.ID, Record: in.Record, Strategy: in.Strategy, merges: true}
	m.resolve()
	var was user.Patch
	for t := l.first(); t != nil; t = l.next(t) {
		if t.Phase != RolledBack {
			continue
		}
		if n := r.book.find(t.into); n != nil && n.Phase == Writing {
			return // It is being retried already.
		}
		m.Op, m.Patch = merge(m.Op, t.Op), t.Patch.Over(m.Patch)
		was = t.Was.Over(was)
	}
	if m.Op == user.Edit && r.gone(in.Record, l) && was.Set.Has(user.FieldName) && was.Set.Has(user.FieldEmail) {
		m.Op, m.Patch = user.Create, m.Patch.Over(was)
	}
	if m.Op == 0 {
		r.dismiss(in.Record)
		return
	}
	if r.declined(&m, l) {
		return
	}
	for t := l.first(); t != nil; t = l.next(t) {
		if t.Phase == RolledBack {
			t.into = m.ID
		}
	}
	m.Patch = in.Patch.Over(m.Patch)
	if m.Op == user.Delete {
		m.Patch = user.Patch{}
	}
	r.begin(&m)
}

// gone reports whether the record is known to be deleted, and nothing is under
// way that makes it again.
func (r *Replica) gone(record string, l lane) bool {
	return l.last() == nil && r.row(record, l).Deleted
}

// merge returns the one operation that does what first and then next did; 0
// for nothing at all.
func merge(first, next user.Op) user.Op {
	switch {
	case first == user.Create && next == user.Delete:
		return 0
	case first == user.Create || next == user.Create:
		return user.Create
	}
	return next
}

// dismiss drops the tray of a record.
func (r *Replica) dismiss(record string) {
	if r.book.lane(record).tray() {
		r.dropTray(record, "")
		r.emit(Changed, "", record)
	}
}

// dropTray forgets what was rolled back on a record and merged into the mutation
// of that id; "" stands for all of it.
func (r *Replica) dropTray(record, into string) {
	next := r.book.lane(record).first()
	for next != nil {
		t := next
		next = r.book.at(t.after)
		if t.Phase != RolledBack || into != "" && t.into != into {
			continue
		}
		r.trays--
		r.emit(Forget, t.ID, t.Record)
		r.book.remove(t)
	}
}

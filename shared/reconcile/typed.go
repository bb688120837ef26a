package reconcile

import (
	"optimist/shared/event"
	"optimist/shared/strategy"
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
	m.known, m.merges, m.into, m.retryAt = false, "", "", 0
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
	if from := m.merges; from != "" {
		m.merges = ""
		if dropped := r.dropTray(from, m.ID); dropped && from != m.Record {
			r.emit(Changed, "", from)
		}
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
	if !l.tray() || r.retrying(l) || r.book.find(in.ID) != nil {
		return
	}
	m := Mutation{ID: in.ID, Strategy: in.Strategy, merges: in.Record}
	m.resolve()
	if m.Op, m.Patch = r.merged(in.Record, l); m.Op == 0 {
		r.dismiss(in.Record)
		return
	}
	m.Patch = in.Patch.Over(m.Patch)
	if m.Op == user.Delete {
		m.Patch = user.Patch{}
	}
	if m.Record = in.Record; m.creates() {
		m.Record = r.named(in.Record, m.Patch.Email)
	}
	if r.declined(&m, r.book.lane(m.Record)) {
		return
	}
	for t := l.first(); t != nil; t = l.next(t) {
		if t.Phase == RolledBack {
			t.into = m.ID
		}
	}
	r.begin(&m)
}

// retrying reports whether the tray of a lane is being retried already.
func (r *Replica) retrying(l lane) bool {
	for t := l.first(); t != nil; t = l.next(t) {
		if n := r.book.find(t.into); t.Phase == RolledBack && n != nil && n.Phase == Writing {
			return true
		}
	}
	return false
}

// merged returns the one change that does what lies in the tray of a record; the
// operation is 0 if nothing is left to do.
func (r *Replica) merged(record string, l lane) (op user.Op, patch user.Patch) {
	var was user.Patch
	for t := l.first(); t != nil; t = l.next(t) {
		if t.Phase == RolledBack {
			op, patch = merge(op, t.Op), t.Patch.Over(patch)
			was = t.Was.Over(was)
		}
	}
	if op == user.Edit && r.gone(record, l) && was.Set.Has(user.FieldName) && was.Set.Has(user.FieldEmail) {
		op, patch = user.Create, patch.Over(was)
	}
	return op, patch
}

// named returns the record that is made with that email: where the email is the
// id, the one that is called so, whatever it was to be when it fell.
func (r *Replica) named(record, email string) string {
	if r.identity != strategy.ByEmail || user.ValidateEmail(email) != nil {
		return record
	}
	return event.EmailToken(email)
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
	if r.dropTray(record, "") {
		r.emit(Changed, "", record)
	}
}

// dropTray forgets what was rolled back on a record and merged into the mutation
// of that id; "" stands for all of it. It reports whether there was anything.
func (r *Replica) dropTray(record, into string) (dropped bool) {
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
		dropped = true
	}
	return dropped
}

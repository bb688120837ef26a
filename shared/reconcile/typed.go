package reconcile

import (
	"fmt"

	"optimist/shared/protocol"
	"optimist/shared/user"
)

// restore takes back what the outbox kept. What had no verdict is sent again:
// the server answers a command it knows with its current outcome.
func (r *Replica) restore(m Mutation) {
	r.number = max(r.number, m.Number)
	p := &m
	l := r.lane(m.Record)
	r.byID[m.ID] = p
	p.resolve()
	if m.Phase == RolledBack {
		l.fallen(p)
		r.trays++
	} else {
		// It may have been sent: it can be undone, but no longer withdrawn.
		p.Phase, p.Seq, p.Attempts, p.Slow = Queued, 0, 1, false
		l.pending = append(l.pending, p)
		r.pending.Set(p.Number, p)
	}
	r.changed(l)
}

// submit makes a mutation. It is shown once the outbox holds it.
func (r *Replica) submit(in Input) {
	r.begin(&Mutation{ID: in.ID, Record: in.Record, Op: in.Op, Patch: in.Patch, Strategy: in.Strategy, Base: in.Base})
}

// begin gives m its number, its cause and its base, and has it stored. A row
// that changed while m was typed is not what its author saw.
func (r *Replica) begin(m *Mutation) {
	if r.byID[m.ID] != nil {
		return
	}
	l := r.lane(m.Record)
	row := r.row(l)
	r.number++
	m.resolve()
	m.Number, m.Phase, m.At = r.number, Writing, r.now
	m.Before = row
	if m.Base == 0 || m.Base > row.Seq {
		m.Base = row.Seq
	}
	if last := l.last(); last != nil {
		m.Cause, m.Base, m.Before = last.ID, last.Base, last.Before
	}
	if o := l.overlay(row); o.exists {
		m.Was = user.SetBoth(o.name, o.email)
	}
	l.pending = append(l.pending, m)
	r.byID[m.ID] = m
	r.emit(Effect{Kind: Store, ID: m.ID, Record: m.Record, Mutation: *m})
}

// stored shows the mutation and sends it, unless an earlier one of its record
// waits to be sent again: they keep their order.
func (r *Replica) stored(id string) {
	m := r.byID[id]
	if m == nil || m.Phase != Writing {
		return
	}
	m.Phase = Queued
	r.pending.Set(m.Number, m)
	l := r.lane(m.Record)
	if m.merges {
		r.dropTray(l, func(t *Mutation) bool { return t.into == m.ID })
	}
	r.changed(l)
	if r.online && !l.waits(m) {
		r.send(m)
	}
}

// retry makes one intent of what was rolled back on a record: a create and its
// edits become one create. The tray is kept until the outbox holds the intent.
func (r *Replica) retry(in Input) {
	l := r.lanes[in.Record]
	if l == nil || len(l.tray) == 0 || r.byID[in.ID] != nil {
		return
	}
	m := &Mutation{ID: in.ID, Record: in.Record, Strategy: in.Strategy, merges: true}
	for _, t := range l.tray {
		if n := r.byID[t.into]; n != nil && n.Phase == Writing {
			return // It is being retried already.
		}
		m.Op, m.Patch = merge(m.Op, t.Op), t.Patch.Over(m.Patch)
	}
	if m.Op == 0 {
		r.dismiss(in.Record)
		return
	}
	for _, t := range l.tray {
		t.into = m.ID
	}
	m.Patch = in.Patch.Over(m.Patch)
	if m.Op == user.Delete {
		m.Patch = user.Patch{}
	}
	r.begin(m)
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
	if l := r.lanes[record]; l != nil && len(l.tray) > 0 {
		r.dropTray(l, func(*Mutation) bool { return true })
		r.changed(l)
		r.tidy(l)
	}
}

// dropTray forgets what was rolled back on l and is done with.
func (r *Replica) dropTray(l *lane, done func(*Mutation) bool) {
	kept := l.tray[:0]
	for _, t := range l.tray {
		if !done(t) {
			kept = append(kept, t)
			continue
		}
		delete(r.byID, t.ID)
		r.trays--
		r.emit(Effect{Kind: Forget, ID: t.ID, Record: t.Record})
	}
	clear(l.tray[len(kept):])
	l.tray = kept
}

// undo withdraws the last mutation of a record while nobody was told of it, and
// else makes its inverse.
func (r *Replica) undo(in Input) {
	last, ok := r.lastOf(in.Record)
	if !ok {
		return
	}
	if last.Phase == Queued && last.Attempts == 0 {
		m := r.byID[last.ID]
		r.emit(Effect{Kind: Forget, ID: m.ID, Record: m.Record})
		r.leave(m)
		return
	}
	op, patch, ok := inverse(last)
	if ok {
		r.begin(&Mutation{ID: in.ID, Record: in.Record, Op: op, Patch: patch, Strategy: in.Strategy})
	}
}

// lastOf returns the newest mutation of a record that took or may take effect.
func (r *Replica) lastOf(record string) (Mutation, bool) {
	if l := r.lanes[record]; l != nil {
		if m := l.last(); m != nil {
			return *m, m.Phase != Writing
		}
	}
	for i := len(r.done) - 1; i >= 0; i-- {
		if d := &r.done[(r.oldest+i)%len(r.done)]; d.Record == record {
			return *d, true
		}
	}
	return Mutation{}, false
}

// CanUndo reports whether Undo would do something on record.
func (r *Replica) CanUndo(record string) bool {
	m, ok := r.lastOf(record)
	if !ok || m.Phase == Queued && m.Attempts == 0 {
		return ok
	}
	_, _, ok = inverse(m)
	return ok
}

// inverse returns the change that takes m back.
func inverse(m Mutation) (user.Op, user.Patch, bool) {
	switch m.Op {
	case user.Create:
		return user.Delete, user.Patch{}, true
	case user.Delete:
		return user.Create, m.Was, m.Was.Set != 0
	case user.Edit:
		p := m.Was
		p.Set &= m.Patch.Set
		return user.Edit, onlySet(p), p.Set != 0
	}
	panic(fmt.Sprintf("reconcile: unknown %v", m.Op))
}

// onlySet empties the fields that p does not set.
func onlySet(p user.Patch) user.Patch { return p.Over(user.Patch{}) }

// leave takes a pending mutation out, whatever comes of it.
func (r *Replica) leave(m *Mutation) {
	r.unaccept(m)
	r.pending.Delete(m.Number)
	delete(r.byID, m.ID)
	l := r.lane(m.Record)
	l.drop(m)
	r.changed(l)
	r.tidy(l)
}

// remember keeps a confirmed mutation for undo.
func (r *Replica) remember(m Mutation) {
	if len(r.done) < MaxUndo {
		r.done = append(r.done, m)
		return
	}
	r.done[r.oldest] = m
	r.oldest = (r.oldest + 1) % MaxUndo
}

// plainView returns what a row shows by itself.
func plainView(row protocol.Row) View {
	v := View{
		ID: row.ID, Name: row.Name, Email: row.Email, Status: StatusConfirmed,
		Exists: row.ID != "" && !row.Deleted, Row: row,
	}
	if v.Exists {
		v.Seen, v.Log, v.DB = row.Version, row.Version, row.Version
	}
	return v
}

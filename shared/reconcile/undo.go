package reconcile

import (
	"fmt"
	"slices"

	"optimist/shared/user"
)

// undoable is what undo needs of a confirmed mutation.
type undoable struct {
	number int
	record string
	op     user.Op
	patch  user.Patch
	was    user.Patch
}

// undo withdraws the last mutation of a record while nobody was told of it, and
// else makes its inverse.
func (r *Replica) undo(in *Input) {
	last, ok := r.lastOf(in.Record)
	if !ok {
		return
	}
	if last.Phase == Queued && last.Attempts == 0 {
		r.emit(Forget, last.ID, last.Record)
		r.leave(r.book.find(last.ID))
		return
	}
	op, patch, ok := inverse(last)
	if !ok {
		return
	}
	m := Mutation{ID: in.ID, Record: in.Record, Op: op, Patch: patch, Strategy: in.Strategy}
	m.resolve()
	if !r.declined(&m, r.book.lane(m.Record)) {
		r.begin(&m)
	}
}

// lastOf returns the newest mutation of a record that took or may take effect.
func (r *Replica) lastOf(record string) (*Mutation, bool) {
	if m := r.book.lane(record).last(); m != nil {
		return &m.Mutation, m.Phase != Writing
	}
	if at := r.doneOn(record); at >= 0 {
		d := &r.done[at]
		return &Mutation{Phase: Confirmed, Record: record, Op: d.op, Patch: d.patch, Was: d.was}, true
	}
	return nil, false
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
func inverse(m *Mutation) (user.Op, user.Patch, bool) {
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

// remember keeps a confirmed mutation for undo, unless its person typed another
// one of that record later.
func (r *Replica) remember(m *Mutation) {
	if at := r.doneOn(m.Record); at >= 0 {
		if r.done[at].number > m.Number {
			return
		}
		r.done = slices.Delete(r.done, at, at+1)
	}
	if len(r.done) == MaxUndo {
		r.done = slices.Delete(r.done, 0, 1)
	}
	at := len(r.done)
	for at > 0 && r.done[at-1].number > m.Number {
		at--
	}
	r.done = slices.Insert(r.done, at, undoable{number: m.Number, record: m.Record, op: m.Op, patch: m.Patch, was: m.Was})
}

// doneOn returns where the confirmed mutation of a record is, or -1.
func (r *Replica) doneOn(record string) int {
	for at := len(r.done) - 1; at >= 0; at-- {
		if r.done[at].record == record {
			return at
		}
	}
	return -1
}

package witness

import (
	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/strategy"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// watch is a record that is judged, because the client's person changed it.
type watch struct {
	id      string
	name    string // What it was called last.
	from    uint64 // The row that it began with: what is older is not judged.
	newest  uint64 // Its newest event that was taken.
	partial bool   // The log before it is not known to the full.
	foreign bool   // Somebody wrote its row before the log had the change.

	row   protocol.Row // As it was noted last.
	taken trace.Value  // As the checker was told.
	made  trace.Value  // As the read model made it, event by event.
	shown trace.Event  // The last Rendered.
	open  []arrival    // Events that the read model has not told of, in the log's order.
	mine  []*intent    // Not over yet.
	dirty bool         // Its screen is to be looked at.
}

// arrival is an event on its way to the read model.
type arrival struct {
	seq      uint64
	own      *intent // nil: somebody else's.
	rowFirst bool    // Its row was written before it.
	void     user.Code
	op       user.Op
	patch    user.Patch
	version  uint64
}

// intent is one change by the client's person.
type intent struct {
	id, label, record string
	op                user.Op
	phase             reconcile.Phase
	over              bool
	older             bool   // Its base is older than what is judged.
	knew              uint64 // The log that was heard when it was sent first.
	seq               uint64 // Of its event, once that was heard.
	direct            int64  // When its row was written; 0: not before the log had it.
	once              bool   // It is appended once, or not at all.
	fell              user.Code
}

// Act says that something the client's person did is shown from now on, and what the log was heard to
// say of its record, in its order. What stands before oldest was not heard; 0:
// nothing was.
func (w *Witness) Act(now int64, m reconcile.Mutation, heard []event.Event, oldest uint64) {
	w.now = max(w.now, now)
	if w.own[m.ID] != nil || w.checker == nil && len(w.own) > MaxWatched {
		return
	}
	r := w.watched[m.Record]
	if r == nil {
		r = w.watch(m, heard, oldest)
	}
	u := &intent{
		id: m.ID, label: m.Tag(), record: m.Record, op: m.Op, phase: reconcile.Writing, older: m.Base < r.from,
		once: strategy.Of(m.Strategy).Write == strategy.RowThenEvent,
	}
	w.own[m.ID] = u
	if m.Patch.Set.Has(user.FieldName) {
		r.name = m.Patch.Name
	}
	r.mine = append(r.mine, u)
	w.add(0, trace.Event{
		Kind: trace.Acted, Client: w.me, Intent: u.label, Op: m.Op, Record: m.Record, Patch: m.Patch,
		Base: max(m.Base, r.from), Cause: w.label(m.Cause), Strategy: m.Strategy,
	})
	w.touch(m.Record)
}

// watch begins to judge a record.
func (w *Witness) watch(m reconcile.Mutation, heard []event.Event, oldest uint64) *watch {
	r := &watch{id: m.Record}
	w.watched[m.Record] = r
	w.session.ViewInto(m.Record, &w.view)
	if row := w.view.Row; row.ID != "" {
		r.from, r.row = row.Seq, row
		r.foreign = row.Seq == 0
		r.taken, r.made = valueOf(row), valueOf(row)
		w.saw(w.now, w.based(row)) // Before the events that follow it.
	}
	fresh := r.from == 0 && m.Op == user.Create && len(heard) == 0 && strategy.Of(m.Strategy).Identity != strategy.ByEmail
	r.partial = !fresh && (oldest == 0 || oldest > r.from+1) || r.foreign
	for i := range heard {
		if e := heard[i]; e.Seq > r.from && e.Seq <= w.log {
			w.happened(w.now, &e)
		}
	}
	return r
}

// based is the fact that the client took a row.
func (w *Witness) based(row protocol.Row) trace.Event {
	e := trace.Event{Kind: trace.Based, Client: w.me, Record: row.ID, Seq: row.Seq, Value: valueOf(row)}
	if w.reads.Read == strategy.FoldedLog {
		e.Seq, e.Actor = row.Change, trace.Log
	}
	return e
}

func valueOf(row protocol.Row) trace.Value {
	if row.ID == "" {
		return trace.Value{}
	}
	return trace.Value{Exists: !row.Deleted, Name: row.Name, Email: row.Email, Version: row.Version, Seq: row.Seq}
}

// Name returns what a watched record was called last, also when it is gone.
func (w *Witness) Name(record string) string {
	if r := w.watched[record]; r != nil {
		return r.name
	}
	return ""
}

// label returns what an own change is called, its id if it is not known.
func (w *Witness) label(id string) string {
	if u := w.own[id]; u != nil {
		return u.label
	}
	return id
}

// touch has the screen of a record looked at when the step ends.
func (w *Witness) touch(record string) {
	if r := w.watched[record]; r != nil && !r.dirty {
		r.dirty = true
		w.touched = append(w.touched, record)
	}
}

// end takes an intent off its record's list.
func (r *watch) end(u *intent) {
	u.over = true
	for i, v := range r.mine {
		if u == v {
			r.mine = append(r.mine[:i], r.mine[i+1:]...)
			return
		}
	}
}

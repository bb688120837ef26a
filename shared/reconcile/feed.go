package reconcile

import (
	"slices"

	"optimist/shared/protocol"
)

// fed takes a step of the read model, or of the log's fold. One that starts
// after the position has a gap before it and confirms nothing: it is kept while
// a resync fills the gap.
func (r *Replica) fed(f *protocol.Feed) {
	p := r.in(f.Log)
	switch {
	case !r.follows(p):
	case r.syncing == p.source || p.epoch == "":
		r.keep(p, f)
	case f.Epoch != p.epoch || f.From > p.to:
		r.keep(p, f)
		r.want(p)
	case f.To > p.to:
		r.advance(p, f.Rows, f.Rejected, f.Change, f.To)
	}
}

// keep holds f until the resync is done.
func (r *Replica) keep(p *position, f *protocol.Feed) {
	if !p.early.keep(f) {
		p.early.clear()
		p.lost = true
	}
}

// advance takes over what a source tells from the position on.
func (r *Replica) advance(p *position, rows []protocol.Row, rejected []protocol.Rejection, change, to uint64) {
	if p == r.rows() {
		for i := range rows {
			r.take(&rows[i])
		}
	}
	p.change = change
	if p.source == fromLog {
		p.to = to
		return
	}
	r.reject(rejected)
	r.reach(to)
}

// take puts a row into the base unless the base has a newer one.
func (r *Replica) take(row *protocol.Row) {
	if old, ok := r.base.Get(row.ID); ok && stale(&old, row) {
		return
	}
	r.base.Put(*row)
	if l := r.book.lane(row.ID); l.head != none {
		r.notice(l, row)
		r.changedLane(l)
		return
	}
	r.emit(Changed, "", row.ID)
}

// notice learns from row, which is the base's, what of lane l it is past. The
// next row may not tell.
func (r *Replica) notice(l lane, row *protocol.Row) {
	if m := l.newestIn(row, r.client); m != nil {
		l.hold(m)
	}
}

// stale reports whether row tells nothing that old does not. The source's own
// count decides: a row that was written before its event has no sequence yet.
func stale(old, row *protocol.Row) bool {
	if old.Change != 0 && row.Change != 0 {
		return old.Change >= row.Change
	}
	return old.Seq >= row.Seq
}

// reject takes the verdicts on this client's own mutations.
func (r *Replica) reject(rejected []protocol.Rejection) {
	for i := range rejected {
		x := &rejected[i]
		if x.Client != r.client {
			continue
		}
		if m := r.book.find(x.Command); m != nil && m.Phase.Pending() {
			r.book.unaccept(m)
			m.Seq = x.Seq
			r.rollBack(m, x.Code, x.Why, x.Root)
		}
	}
}

// reach moves the position and ends what it passes: what was accepted is
// confirmed, and what was taken for success leaves the overlay without a word.
func (r *Replica) reach(to uint64) {
	r.link.to = to
	r.emit(Moved, "", "")
	for m := r.book.reached(to); m != nil; m = r.book.reached(to) {
		if m.Phase == Confirmed {
			r.changed(m)
			r.book.remove(m)
			continue
		}
		r.confirm(m)
	}
}

// reload starts over in another epoch: what the old one said means nothing.
func (r *Replica) reload(p *position, s *protocol.Sync) {
	if p == r.rows() {
		r.letGo()
		for i := range s.Rows {
			r.base.Put(s.Rows[i])
		}
	}
	p.epoch, p.to, p.change = s.Epoch, s.To, s.Change
	r.emit(Changed, "", "")
	if p.source == fromLog {
		return
	}
	r.reopen()
	r.emit(Moved, "", "")
	r.reject(s.Rejected)
	if r.online {
		r.resend()
	}
}

// reopen asks again for everything without a verdict: sequences of the old epoch
// mean nothing. What the resync rejects has a verdict: an answer may still call
// it accepted, at a place that was passed. What was taken for success goes, once
// its row has told of what was typed before.
func (r *Replica) reopen() {
	r.book.accepted = r.book.accepted[:0]
	for m := r.book.first(); m != nil; m = r.book.next(m) {
		switch m.Phase {
		case Accepted:
			m.Phase, m.Seq, m.Version, m.known, m.SentAt = Sent, 0, 0, false, r.now
		case Confirmed:
			m.Seq = 0
		case Writing, Queued, Sent, RolledBack:
		}
	}
	for m := r.book.first(); m != nil; m = r.book.next(m) {
		if row, ok := r.base.Get(m.Record); ok && m.madeOrPassed(&row, r.client) {
			r.notice(r.book.laneOf(m), &row)
		}
	}
	var next *cell
	for m := r.book.first(); m != nil; m = next {
		if next = r.book.next(m); m.Phase == Confirmed {
			r.book.remove(m)
		}
	}
}

// letGo forgets every row, and what they were known to hold.
func (r *Replica) letGo() {
	r.base.Clear()
	for m := r.book.first(); m != nil; m = r.book.next(m) {
		m.held = false
	}
}

// fewEffects is how many effects are searched faster than indexed.
const fewEffects = 32

// onceEach leaves the first Changed of each record among the effects from first
// on: only a resync can tell of one record more than once in a step.
func onceEach(out []Effect, first int) []Effect {
	told := map[string]bool{}
	repeated := func(kept []Effect, e *Effect) bool {
		if len(out)-first <= fewEffects {
			return slices.ContainsFunc(kept, func(k Effect) bool { return k.Kind == Changed && k.Record == e.Record })
		}
		was := told[e.Record]
		told[e.Record] = true
		return was
	}
	kept := out[:first]
	for i := first; i < len(out); i++ {
		if out[i].Kind == Changed && repeated(kept[first:], &out[i]) {
			continue
		}
		kept = append(kept, out[i])
	}
	clear(out[len(kept):])
	return kept
}

package reconcile

import (
	"fmt"
	"slices"

	"optimist/shared/protocol"
	"optimist/shared/user"
)

// answered takes the server's answer to a command or a poll. What was decided
// already, or never was ours, is left alone.
func (r *Replica) answered(a *protocol.Reply) {
	m := r.book.find(a.Command)
	if m == nil || !m.Phase.Pending() {
		return
	}
	switch a.Verdict {
	case protocol.Refused, protocol.RolledBack:
		if m.Seq == 0 {
			m.Seq, m.Version = a.Seq, a.Version
		}
		r.rollBack(m, a.Code, a.Why, a.Root)
	case protocol.Accepted, protocol.Confirmed:
		if a.Epoch != r.link.epoch {
			r.want(&r.link) // The sequence means nothing yet; a reload asks again.
			return
		}
		r.accept(m, a)
	case protocol.Retry, protocol.Unknown:
		r.again(m, a.Why)
	default:
		panic(fmt.Sprintf("reconcile: unknown verdict %q", a.Verdict))
	}
}

// accept notes where m's event stands. It stays in the overlay until the read
// position is there: before that the rows do not have it. But a change that was
// written to the rows first has no event yet, and brings its row along.
func (r *Replica) accept(m *cell, a *protocol.Reply) {
	l := r.book.laneOf(m)
	m.known = m.known || a.Verdict == protocol.Confirmed
	if m.Phase != Accepted {
		m.Phase, m.Seq, m.Version, m.Why = Accepted, a.Seq, a.Version, ""
		m.held = false // Where it stands says it better.
		if m.polls {
			m.SentAt = r.now // The wait before its fate is asked for begins.
		}
		r.changed(m)
	}
	if a.Row != nil && r.rows() == &r.link {
		r.take(a.Row)
		l.hold(m)
	} else if row, ok := r.base.Get(m.Record); ok && m.before != none {
		r.notice(l, &row)
	}
	switch {
	case m.asks():
	case m.Seq <= r.link.to || a.Row != nil:
		r.confirm(m)
	default:
		r.book.accept(m)
		if m.trusts {
			r.trust(m)
		}
	}
}

// again queues an unanswered m once more: the server gave no verdict.
func (r *Replica) again(m *cell, why string) {
	if m.Phase != Sent {
		return
	}
	m.Phase, m.Why = Queued, why
	m.retryAt = r.now + backoff(RetryAfter, m.Attempts)
	r.changed(m)
}

// confirm ends m well: the rows hold it.
func (r *Replica) confirm(m *cell) {
	record := m.Record
	r.pass(m)
	r.settle(m)
	r.leave(m)
	r.release(r.book.lane(record))
}

// pass has it stored of what was typed before m, and has no verdict, that the row
// is m's: nobody will know of m any more after a restart.
func (r *Replica) pass(m *cell) {
	if m.before == none {
		return // It is the oldest, as most are.
	}
	row, ok := r.base.Get(m.Record)
	if !ok || row.By != r.client || row.Command != m.ID {
		return
	}
	l := r.book.laneOf(m)
	for c := l.first(); c != m; c = l.next(c) {
		if c.Phase.Pending() {
			c.Passed, c.Before = true, row
			r.tell(Store, &c.Mutation)
		}
	}
}

// trust takes an accepted m for success, as its strategy does. It stays over the
// row until the read position passes: then the row has it, or never will. What
// was typed on it stands on its own from now on: should the log lose m, nobody
// sends it again, and the server would wait for it for ever.
func (r *Replica) trust(m *cell) {
	l := r.book.laneOf(m)
	r.fallen = append(r.fallen[:0], m.slot)
	r.inherit(l, r.fallen)
	r.settle(m)
	r.open--
	r.release(l)
}

// settle tells that m is confirmed, and keeps it for undo.
func (r *Replica) settle(m *cell) {
	m.Phase = Confirmed
	r.remember(&m.Mutation)
	r.changed(m)
	r.emit(Forget, m.ID, m.Record)
	r.tell(Settled, &m.Mutation)
}

// leave takes a pending mutation out, whatever comes of it.
func (r *Replica) leave(m *cell) {
	r.open--
	r.changed(m)
	r.book.remove(m)
}

// rollBack ends m badly, and with a create whatever was typed on it. What was
// typed on a rolled-back edit inherits the edit's cause instead.
func (r *Replica) rollBack(m *cell, code user.Code, why, root string) {
	l := r.book.laneOf(m)
	r.fallen = append(r.fallen[:0], m.slot)
	if m.creates() || code == user.ErrCascade {
		r.fallen = l.dependents(m, r.fallen[:0])
	}
	if root == "" && m.creates() {
		root = m.ID
	}
	r.inherit(l, r.fallen)
	for i, slot := range r.fallen {
		if i > 0 {
			code, why = user.ErrCascade, fmt.Sprintf("it was typed on %s, which was rolled back (%s)", m.Tag(), m.Code)
		}
		r.toTray(l, &l.book.cells[slot], code, why, root)
	}
	r.release(l)
}

// inherit gives what was typed on those that are over, of lane l and in its order,
// the cause of the oldest of them instead: the server may never have heard of the
// others, and would wait for them for ever. It is stored before they are: they may
// be gone when it is restored.
func (r *Replica) inherit(l lane, over []int32) {
	for c := l.first(); c != nil; c = l.next(c) {
		cause := c.Cause
		for _, slot := range slices.Backward(over) {
			if m := &l.book.cells[slot]; cause == m.ID {
				cause = m.Cause
			}
		}
		if c.Phase.open() && cause != c.Cause && !slices.Contains(over, c.slot) {
			c.Cause = cause
			r.tell(Store, &c.Mutation)
		}
	}
}

// toTray moves one mutation from the overlay into the tray.
func (r *Replica) toTray(l lane, m *cell, code user.Code, why, root string) {
	r.book.unaccept(m)
	if m.Phase.Pending() {
		r.open--
	}
	m.Phase, m.Code, m.Why, m.held, m.Passed = RolledBack, code, why, false, false
	if code == user.ErrCascade {
		m.Root = root
	}
	r.trays++
	r.tell(Store, &m.Mutation)
	r.tell(Fell, &m.Mutation)
	r.changedLane(l)
}

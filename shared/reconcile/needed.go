package reconcile

import "optimist/shared/user"

// AppendNeeded appends what r needs of its past: from equal ones on, two replicas
// of one client ask for the same and draw the same for the same inputs, as long
// as the epoch lasts and the program is not started anew. Unlike AppendBinary it
// leaves out what only words, timestamps and the log's version number on a screen
// are made of, and what DropEarly drops; unless acts, what only a change that is
// typed later would inherit; and, unless amends, what only Undo and Retry look at.
func (r *Replica) AppendNeeded(b []byte, acts, amends bool) []byte {
	b = r.appendHead(b, func(b []byte, p *position) []byte {
		return p.appendNeeded(b, r.now, r.online, p == &r.logs && r.loadsLog())
	})
	for m := r.book.first(); m != nil; m = r.book.next(m) {
		b = r.appendNeeded(appendBools(b, m.held), m, acts, amends)
	}
	if amends {
		b = r.appendDone(b)
	}
	return r.base.AppendBinary(b)
}

// DropEarly drops the messages that wait for a resync. It is for drivers that hand
// over what is told in the order in which it was: then a resync that comes after
// them tells all that they do.
func (r *Replica) DropEarly() {
	r.link.early.clear()
	r.logs.early.clear()
}

// loadsLog reports whether the log's fold is to be loaded whole, however far it was
// read: after a connection nothing of it comes before the resync after which it is
// asked for.
func (r *Replica) loadsLog() bool {
	return !r.online || r.syncing == fromLog || r.logs.wanted && r.logs.asked == never
}

// appendNeeded appends what is needed of p: not how far it is if all is loaded
// anew. To be online again begins with a resync, whatever was wanted before.
func (p *position) appendNeeded(b []byte, now int64, online, loads bool) []byte {
	b = appendBools(b, online, online && p.wanted, p.lost, loads)
	if online {
		b = appendNumber(b, age(now, p.asked, SyncAfter))
	}
	if b = appendString(b, p.epoch); loads {
		return b
	}
	return appendNumber(appendNumber(b, p.to), p.change)
}

// appendNeeded appends what is needed of m. What it was typed on matters as long
// as it has no verdict: it is sent with it, and handed on to what is typed on it.
func (r *Replica) appendNeeded(b []byte, m *cell, acts, amends bool) []byte {
	b = appendBools(append(b, byte(m.Phase)<<4|byte(m.Op)), m.Passed, m.merges != "", m.into != "", m.known && m.polls)
	b = appendNumber(b, uint64(m.Number))
	b = appendString(appendString(b, m.ID), m.Record)
	b = appendPatch(b, m.Patch)
	for _, s := range [...]string{m.into, m.merges} {
		if s != "" {
			b = appendString(b, s)
		}
	}
	if amends {
		b = appendPatch(b, m.Was)
	}
	if m.Phase != RolledBack {
		b = appendNumber(b, m.Seq)
	}
	if m.Passed || r.rows().epoch == "" {
		b = appendRow(b, &m.Before)
	}
	if !m.Phase.open() {
		return b
	}
	b = appendNumber(b, m.neededBase(acts))
	b = appendString(appendString(b, r.neededCause(m, acts)), m.Strategy)
	return m.appendPatience(appendBools(b, m.Slow), r.now, r.online)
}

// neededCause returns what is needed of m's cause: it is sent with m, takes m down
// while it is open, and is inherited by what was typed on m.
func (r *Replica) neededCause(m *cell, acts bool) string {
	if cause := r.book.find(m.Cause); m.Phase != Accepted || acts || cause != nil && cause.Phase.open() {
		return m.Cause
	}
	l := r.book.laneOf(m)
	for c := l.first(); c != nil; c = l.next(c) {
		if c.Phase.open() && c.Cause == m.ID {
			return m.Cause
		}
	}
	return ""
}

// neededBase returns what is needed of m's base: whoever types on m inherits it.
// Else it is only sent, and not once m is accepted. A delete is judged by whether
// its record is there: then it counts only that there was a base.
func (m *Mutation) neededBase(acts bool) uint64 {
	switch {
	case acts:
		return m.Base
	case m.Phase == Accepted:
		return 0
	case m.Op == user.Delete:
		return min(m.Base, 1)
	}
	return m.Base
}

// appendPatience appends how long m still waits, and how often it was sent if it
// may be again: that makes the next wait.
func (m *Mutation) appendPatience(b []byte, now int64, online bool) []byte {
	if m.Phase == Accepted && !m.asks() {
		if m.Slow {
			return b
		}
		return appendNumber(b, age(now, m.At, SlowAfter))
	}
	return m.appendTimes(b, now, online)
}

// appendDone appends what can be taken back.
func (r *Replica) appendDone(b []byte) []byte {
	b = appendNumber(b, uint64(len(r.done)))
	for i := range r.done {
		b = r.done[i].appendBinary(b)
	}
	return b
}

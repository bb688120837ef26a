package reconcile

import "math"

// tick does what time brings: resends, polls, resyncs and marks.
func (r *Replica) tick() {
	if !r.online {
		return
	}
	for m := r.book.first(); m != nil; m = r.book.next(m) {
		if !m.Phase.Pending() {
			continue
		}
		if !m.Slow && r.now >= m.At+SlowAfter {
			m.Slow = true
			r.changed(m)
		}
		at, ok := r.timer(m)
		switch {
		case !ok || r.now < at:
		case m.Phase != Accepted:
			r.resendLane(m, r.book.laneOf(m), true)
		case m.asks():
			m.SentAt = r.now
			r.emit(Poll, m.ID, m.Record)
		default:
			r.link.wanted = true
		}
	}
	for _, p := range [...]*position{&r.link, &r.logs} {
		if p.wanted && r.follows(p) && r.syncing == nowhere && r.now >= p.asked+SyncAfter {
			r.sync(p)
		}
	}
}

// asks reports whether an accepted m must be asked for.
func (m *Mutation) asks() bool { return m.polls && !m.known }

// timer returns when something must be done about a pending m, its mark apart:
// to send it again, to ask for its fate, or, where that is told to everybody, to
// look whether a message was lost.
func (r *Replica) timer(m *cell) (at int64, ok bool) {
	switch {
	case m.Phase == Accepted && m.asks():
		return m.SentAt + PollAfter, true
	case m.Phase == Accepted:
		return m.At + SlowAfter, m.Slow && r.syncing != fromRows && !r.link.wanted
	case m.Phase == Sent:
		return m.SentAt + backoff(ResendAfter, m.Attempts), true
	case m.retryAt != 0:
		return m.retryAt, true
	}
	l := r.book.laneOf(m)
	return r.now, !l.waits(m) && !l.held(m)
}

// Next returns the time of the next Tick that would do something, never before
// the last step, or false if the passing of time changes nothing.
func (r *Replica) Next() (at int64, ok bool) {
	if !r.online {
		return 0, false
	}
	next := int64(math.MaxInt64)
	wanted := r.link.wanted
	for m := r.book.first(); m != nil; m = r.book.next(m) {
		if !m.Phase.Pending() {
			continue
		}
		if !m.Slow {
			next = min(next, m.At+SlowAfter)
		}
		at, ok := r.timer(m)
		switch {
		case !ok:
		case m.Phase == Accepted && !m.asks():
			wanted = true // At the next tick; the resync itself comes below.
		default:
			next = min(next, at)
		}
	}
	if wanted && r.syncing == nowhere {
		next = min(next, r.link.asked+SyncAfter)
	}
	if r.logs.wanted && r.follows(&r.logs) && r.syncing == nowhere {
		next = min(next, r.logs.asked+SyncAfter)
	}
	if next == math.MaxInt64 {
		return 0, false
	}
	return max(next, r.now), true
}

// backoff doubles first with each attempt after the first, up to ResendMax.
func backoff(first int64, attempts int) int64 {
	wait := first
	for i := 1; i < attempts && wait < ResendMax; i++ {
		wait *= 2
	}
	return min(wait, ResendMax)
}

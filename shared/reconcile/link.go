package reconcile

import "optimist/shared/protocol"

// connected asks for what was missed and sends again, in the order typed,
// whatever has no answer.
func (r *Replica) connected() {
	r.online = true
	r.emit(Effect{Kind: Moved})
	r.sync()
	r.resend()
}

// disconnected leaves every fate as it is: not answered is not failed.
func (r *Replica) disconnected() {
	r.online = false
	r.link.syncing = false
	r.emit(Effect{Kind: Moved})
}

// resend sends everything unanswered in the order typed.
func (r *Replica) resend() {
	r.pending.Scan(func(_ int, m *Mutation) bool {
		if m.Phase == Queued || m.Phase == Sent {
			r.send(m)
		}
		return true
	})
}

// send asks the server for m.
func (r *Replica) send(m *Mutation) {
	if m.Phase == Queued {
		m.Phase = Sent
		r.changed(r.lane(m.Record))
	}
	m.Attempts++
	m.SentAt, m.retryAt = r.now, 0
	r.emit(Effect{Kind: Send, ID: m.ID, Record: m.Record, Mutation: *m})
}

// tick does what time brings: resends, polls, resyncs and marks.
func (r *Replica) tick() {
	if !r.online {
		return
	}
	r.pending.Scan(func(_ int, m *Mutation) bool {
		r.mark(m)
		switch {
		case m.Phase == Accepted && m.polls && r.now-m.SentAt >= PollAfter:
			m.SentAt = r.now
			r.emit(Effect{Kind: Poll, ID: m.ID, Record: m.Record})
		case m.Phase == Accepted && m.Slow:
			r.link.wanted = true
		case r.due(m):
			r.sendLane(m)
		}
		return true
	})
	if r.link.wanted && !r.link.syncing && r.now-r.link.asked >= SyncAfter {
		r.sync()
	}
}

// mark says that m is slow once nothing was heard of it for SlowAfter.
func (r *Replica) mark(m *Mutation) {
	if !m.Slow && r.now-m.At >= SlowAfter {
		m.Slow = true
		r.changed(r.lane(m.Record))
	}
}

// due reports whether an unanswered m must be sent again.
func (r *Replica) due(m *Mutation) bool {
	switch {
	case m.Phase == Sent:
		return r.now-m.SentAt >= backoff(ResendAfter, m.Attempts)
	case m.Phase == Queued && m.retryAt != 0:
		return r.now >= m.retryAt
	case m.Phase == Queued:
		return !r.lane(m.Record).waits(m)
	}
	return false
}

// backoff doubles first with each attempt after the first, up to ResendMax.
func backoff(first int64, attempts int) int64 {
	wait := first
	for i := 1; i < attempts && wait < ResendMax; i++ {
		wait *= 2
	}
	return min(wait, ResendMax)
}

// sendLane sends m and what was typed after it on its record and has no answer,
// in the order typed.
func (r *Replica) sendLane(m *Mutation) {
	for _, p := range r.lane(m.Record).pending {
		if p.Number >= m.Number && (p.Phase == Queued || p.Phase == Sent) {
			r.send(p)
		}
	}
}

// sync asks for what changed since the position.
func (r *Replica) sync() {
	r.link.syncing, r.link.wanted, r.link.asked = true, false, r.now
	r.emit(Effect{Kind: Sync, Epoch: r.link.epoch, Since: r.link.change})
}

// want asks for a resync, now if none is under way.
func (r *Replica) want() {
	if r.online && !r.link.syncing {
		r.sync()
	}
}

// syncFailed tries again at the next tick.
func (r *Replica) syncFailed() {
	r.link.syncing, r.link.wanted = false, true
}

// fed takes a step of the read model. One that starts after the position has a
// gap before it and confirms nothing: it is kept while a resync fills the gap.
func (r *Replica) fed(f protocol.Feed) {
	switch {
	case r.link.syncing || r.link.epoch == "":
		r.keep(f)
	case f.Epoch != r.link.epoch || f.From > r.link.to:
		r.keep(f)
		r.want()
	case f.To > r.link.to:
		r.advance(f)
	}
}

// keep holds f until the resync is done.
func (r *Replica) keep(f protocol.Feed) {
	if len(r.link.early) >= MaxEarly {
		r.link.early, r.link.lost = r.link.early[:0], true
		return
	}
	r.link.early = append(r.link.early, f)
}

// advance takes over f, which begins at or before the position.
func (r *Replica) advance(f protocol.Feed) {
	for i := range f.Rows {
		r.take(f.Rows[i])
	}
	r.reject(f.Rejected)
	r.link.change = f.Change
	r.reach(f.To)
}

// take puts a row into the base unless the base has a newer one.
func (r *Replica) take(row protocol.Row) {
	if old, ok := r.base.Get(row.ID); ok && old.Seq >= row.Seq {
		return
	}
	r.base.Put(row)
	if l := r.lanes[row.ID]; l != nil {
		r.changed(l)
		return
	}
	r.emit(Effect{Kind: Changed, Record: row.ID})
}

// reject takes the verdicts on this client's own mutations.
func (r *Replica) reject(rejected []protocol.Rejection) {
	for _, x := range rejected {
		if m := r.byID[x.Command]; x.Client == r.client && m != nil && m.Phase.Pending() {
			r.unaccept(m)
			m.Seq = x.Seq
			r.rollBack(m, x.Code, x.Why, x.Root)
		}
	}
}

// reach moves the position and confirms what it passes.
func (r *Replica) reach(to uint64) {
	r.link.to = to
	r.emit(Effect{Kind: Moved})
	for {
		seq, m, ok := r.accepted.Min()
		if !ok || seq > to {
			return
		}
		r.confirm(m)
	}
}

// synced takes over a resync, whole, and then what came meanwhile.
func (r *Replica) synced(s *protocol.Sync) {
	r.link.syncing = false
	if s.Full {
		r.reload(s)
	} else if s.Epoch == r.link.epoch {
		for i := range s.Rows {
			r.take(s.Rows[i])
		}
		r.reject(s.Rejected)
		r.link.change = max(s.Change, r.link.change)
		r.reach(max(s.To, r.link.to))
	}
	early := r.link.early
	r.link.early = nil
	for _, f := range early {
		// One of another epoch is late, or early: in that case more will come.
		if f.Epoch == r.link.epoch {
			r.fed(f)
		}
	}
	if r.link.lost {
		r.link.lost = false
		r.want()
	}
}

// onceEach leaves the first Changed of each record among the effects from first
// on: only a resync can tell of one record more than once in a step.
func onceEach(out []Effect, first int) []Effect {
	told := map[string]bool{}
	kept := out[:first]
	for _, e := range out[first:] {
		if e.Kind == Changed {
			if told[e.Record] {
				continue
			}
			told[e.Record] = true
		}
		kept = append(kept, e)
	}
	clear(out[len(kept):])
	return kept
}

// reload starts over in another epoch: sequences of the old one mean nothing,
// so everything without a verdict is asked for again. What the resync rejects
// has one: an answer may still call it accepted, at a place that was passed.
func (r *Replica) reload(s *protocol.Sync) {
	r.base.Clear()
	for i := range s.Rows {
		r.base.Put(s.Rows[i])
	}
	r.link.epoch, r.link.to, r.link.change = s.Epoch, s.To, s.Change
	r.accepted.Clear()
	r.pending.Scan(func(_ int, m *Mutation) bool {
		if m.Phase == Accepted {
			m.Phase, m.Seq, m.Version, m.known = Sent, 0, 0, false
		}
		return true
	})
	r.emit(Effect{Kind: Changed})
	r.emit(Effect{Kind: Moved})
	r.reject(s.Rejected)
	if r.online {
		r.resend()
	}
}

package reconcile

import "optimist/shared/strategy"

// connected asks for what was missed and sends again, in the order typed,
// whatever has no answer.
func (r *Replica) connected() {
	r.online, r.syncing = true, nowhere
	r.emit(Effect{Kind: Moved})
	r.sync(&r.link)
	r.logs.wanted = r.read == strategy.FoldedLog
	r.resend()
}

// disconnected leaves every fate as it is: not answered is not failed.
func (r *Replica) disconnected() {
	r.online, r.syncing = false, nowhere
	r.emit(Effect{Kind: Moved})
}

// resend sends everything unanswered in the order typed.
func (r *Replica) resend() {
	for _, slot := range r.book.byNumber {
		if m := &r.book.cells[slot]; m.Phase == Queued || m.Phase == Sent {
			r.resendLane(m, r.book.lane(m.Record), false)
		}
	}
}

// resendLane sends an unanswered m unless it is held back, and with rest what was
// typed after it on its record and has no answer, in the order typed.
func (r *Replica) resendLane(m *cell, l lane, rest bool) {
	if !l.held(m) {
		r.send(m, l)
	}
	for _, slot := range l.run {
		c := &l.cells[slot]
		if rest && c.Number > m.Number && (c.Phase == Queued || c.Phase == Sent) && !l.held(c) {
			r.send(c, l)
		}
	}
}

// send asks the server for m, of lane l.
func (r *Replica) send(m *cell, l lane) {
	if m.Phase == Queued {
		m.Phase = Sent
		r.changedLane(l)
	}
	m.Attempts++
	m.SentAt, m.retryAt = r.now, 0
	r.tell(Send, &m.Mutation)
}

// release sends what was held back on l for what has its verdict now.
func (r *Replica) release(l lane) {
	for _, slot := range l.run {
		m := &l.cells[slot]
		if r.online && m.holds && m.Phase == Queued && m.retryAt == 0 && !l.held(m) && !l.waits(m) {
			r.send(m, l)
		}
	}
}

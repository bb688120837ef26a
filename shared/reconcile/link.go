package reconcile

import "optimist/shared/strategy"

// connected asks for what was missed and sends again, in the order typed,
// whatever has no answer.
func (r *Replica) connected() {
	r.online, r.syncing = true, nowhere
	r.emit(Moved, "", "")
	r.sync(&r.link)
	r.logs.wanted, r.logs.asked = r.read == strategy.FoldedLog, never
	r.resend()
}

// disconnected leaves every fate as it is: not answered is not failed.
func (r *Replica) disconnected() {
	r.online, r.syncing = false, nowhere
	r.emit(Moved, "", "")
}

// resend sends everything unanswered in the order typed.
func (r *Replica) resend() {
	for m := r.book.first(); m != nil; m = r.book.next(m) {
		if m.Phase == Queued || m.Phase == Sent {
			r.resendLane(m, r.book.laneOf(m), false)
		}
	}
}

// resendLane sends an unanswered m unless it is held back, and with rest what was
// typed after it on its record and has no answer, in the order typed.
func (r *Replica) resendLane(m *cell, l lane, rest bool) {
	if !l.held(m) {
		r.send(m, l)
	}
	for c := l.first(); c != nil; c = l.next(c) {
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
	for m := l.first(); m != nil; m = l.next(m) {
		if r.online && m.holds && m.Phase == Queued && m.retryAt == 0 && !l.held(m) && !l.waits(m) {
			r.send(m, l)
		}
	}
}

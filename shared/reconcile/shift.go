package reconcile

// Shift moves the clock and all that was or will be by so many milliseconds.
// Nothing else is changed by it: what counts is how long ago something was.
func (r *Replica) Shift(by int64) {
	r.now += by
	for _, p := range [...]*position{&r.link, &r.logs} {
		if p.asked != never {
			p.asked += by
		}
	}
	for i := range r.book.cells {
		r.book.cells[i].Shift(by)
	}
}

// Shift is that of a mutation, as an outbox holds it.
func (m *Mutation) Shift(by int64) {
	m.At += by
	m.SentAt += by
	if m.retryAt != 0 {
		m.retryAt += by
	}
}

package reconcile

// look goes through everything that is not given up and finds what the rows hold:
// what made them, and whatever came to the log before them. Of what was taken for
// success and is over no row, nobody knows whether it ever came to be.
func (n *naive) look() {
	n.holds(func(f *fate) bool {
		row := n.rows[f.Record]
		seq, _ := n.accepted(f)
		if f.passed && row.By == "ann" && row.Command == f.Before.Command {
			return true
		}
		over := f.fell || f.dropped || f.unknown || f.over != 0 && f.over <= n.db.to
		return !over && (row.By == "ann" && row.Command == f.ID || seq != 0 && seq <= row.Seq)
	})
}

// holds notes of everything that was typed no later than what fits, on the same
// record, that it is in the row or nowhere.
func (n *naive) holds(fits func(f *fate) bool) {
	for i, later := range n.typed {
		for _, f := range n.typed[:i+1] {
			f.inRow = f.inRow || f.Record == later.Record && f.pending() && fits(later)
		}
	}
}

// lookAway forgets what rows held that are gone.
func (n *naive) lookAway() {
	for _, f := range n.typed {
		f.inRow = false
	}
}

// keep has the outbox remember the row that f made, for whatever was typed before
// f and has no verdict.
func (n *naive) keep(f *fate) {
	row := n.rows[f.Record]
	for _, g := range n.typed {
		if g.Number < f.Number && g.Record == f.Record && g.pending() && row.By == "ann" && row.Command == f.ID {
			g.Before, g.passed = row, true
		}
	}
}

package reconcile

import (
	"slices"

	"optimist/shared/protocol"
)

// lane is everything the client has under way on one record, in the order
// typed: what is pending, what is being written, what lies in the tray, and what
// was taken for success before the rows hold it. A record at rest has an empty
// one, so its cost is its row.
type lane struct {
	book *book
	head int32
}

// first returns the oldest mutation of the lane, or nil.
func (l lane) first() *cell { return l.book.at(l.head) }

// next returns the one typed after c, or nil.
func (l lane) next(c *cell) *cell { return l.book.at(c.after) }

// last returns the newest mutation without a verdict, or nil.
func (l lane) last() *cell {
	var last *cell
	for c := l.first(); c != nil; c = l.next(c) {
		if c.Phase.open() {
			last = c
		}
	}
	return last
}

// in returns the oldest mutation in a phase that fits, or nil.
func (l lane) in(fits func(p Phase) bool) *cell {
	for c := l.first(); c != nil; c = l.next(c) {
		if fits(c.Phase) {
			return c
		}
	}
	return nil
}

// tray reports whether anything lies in the tray.
func (l lane) tray() bool {
	return l.in(Phase.fell) != nil
}

// before returns the confirmed row that the oldest mutation was typed on, or the
// oldest one in the tray, for the time after a restart when the rows are not
// here yet.
func (l lane) before() protocol.Row {
	c := l.in(Phase.open)
	if c == nil {
		c = l.in(Phase.fell)
	}
	if c == nil {
		return protocol.Row{}
	}
	return c.Before
}

// waits reports whether a mutation typed before m is queued to be sent again.
func (l lane) waits(m *cell) bool {
	for c := l.first(); c != nil && c != m; c = l.next(c) {
		if c.Phase == Queued {
			return true
		}
	}
	return false
}

// held reports whether m's strategy keeps it back: what it was typed on has no
// verdict yet.
func (l lane) held(m *cell) bool {
	if !m.holds || m.Cause == "" {
		return false
	}
	for c := l.first(); c != nil && c != m; c = l.next(c) {
		if c.ID == m.Cause {
			return c.Phase.open()
		}
	}
	return false
}

// dependents puts m, and every mutation that falls with it, on the list.
func (l lane) dependents(m *cell, fallen []int32) []int32 {
	fallen = append(fallen, m.slot)
	for c := l.first(); c != nil; c = l.next(c) {
		typedOn := func(f int32) bool { return c.Cause == l.book.cells[f].ID }
		if c != m && c.Phase.open() && c.cascades && slices.ContainsFunc(fallen, typedOn) {
			fallen = append(fallen, c.slot)
		}
	}
	return fallen
}

// overlay returns the record's confirmed row with the mutations of the lane over
// it, and appends to shown the ids of those that were laid.
func (l lane) overlay(row protocol.Row, shown []string) (overlay, []string) {
	o := startOverlay(row)
	for c := l.first(); c != nil; c = l.next(c) {
		if c.over(row) {
			o = o.lay(&c.Mutation)
			shown = append(shown, c.ID)
		}
	}
	return o, shown
}

// newestIn returns the newest mutation of the lane that row, a row of the base,
// is known to be at or past: its event made the row, or stands no later. The feed
// may have overtaken the replies.
func (l lane) newestIn(row *protocol.Row, client string) *cell {
	var newest *cell
	for c := l.first(); c != nil; c = l.next(c) {
		if c.Phase != RolledBack && (c.madeOrPassed(row, client) || c.Seq != 0 && c.Seq <= row.Seq) {
			newest = c
		}
	}
	return newest
}

// madeOrPassed reports whether row is the one that c's event made, or that a
// later one of the same client's made, which was confirmed since.
func (c *cell) madeOrPassed(row *protocol.Row, client string) bool {
	return row.By == client && (row.Command == c.ID || c.Passed && row.Command == c.Before.Command)
}

// hold notes that the base's row is at or past m. Whatever was typed before m
// came to the server before it, or m would not be there: the row has it too, or
// never will, though nobody answered.
func (l lane) hold(m *cell) {
	for c := l.first(); c != nil; c = l.next(c) {
		c.held = c.held || c.Seq == 0 && c.Phase.Pending()
		if c == m {
			return
		}
	}
}

// over reports whether c is to be laid over row. One whose event the row holds
// already adds nothing: rows may run ahead of the read position while a resync
// comes in.
func (c *cell) over(row protocol.Row) bool {
	return (c.Phase.Pending() || c.Phase == Confirmed) && (c.Seq == 0 && !c.held || c.Seq > row.Seq)
}

// twin reports whether the row of a pending create is here while the client
// cannot know that it is its own: no answer told its sequence.
func (l lane) twin(row protocol.Row, client string) bool {
	if row.ID == "" || row.Deleted {
		return false
	}
	for c := l.first(); c != nil; c = l.next(c) {
		born := row.Born > c.Base || row.By == client && row.Command == c.ID
		if c.creates() && c.Phase.Pending() && c.Seq == 0 && born {
			return true
		}
	}
	return false
}

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
	cells []cell
	run   []int32
}

// first returns the oldest mutation of the lane, which must have one.
func (l lane) first() *cell { return &l.cells[l.run[0]] }

// last returns the newest mutation without a verdict, or nil.
func (l lane) last() *cell {
	for i := len(l.run) - 1; i >= 0; i-- {
		if c := &l.cells[l.run[i]]; c.Phase.open() {
			return c
		}
	}
	return nil
}

// index returns where the first mutation is that fits, or -1.
func (l lane) index(fits func(c *cell) bool) int {
	for i, slot := range l.run {
		if fits(&l.cells[slot]) {
			return i
		}
	}
	return -1
}

// tray reports whether anything lies in the tray.
func (l lane) tray() bool {
	return l.index(func(c *cell) bool { return c.Phase == RolledBack }) >= 0
}

// before returns the confirmed row that the oldest mutation was typed on, or the
// oldest one in the tray, for the time after a restart when the rows are not
// here yet.
func (l lane) before() protocol.Row {
	at := l.index(func(c *cell) bool { return c.Phase.open() })
	if at < 0 {
		at = l.index(func(c *cell) bool { return c.Phase == RolledBack })
	}
	if at < 0 {
		return protocol.Row{}
	}
	return l.cells[l.run[at]].Before
}

// waits reports whether a mutation typed before m is queued to be sent again.
func (l lane) waits(m *cell) bool {
	for _, slot := range l.run {
		if c := &l.cells[slot]; c.Number < m.Number && c.Phase == Queued {
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
	for _, slot := range l.run {
		if c := &l.cells[slot]; c.ID == m.Cause {
			return c.Phase.open()
		}
	}
	return false
}

// falls reports whether c, which has no verdict, falls with the create it was
// typed on: by the strategy, or because nobody was told of it.
func (c *cell) falls() bool {
	return c.cascades || c.holds && c.Phase == Queued && c.Attempts == 0
}

// dependents puts m, and every mutation that falls with it, on the list.
func (l lane) dependents(m *cell, fallen []int32) []int32 {
	fallen = append(fallen, m.slot)
	for _, slot := range l.run {
		c := &l.cells[slot]
		typedOn := func(f int32) bool { return c.Cause == l.cells[f].ID }
		if c != m && c.Phase.open() && c.falls() && slices.ContainsFunc(fallen, typedOn) {
			fallen = append(fallen, slot)
		}
	}
	return fallen
}

// overlay returns the record's confirmed row with the mutations of client over
// it, and appends to shown the ids of those that were laid. One whose event made
// the row adds nothing, and nor does what was typed before it: the feed may have
// overtaken the replies.
func (l lane) overlay(row protocol.Row, client string, shown []string) (overlay, []string) {
	o := startOverlay(row)
	from := 0
	if row.By == client && row.Command != "" {
		from = 1 + l.index(func(c *cell) bool { return c.ID == row.Command && c.Phase != RolledBack })
	}
	for _, slot := range l.run[from:] {
		c := &l.cells[slot]
		if !c.over(row) {
			continue
		}
		o = o.lay(&c.Mutation)
		shown = append(shown, c.ID)
	}
	return o, shown
}

// over reports whether c is to be laid over row. One whose event the row holds
// already adds nothing: rows may run ahead of the read position while a resync
// comes in.
func (c *cell) over(row protocol.Row) bool {
	return (c.Phase.Pending() || c.Phase == Confirmed) && (c.Seq == 0 || c.Seq > row.Seq)
}

// twin reports whether the row of a pending create is here while the client
// cannot know that it is its own: no answer told its sequence.
func (l lane) twin(row protocol.Row, client string) bool {
	if row.ID == "" || row.Deleted {
		return false
	}
	return l.index(func(c *cell) bool {
		born := row.Born > c.Base || row.By == client && row.Command == c.ID
		return c.creates() && c.Phase.Pending() && c.Seq == 0 && born
	}) >= 0
}

package reconcile

import (
	"slices"

	"optimist/shared/protocol"
)

// lane is everything the client has under way on one record. Records without
// any have no lane, so the cost of a record at rest is its row.
type lane struct {
	record  string
	client  string      // Whose mutations they are.
	pending []*Mutation // In the order typed; Writing ones at the end.
	tray    []*Mutation // Rolled back, in the order typed.
	told    uint64      // The last step that said Changed of this record.
}

// last returns the newest pending mutation, or nil.
func (l *lane) last() *Mutation {
	if n := len(l.pending); n > 0 {
		return l.pending[n-1]
	}
	return nil
}

// drop takes m out of the pending ones. Whatever was typed on m still names it.
func (l *lane) drop(m *Mutation) {
	if at := slices.Index(l.pending, m); at >= 0 {
		l.pending = slices.Delete(l.pending, at, at+1)
	}
}

// fallen puts m into the tray, in the order typed.
func (l *lane) fallen(m *Mutation) {
	at := len(l.tray)
	for at > 0 && l.tray[at-1].Number > m.Number {
		at--
	}
	l.tray = slices.Insert(l.tray, at, m)
}

// empty reports whether nothing is under way.
func (l *lane) empty() bool { return len(l.pending) == 0 && len(l.tray) == 0 }

// before returns the confirmed row that l's oldest mutation was typed on, for
// the time after a restart when the rows are not here yet.
func (l *lane) before() protocol.Row {
	if len(l.pending) > 0 {
		return l.pending[0].Before
	}
	if len(l.tray) > 0 {
		return l.tray[0].Before
	}
	return protocol.Row{}
}

// waits reports whether a mutation typed before m is queued to be sent again.
func (l *lane) waits(m *Mutation) bool {
	for _, p := range l.pending {
		if p.Number < m.Number && p.Phase == Queued {
			return true
		}
	}
	return false
}

// overlay returns the record's confirmed row with the pending mutations of its
// client over it. One whose event made the row adds nothing, and nor does what
// was typed before it: the feed may have overtaken the replies.
func (l *lane) overlay(row protocol.Row) overlay {
	o := startOverlay(row)
	held := -1
	if row.By == l.client && row.Command != "" {
		held = slices.IndexFunc(l.pending, func(m *Mutation) bool { return m.ID == row.Command })
	}
	for _, m := range l.pending[held+1:] {
		o = o.lay(m, row)
	}
	return o
}

// view returns what the lane makes of the record's confirmed row.
func (l *lane) view(record string, row protocol.Row) View {
	v := plainView(row)
	v.ID = record
	o := l.overlay(row)
	for _, m := range l.pending {
		if m.Phase == Writing {
			continue
		}
		v.Pending = append(v.Pending, *m)
		v.Slow = v.Slow || m.Slow
		v.Log = max(v.Log, m.Version)
	}
	for _, m := range l.tray {
		v.Tray = append(v.Tray, *m)
		if !o.exists && len(v.Pending) == 0 {
			o = o.patch(m.Patch)
		}
	}
	v.Name, v.Email, v.Exists, v.Ghost, v.Deleting = o.name, o.email, o.exists, o.ghost, o.deleting
	v.Seen = 0
	if o.exists || o.ghost {
		v.Seen = o.version
	}
	switch {
	case len(v.Pending) > 0:
		v.Status = StatusPending
	case len(v.Tray) > 0:
		v.Status = StatusRolledBack
	}
	return v
}

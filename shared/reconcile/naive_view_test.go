package reconcile

import (
	"optimist/shared/protocol"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// view returns what record shows.
func (n *naive) view(record string) shown {
	var s shown
	var on []*fate
	for _, f := range n.typed {
		switch {
		case f.Record != record:
		case f.pending():
			on = append(on, f)
			s.Pending = append(s.Pending, f.ID)
		case f.over > n.db.to:
			on = append(on, f)
		case f.fell && !f.dropped:
			s.Tray = append(s.Tray, f.ID)
		}
	}
	row, ok := n.rows[record]
	if !ok && n.source(n.readsLog()).epoch == "" {
		row = n.before(record)
	}
	s.Name, s.Email, s.Exists = row.Name, row.Email, row.ID != "" && !row.Deleted
	for _, f := range on {
		if n.rules.Read != strategy.OverlaidProjection {
			break
		}
		if seq, _ := n.accepted(f); seq != 0 && seq <= row.Seq || seq == 0 && f.inRow {
			continue
		}
		s.lay(f)
	}
	for _, f := range n.typed {
		if f.Record == record && f.fell && !f.dropped && !s.Exists && len(s.Pending) == 0 {
			s.patch(f.Patch)
		}
	}
	return s
}

// before returns the row under the oldest thing under way, as the outbox has it.
func (n *naive) before(record string) protocol.Row {
	var tray *fate
	for _, f := range n.typed {
		switch {
		case f.Record != record || f.dropped || f.confirmed:
		case !f.fell:
			return f.Before
		case tray == nil:
			tray = f
		}
	}
	if tray == nil {
		return protocol.Row{}
	}
	return tray.Before
}

// shown is what a person sees of a record.
type shown struct {
	Name, Email             string
	Exists, Ghost, Deleting bool
	Pending, Tray           []string
}

func (s *shown) lay(m *fate) {
	switch m.Op {
	case user.Create:
		s.Exists, s.Ghost, s.Deleting = true, false, false
		s.Name, s.Email = m.Patch.Name, m.Patch.Email
	case user.Edit:
		s.Ghost = !s.Exists
		s.patch(m.Patch)
	case user.Delete:
		s.Deleting = !m.confirmed
		s.Exists = s.Exists && !m.confirmed
	}
}

func (s *shown) patch(p user.Patch) {
	if p.Set.Has(user.FieldName) {
		s.Name = p.Name
	}
	if p.Set.Has(user.FieldEmail) {
		s.Email = p.Email
	}
}

// shownOf returns what the replica shows of record.
func shownOf(r *Replica, record string) shown {
	v, _ := r.View(record)
	s := shown{Name: v.Name, Email: v.Email, Exists: v.Exists, Ghost: v.Ghost, Deleting: v.Deleting}
	for _, m := range v.Pending {
		s.Pending = append(s.Pending, m.ID)
	}
	for _, m := range v.Tray {
		s.Tray = append(s.Tray, m.ID)
	}
	return s
}

package tui

import (
	"fmt"

	"optimist/client/view"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// follow keeps the screen's own books after one effect.
func (m *Model) follow(e *reconcile.Effect) {
	switch e.Kind {
	case reconcile.Store:
		if e.Mutation.Phase == reconcile.Writing {
			m.typed(e.Mutation)
		}
	case reconcile.Send:
		m.note(e.Record, view.Step{
			Actor: "outbox", Text: "sends " + e.Mutation.Tag(), Note: attempt(e.Mutation.Attempts), Mark: view.MarkPending,
		})
	case reconcile.Changed:
		m.changed(e.Record)
	case reconcile.Settled:
		m.settled(e.Mutation)
	case reconcile.Fell:
		m.fell(e.Mutation)
	case reconcile.Moved:
		m.moved()
	case reconcile.Forget:
		m.forgotten(e.ID)
	case reconcile.Declined:
		m.refusedToTake(e.Record)
	case reconcile.Poll, reconcile.Sync:
	default:
		panic(fmt.Sprintf("tui: unknown effect %d", e.Kind))
	}
}

func attempt(n int) string {
	if n > 1 {
		return fmt.Sprintf("attempt %d", n)
	}
	return ""
}

// typed notes a new mutation.
func (m *Model) typed(mu reconcile.Mutation) {
	m.pending.Set(mu.Number, mu.ID)
	m.tags.set(mu.ID, mu.Tag())
	m.note(mu.Record, view.Step{Actor: "you", Text: mu.Tag() + " " + describe(mu)})
	m.guideTyped(mu)
}

// refusedToTake says that a strategy takes no change of what is pending. What
// was typed stays where it was typed.
func (m *Model) refusedToTake(record string) {
	m.declined = record
	m.notices.add(notice{
		at: m.now, mark: view.MarkStalled, record: record, passes: true, text: "not taken: " + m.declinedWhy(record),
	})
}

// declinedWhy says why nothing was made of a change.
func (m *Model) declinedWhy(record string) string {
	return fmt.Sprintf("%s is pending, and the strategy takes no change of it until that is over", m.nameOf(record))
}

// settled notes a confirmation. One that was long in coming is announced.
func (m *Model) settled(mu reconcile.Mutation) {
	m.pending.Delete(mu.Number)
	m.note(mu.Record, view.Step{
		Actor: "screen", Text: "inks " + mu.Tag(), Seq: mu.Seq, Note: "confirmed", Mark: view.MarkConfirmed,
	})
	switch {
	case mu.Op == user.Delete:
		m.gone = mu.Record
		m.notices.add(notice{
			at: m.now, mark: view.MarkConfirmed, passes: true, text: mu.Tag() + " confirmed: " + mu.Was.Name + " is deleted",
			keys: []view.Key{{Key: "u", Does: "take it back"}},
		})
	case m.now-mu.At >= NotableFor:
		m.notices.add(notice{
			at: m.now, mark: view.MarkConfirmed, record: mu.Record, passes: true,
			text: fmt.Sprintf("%s confirmed after %s: %s of %s", mu.Tag(), seconds(m.now-mu.At), mu.Op, m.nameOf(mu.Record)),
		})
	}
	m.guideSettled(mu)
}

// fell notes a rollback and announces it.
func (m *Model) fell(mu reconcile.Mutation) {
	m.pending.Delete(mu.Number)
	m.note(mu.Record, view.Step{
		Actor: "screen", Text: "strikes " + mu.Tag(), Note: string(mu.Code), Mark: view.MarkRolledBack,
	})
	m.notices.add(notice{
		at: m.now, mark: view.MarkRolledBack, record: mu.Record, command: mu.ID,
		text: fmt.Sprintf("%s rolled back, %s: %s of %s", mu.Tag(), mu.Code, mu.Op, m.nameOf(mu.Record)),
		keys: []view.Key{{Key: "enter", Does: "why"}, {Key: "R", Does: "retry"}, {Key: "E", Does: "edit and retry"}},
	})
	m.guideFell(mu)
}

// forgotten notes that the outbox lets a mutation go: withdrawn, settled, or
// dropped from the tray.
func (m *Model) forgotten(id string) {
	m.notices.acknowledge(id)
	if _, ok := m.replica.Mutation(id); ok {
		return
	}
	if number := numberOf(m.tags.get(id)); number > 0 {
		m.pending.Delete(number)
	}
}

// numberOf reads a tag.
func numberOf(tag string, ok bool) int {
	var n int
	if _, err := fmt.Sscanf(tag, "A%d", &n); !ok || err != nil {
		return 0
	}
	return n
}

// changed brings a record to its place, or all of them for "".
func (m *Model) changed(record string) {
	m.dirty = true
	if record == "" {
		m.rebuild()
		return
	}
	m.ages.set(record, m.now)
	m.touched = m.now
	v, shows := m.replica.View(record)
	if v.Status == reconcile.StatusConfirmed && len(v.Shown) == 0 {
		delete(m.busy, record)
	} else {
		m.busy[record] = struct{}{}
	}
	if f := m.lives.of(record); f != nil && v.Row.Seq > f.row {
		f.row = v.Row.Seq
		m.noteRow(v.Row)
	}
	if m.dialog() && record != m.adopt {
		m.postpone(record)
		return
	}
	m.place(record)
	if record == m.adopt && shows {
		m.table.selected, m.adopt, m.steps = record, "", -1
	}
}

// postpone keeps a record where it is until the dialog closes.
func (m *Model) postpone(record string) {
	if len(m.late) >= MaxLate {
		m.lateAll = true
		return
	}
	m.late[record] = struct{}{}
}

// catchUp brings to their place the records that changed under a dialog.
func (m *Model) catchUp() {
	if m.lateAll {
		m.lateAll = false
		clear(m.late)
		m.rebuild()
		return
	}
	for record := range m.late {
		m.place(record)
	}
	clear(m.late)
}

// rebuild orders every record anew.
func (m *Model) rebuild() {
	all := make([]rank, 0, m.base.Len()+len(m.busy))
	m.base.Scan(func(row protocol.Row) bool {
		if _, ok := m.busy[row.ID]; !ok && !row.Deleted {
			all = append(all, rank{born: row.Born, id: row.ID})
		}
		return true
	})
	for record := range m.busy {
		if v, shows := m.replica.View(record); shows {
			v.ID = record
			all = append(all, rankOf(v))
		}
	}
	m.table.load(all)
}

// place brings one record to where it belongs in the table.
func (m *Model) place(record string) {
	v, shows := m.replica.View(record)
	v.ID = record // A record without a row has none in its view.
	m.table.put(v, shows)
}

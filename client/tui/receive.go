package tui

import (
	"fmt"

	"optimist/client/remote"
	"optimist/client/view"
	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// receive takes everything that came since the last batch. Only what can be
// seen makes a new frame.
func (m *Model) receive(b remote.Batch) {
	if b.Restart {
		m.log.reset()
		m.log.mark = m.replica.Position().To
		m.dirty = true
	}
	for i := range b.Events {
		m.happened(b.Events[i])
	}
	for i := range b.Inputs {
		m.step(b.Inputs[i])
	}
	if b.Status != nil {
		m.told(*b.Status)
	}
	for _, err := range b.Failures {
		m.notices.add(notice{at: m.now, mark: view.MarkRolledBack, text: err.Error()})
		m.dirty = true
	}
	m.measure()
	m.age()
	m.guideOn()
}

// step gives the replica one input and does what it asks for.
func (m *Model) step(in reconcile.Input) {
	before, known := m.before(in)
	m.effects = m.replica.Step(in, m.effects[:0])
	if known {
		m.noteInput(in, before)
	}
	if in.Kind == reconcile.Synced && !m.loaded {
		m.loaded, m.dirty = true, true
	}
	if in.Kind == reconcile.Restore {
		m.pending.Set(in.Mutation.Number, in.Mutation.ID)
		if in.Mutation.Phase == reconcile.RolledBack {
			m.pending.Delete(in.Mutation.Number)
		}
		m.tags.set(in.Mutation.ID, in.Mutation.Tag())
		m.lives.add(in.Mutation.Record, m.now, view.Step{
			Actor: "outbox", Text: in.Mutation.Tag() + " " + describe(*in.Mutation), Note: "kept from the last session",
		})
	}
	for i := range m.effects {
		m.follow(&m.effects[i])
	}
	m.carryOut()
}

// carryOut hands the effects to the session.
func (m *Model) carryOut() {
	switch {
	case len(m.effects) == 0:
	case m.remote == nil:
		m.backlog = append(m.backlog, m.effects...)
	default:
		m.remote.Do(m.effects)
	}
}

// before returns the mutation that in is about, as it was.
func (m *Model) before(in reconcile.Input) (reconcile.Mutation, bool) {
	switch in.Kind {
	case reconcile.Stored:
		return m.replica.Mutation(in.ID)
	case reconcile.Answered:
		return m.replica.Mutation(in.Reply.Command)
	default:
		return reconcile.Mutation{}, false
	}
}

// follow keeps the screen's own books after one effect.
func (m *Model) follow(e *reconcile.Effect) {
	switch e.Kind {
	case reconcile.Store:
		if e.Mutation.Phase == reconcile.Writing {
			m.typed(e.Mutation)
		}
	case reconcile.Send:
		m.lives.add(e.Record, m.now, view.Step{
			Actor: "outbox", Text: e.Mutation.Tag() + " is sent to the server", Note: attempt(e.Mutation.Attempts), Mark: view.MarkPending,
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
	m.lives.add(mu.Record, m.now, view.Step{Actor: "you", Text: mu.Tag() + " " + describe(mu)})
	m.guideTyped(mu)
}

// settled notes a confirmation. One that was long in coming is announced.
func (m *Model) settled(mu reconcile.Mutation) {
	m.pending.Delete(mu.Number)
	m.lives.add(mu.Record, m.now, view.Step{
		Actor: "screen", Text: mu.Tag() + " is no guess any more", Seq: mu.Seq, Note: "confirmed", Mark: view.MarkConfirmed,
	})
	if m.now-mu.At >= NotableFor {
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
	m.lives.add(mu.Record, m.now, view.Step{
		Actor: "screen", Text: mu.Tag() + " is struck out", Note: "rolled back: " + string(mu.Code), Mark: view.MarkRolledBack,
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
	if v.Status == reconcile.StatusConfirmed {
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
	m.table.put(v, shows)
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
		m.table.put(m.replica.View(record))
	}
	clear(m.late)
}

// rebuild orders every record anew.
func (m *Model) rebuild() {
	m.table.clear()
	m.base.Scan(func(row protocol.Row) bool {
		m.table.put(m.replica.View(row.ID))
		return true
	})
	for record := range m.busy {
		m.table.put(m.replica.View(record))
	}
}

// moved notes how far the replica has read.
func (m *Model) moved() {
	m.dirty = true
	m.reach(m.replica.Position().To)
}

// reach notes how far the database is.
func (m *Model) reach(to uint64) {
	m.log.reach(to, m.now, func(in *entry) {
		if in.void == "" {
			return
		}
		m.lives.add(in.Record, m.now, view.Step{
			Actor: "proj", Text: fmt.Sprintf("gives %s up", in.Kind), Seq: in.Seq, Note: string(in.void), Mark: view.MarkRolledBack,
		})
	})
}

// happened takes one event of the log.
func (m *Model) happened(e event.Event) {
	if !m.log.add(e, m.now) {
		return
	}
	m.dirty = true
	if e.Kind.Changes() || e.Kind == event.Rejected || e.Kind == event.Refused {
		m.noteEvent(e)
	}
	if e.Seq == m.status.At {
		m.noteProjector(m.status)
	}
}

// told takes a status of the server.
func (m *Model) told(s protocol.Status) {
	old := m.status
	m.status = s
	if s.Projector != old.Projector || s.At != old.At {
		m.since = m.now
		m.noteProjector(s)
	}
	m.faults.armed(s)
	if !m.chosen && s.Strategy != "" {
		m.strategy = s.Strategy
	}
	if s.Epoch == m.replica.Position().Epoch {
		m.reach(min(s.Projected, m.replica.Position().To))
	}
	m.dirty = m.dirty || !sameStatus(old, s)
}

// sameStatus reports whether a and b look the same.
func sameStatus(a, b protocol.Status) bool {
	if len(a.Faults) != len(b.Faults) {
		return false
	}
	for i := range a.Faults {
		if a.Faults[i] != b.Faults[i] {
			return false
		}
	}
	a.Faults, b.Faults = nil, nil
	return a.Epoch == b.Epoch && a.Log == b.Log && a.Projected == b.Projected && a.Projector == b.Projector &&
		a.At == b.At && a.Attempt == b.Attempt && a.Why == b.Why && a.FaultsOn == b.FaultsOn && a.Strategy == b.Strategy
}

// measure notes since when the database is behind the log.
func (m *Model) measure() {
	switch {
	case m.logSeq() <= m.dbSeq():
		m.behind = 0
	case m.behind == 0:
		m.behind = m.now
	}
}

// age asks for a frame once a second while something on it grows older.
func (m *Model) age() {
	if m.now-m.drawnAt < AgeEvery {
		return
	}
	aging := m.replica.Pending() > 0 || m.behind != 0 || !m.loaded || m.now-m.touched < minute
	if m.notices.expire(m.now) || aging || m.now-m.drawnAt >= minute {
		m.dirty = true
	}
}

// minute is how long an age is told in seconds, in milliseconds.
const minute = 60_000

// logSeq is the last sequence of the log that this session knows of.
func (m *Model) logSeq() uint64 { return max(m.status.Log, m.log.last(), m.replica.Position().To) }

// dbSeq is how far the database is.
func (m *Model) dbSeq() uint64 { return max(m.status.Projected, m.replica.Position().To) }

// nameOf returns what the screen calls record.
func (m *Model) nameOf(record string) string {
	v, _ := m.replica.View(record)
	if v.Name != "" {
		return v.Name
	}
	for _, t := range v.Tray {
		if t.Patch.Set.Has(user.FieldName) {
			return t.Patch.Name
		}
	}
	return record
}

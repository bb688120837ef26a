package tui

import (
	tea "charm.land/bubbletea/v2"

	"optimist/client/remote"
	"optimist/client/view"
	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// receive takes everything that came since the last batch. Only what can be
// seen makes a new frame.
func (m *Model) receive(b remote.Batch) tea.Cmd {
	idle := m.table.from == nil
	if b.Restart {
		m.witness.Lost()
		m.log.reset()
		m.log.mark = m.replica.Position().To
		m.early, m.dirty = nil, true
	}
	m.early = append(m.early, b.Events...)
	m.catchUpLog()
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
	m.judge()
	m.measure()
	m.age()
	m.guideOn()
	if idle && m.table.from != nil {
		return m.sweep() // Every record is new, so the filter begins again.
	}
	return nil
}

// step gives the replica one input and does what it asks for.
func (m *Model) step(in reconcile.Input) {
	before, known := m.before(in)
	m.declined = ""
	m.effects = m.replica.Step(in, m.effects[:0])
	m.watched(&in)
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
		m.note(in.Mutation.Record, view.Step{
			Actor: "outbox", Text: in.Mutation.Tag() + " " + describe(*in.Mutation), Note: "kept from the last session",
		})
	}
	for i := range m.effects {
		m.follow(&m.effects[i])
	}
	m.carryOut()
	m.catchUpLog()
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

// readBy takes a strategy for what is done next, and tells the replica how its
// rows are read from now on.
func (m *Model) readBy(text string) {
	m.strategy = text
	m.witness.Follow(text)
	m.step(reconcile.Input{Kind: reconcile.Follow, At: m.now, Strategy: text})
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

// moved notes how far the replica has read.
func (m *Model) moved() {
	m.dirty = true
	m.log.reach(m.replica.Position().To, m.now)
}

// catchUpLog takes the events that came, once it is known how far the database
// is: only then can be said which of them it waits for.
func (m *Model) catchUpLog() {
	if !m.loaded {
		m.early = m.early[max(len(m.early)-MaxLog, 0):]
	}
	if !m.loaded || len(m.early) == 0 {
		return
	}
	for i := range m.early {
		m.happened(m.early[i])
	}
	m.early = nil
}

// happened takes one event of the log.
func (m *Model) happened(e event.Event) {
	if !m.log.add(e, m.now) {
		return
	}
	m.witness.Hear(e)
	m.dirty = true
	if e.Kind.Changes() || e.Kind.Claims() || e.Kind == event.Rejected || e.Kind == event.Refused {
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
	m.witness.Told(m.now, s)
	if !m.chosen && s.Strategy != "" && s.Strategy != m.strategy {
		m.readBy(s.Strategy)
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
	for _, list := range [][]reconcile.Mutation{v.Tray, v.Pending} {
		for i := range list {
			if list[i].Patch.Set.Has(user.FieldName) {
				return list[i].Patch.Name
			}
		}
	}
	if name := m.witness.Name(record); name != "" {
		return name
	}
	return record
}

package tui

import (
	"fmt"

	"optimist/client/view"
	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/strategy"
)

// note adds a step to a record's life. A life that begins knows the row that is
// there already.
func (m *Model) note(record string, s view.Step) { m.noteAt(record, m.now, s) }

// noteAt adds a step of another time than now.
func (m *Model) noteAt(record string, at int64, s view.Step) {
	begins := m.lives.of(record) == nil
	m.lives.add(record, at, s)
	if row, ok := m.base.Get(record); begins && ok {
		m.lives.of(record).row = row.Seq
	}
}

// noteInput adds to a life what came to one mutation, which was before.
func (m *Model) noteInput(in reconcile.Input, before reconcile.Mutation) {
	after, ok := m.replica.Mutation(before.ID)
	if ok && after.Phase == before.Phase && in.Kind == reconcile.Stored {
		return
	}
	tag := before.Tag()
	s := view.Step{Actor: "server", Seq: in.Reply.Seq}
	rowFirst := in.Reply.Verdict == protocol.Confirmed && in.Reply.Seq == 0
	switch {
	case in.Kind == reconcile.Stored:
		s = view.Step{Actor: "outbox", Text: "keeps " + tag, Note: "shown", Mark: view.MarkPending}
	case !before.Phase.Pending():
		return
	case rowFirst:
		s.Text, s.Note, s.Mark = fmt.Sprintf("writes the row of %s first, by %s", tag, m.strategyOf(before)), "confirmed", view.MarkConfirmed
	case in.Reply.Verdict == protocol.Accepted || in.Reply.Verdict == protocol.Confirmed:
		if before.Phase == reconcile.Accepted {
			return
		}
		s.Text, s.Note, s.Mark = fmt.Sprintf("takes %s by %s", tag, m.strategyOf(before)), "accepted", view.MarkPending
	case in.Reply.Verdict == protocol.Refused || in.Reply.Verdict == protocol.RolledBack:
		s.Text, s.Note, s.Mark = answer(in.Reply.Verdict)+" "+tag, string(in.Reply.Code), view.MarkRolledBack
	default:
		if before.Phase != reconcile.Sent {
			return
		}
		s.Text, s.Note, s.Mark = fmt.Sprintf("cannot tell of %s yet: %s", tag, in.Reply.Why), "sent again", view.MarkStalled
	}
	m.note(before.Record, s)
}

func answer(v protocol.Verdict) string {
	if v == protocol.Refused {
		return "refuses"
	}
	return "rolled back"
}

// strategyOf returns the strategy a mutation was sent with.
func (m *Model) strategyOf(mu reconcile.Mutation) string {
	if mu.Strategy != "" {
		return mu.Strategy
	}
	return m.strategy
}

// noteRow adds that the database has a row, to a life that has begun.
func (m *Model) noteRow(row protocol.Row) {
	if m.reads().Read == strategy.FoldedLog {
		s := view.Step{Actor: "screen", Text: "has it from the log", Seq: row.Seq, Note: view.Version(row.Version, false), Mark: view.MarkPending}
		if row.Deleted {
			s.Text, s.Note = "has it deleted by the log", ""
		}
		m.note(row.ID, s)
		return
	}
	s := view.Step{Actor: "db", Text: "has the row", Note: view.Version(row.Version, false), Seq: row.Seq, Mark: view.MarkConfirmed}
	if row.Deleted {
		s.Text, s.Note = "has it deleted", ""
	}
	m.note(row.ID, s)
}

// noteEvent adds an event of the log. One that the database has already tells
// when the server decided it: that it comes only now means nothing.
func (m *Model) noteEvent(e event.Event) {
	tag, own := m.tagOf(e)
	s := view.Step{Actor: "log", Seq: e.Seq, Mark: view.MarkPending}
	switch {
	case e.Kind == event.Refused:
		if !own {
			return // A refusal of another's command happened to nobody else.
		}
		s.Text, s.Note, s.Mark = tag+" refused", string(e.Code), view.MarkRolledBack
	case e.Kind.Claims():
		s.Text, s.Mark = "claims "+e.Patch.Email, view.MarkNone
		if e.Kind == event.Released {
			s.Text = "frees " + e.Patch.Email
		}
	case e.Kind == event.Rejected:
		m.note(e.Record, view.Step{
			Actor: "proj", Text: "gives it up for good", Seq: e.Target, Note: string(e.Code), Mark: view.MarkRolledBack,
		})
		s.Text, s.Note, s.Mark = fmt.Sprintf("voids %s at #%d", tag, e.Target), string(e.Code), view.MarkRolledBack
	case own:
		s.Text, s.Note = fmt.Sprintf("%s %s", tag, e.Kind), view.Version(e.Version, false)
	default:
		s.Actor, s.Text, s.Note = e.Client, describe(reconcile.Mutation{Op: e.Op, Patch: e.Patch}), view.Version(e.Version, false)
	}
	at := m.now
	if e.Seq <= m.log.mark {
		if e.Time > 0 {
			at = min(e.Time, at)
		}
		if s.Mark == view.MarkPending {
			s.Mark = view.MarkConfirmed
		}
	}
	m.noteAt(e.Record, at, s)
}

// tagOf returns what an event's command is called here, and whether it is this
// client's.
func (m *Model) tagOf(e event.Event) (string, bool) {
	if e.Client != m.opts.Client {
		return e.Client, false
	}
	tag, ok := m.tags.get(e.Command)
	if !ok {
		return "yours", true
	}
	return tag, true
}

// noteProjector adds what keeps the projector to the life of the record whose
// event it is at.
func (m *Model) noteProjector(s protocol.Status) {
	in := m.log.find(s.At)
	if in == nil || in.Record == "" || s.Projector == protocol.Running {
		return
	}
	step := view.Step{Actor: "proj", Seq: s.At, Text: projectorSays(s), Note: string(s.Projector), Mark: view.MarkStalled}
	m.note(in.Record, step)
}

// projectorSays tells what keeps the projector.
func projectorSays(s protocol.Status) string {
	text := "waits here"
	if s.Projector == protocol.Retrying {
		text = fmt.Sprintf("tries again, attempt %d", s.Attempt)
	}
	if s.Why != "" {
		text += ": " + s.Why
	}
	return text
}

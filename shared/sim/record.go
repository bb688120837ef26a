package sim

import (
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/strategy"
	"optimist/shared/trace"
)

// Record writes everything that happens from now on into t; nil stops that. If
// nothing has happened yet, t begins with the making of what was given, as step
// 0.
func (w *World) Record(t *trace.Trace) {
	w.trace = t
	if t == nil {
		return
	}
	t.Strategy, t.Mode = w.text, "simulated"
	t.Clients = t.Clients[:0]
	for _, c := range w.clients {
		t.Clients = append(t.Clients, c.name)
		c.rendered = c.screen(c.rendered[:0])
	}
	if w.step > 0 {
		return
	}
	for i := range w.log {
		ev := &w.log[i]
		w.appended(ev)
		if ev.Kind.Changes() {
			w.note(committed(ev, w.rowOf(ev.Record)))
		}
	}
}

// Resume writes what happens from now on into t, without a beginning: w was made
// a copy of a world that records.
func (w *World) Resume(t *trace.Trace) { w.trace = t }

// Trace returns what Record was given.
func (w *World) Trace() *trace.Trace { return w.trace }

// note writes one fact.
func (w *World) note(e trace.Event) {
	if w.trace == nil {
		return
	}
	e.Step, e.At = w.step, w.now
	w.trace.Events = append(w.trace.Events, e)
}

// joined notes a new client.
func (w *World) joined(c *client) {
	if w.trace != nil {
		w.trace.Clients = append(w.trace.Clients, c.name)
	}
}

// acted notes what a person did.
func (w *World) acted(c *client, m *reconcile.Mutation) {
	if w.trace == nil {
		return
	}
	w.note(trace.Event{
		Kind: trace.Acted, Actor: c.name, Client: c.name, Intent: m.ID, Op: m.Op,
		Record: m.Record, Patch: m.Patch, Base: m.Base, Cause: m.Cause,
	})
}

// sent notes that a command leaves its client.
func (w *World) sent(c *client, m *reconcile.Mutation) {
	w.note(trace.Event{
		Kind: trace.Sent, Actor: c.name, Client: c.name, Intent: m.ID, Op: m.Op, Record: m.Record, Attempt: m.Attempts,
	})
}

// answered notes that an answer reaches a client.
func (w *World) answered(c *client, r *protocol.Reply) {
	w.note(trace.Event{
		Kind: trace.Answered, Actor: c.name, Client: c.name, Intent: r.Command, Verdict: r.Verdict,
		Seq: r.Seq, Code: r.Code, Why: r.Why, Root: r.Root,
	})
}

// believe brings c's beliefs up to date and notes what has changed.
func (w *World) believe(c *client) {
	if c.boot {
		return // What is not restored yet is not gone.
	}
	if w.trace == nil {
		c.beliefs.look(c.replica, nil)
		return
	}
	c.beliefs.look(c.replica, func(s *IntentState) {
		if s.Phase == reconcile.Queued && !s.Withdrawn {
			w.note(trace.Event{Kind: trace.Held, Actor: c.name, Client: c.name, Intent: s.ID})
		}
		w.believed(c, s)
	})
}

// believed notes what a client believes of an intent now.
func (w *World) believed(c *client, s *IntentState) {
	if w.trace == nil || s == nil {
		return
	}
	fate := fateOf(s.Phase)
	if s.Withdrawn {
		fate = trace.FateWithdrawn
	}
	w.note(trace.Event{
		Kind: trace.Believed, Actor: c.name, Client: c.name, Intent: s.ID, Op: s.Op, Record: s.Record,
		Fate: fate, Seq: s.Seq, Code: s.Code, Why: s.Why, Root: s.Root,
	})
}

func fateOf(p reconcile.Phase) trace.Fate {
	switch p {
	case reconcile.Writing:
		return 0
	case reconcile.Queued:
		return trace.FateHeld
	case reconcile.Sent:
		return trace.FateSent
	case reconcile.Accepted:
		return trace.FateAccepted
	case reconcile.Confirmed:
		return trace.FateConfirmed
	case reconcile.RolledBack:
		return trace.FateRolledBack
	}
	return 0
}

// based notes the rows that a client took in this input.
func (w *World) based(c *client) {
	if w.trace == nil {
		return
	}
	for _, id := range c.base.taken {
		row, _ := c.base.Get(id)
		at := row.Seq
		if w.strategy.Read == strategy.FoldedLog {
			at = row.Change
		}
		w.note(trace.Event{
			Kind: trace.Based, Actor: c.name, Client: c.name, Record: id, Seq: at, Value: valueOf(row),
		})
	}
}

// endStep notes what every screen shows now, where it differs, and that nothing
// more can move, if so.
func (w *World) endStep() {
	if w.trace == nil {
		return
	}
	for _, c := range w.clients {
		if c.stirred {
			w.render(c)
			c.stirred = false
		}
	}
	w.quiet()
}

// valueOf returns a row as a trace has it.
func valueOf(row protocol.Row) trace.Value {
	if row.ID == "" {
		return trace.Value{}
	}
	return trace.Value{Exists: !row.Deleted, Name: row.Name, Email: row.Email, Version: row.Version, Seq: row.Seq}
}

// quiet notes that nothing but the person can move, once. While something has
// crashed it can.
func (w *World) quiet() {
	if w.server.down {
		return
	}
	if n := len(w.trace.Events); n > 0 && w.trace.Events[n-1].Kind == trace.Quiet {
		return
	}
	for _, c := range w.clients {
		if c.down {
			return
		}
	}
	if _, timer := w.Next(); timer {
		return
	}
	if w.moves() {
		return
	}
	w.note(trace.Event{Kind: trace.Quiet, Stalled: w.server.projector.stalled != 0})
}

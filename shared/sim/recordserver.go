package sim

import (
	"optimist/shared/decide"
	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/strategy"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// decided notes what the core decided, once: an append that is only tried again,
// and that of an event whose row was written first, are no decisions.
func (w *World) decided(e *decide.Effect, after decide.InputKind) {
	if w.trace == nil || after == decide.Unanswered || after == decide.Relayed {
		return
	}
	ev := &e.Events[len(e.Events)-1]
	d := w.decision(ev.Client, ev.Command, protocol.Accepted)
	if ev.Kind == event.Refused {
		d.Verdict, d.Code, d.Why, d.Root = protocol.Refused, ev.Code, ev.Why, ev.Root.Command
	} else if strategy.Of(ev.Strategy).Write != strategy.EventFirst {
		return
	}
	w.note(d)
}

// decision returns the fact that a command was decided.
func (w *World) decision(client, intent string, v protocol.Verdict) trace.Event {
	looked := trace.AtLog
	switch w.strategy.Validate {
	case strategy.ByProjection:
		looked = trace.AtProjection
	case strategy.ByNothing:
		looked = trace.AtNothing
	case strategy.ByLog:
	}
	return trace.Event{Kind: trace.Decided, Actor: trace.Server, Client: client, Intent: intent, Verdict: v, Looked: looked}
}

// retried notes that a command was sent away without a verdict.
func (w *World) retried(client string, r *protocol.Reply) {
	if w.trace == nil || r.Verdict != protocol.Retry {
		return
	}
	d := w.decision(client, r.Command, protocol.Retry)
	d.Why = r.Why
	w.note(d)
}

// wrote notes a row that was written before its event.
func (w *World) wrote(ev *event.Event, row protocol.Row) {
	if w.trace == nil {
		return
	}
	w.note(w.decision(ev.Client, ev.Command, protocol.Accepted))
	w.note(trace.Event{
		Kind: trace.Wrote, Actor: trace.Server, Client: ev.Client, Intent: ev.Command,
		Op: ev.Op, Record: ev.Record, Value: valueOf(row),
	})
}

// applied notes what the projector did with an event.
func (w *World) applied(ev *event.Event, e *projection.Effect) {
	switch {
	case w.trace == nil || !ev.Kind.Changes():
	case e.Fell.Status != 0:
		w.note(skipped(ev, e.Fell))
	case e.Changed:
		w.note(committed(ev, projection.RowOf(e.Record)))
	default:
		again := skipped(ev, projection.Fate{})
		again.Why = "the command has an event already"
		w.note(again)
	}
}

// appended notes an event that became durable.
func (w *World) appended(ev *event.Event) {
	if w.trace == nil {
		return
	}
	e := trace.Event{
		Actor: trace.Log, Client: ev.Client, Intent: ev.Command, Seq: ev.Seq, Op: ev.Op, Record: ev.Record,
		Patch: ev.Patch, Cause: ev.Cause.Command, Base: ev.Base,
		Code: ev.Code, Why: ev.Why, Root: ev.Root.Command, Target: ev.Target,
	}
	switch ev.Kind {
	case event.Created, event.Edited, event.Deleted:
		e.Kind = trace.Appended
	case event.Refused:
		e.Kind = trace.Refused
	case event.Rejected:
		e.Kind = trace.Voided
	case event.Opened, event.Epoch, event.Reserved, event.Released:
		return
	}
	w.note(e)
}

// committed returns the fact that an event is in the row.
func committed(ev *event.Event, row protocol.Row) trace.Event {
	return trace.Event{
		Kind: trace.Committed, Actor: trace.Projector, Client: ev.Client, Intent: ev.Command,
		Seq: ev.Seq, Op: ev.Op, Record: ev.Record, Value: valueOf(row),
	}
}

// skipped returns the fact that an event was given up.
func skipped(ev *event.Event, fate projection.Fate) trace.Event {
	return trace.Event{
		Kind: trace.Skipped, Actor: trace.Projector, Client: ev.Client, Intent: ev.Command,
		Seq: ev.Seq, Op: ev.Op, Record: ev.Record, Code: fate.Code, Why: fate.Why, Root: rootOf(fate),
	}
}

func rootOf(fate projection.Fate) string {
	if fate.Root == fate.Ref || fate.Root == (user.Ref{}) {
		return ""
	}
	return fate.Root.Command
}

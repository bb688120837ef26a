package witness

import (
	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/strategy"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// happened takes an event of the log, if its record is judged.
func (w *Witness) happened(at int64, e *event.Event) {
	r := w.watched[e.Record]
	if r == nil || e.Seq <= r.from || e.Seq <= r.newest {
		return
	}
	u := w.own[e.Command]
	if e.Client != w.me {
		u = nil
	}
	switch {
	case e.Kind.Changes():
		w.appended(at, r, u, e)
	case e.Kind == event.Refused && u != nil:
		w.refused(at, r, u, e)
	case e.Kind == event.Rejected:
		w.voided(at, r, u, e)
	}
}

// appended takes a change that is in the log.
func (w *Witness) appended(at int64, r *watch, u *intent, e *event.Event) {
	r.newest = e.Seq
	w.calm.stir(w.now)
	out := trace.Event{
		Kind: trace.Appended, Actor: trace.Server, Client: e.Client, Intent: w.called(u, e), Seq: e.Seq, Op: e.Op,
		Record: e.Record, Patch: e.Patch, Base: e.Base, Strategy: e.Strategy,
	}
	if e.Base != 0 {
		out.Base = max(e.Base, r.from) // What is older is not judged.
	}
	if cause := w.own[e.Cause.Command]; cause != nil && e.Cause.Client == w.me {
		out.Cause = cause.label
	}
	if u != nil {
		u.seq = e.Seq
		if u.direct > 0 {
			u.direct = 0
			w.direct--
		}
	}
	rowFirst := strategy.Of(e.Strategy).Write != strategy.EventFirst
	r.open = append(r.open, arrival{seq: e.Seq, own: u, rowFirst: rowFirst, op: e.Op, patch: e.Patch, version: e.Version})
	w.open++
	w.saw(at, out)
}

// called names the intent of an event: somebody else's by its place.
func (w *Witness) called(u *intent, e *event.Event) string {
	if u != nil {
		return u.label
	}
	return "#" + number(e.Seq)
}

// refused takes the refusal of an own change. Whether it was right is judged if
// nobody else can have changed the record while it was under way.
func (w *Witness) refused(at int64, r *watch, u *intent, e *event.Event) {
	w.calm.stir(w.now)
	out := trace.Event{
		Kind: trace.Decided, Actor: trace.Server, Client: w.me, Intent: u.label, Record: u.record,
		Verdict: protocol.Refused, Code: e.Code, Why: e.Why, Looked: looked(e.Strategy),
	}
	if w.steady(r, u, e) {
		w.saw(at, out)
	}
	out.Kind, out.Seq, out.Verdict = trace.Refused, e.Seq, ""
	w.saw(at, out)
}

// steady reports whether the log's say about what u was refused for was the same
// from when it was sent until its refusal e, and is known.
func (w *Witness) steady(r *watch, u *intent, e *event.Event) bool {
	stale := u.older && e.Code == user.ErrConflict
	if r.partial || r.foreign || stale || u.knew == 0 || e.Code == user.ErrEmailTaken {
		return false
	}
	for i := len(r.open) - 1; i >= 0; i-- {
		if a := &r.open[i]; a.own == nil && a.seq > u.knew {
			return false
		}
	}
	return r.newest <= u.knew || w.mine(r)
}

// mine reports whether the newest event of a record is the client's own.
func (w *Witness) mine(r *watch) bool {
	for _, u := range w.own {
		if u.record == r.id && u.seq == r.newest {
			return true
		}
	}
	return false
}

func looked(text string) trace.Looked {
	switch strategy.Of(text).Validate {
	case strategy.ByLog:
		return trace.AtLog
	case strategy.ByProjection:
		return trace.AtProjection
	case strategy.ByNothing:
	}
	return trace.AtNothing
}

// voided takes a rejection that is in the log.
func (w *Witness) voided(at int64, r *watch, u *intent, e *event.Event) {
	w.calm.stir(w.now)
	for i := range r.open {
		if r.open[i].seq == e.Target {
			r.open[i].void = e.Code
		}
	}
	intent := "#" + number(e.Target)
	if u != nil {
		intent = u.label
	}
	w.saw(at, trace.Event{
		Kind: trace.Voided, Actor: trace.Projector, Client: e.Client, Intent: intent, Record: e.Record,
		Seq: e.Seq, Target: e.Target, Code: e.Code, Why: e.Why, Root: w.label(e.Root.Command),
	})
}

// published settles what the read model has told of by now: what its row does
// not hold was given up.
func (w *Witness) published(at int64, to uint64) {
	if w.open == 0 {
		return
	}
	for _, r := range w.inOrder() {
		for len(r.open) > 0 && r.open[0].seq <= to {
			w.arrived(at, r, r.open[0])
			r.open = r.open[1:]
			w.open--
		}
	}
}

// arrived notes what the read model made of an event.
func (w *Witness) arrived(at int64, r *watch, a arrival) {
	out := trace.Event{Kind: trace.Committed, Actor: trace.Projector, Client: w.me, Record: r.id, Seq: a.seq}
	if a.own != nil {
		out.Intent = a.own.label
	}
	code := a.void
	if a.own != nil && a.own.fell != "" {
		code = a.own.fell
	}
	if code != "" || !a.rowFirst && r.taken.Seq < a.seq {
		out.Kind, out.Code = trace.Skipped, code
	} else {
		r.made = a.over(r.made)
		if r.taken.Seq <= a.seq || a.rowFirst {
			r.made = r.taken // What the client was told is surer than what the log makes of it.
		}
		out.Value = r.made
	}
	w.saw(at, out)
}

// over returns a row with an event put into it.
func (a *arrival) over(v trace.Value) trace.Value {
	if a.patch.Set.Has(user.FieldName) {
		v.Name = a.patch.Name
	}
	if a.patch.Set.Has(user.FieldEmail) {
		v.Email = a.patch.Email
	}
	v.Exists, v.Version, v.Seq = a.op != user.Delete, a.version, a.seq
	return v
}

package witness

import (
	"slices"

	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/strategy"
	"optimist/shared/trace"
)

// Took says that the session's replica took an input, and what came of it.
func (w *Witness) Took(now int64, in *reconcile.Input, effects []reconcile.Effect) {
	w.now = max(w.now, now)
	p := w.session.Position()
	if p.Epoch != w.epoch {
		if w.epoch != "" {
			w.release() // Another read model: what the old one told says nothing of it.
		}
		w.epoch, w.to = p.Epoch, p.To
	}
	if len(w.own) == 0 {
		w.to = p.To
		return
	}
	w.linked(in)
	if p.To > w.to {
		w.to = p.To
		w.queue = append(w.queue, fact{need: p.To, group: w.group, at: w.now, event: trace.Event{Kind: trace.Published, Seq: p.To}})
	}
	if in.Kind == reconcile.Answered {
		w.answered(&in.Reply)
	}
	for i := range effects {
		if effects[i].Kind == reconcile.Changed {
			w.changed(effects[i].Record)
		}
	}
	w.rows()
	for i := range effects {
		w.effect(&effects[i])
	}
	w.beliefs()
}

// linked notes whether the client is connected.
func (w *Witness) linked(in *reconcile.Input) {
	switch in.Kind {
	case reconcile.Connected:
		w.add(0, trace.Event{Kind: trace.Reconnected, Client: w.me})
	case reconcile.Disconnected:
		w.add(0, trace.Event{Kind: trace.Disconnected, Client: w.me})
	default:
	}
}

// answered notes an answer about an own change.
func (w *Witness) answered(a *protocol.Reply) {
	u := w.own[a.Command]
	if u == nil || u.over || u.phase == reconcile.Accepted && a.Verdict == protocol.Accepted {
		return
	}
	if a.Verdict == protocol.Confirmed && a.Seq == 0 && a.Row != nil && u.direct == 0 {
		u.direct = max(w.now, 1)
		w.direct++
		w.add(0, trace.Event{
			Kind: trace.Wrote, Actor: trace.Server, Client: w.me, Intent: u.label, Record: u.record, Value: valueOf(*a.Row),
		})
	}
	w.add(a.Seq, trace.Event{
		Kind: trace.Answered, Client: w.me, Intent: u.label, Record: u.record, Verdict: a.Verdict,
		Seq: a.Seq, Code: a.Code, Why: a.Why, Root: w.label(a.Root),
	})
}

// changed has a record looked at, or every one for "".
func (w *Witness) changed(record string) {
	if record != "" {
		w.touch(record)
		return
	}
	for id := range w.watched {
		w.touch(id)
	}
	slices.Sort(w.touched)
}

// rows notes the rows that the client took.
func (w *Witness) rows() {
	for _, id := range w.touched {
		r := w.watched[id]
		w.session.ViewInto(id, &w.view)
		row := w.view.Row
		if row.ID == "" || row == r.row {
			continue
		}
		if row.Seq <= r.row.Seq && !w.wrote(r, row) {
			r.foreign = true // Its value changed, and no event tells why.
		}
		r.row = row
		w.add(row.Seq, w.based(row))
	}
}

// wrote reports whether an own change was written into the row before the log
// had it, or the row tells only where its event stands now.
func (w *Witness) wrote(r *watch, row protocol.Row) bool {
	u := w.own[row.Command]
	same := row.Name == r.row.Name && row.Email == r.row.Email && row.Deleted == r.row.Deleted
	return same || u != nil && row.By == w.me || w.reads.Read == strategy.FoldedLog
}

// effect notes what the replica asks for and what it tells of own changes.
func (w *Witness) effect(e *reconcile.Effect) {
	u := w.own[e.Mutation.ID]
	if u == nil || u.over {
		return
	}
	switch m := &e.Mutation; e.Kind {
	case reconcile.Send:
		if u.knew == 0 {
			u.knew = max(w.known, 1)
		}
		w.add(0, trace.Event{Kind: trace.Sent, Client: w.me, Intent: u.label, Op: u.op, Record: u.record, Attempt: m.Attempts})
	case reconcile.Settled:
		w.believes(u, trace.Event{Fate: trace.FateConfirmed, Seq: m.Seq})
		w.watched[u.record].end(u)
	case reconcile.Fell:
		u.fell = m.Code
		w.believes(u, trace.Event{Fate: trace.FateRolledBack, Seq: m.Seq, Code: m.Code, Why: m.Why, Root: w.label(m.Root)})
		w.watched[u.record].end(u)
	default:
	}
}

// believes notes what the client believes of an own change now.
func (w *Witness) believes(u *intent, e trace.Event) {
	e.Kind, e.Client, e.Intent, e.Op, e.Record = trace.Believed, w.me, u.label, u.op, u.record
	w.add(e.Seq, e)
	w.touch(u.record)
}

// beliefs notes what became of own changes on the records that were touched.
func (w *Witness) beliefs() {
	for _, id := range w.touched {
		r := w.watched[id]
		for i := 0; i < len(r.mine); {
			u := r.mine[i]
			w.belief(r, u)
			if !u.over {
				i++
			}
		}
	}
}

// belief notes what became of one own change without a verdict.
func (w *Witness) belief(r *watch, u *intent) {
	m, known := w.session.Mutation(u.id)
	switch {
	case !known:
		w.believes(u, trace.Event{Fate: trace.FateWithdrawn})
		r.end(u)
	case m.Phase == u.phase:
	case m.Phase == reconcile.Queued && u.phase == reconcile.Sent:
		w.believes(u, trace.Event{Fate: trace.FateHeld}) // It waits to be sent again.
	case m.Phase == reconcile.Queued:
		w.add(0, trace.Event{Kind: trace.Held, Client: w.me, Intent: u.label, Record: u.record})
		w.believes(u, trace.Event{Fate: trace.FateHeld})
	case m.Phase == reconcile.Sent:
		w.believes(u, trace.Event{Fate: trace.FateSent})
	case m.Phase == reconcile.Accepted:
		w.believes(u, trace.Event{Fate: trace.FateAccepted, Seq: m.Seq})
	}
	u.phase = m.Phase
}

// draw notes what the screens of touched records show now.
func (w *Witness) draw() {
	for _, id := range w.touched {
		r := w.watched[id]
		if r == nil {
			continue
		}
		r.dirty = false
		e := w.rendering(id)
		if e.Value.Name != "" {
			r.name = e.Value.Name
		}
		if !sameScreen(&e, &r.shown) {
			r.shown = e
			w.add(e.Value.Seq, e)
		}
	}
	w.touched = w.touched[:0]
}

// rendering returns what the screen says of a record. One that it lacks still
// names the own changes that took it away.
func (w *Witness) rendering(id string) trace.Event {
	shows := w.session.ViewInto(id, &w.view)
	v := &w.view
	e := trace.Event{Kind: trace.Rendered, Actor: w.me, Client: w.me, Record: id, Mark: trace.Plain}
	for _, own := range v.Shown {
		e.Shown = append(e.Shown, w.label(own))
	}
	if !shows {
		return e
	}
	e.Twin = v.Twin
	e.Value = trace.Value{Exists: v.Exists || v.Ghost, Name: v.Name, Email: v.Email, Version: v.Seen, Seq: v.Row.Seq}
	switch v.Status {
	case reconcile.StatusPending:
		e.Mark = trace.Pending
	case reconcile.StatusRolledBack:
		e.Mark = trace.Failed
	case reconcile.StatusConfirmed:
	}
	return e
}

func sameScreen(a, b *trace.Event) bool {
	return a.Kind == b.Kind && a.Value == b.Value && a.Mark == b.Mark && a.Twin == b.Twin && slices.Equal(a.Shown, b.Shown)
}

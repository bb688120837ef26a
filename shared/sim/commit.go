package sim

import (
	"fmt"

	"optimist/shared/decide"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/projection"
	"optimist/shared/trace"
)

// commit applies the projector's batch and commits it, logs what it rejected and
// publishes what changed. A fault may crash the server in between.
func (w *World) commit() error {
	p := &w.server.projector
	if w.server.down || p.to == 0 {
		return fmt.Errorf("%w: the projector has no batch", ErrIdle)
	}
	batch := w.log[p.from-1 : p.to]
	if w.crashes(fault.ProjectCrashBeforeCommit, batch) {
		return nil
	}
	w.apply(batch)
	p.from, p.to = 0, 0
	if w.crashes(fault.ProjectCrashAfterCommit, batch) {
		return nil
	}
	w.observe(batch)
	fell := w.server.debts.Len() > 0
	w.pay()
	if fell && w.crashes(fault.ProjectCrashAfterReject, batch) {
		return nil
	}
	w.publish()
	w.gather()
	return nil
}

// crashes crashes the server if a fault of that kind strikes the batch.
func (w *World) crashes(kind fault.Kind, batch []event.Event) bool {
	for i := range batch {
		if !batch[i].Kind.Changes() {
			continue
		}
		if _, struck := (strikes{w}).Strike(kind, fault.TargetOf(batch[i])); struck {
			w.fail()
			return true
		}
	}
	return false
}

// authority is the one build that rejects in a world.
var authority = projection.Authority{Stream: Stream, Build: Build}

// apply folds the batch into the rows, in one transaction.
func (w *World) apply(batch []event.Event) {
	s := &w.server
	s.rowsForm.fresh = false
	for i := range batch {
		ev := &batch[i]
		effect, err := projection.Apply(&s.rows, *ev, nil, s.projector.failure(ev.Seq))
		if err != nil {
			panic(fmt.Sprintf("sim: project #%d: %v", ev.Seq, err))
		}
		w.applied(ev, &effect)
		s.feed.Add(*ev, effect, s.rows.Change)
		switch {
		case effect.Fell.Status == projection.Rejected && !effect.Fell.Logged:
			w.owe(ev, effect.Fell, effect.Record)
		case effect.Logged != 0:
			s.debts.ReadBack(effect.Logged)
		}
	}
	s.rows.To = batch[len(batch)-1].Seq
	s.feed.Reach(s.rows.To, s.rows.Change)
}

// owe notes that the log must hear of a rejection, which left rec as it was.
func (w *World) owe(ev *event.Event, fate projection.Fate, rec projection.Record) {
	s := &w.server
	claims, _ := projection.Touch(&s.rows, *ev, rec) // In memory, nothing fails.
	s.debts.Owe(*ev, fate, rec, claims, authority, w.now)
}

// observe tells the core what the rows have.
func (w *World) observe(batch []event.Event) {
	for i := range batch {
		w.decide(decide.Input{Kind: decide.Observed, Event: batch[i]})
	}
}

// pay appends every rejection that the log is owed.
func (w *World) pay() {
	s := &w.server
	for s.debts.Len() > 0 {
		d := s.debts.First()
		s.events, s.expect = d.Batch(s.events[:0], s.expect[:0])
		if w.expected(s.events, s.expect) {
			s.debts.Appended(d.Event.Target, w.stored(s.events))
			continue
		}
		if err := w.rereadDebt(&d); err != nil {
			panic(fmt.Sprintf("sim: %v", err))
		}
	}
}

// rereadDebt finds out what stands in the way of a rejection.
func (w *World) rereadDebt(d *projection.Debt) error {
	var record, release, reserve []event.Event
	for i := range w.log {
		ev := &w.log[i]
		if ev.Seq > d.Expect && about(ev, d.Event.Record) {
			record = append(record, *ev)
		}
		if ev.Seq > d.Claim && d.Release.Kind != 0 && claims(ev, d.Release.Patch.Email) {
			release = append(release, *ev)
		}
		if ev.Seq > d.Former && d.Reserve.Kind != 0 && claims(ev, d.Reserve.Patch.Email) {
			reserve = append(reserve, *ev)
		}
	}
	return w.server.debts.Reread(d.Event.Target, record, release, reserve)
}

// publish tells everybody what changed since the last message.
func (w *World) publish() {
	s := &w.server
	if s.feed.Empty() {
		return
	}
	msg, fits := s.feed.Message(Epoch)
	target := s.feed.Target
	s.feed.Start(msg.To, msg.Change)
	s.watermark = msg.To
	w.note(trace.Event{Kind: trace.Published, Actor: trace.Projector, Seq: msg.To})
	if !fits {
		msg = s.feed.Heartbeat(Epoch)
	}
	switch {
	case w.feedFault(fault.FeedDrop, target).ID != 0:
	case w.feedFault(fault.FeedRepeat, target).ID != 0:
		w.broadcast(parcel{feed: msg})
		w.broadcast(parcel{feed: msg})
	default:
		if f := w.feedFault(fault.FeedLate, target); f.ID != 0 {
			s.late = append(s.late, late{due: w.now + f.Delay, feed: msg})
			break
		}
		w.broadcast(parcel{feed: msg})
	}
	w.decide(decide.Input{Kind: decide.Published, To: msg.To})
}

// feedFault returns the fault of that kind that strikes a message with target,
// or none. A message without a row or a rejection is no target.
func (w *World) feedFault(kind fault.Kind, target fault.Target) fault.Fault {
	if target.Kind == 0 {
		return fault.Fault{}
	}
	f, _ := strikes{w}.Strike(kind, target)
	return f
}

// broadcast puts a feed message before every client that can be reached.
func (w *World) broadcast(p parcel) {
	for _, c := range w.clients {
		if w.online(c) {
			c.post(p)
		}
	}
}

package sim

import (
	"fmt"
	"slices"

	"optimist/shared/decide"
	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/strategy"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// found writes the log's beginning and starts the server on it.
func (w *World) found(given []Given) error {
	founding := []event.Event{{Kind: event.Opened, Stream: Stream}}
	for i, g := range given {
		ref := user.Ref{Client: Founder, Command: fmt.Sprintf("%s.%d", Founder, i+1)}
		cmd := user.Command{Ref: ref, Record: g.Record, Op: user.Create, Patch: g.Patch}
		if err := user.Validate(user.Command{
			Ref: user.Ref{Client: Founder, Command: Founder}, Record: g.Record, Op: user.Create, Patch: g.Patch,
		}); err != nil {
			return fmt.Errorf("given %s: %w", g.Record, err)
		}
		founding = append(founding, w.givenEvents(cmd)...)
	}
	founding = append(founding, event.Event{Kind: event.Epoch, Stream: Stream, Build: Build})
	w.stored(founding)
	w.start()
	for _, g := range given {
		if r, found, _ := w.server.rows.Record(g.Record); !found || r.Name != g.Patch.Name || r.Email != g.Patch.Email {
			return fmt.Errorf("given %s cannot be confirmed: another record is in its way", g.Record)
		}
	}
	return nil
}

// givenEvents returns the events of a record that was there before.
func (w *World) givenEvents(c user.Command) []event.Event {
	created := event.Event{
		Kind: event.Created, Ref: c.Ref, Record: c.Record, Op: c.Op, Patch: c.Patch, Version: 1, Strategy: w.text,
	}
	if w.strategy.UniqueEmail != strategy.ReservedInLog {
		return []event.Event{created}
	}
	reserved := created
	reserved.Kind, reserved.Version, reserved.Patch = event.Reserved, 0, user.SetEmail(c.Patch.Email)
	return []event.Event{reserved, created}
}

// crashServer ends the server's program.
func (w *World) crashServer() error {
	if w.server.down {
		return fmt.Errorf("%w: the server is down already", ErrIdle)
	}
	w.fail()
	return nil
}

// fail loses everything in the server's memory and at its gates, and every
// connection.
func (w *World) fail() {
	s := &w.server
	s.down = true
	w.reach.Crashed = true
	s.jobs, s.appends, s.late = s.jobs[:0], s.appends[:0], s.late[:0]
	s.core.CopyFrom(&decide.Core{})
	s.projector.forget(s.rows.To)
	s.debts.Reset()
	s.feed.Start(s.rows.To, s.rows.Change)
	s.watermark, s.beat, s.lastJob = 0, 0, 0
	w.note(trace.Event{Kind: trace.Crashed, Actor: trace.Server})
	for _, c := range w.clients {
		c.commands = c.commands[:0]
		if !c.cut && !c.down {
			w.lose(c)
		}
	}
}

// forget leaves nothing but what is committed.
func (p *projector) forget(committed uint64) {
	*p = projector{taken: committed, failures: p.failures[:0]}
}

// restartServer starts the server's program, and the clients that can reach it
// connect.
func (w *World) restartServer() error {
	if !w.server.down {
		return fmt.Errorf("%w: the server runs", ErrIdle)
	}
	w.server.down = false
	w.note(trace.Event{Kind: trace.Restarted, Actor: trace.Server})
	w.start()
	for _, c := range w.clients {
		if w.online(c) {
			w.connect(c)
		}
	}
	return nil
}

// start catches up with the log, logs what is committed as rejected and not in
// the log yet, and begins to serve.
func (w *World) start() {
	s := &w.server
	if end := uint64(len(w.log)); s.rows.To < end {
		w.apply(w.log[s.rows.To:end])
	}
	s.debts.Reset()
	w.oweUnlogged()
	w.pay()
	s.projector.forget(s.rows.To)
	s.feed.Start(s.rows.To, s.rows.Change)
	s.watermark, s.beat = s.rows.To, w.now+Heartbeat
	w.note(trace.Event{Kind: trace.Published, Actor: trace.Projector, Seq: s.watermark})
	w.restore()
}

// oweUnlogged finds the rejections that are committed and not in the log, in
// the order of the events that fell.
func (w *World) oweUnlogged() {
	for i := range w.log[:w.server.rows.To] {
		ev := &w.log[i]
		fate, found, _ := w.server.rows.FateAt(ev.Seq) // In memory, nothing fails.
		if !found || fate.Status != projection.Rejected || fate.Logged || !ev.Kind.Changes() {
			continue
		}
		rec, _, _ := w.server.rows.Record(ev.Record)
		w.owe(ev, fate, rec)
	}
}

// restore tells the core what the log and the outbox hold beyond the rows.
func (w *World) restore() {
	s := &w.server
	w.decide(decide.Input{Kind: decide.Published, To: s.watermark})
	for seq := s.rows.To + 1; seq <= uint64(len(w.log)); seq++ {
		w.decide(decide.Input{Kind: decide.Indexed, Event: w.log[seq-1]})
	}
	// What the log has already is removed meanwhile.
	for _, ev := range slices.Clone(s.outbox) {
		s.lastJob++
		w.decide(decide.Input{Kind: decide.Relayed, Job: s.lastJob, Event: ev})
	}
	if w.strategy.Read == strategy.FoldedLog {
		w.decide(decide.Input{Kind: decide.Followed})
	}
}

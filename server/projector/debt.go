package projector

import (
	"context"
	"errors"
	"fmt"
	"time"

	"optimist/server/eventlog"
	"optimist/shared/event"
	"optimist/shared/projection"
)

// Limits of appending rejections.
const (
	payCap  = 256         // Appends in flight.
	payWait = time.Second // How long the projector waits for their answers before it goes on.
)

// debt is a committed rejection that the log does not have for certain.
type debt struct {
	ev     event.Event // The rejection.
	expect uint64      // The last event about the record, as far as is known.
}

// owe notes that ev was rejected and the log must be told.
func (p *Projector) owe(ev event.Event, out outcome) {
	p.owed = append(p.owed, debt{p.rejection(ev, out.effect.Fell), out.record.Last})
}

// rejection returns the event that makes ev void.
func (p *Projector) rejection(ev event.Event, fate projection.Fate) event.Event {
	rej := event.Event{
		Kind: event.Rejected, Time: p.cfg.Now().UnixMilli(),
		Ref: ev.Ref, Record: ev.Record, Op: ev.Op,
		Cause: ev.Cause, Base: ev.Base, Strategy: ev.Strategy,
		Code: fate.Code, Why: fate.Why, Target: ev.Seq,
		Stream: p.cp.Stream, Build: p.cp.Build,
	}
	if fate.Root != fate.Ref {
		rej.Root = fate.Root
	}
	rej.ID = rej.Identify()
	return rej
}

// readBack notes that the log has the rejection of the event at target.
func (p *Projector) readBack(target uint64) {
	for i, d := range p.owed {
		if d.ev.Target == target {
			p.owed = append(p.owed[:i], p.owed[i+1:]...)
			return
		}
	}
}

// reopenGate opens the gate if nothing is owed.
func (p *Projector) reopenGate() {
	if len(p.owed) == 0 {
		p.chore.paid()
		p.gate.open()
	}
}

// pay appends what is owed, one rejection of each record at a time. What is not
// answered stays owed, with its old expectation, and is tried again later.
func (p *Projector) pay(ctx context.Context) {
	for len(p.owed) > 0 && ctx.Err() == nil {
		if err := p.payRound(ctx); err != nil {
			p.cfg.Logger.Warn("rejections wait for the log", "owed", len(p.owed), "err", err)
			p.chore.payLater()
			return
		}
	}
	p.reopenGate()
}

// answer is what the log said to a rejection.
type answer struct {
	target uint64
	seq    uint64
	err    error
}

// payRound appends the first rejection of each record and takes the answers. It
// returns the last failure.
func (p *Projector) payRound(ctx context.Context) error {
	answers := make(chan answer, payCap)
	sent := p.sendRound(answers)
	wait := time.NewTimer(payWait)
	defer wait.Stop()
	var failed error
	for range sent {
		select {
		case a := <-answers:
			if err := p.settle(ctx, a); err != nil {
				failed = err
			}
		case <-wait.C:
			return eventlog.ErrTimeout
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return failed
}

// sendRound appends the first rejection of each record and returns how many.
func (p *Projector) sendRound(answers chan<- answer) int {
	inFlight := make(map[string]bool)
	for _, d := range p.owed {
		if inFlight[d.ev.Record] || len(inFlight) == payCap {
			continue
		}
		inFlight[d.ev.Record] = true
		target := d.ev.Target
		p.cfg.Log.AppendAsync(d.ev, d.expect, func(seq uint64, err error) {
			answers <- answer{target, seq, err}
		})
	}
	return len(inFlight)
}

// settle takes one answer.
func (p *Projector) settle(ctx context.Context, a answer) error {
	i := p.debtOf(a.target)
	if i < 0 {
		return nil
	}
	if errors.Is(a.err, eventlog.ErrConflict) {
		return p.reread(ctx, i)
	}
	if a.err != nil {
		return a.err
	}
	p.settled(i, a.seq)
	return nil
}

func (p *Projector) debtOf(target uint64) int {
	for i, d := range p.owed {
		if d.ev.Target == target {
			return i
		}
	}
	return -1
}

// settled drops the debt; the rejection is the newest event about its record.
func (p *Projector) settled(i int, seq uint64) {
	record := p.owed[i].ev.Record
	p.owed = append(p.owed[:i], p.owed[i+1:]...)
	p.expect(record, seq)
}

// expect corrects what is known of the record's last event.
func (p *Projector) expect(record string, last uint64) {
	for i := range p.owed {
		if p.owed[i].ev.Record == record {
			p.owed[i].expect = max(p.owed[i].expect, last)
		}
	}
}

// reread finds out what stands in the way of a rejection: itself, appended
// before but not answered, or events that are newer than was known.
func (p *Projector) reread(ctx context.Context, i int) error {
	d := p.owed[i]
	events, err := p.cfg.Log.Record(ctx, d.ev.Record, d.expect)
	if err != nil {
		return err
	}
	if len(events) == 0 {
		return fmt.Errorf("append %s: the log disagrees about #%d of %s", d.ev.ID, d.expect, d.ev.Record)
	}
	last := events[len(events)-1].Seq
	for _, ev := range events {
		if ev.Kind == event.Rejected && ev.Target == d.ev.Target && ev.Build == d.ev.Build {
			p.settled(i, last)
			return nil
		}
	}
	p.expect(d.ev.Record, last)
	return nil
}

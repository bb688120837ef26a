package projector

import (
	"context"
	"errors"
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

// owe notes that ev fell and left rec as it was, and the log must be told.
func (p *Projector) owe(ev event.Event, fate projection.Fate, rec projection.Record, claims projection.Touched) {
	by := projection.Authority{Stream: p.cp.Stream, Build: p.cp.Build}
	p.owed.Owe(ev, fate, rec, claims, by, p.cfg.Now().UnixMilli())
}

// reopenGate opens the gate if nothing is owed.
func (p *Projector) reopenGate() {
	if p.owed.Len() == 0 {
		p.chore.paid()
		p.gate.open()
	}
}

// pay appends what is owed, one rejection of each record at a time. What is not
// answered stays owed, with its old expectation, and is tried again later.
func (p *Projector) pay(ctx context.Context) {
	for p.owed.Len() > 0 && ctx.Err() == nil {
		if err := p.payRound(ctx); err != nil {
			p.cfg.Logger.Warn("rejections wait for the log", "owed", p.owed.Len(), "err", err)
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
	over, cancel := p.timeout(ctx, payWait)
	defer cancel()
	var failed error
	for range sent {
		select {
		case a := <-answers:
			if err := p.settle(ctx, a); err != nil {
				failed = err
			}
		case <-over.Done():
			return errors.Join(eventlog.ErrTimeout, ctx.Err())
		}
	}
	return failed
}

// sendRound appends the first rejection of each record and returns how many.
func (p *Projector) sendRound(answers chan<- answer) int {
	limit := payCap
	if p.gated() {
		limit = 1 // In the order of the events that fell, whatever stands in the way.
	}
	p.round = p.owed.Round(limit, p.round[:0])
	for _, d := range p.round {
		target := d.Event.Target
		done := func(seq uint64, err error) { answers <- answer{target, seq, err} }
		events, expect := d.Batch(nil, nil)
		if len(events) == 1 {
			p.cfg.Log.AppendAsync(d.Event, d.Expect, done)
			continue
		}
		p.cfg.Log.AppendBatch(events, expect, done)
	}
	return len(p.round)
}

// settle takes one answer.
func (p *Projector) settle(ctx context.Context, a answer) error {
	if errors.Is(a.err, eventlog.ErrConflict) {
		return p.reread(ctx, a.target)
	}
	if a.err != nil {
		return a.err
	}
	p.owed.Appended(a.target, a.seq)
	return nil
}

// reread finds out what stands in the way of a rejection.
func (p *Projector) reread(ctx context.Context, target uint64) error {
	for _, d := range p.round {
		if d.Event.Target != target {
			continue
		}
		record, err := p.cfg.Log.Record(ctx, d.Event.Record, d.Expect)
		if err != nil {
			return err
		}
		release, err := p.newClaims(ctx, d.Release, d.Claim)
		if err != nil {
			return err
		}
		reserve, err := p.newClaims(ctx, d.Reserve, d.Former)
		if err != nil {
			return err
		}
		return p.owed.Reread(target, record, release, reserve)
	}
	return nil
}

// newClaims returns the events after last about the email of ev, if there is ev.
func (p *Projector) newClaims(ctx context.Context, ev event.Event, last uint64) ([]event.Event, error) {
	if ev.Kind == 0 {
		return nil, nil
	}
	return p.cfg.Log.Email(ctx, event.EmailToken(ev.Patch.Email), last)
}

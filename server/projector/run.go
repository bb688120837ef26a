package projector

import (
	"context"
	"errors"
	"fmt"

	"optimist/shared/event"
	"optimist/shared/protocol"
)

// ErrSuperseded says that a newer build of the read model took over.
var ErrSuperseded = errors.New("a newer build of the read model took over")

// ErrCrashed says that a fault ended the projector where the process was to
// crash: what was not committed or appended by then is lost.
var ErrCrashed = errors.New("a fault crashed the projector")

// Run projects what is appended to the log until ctx ends, and then returns
// nil. It is called once. Any error is final: the read model is wrong, or is
// another's by now.
func (p *Projector) Run(ctx context.Context) error {
	p.serving = true
	p.begin(ctx)
	defer p.chore.end()
	defer p.late.close()
	defer p.closeTail()
	p.heartbeat()
	err := p.loop(ctx)
	if ctx.Err() != nil {
		return nil
	}
	p.say(Status{State: protocol.Failed, At: p.cp.Seq + 1, Why: err.Error()})
	return fmt.Errorf("run projector: %w", err)
}

// loop returns the first error that is final, or that of ctx.
func (p *Projector) loop(ctx context.Context) error {
	for {
		ev, there, err := p.next(ctx)
		if err == nil && there {
			err = p.goOn(ctx, ev)
		} else if err == nil {
			err = p.goAhead(ctx, ev)
		}
		if err != nil {
			return err
		}
		if p.chore.due.Err() != nil {
			p.attend(ctx)
		}
	}
}

// goOn projects ev and whatever has arrived after it.
func (p *Projector) goOn(ctx context.Context, ev event.Event) error {
	if err := p.gather(ctx, ev); err != nil {
		return err
	}
	return p.project(ctx)
}

// next waits for the next event and attends to what is due meanwhile. It reports
// whether the event is there, or on its way.
func (p *Projector) next(ctx context.Context) (ev event.Event, there bool, err error) {
	if p.held != nil {
		ev := *p.held
		p.held = nil
		return ev, true, nil
	}
	for broken := 0; ; {
		err := p.openTail(ctx)
		if err == nil {
			if ev, there, err = p.first(ctx); err == nil {
				return ev, there, nil
			}
		}
		switch {
		case ctx.Err() != nil:
			return event.Event{}, false, ctx.Err()
		case p.chore.due.Err() != nil:
			p.attend(ctx)
			continue
		}
		broken++
		if err := p.mend(ctx, err, broken); err != nil {
			return event.Event{}, false, err
		}
	}
}

// first waits for the event that begins the next batch, or for what is due.
func (p *Projector) first(ctx context.Context) (ev event.Event, there bool, err error) {
	if p.mayGoAhead() {
		return p.tail.Soon(p.chore.due)
	}
	if p.gated() {
		if err := p.cfg.Gate.Event(ctx, p.cp.Seq+1); err != nil {
			return event.Event{}, false, err
		}
	}
	ev, err = p.tail.Next(p.chore.due)
	return ev, true, err
}

// openTail starts reading after the checkpoint, if nothing is read already.
func (p *Projector) openTail(ctx context.Context) (err error) {
	if p.tail == nil {
		p.tail, err = p.cfg.Log.Tail(ctx, p.cp.Seq+1)
	}
	return err
}

func (p *Projector) closeTail() {
	if p.tail == nil {
		return
	}
	if err := p.tail.Close(); err != nil {
		p.cfg.Logger.Debug("close tail", "err", err)
	}
	p.tail = nil
}

// mend drops a tail that broke and waits a little.
func (p *Projector) mend(ctx context.Context, err error, attempt int) error {
	p.closeTail()
	p.say(Status{State: protocol.Retrying, At: p.cp.Seq + 1, Attempt: attempt, Why: err.Error()})
	return p.pause(ctx, backoff(attempt), nil)
}

// gather fills the batch with ev and whatever has arrived after it, up to an
// event that must wait for those before it to be committed. At the first event
// of the batch it waits as long as a fault wants it to.
func (p *Projector) gather(ctx context.Context, ev event.Event) error {
	p.batch.items = p.batch.items[:0]
	for {
		if ev.Kind == event.Epoch && ev.Build > p.cp.Build {
			return fmt.Errorf("%w: build %d at #%d", ErrSuperseded, ev.Build, ev.Seq)
		}
		if len(p.batch.items) > 0 && p.mustWait(ev) {
			p.held = &ev
			return nil
		}
		fail, err := p.endure(ctx, ev)
		if err != nil {
			return err
		}
		p.batch.items = append(p.batch.items, item{ev, fail})
		if len(p.batch.items) == batchCap {
			return nil
		}
		more, found, err := p.more(ctx, ev.Seq)
		if err != nil || !found {
			return err
		}
		ev = more
	}
}

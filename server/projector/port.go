package projector

import (
	"context"
	"time"

	"optimist/shared/event"
	"optimist/shared/fault"
)

// Gate holds the projector back at its ports until a driver lets it go on, one
// step at a time. What it waits for is then only what the driver does: there are
// no heartbeats, and no time passes by itself.
type Gate interface {
	// Event waits for leave to take the event at seq, the next one. It is asked
	// before the event is there.
	Event(ctx context.Context, seq uint64) error
	// May reports whether there is leave for the event at seq already.
	May(seq uint64) bool
	// Commit waits for leave to begin the transaction of the events from first to
	// last.
	Commit(ctx context.Context, first, last uint64) error
	// Pause waits until d has passed, or, if d is 0, until the faults changed.
	Pause(ctx context.Context, d time.Duration) error
}

// gated reports whether a driver moves the projector.
func (p *Projector) gated() bool { return p.cfg.Gate != nil }

// afterFunc is how time passes without a driver.
func afterFunc(d time.Duration, do func()) (stop func() bool) { return time.AfterFunc(d, do).Stop }

// more returns the next event of the batch after the one at seq: one that has
// arrived already, or one that there is leave to take.
func (p *Projector) more(ctx context.Context, seq uint64) (event.Event, bool, error) {
	if !p.gated() {
		ev, found := p.tail.More()
		return ev, found, nil
	}
	if !p.cfg.Gate.May(seq + 1) {
		return event.Event{}, false, nil
	}
	ev, err := p.tail.Next(ctx)
	return ev, err == nil, err
}

// crash lets the process end at the point that kind names, if a fault of that
// kind strikes an event of the batch. It returns ErrCrashed if the process is
// still there.
func (p *Projector) crash(kind fault.Kind) error {
	if p.cfg.Faults == nil {
		return nil
	}
	for _, it := range p.batch.items {
		if !it.ev.Kind.Changes() {
			continue
		}
		if _, struck := p.cfg.Faults.Strike(kind, fault.TargetOf(it.ev)); !struck {
			continue
		}
		if p.cfg.Crash == nil {
			p.cfg.Logger.Warn("a crash was armed, and nothing here can crash", "fault", string(kind), "at", it.ev.Seq)
			return nil
		}
		p.cfg.Crash(string(kind))
		return ErrCrashed
	}
	return nil
}

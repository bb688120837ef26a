package projector

import (
	"context"

	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/protocol"
)

// defaultReason is what a failure says that was armed without a reason.
const defaultReason = "the database failed"

// struckFault is a failure that struck an event which had to wait for those
// before it. Its seq is 0 if there is none.
type struckFault struct {
	seq   uint64
	fault fault.Fault
}

// strikes reports whether anything can be made to fail at ev. Only an event
// that changes a user can.
func (p *Projector) strikes(ev event.Event) bool {
	return p.cfg.Faults != nil && ev.Kind.Changes()
}

// mustWait reports whether a fault holds ev up, so that the events before it
// are to be committed first.
func (p *Projector) mustWait(ev event.Event) bool {
	if !p.strikes(ev) {
		return false
	}
	if _, stalled := p.cfg.Faults.Stalled(fault.TargetOf(ev)); stalled {
		return true
	}
	f, struck := p.cfg.Faults.Strike(fault.ProjectFail, fault.TargetOf(ev))
	if struck {
		p.struck = struckFault{ev.Seq, f}
	}
	return struck
}

// endure waits as long as faults hold ev up: a stall until it is cleared, a
// failure that passes once for each strike. It returns the reason of a failure
// for good, or nothing.
func (p *Projector) endure(ctx context.Context, ev event.Event) (fail string, err error) {
	if !p.strikes(ev) {
		return "", nil
	}
	for {
		if err := p.stall(ctx, ev); err != nil {
			return "", err
		}
		f, struck := p.strike(ev)
		if !struck {
			return "", nil
		}
		why := f.Reason
		if why == "" {
			why = defaultReason
		}
		if f.Forever {
			return why, nil
		}
		p.say(Status{State: protocol.Retrying, At: ev.Seq, Attempt: f.Struck, Of: max(f.Times, 1), Why: why})
		if err := p.pause(ctx, backoff(f.Struck), nil); err != nil {
			return "", err
		}
	}
}

// strike returns the failure that strikes ev: one that did while it was still
// waiting, or the next.
func (p *Projector) strike(ev event.Event) (fault.Fault, bool) {
	if p.struck.seq == ev.Seq && ev.Seq != 0 {
		f := p.struck.fault
		p.struck = struckFault{}
		return f, true
	}
	return p.cfg.Faults.Strike(fault.ProjectFail, fault.TargetOf(ev))
}

// stall waits while a stall holds at ev. One that failed already does so first.
func (p *Projector) stall(ctx context.Context, ev event.Event) error {
	for p.struck.seq != ev.Seq {
		changed := p.cfg.Faults.Changed() // Before asking, so that no change is missed.
		f, stalled := p.cfg.Faults.Stalled(fault.TargetOf(ev))
		if !stalled {
			return nil
		}
		p.say(Status{State: protocol.Stalled, At: ev.Seq, Why: f.Reason})
		if err := p.pause(ctx, 0, changed); err != nil {
			return err
		}
	}
	return nil
}

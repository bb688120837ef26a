package sim

import (
	"fmt"

	"optimist/shared/event"
	"optimist/shared/fault"
)

// projector is how far the projector is. It takes what passes the EventGate in,
// one event after the other, until a fault holds it or there is no more; what it
// has then is a batch at the CommitGate.
type projector struct {
	taken    uint64 // Everything up to here has passed the EventGate.
	from, to uint64 // The batch at the CommitGate; to 0: none.
	failures []failure

	stalled  uint64 // The event at which a fault holds it; 0: none.
	retrying uint64 // The event that failed and will be tried again; 0: none.
	retryAt  int64
	struck   fault.Fault // Of the event after the batch, which failed already; ID 0: none.
	held     bool        // The event after the batch is stalled already.
}

// failure is an event of the batch that is given up for good.
type failure struct {
	seq uint64
	why string
}

// defaultReason is what a failure says that was given no reason.
const defaultReason = "the database failed"

// Waits between two attempts at an event that failed, in milliseconds.
const (
	firstBackoff = 25
	lastBackoff  = 1_000
)

func backoff(attempt int) int64 {
	return min(int64(firstBackoff)<<min(attempt-1, 10), lastBackoff)
}

// project hands the next n events to the projector.
func (w *World) project(n int) error {
	ready := w.projectable()
	if ready == 0 {
		return fmt.Errorf("%w: no event waits for the projector", ErrIdle)
	}
	if n < 1 || uint64(n) > ready {
		return fmt.Errorf("%d events wait for the projector, not %d", ready, n)
	}
	w.server.projector.taken += uint64(n)
	w.gather()
	return nil
}

// release ends the stall that holds the projector, if one does.
func (w *World) release() {
	w.server.projector.stalled, w.server.projector.held = 0, false
	w.gather()
}

// gather makes a batch of what was handed over. What stands before an event
// that a fault holds is committed first.
func (w *World) gather() {
	p := &w.server.projector
	if w.server.down || p.to != 0 || p.retrying != 0 || p.stalled != 0 {
		return
	}
	p.failures = p.failures[:0]
	for seq := w.server.rows.To + 1; seq <= p.taken; seq++ {
		ev := &w.log[seq-1]
		if p.to != 0 && w.mustWait(ev) || !w.endure(ev) {
			return
		}
		if p.to == 0 {
			p.from = seq
		}
		p.to = seq
	}
}

// mustWait reports whether a fault holds ev, which therefore begins the next
// batch. A failure that strikes is kept until then.
func (w *World) mustWait(ev *event.Event) bool {
	if !ev.Kind.Changes() {
		return false
	}
	p := &w.server.projector
	if _, p.held = (strikes{w}).Strike(fault.ProjectStall, fault.TargetOf(*ev)); p.held {
		return true
	}
	f, struck := strikes{w}.Strike(fault.ProjectFail, fault.TargetOf(*ev))
	p.struck = f
	return struck
}

// endure lets the armed faults strike at ev. It reports whether ev can be
// projected now, if only to be given up.
func (w *World) endure(ev *event.Event) bool {
	p := &w.server.projector
	if !ev.Kind.Changes() {
		return true
	}
	if p.struck.ID == 0 && !p.held {
		_, p.held = strikes{w}.Strike(fault.ProjectStall, fault.TargetOf(*ev))
	}
	if p.held {
		p.stalled = ev.Seq
		return false
	}
	f, struck := p.struck, p.struck.ID != 0
	p.struck = fault.Fault{}
	if !struck {
		f, struck = strikes{w}.Strike(fault.ProjectFail, fault.TargetOf(*ev))
	}
	switch {
	case !struck:
		return true
	case f.Forever:
		why := f.Reason
		if why == "" {
			why = defaultReason
		}
		p.failures = append(p.failures, failure{ev.Seq, why})
		return true
	}
	p.retrying, p.retryAt = ev.Seq, w.now+backoff(f.Struck)
	return false
}

// tryAgain ends the wait after a failure.
func (w *World) tryAgain() {
	w.server.projector.retrying = 0
	w.gather()
}

// failure returns why the event at seq is given up, or "".
func (p *projector) failure(seq uint64) string {
	for _, f := range p.failures {
		if f.seq == seq {
			return f.why
		}
	}
	return ""
}

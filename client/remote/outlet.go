package remote

import (
	"context"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
)

// Limits of what waits to be delivered. A receiver that falls so far behind
// loses feed messages, which the replica notices as a gap and makes good, and
// the oldest events of the log.
const (
	MaxWaiting = 1 << 16 // Inputs, from which on feed messages and ticks are dropped.
	MaxEvents  = 2_000   // Events of the log that are kept once twice as many wait.
	MaxTrouble = 100     // Failures.
)

// Burst is how many deliveries may follow each other at once after a quiet
// time, so that an answer need not wait because its question has just been
// shown.
const Burst = 8

// Batch is everything that came since the last delivery. Most of it is empty.
type Batch struct {
	Inputs   []reconcile.Input // To be stepped in this order.
	Events   []event.Event     // Of the log, in its order.
	Restart  bool              // The log is another one, or Events are not next to those before: forget those.
	Status   *protocol.Status  // The newest, or nil.
	Failures []error           // What a person should know: the disk is full, a right is missing.
}

// outlet gathers what comes and delivers it in batches: at once when it has
// been quiet, and about once every pace while it is busy. The log and the status,
// which come in numbers and decide nothing, leave the burst to inputs.
type outlet struct {
	now   func() int64
	every time.Duration
	pace  *rate.Limiter
	wake  chan struct{} // An input waits.
	calm  chan struct{} // Something else waits.
	rush  chan struct{} // A person waits for it.

	mu      sync.Mutex
	waiting Batch
}

func newOutlet(now func() int64, every time.Duration) *outlet {
	return &outlet{
		now: now, every: every, pace: rate.NewLimiter(rate.Every(every), Burst),
		wake: make(chan struct{}, 1), calm: make(chan struct{}, 1), rush: make(chan struct{}, 1),
	}
}

// input adds one input, stamped with the time.
func (o *outlet) input(in reconcile.Input) {
	in.At = o.now()
	o.mu.Lock()
	lossy := in.Kind == reconcile.Fed || in.Kind == reconcile.Tick
	if !lossy || len(o.waiting.Inputs) < MaxWaiting {
		o.waiting.Inputs = append(o.waiting.Inputs, in)
	}
	o.mu.Unlock()
	if in.Kind == reconcile.Stored {
		signal(o.rush) // What was typed must be on the screen in the next frame.
	}
	signal(o.wake)
}

// events adds events of the log.
func (o *outlet) events(evs []event.Event, restart bool) {
	o.mu.Lock()
	w := &o.waiting
	if restart {
		w.Events, w.Restart = nil, true
	}
	w.Events = append(w.Events, evs...)
	if len(w.Events) >= 2*MaxEvents {
		w.Events, w.Restart = slices.Clone(w.Events[len(w.Events)-MaxEvents:]), true
	}
	o.mu.Unlock()
	signal(o.calm)
}

// status replaces the status that waits.
func (o *outlet) status(s protocol.Status) {
	o.mu.Lock()
	o.waiting.Status = &s
	o.mu.Unlock()
	signal(o.calm)
}

// failure adds a failure.
func (o *outlet) failure(err error) {
	o.mu.Lock()
	if len(o.waiting.Failures) < MaxTrouble {
		o.waiting.Failures = append(o.waiting.Failures, err)
	}
	o.mu.Unlock()
	signal(o.wake)
}

// signal wakes the reader of c, who looks for everything each time.
func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// run delivers until ctx ends.
func (o *outlet) run(ctx context.Context, deliver func(Batch)) {
	var last time.Time
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
			return
		case <-o.wake:
		case <-o.calm:
			wait(ctx, time.Until(last.Add(o.every)), o.wake)
		}
		if !o.any() {
			continue
		}
		turn := o.pace.Reserve()
		if early := wait(ctx, turn.Delay(), o.rush); early {
			turn.Cancel()
		}
		if ctx.Err() == nil {
			deliver(o.take())
			last = time.Now()
		}
	}
}

// wait waits, or less if ctx ends or something comes from early, which it
// reports.
func wait(ctx context.Context, long time.Duration, early <-chan struct{}) bool {
	if long <= 0 {
		return false
	}
	timer := time.NewTimer(long)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-early:
		return true
	}
	return false
}

// any reports whether something waits.
func (o *outlet) any() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	w := &o.waiting
	return len(w.Inputs)+len(w.Events)+len(w.Failures) > 0 || w.Restart || w.Status != nil
}

// take empties the outlet.
func (o *outlet) take() Batch {
	o.mu.Lock()
	defer o.mu.Unlock()
	b := o.waiting
	o.waiting = Batch{}
	select {
	case <-o.rush: // What it was about is in b.
	default:
	}
	return b
}

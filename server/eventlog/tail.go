package eventlog

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"optimist/shared/event"
)

// Limits of a tail.
const (
	maxArrived = 1 << 13     // Events that nobody has taken yet; the server waits with further ones.
	maxEarly   = 1 << 12     // Events acknowledged before those in front of them arrived.
	lookEvery  = time.Second // Between two looks at the log's end while nothing arrives.
)

// errTailClosed says that a tail cannot go on: it was closed, or its connection
// was.
var errTailClosed = errors.New("the tail is closed")

// Tail is the log from some event on, in order and without gaps. Next, More and
// Close belong to one goroutine.
//
// What this Log appends it need not be sent: it has the event, and with the
// acknowledgement it knows the place. Nobody else writes to the log, so this is
// nearly all there is, and saves every event a way through the server that takes
// longer than its acknowledgement. A tail asks the server for the rest: what was
// there before, and what comes after an append that was not acknowledged or a
// gap. It does so by an ordered push consumer, which it has for as long as
// something is missing.
type Tail struct {
	log  *Log
	look *time.Timer

	mu      sync.Mutex
	next    uint64                 // The sequence that must arrive next.
	arrived []event.Event          // Those before it that were not taken.
	early   map[uint64]event.Event // Acknowledged, and not next yet.
	lost    bool                   // The log may hold what nobody tells of.
	coming  event.Event            // On its way into the log, at next if at all; its Seq is 0 if there is none.
	told    bool                   // The reader knows of coming.
	sub     *nats.Subscription     // The consumer; nil if there is none.
	err     error                  // Why nothing arrives any more.
	room    *sync.Cond             // arrived was taken, or there is an error.
	some    chan struct{}          // Holds a token when the reader should look.

	ready []event.Event // Taken from arrived; of the reader,
	read  int           // who has read so many of them.
}

// Tail starts reading at event from, or waits for it. ctx is for the start only.
func (l *Log) Tail(ctx context.Context, from uint64) (*Tail, error) {
	t := &Tail{
		log: l, look: time.NewTimer(lookEvery), next: max(from, 1), lost: true,
		early: map[uint64]event.Event{}, some: make(chan struct{}, 1),
	}
	t.room = sync.NewCond(&t.mu)
	l.addTail(t)
	if err := t.keepUp(ctx); err != nil {
		l.removeTail(t)
		return nil, fmt.Errorf("tail the log from #%d: %w", from, err)
	}
	return t, nil
}

// addTail has t told of what is appended.
func (l *Log) addTail(t *Tail) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tails = append(slices.Clone(l.tails), t)
}

func (l *Log) removeTail(t *Tail) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tails = slices.DeleteFunc(slices.Clone(l.tails), func(other *Tail) bool { return other == t })
}

// Next waits for the next event.
func (t *Tail) Next(ctx context.Context) (event.Event, error) {
	for {
		if ev, found := t.More(); found {
			return ev, nil
		}
		err := t.keepUp(ctx)
		if err == nil {
			err = t.wait(ctx)
		}
		if err != nil {
			return event.Event{}, fmt.Errorf("tail the log: %w", err)
		}
	}
}

// wait returns when there may be something to do.
func (t *Tail) wait(ctx context.Context) error {
	t.look.Reset(lookEvery)
	select {
	case <-t.some:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-t.look.C:
		return t.compare(ctx)
	}
}

// compare looks whether the log has more than was told, unless that is known.
func (t *Tail) compare(ctx context.Context) error {
	t.mu.Lock()
	next, lost := t.next, t.lost
	t.mu.Unlock()
	if lost {
		return nil
	}
	end, err := t.log.End(ctx)
	if end >= next {
		t.doubt()
	}
	return err
}

// More returns the next event if it has arrived already.
func (t *Tail) More() (event.Event, bool) {
	if t.read == len(t.ready) && !t.refill() {
		return event.Event{}, false
	}
	ev := t.ready[t.read]
	t.ready[t.read] = event.Event{}
	t.read++
	return ev, true
}

// refill takes over what has arrived, and reports whether that is anything.
func (t *Tail) refill() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ready, t.arrived, t.read = t.arrived, t.ready[:0], 0
	t.room.Signal()
	return len(t.ready) > 0
}

// fail ends the tail, for the first reason there is. The caller holds the lock.
func (t *Tail) fail(err error) {
	if t.err == nil {
		t.err = err
	}
	t.room.Broadcast()
	t.wake()
}

// wake has the reader look.
func (t *Tail) wake() {
	select {
	case t.some <- struct{}{}:
	default:
	}
}

// acknowledged takes an event that this Log appended. Events are acknowledged in
// the order of the log, so one beyond the next shows that something is missing,
// and any other that nothing is.
func (t *Tail) acknowledged(ev event.Event) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if ev.Seq > t.next || ev.Seq == t.next && len(t.arrived) >= maxArrived {
		if len(t.early) < maxEarly {
			t.early[ev.Seq] = ev
		}
		t.lose()
		return
	}
	t.lost = false
	t.take(ev)
}

// doubt has the server asked: something may be stored that will not be
// acknowledged.
func (t *Tail) doubt() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lose()
}

func (t *Tail) lose() {
	t.coming = event.Event{}
	if !t.lost {
		t.lost = true
		t.wake()
	}
}

// take takes in the event that is next, unless it has just come another way, and
// those right after it that were acknowledged before.
func (t *Tail) take(ev event.Event) {
	if ev.Seq != t.next || t.err != nil {
		return
	}
	for found := true; found; ev, found = t.early[t.next] {
		t.arrived = append(t.arrived, ev)
		delete(t.early, t.next)
		t.next++
	}
	t.coming = event.Event{}
	t.wake()
}

// Close ends the tail.
func (t *Tail) Close() error {
	t.log.removeTail(t)
	t.look.Stop()
	t.mu.Lock()
	t.fail(errTailClosed)
	sub := t.sub
	t.mu.Unlock()
	if sub == nil {
		return nil
	}
	return unsubscribe(sub)
}

package eventlog

import (
	"context"
	"fmt"

	"optimist/shared/event"
)

// foresee tells tails of the only event that is on its way into the log.
func foresee(tails []*Tail, ev event.Event) {
	ev.ID = ev.Identify()
	for _, t := range tails {
		t.foresee(ev)
	}
}

func (t *Tail) foresee(ev event.Event) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.lost || t.err != nil || len(t.arrived) > 0 {
		return
	}
	ev.Seq = t.next
	t.coming, t.told = ev, false
	t.wake()
}

// forget tells tails that what they were told of may not come.
func forget(tails []*Tail) {
	for _, t := range tails {
		t.mu.Lock()
		if t.coming.Seq != 0 {
			t.coming = event.Event{}
			t.wake()
		}
		t.mu.Unlock()
	}
}

// Soon waits for the next event, or for word that one is on its way into the
// log, which it returns once, with there false: as it will be if nothing comes in
// between. See Awaited.
func (t *Tail) Soon(ctx context.Context) (ev event.Event, there bool, err error) {
	for {
		if ev, found := t.More(); found {
			return ev, true, nil
		}
		if ev, comes := t.foreseen(); comes {
			return ev, false, nil
		}
		err := t.keepUp(ctx)
		if err == nil {
			err = t.wait(ctx)
		}
		if err != nil {
			return event.Event{}, false, fmt.Errorf("tail the log: %w", err)
		}
	}
}

func (t *Tail) foreseen() (event.Event, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.coming.Seq == 0 || t.told || len(t.arrived) > 0 {
		return event.Event{}, false
	}
	t.told = true
	return t.coming, true
}

// Awaited waits until the event that Soon told of has arrived, or may not come
// any more, and reports whether there is something to take.
func (t *Tail) Awaited(ctx context.Context) (bool, error) {
	for {
		t.mu.Lock()
		arrived, comes := len(t.arrived) > 0, t.coming.Seq != 0
		t.mu.Unlock()
		if arrived || !comes {
			return arrived, nil
		}
		if err := t.wait(ctx); err != nil {
			return false, fmt.Errorf("tail the log: %w", err)
		}
	}
}

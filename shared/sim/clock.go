package sim

import (
	"fmt"
	"math"
	"slices"

	"optimist/shared/reconcile"
	"optimist/shared/trace"
)

// Heartbeat is how often a running server tells its position, in milliseconds.
const Heartbeat = 1_000

// never is a timer that is not set.
const never = math.MaxInt64

// advance moves the clock on, from timer to timer: those of the server come
// before those of the clients.
func (w *World) advance(by int64) error {
	if by < 0 {
		return fmt.Errorf("the clock cannot go back by %d ms", -by)
	}
	end := w.now + by
	for last := w.now - 1; ; {
		at := max(w.timer(), last+1)
		if at > end {
			break
		}
		if at > w.now {
			w.now = at
			w.note(trace.Event{Kind: trace.Waited})
		}
		w.strike()
		last = w.now
	}
	if w.now != end {
		w.now = end
		w.note(trace.Event{Kind: trace.Waited})
	}
	for _, c := range w.clients {
		if !c.down {
			w.input(c, reconcile.Input{Kind: reconcile.Tick}) // Every program knows the time.
		}
	}
	return nil
}

// strike lets every timer strike that is due.
func (w *World) strike() {
	w.serverTimers()
	for _, c := range w.clients {
		if at, ok := c.timer(); ok && at <= w.now {
			w.input(c, reconcile.Input{Kind: reconcile.Tick})
		}
	}
}

// timer returns when the next timer strikes, heartbeats included.
func (w *World) timer() int64 {
	at, ok := w.next(true)
	if !ok {
		return never
	}
	return at
}

// timer returns when a client's program wants to look at the clock again.
func (c *client) timer() (int64, bool) {
	if c.down {
		return 0, false
	}
	return c.replica.Next()
}

// Next returns when the next timer strikes. A heartbeat counts only if a
// connected client has not read to where the server is: it would learn of it.
func (w *World) Next() (at int64, ok bool) { return w.next(w.behind()) }

func (w *World) next(beats bool) (int64, bool) {
	at := w.server.next(beats, w.now)
	for _, c := range w.clients {
		if t, ok := c.timer(); ok {
			at = min(at, t)
		}
	}
	return at, at != never
}

// behind reports whether a heartbeat would tell a client something.
func (w *World) behind() bool { return !w.server.down && slices.ContainsFunc(w.clients, w.isBehind) }

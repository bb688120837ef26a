package live

import (
	"fmt"
	"math"
)

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
		w.now = at
		if err := w.strike(); err != nil {
			return err
		}
		last = w.now
	}
	w.now = end
	for _, c := range w.clients { // Every program knows the time.
		if err := w.tick(c); err != nil {
			return err
		}
	}
	return w.quiet()
}

// tick has a client's program look at the clock.
func (w *World) tick(c *client) error {
	if c.down {
		return nil
	}
	return w.sit(c, seatRequest{Do: seatTick})
}

// strike lets every timer strike that is due.
func (w *World) strike() error {
	if at := w.serverTimer(); at <= w.now {
		if err := w.ask(hostRequest{Do: hostTime}); err != nil {
			return err
		}
	}
	for _, c := range w.clients {
		if c.timer() > w.now {
			continue
		}
		if err := w.tick(c); err != nil {
			return err
		}
	}
	return w.quiet()
}

// timer returns when the next timer strikes.
func (w *World) timer() int64 {
	at := w.serverTimer()
	for _, c := range w.clients {
		at = min(at, c.timer())
	}
	return at
}

// serverTimer returns when the server wants to look at the clock again.
func (w *World) serverTimer() int64 {
	if w.down {
		return never
	}
	at := w.server.Beat
	if w.server.Timed {
		at = min(at, w.server.Next)
	}
	return at
}

// timer returns when a client's program wants to look at the clock again.
func (c *client) timer() int64 {
	if c.down || !c.last.Timed {
		return never
	}
	return c.last.Next
}

// Next returns when the next timer strikes. A heartbeat counts only if a
// connected client has not read to where the server is: it would learn of it.
func (w *World) Next() (at int64, ok bool) {
	at = never
	if !w.down && w.server.Timed {
		at = w.server.Next
	}
	for _, c := range w.clients {
		at = min(at, c.timer())
		if c.linked && len(c.last.Feeds) == 0 && c.last.To < w.server.Watermark {
			at = min(at, w.server.Beat)
		}
	}
	return at, at != never
}

package gate

import (
	"slices"
	"time"
)

// timer is something that is to happen at a time.
type timer struct {
	at int64
	do func()
}

// AfterFunc calls do once d has passed, on a goroutine of its own, unless stop
// is called before. stop reports whether it came in time.
func (g *Gate) AfterFunc(d time.Duration, do func()) (stop func() bool) {
	if g == nil {
		return time.AfterFunc(d, do).Stop
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	t := g.schedule(d, do)
	return func() bool { return g.unschedule(t) }
}

// schedule adds a timer. The caller holds the lock.
func (g *Gate) schedule(d time.Duration, do func()) *timer {
	t := &timer{at: g.now + d.Milliseconds(), do: do}
	at := len(g.timers)
	for at > 0 && g.timers[at-1].at > t.at {
		at--
	}
	g.timers = slices.Insert(g.timers, at, t)
	g.announce()
	return t
}

func (g *Gate) unschedule(t *timer) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	at := slices.Index(g.timers, t)
	if at >= 0 {
		g.timers = slices.Delete(g.timers, at, at+1)
	}
	return at >= 0
}

// Next returns when the next timer is due or a delay over, or false if there is
// none.
func (g *Gate) Next() (at int64, ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.timers) > 0 {
		at, ok = g.timers[0].at, true
	}
	for _, h := range g.appends {
		if h.due > g.now && (!ok || h.due < at) {
			at, ok = h.due, true
		}
	}
	return at, ok
}

// Advance sets the clock to now.
func (g *Gate) Advance(now int64) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.now = max(g.now, now)
}

// Strike lets the oldest timer that is due happen, and reports whether there was
// one.
func (g *Gate) Strike() bool {
	g.mu.Lock()
	if len(g.timers) == 0 || g.timers[0].at > g.now {
		g.mu.Unlock()
		return false
	}
	t := g.timers[0]
	g.timers = slices.Delete(g.timers, 0, 1)
	g.busy++
	g.mu.Unlock()
	t.do()
	g.End()
	return true
}

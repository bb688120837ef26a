package projector

import (
	"context"
	"time"
)

// Backoff of anything that is tried again.
const (
	firstBackoff = 25 * time.Millisecond
	lastBackoff  = time.Second
)

// backoff returns how long to wait after the attempt, counted from 1.
func backoff(attempt int) time.Duration {
	return min(firstBackoff<<min(attempt-1, 10), lastBackoff)
}

// chores is when the goroutine next has something to do besides events:
// a heartbeat, or to append again what was not answered. due ends then, so that
// every wait of the goroutine can watch it at no cost for each event.
type chores struct {
	parent context.Context
	due    context.Context
	cancel func()
	after  func(time.Duration, func()) (stop func() bool)
	at     time.Time // When due ends; zero: not by itself.
	now    time.Time // Not before the newest due that has ended.
	beat   time.Time // The next heartbeat; zero: there is none.
	pay    time.Time // The next attempt to append rejections; zero: none is owed.
	tries  int       // Attempts that failed in a row.
}

// begin plans the first heartbeat.
func (p *Projector) begin(ctx context.Context) {
	p.chore = chores{parent: ctx, after: p.cfg.AfterFunc, cancel: func() {}}
	if !p.gated() {
		p.chore.beat = p.chore.clock().Add(p.cfg.Heartbeat)
	}
	p.chore.plan()
}

func (c *chores) end() { c.cancel() }

// plan makes due end at the earlier of the two.
func (c *chores) plan() {
	c.cancel()
	c.at = c.beat
	if !c.pay.IsZero() && (c.at.IsZero() || c.pay.Before(c.at)) {
		c.at = c.pay
	}
	due, cancel := context.WithCancel(c.parent)
	c.due, c.cancel = due, cancel
	if !c.at.IsZero() {
		stop := c.after(c.at.Sub(c.clock()), cancel)
		c.cancel = func() { stop(); cancel() }
	}
}

// clock returns the time, which is never before what is over already: whoever
// passes the time may be ahead of the system's clock.
func (c *chores) clock() time.Time {
	if now := time.Now(); now.After(c.now) {
		c.now = now
	}
	return c.now
}

// payLater plans another attempt.
func (c *chores) payLater() {
	c.tries++
	c.pay = c.clock().Add(backoff(c.tries))
	c.plan()
}

// paid forgets the attempts.
func (c *chores) paid() {
	if c.pay.IsZero() {
		return
	}
	c.pay, c.tries = time.Time{}, 0
	c.plan()
}

// attend does what is due.
func (p *Projector) attend(ctx context.Context) {
	c := &p.chore
	if c.due.Err() != nil && c.at.After(c.now) {
		c.now = c.at
	}
	now := c.clock()
	if !c.pay.IsZero() && !now.Before(c.pay) {
		p.pay(ctx)
		p.publish()
	}
	if !c.beat.IsZero() && !now.Before(c.beat) {
		c.beat = now.Add(p.cfg.Heartbeat)
		p.heartbeat()
	}
	c.plan()
}

// pause waits for d, or for ever if d is 0, or until wake is closed, and attends
// to what is due meanwhile. It returns the error of ctx.
func (p *Projector) pause(ctx context.Context, d time.Duration, wake <-chan struct{}) error {
	if p.gated() && p.serving {
		return p.cfg.Gate.Pause(ctx, d)
	}
	over, cancel := p.timeout(ctx, d)
	defer cancel()
	for {
		select {
		case <-wake:
			return nil
		case <-over.Done():
			return ctx.Err()
		case <-p.chore.due.Done():
			if err := ctx.Err(); err != nil {
				return err
			}
			p.attend(ctx)
		}
	}
}

// timeout returns a context that ends with ctx, once d has passed, unless d is
// 0, or with cancel, which must be called.
func (p *Projector) timeout(ctx context.Context, d time.Duration) (context.Context, func()) {
	over, cancel := context.WithCancel(ctx)
	if d == 0 {
		return over, cancel
	}
	stop := p.cfg.AfterFunc(d, cancel)
	return over, func() { stop(); cancel() }
}

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
	cancel context.CancelFunc
	every  time.Duration
	beat   time.Time // The next heartbeat.
	pay    time.Time // The next attempt to append rejections; zero: none is owed.
	tries  int       // Attempts that failed in a row.
}

func (c *chores) begin(ctx context.Context, every time.Duration) {
	c.parent, c.every, c.beat, c.cancel = ctx, every, time.Now().Add(every), func() {}
	c.plan()
}

func (c *chores) end() { c.cancel() }

// plan makes due end at the earlier of the two.
func (c *chores) plan() {
	c.cancel()
	at := c.beat
	if !c.pay.IsZero() && c.pay.Before(at) {
		at = c.pay
	}
	c.due, c.cancel = context.WithDeadline(c.parent, at)
}

// payLater plans another attempt.
func (c *chores) payLater() {
	c.tries++
	c.pay = time.Now().Add(backoff(c.tries))
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
	now := time.Now()
	if !p.chore.pay.IsZero() && !now.Before(p.chore.pay) {
		p.pay(ctx)
		p.publish()
	}
	if !now.Before(p.chore.beat) {
		p.chore.beat = now.Add(p.chore.every)
		p.heartbeat()
	}
	p.chore.plan()
}

// pause waits for d, or for ever if d is 0, or until wake is closed, and attends
// to what is due meanwhile. It returns the error of ctx.
func (p *Projector) pause(ctx context.Context, d time.Duration, wake <-chan struct{}) error {
	var over <-chan time.Time
	if d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		over = timer.C
	}
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-wake:
			return nil
		case <-over:
			return nil
		case <-p.chore.due.Done():
			if err := ctx.Err(); err != nil {
				return err
			}
			p.attend(ctx)
		}
	}
}

package projector

import (
	"sync"
	"time"

	"optimist/shared/protocol"
)

// late is the feed messages that are held back for a time. Those that come
// after them overtake them.
type late struct {
	mu      sync.Mutex
	stops   map[int]func() bool // Of those that are held back, by number.
	last    int
	closed  bool
	sending sync.WaitGroup
}

// publishLater publishes msg once d has passed, unless the projector ends
// before. The goroutine of the timer does it.
func (p *Projector) publishLater(d time.Duration, msg protocol.Feed) {
	l := &p.late
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.stops == nil {
		l.stops = make(map[int]func() bool)
	}
	l.last++
	number := l.last
	l.stops[number] = p.cfg.AfterFunc(d, func() {
		if !l.begin(number) {
			return
		}
		defer l.sending.Done()
		p.cfg.Publish(msg)
	})
}

// begin reports whether the message may still go out, and counts it as going.
func (l *late) begin(number int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.stops, number)
	if l.closed {
		return false
	}
	l.sending.Add(1)
	return true
}

// close loses what is held back and waits for what is going out.
func (l *late) close() {
	l.mu.Lock()
	l.closed = true
	for _, stop := range l.stops {
		stop()
	}
	l.mu.Unlock()
	l.sending.Wait()
}

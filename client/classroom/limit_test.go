package classroom

import (
	"net"
	"sync"
	"testing"
	"time"
)

// clock is a time that stands until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2026, 1, 1, 8, 0, 0, 0, time.UTC)} }

func (c *clock) time() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func TestWrongCodesCostTime(t *testing.T) {
	now := newClock()
	l := newLimiter(now.time)
	from, other := &net.TCPAddr{IP: net.IPv4(10, 0, 0, 1), Port: 1}, &net.TCPAddr{IP: net.IPv4(10, 0, 0, 2), Port: 1}
	for range freeWrong {
		l.missed(from)
	}
	if p := l.pause(from); p != 0 {
		t.Errorf("a pause of %v for what is free", p)
	}
	for i, want := range []time.Duration{1, 2, 4, 8, 16, 30, 30} {
		l.missed(&net.TCPAddr{IP: from.IP, Port: i}) // The port does not matter.
		if p := l.pause(from); p != want*time.Second {
			t.Errorf("pause %d is %v, want %ds", i, p, want)
		}
	}
	if p := l.pause(other); p != 0 {
		t.Errorf("another address pays: %v", p)
	}
	now.pass(lastPause)
	if p := l.pause(from); p != 0 {
		t.Errorf("still %v after the pause", p)
	}
	now.pass(forgotten + time.Second)
	for range freeWrong {
		l.missed(from)
	}
	if p := l.pause(from); p != 0 {
		t.Errorf("nothing is forgotten: %v", p)
	}
	l.came(from)
	l.missed(from)
	if p := l.pause(from); p != 0 {
		t.Errorf("nothing is forgiven: %v", p)
	}
}

func TestConnectionsAreSpaced(t *testing.T) {
	now := newClock()
	l := newLimiter(now.time)
	from := &net.TCPAddr{IP: net.IPv4(10, 0, 0, 1)}
	taken := 0
	for range 2 * burst {
		if l.connect(from) {
			taken++
		}
	}
	if taken != burst {
		t.Errorf("%d at once, want %d", taken, burst)
	}
	now.pass(spacing)
	if !l.connect(from) || l.connect(from) {
		t.Error("one more is taken after the spacing, and only one")
	}
}

func TestAddressesAreForgotten(t *testing.T) {
	now := newClock()
	l := newLimiter(now.time)
	address := func(i int) net.Addr { return &net.TCPAddr{IP: net.IPv4(10, byte(i>>16), byte(i>>8), byte(i))} }
	for i := range addresses {
		l.connect(address(i))
	}
	if l.connect(address(addresses)) || l.pause(address(addresses)) == 0 {
		t.Error("more addresses are remembered than that")
	}
	now.pass(forgotten + time.Second)
	if !l.connect(address(addresses)) || len(l.seen) != 1 {
		t.Errorf("%d are remembered", len(l.seen))
	}
	a, b := &net.TCPAddr{IP: net.ParseIP("2001:db8::1")}, &net.TCPAddr{IP: net.ParseIP("2001:db8::2")}
	if hostOf(a) != hostOf(b) || hostOf(a) == hostOf(&net.TCPAddr{IP: net.ParseIP("2001:db8:0:1::1")}) {
		t.Error("a network of IPv6 is not one visitor")
	}
}

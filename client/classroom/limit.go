package classroom

import (
	"net"
	"sync"
	"time"
)

// Limits of one address. A whole school can be behind one, so that what the
// class does by itself, all coming at once, must pass.
const (
	freeWrong  = 6                      // Wrong codes before each costs a pause.
	firstPause = time.Second            // It doubles with each further one,
	lastPause  = 30 * time.Second       // up to this.
	forgotten  = 5 * time.Minute        // After so long without, all is forgiven.
	burst      = 80                     // Connections at once,
	spacing    = 100 * time.Millisecond // and one each of these from then on.
	addresses  = 4096                   // Remembered at most.
)

// limiter slows down whoever tries again and again.
type limiter struct {
	now func() time.Time

	mu   sync.Mutex
	seen map[string]*visitor
}

// visitor is what is remembered of an address.
type visitor struct {
	wrong int       // Codes.
	until time.Time // Until then every code is wrong.
	debt  time.Time // When its connections are paid off.
	last  time.Time
}

func newLimiter(now func() time.Time) *limiter {
	return &limiter{now: now, seen: map[string]*visitor{}}
}

// connect reports whether another connection from there is taken.
func (l *limiter) connect(from net.Addr) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	v := l.visitor(from, now)
	if v == nil || v.debt.Sub(now) > (burst-1)*spacing {
		return false
	}
	if v.debt.Before(now) {
		v.debt = now
	}
	v.debt = v.debt.Add(spacing)
	return true
}

// pause is how long no code from there is looked at, 0 for not at all.
func (l *limiter) pause(from net.Addr) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	v := l.visitor(from, now)
	if v == nil {
		return firstPause
	}
	return max(v.until.Sub(now), 0)
}

// missed counts a wrong code.
func (l *limiter) missed(from net.Addr) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	v := l.visitor(from, now)
	if v == nil {
		return
	}
	v.wrong++
	if over := v.wrong - freeWrong; over > 0 {
		v.until = now.Add(min(firstPause<<min(over-1, 10), lastPause))
	}
}

// came forgives an address its wrong codes: who mistypes beside others who do
// not is of the class. (Whoever knows the class's code and guesses the teacher's
// is still held by the spacing of connections, for centuries.)
func (l *limiter) came(from net.Addr) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if v := l.visitor(from, l.now()); v != nil {
		v.wrong = 0
	}
}

// visitor returns what is known of an address, nil if too many others are to be
// remembered. Reading it counts as a visit.
func (l *limiter) visitor(from net.Addr, now time.Time) *visitor {
	host := hostOf(from)
	v := l.seen[host]
	if v != nil && now.Sub(v.last) > forgotten {
		v = nil
	}
	if v == nil {
		if len(l.seen) >= addresses {
			l.forget(now)
		}
		if len(l.seen) >= addresses {
			return nil
		}
		v = &visitor{}
		l.seen[host] = v
	}
	v.last = now
	return v
}

// forget drops those who have not come for long.
func (l *limiter) forget(now time.Time) {
	for host, v := range l.seen {
		if now.Sub(v.last) > forgotten {
			delete(l.seen, host)
		}
	}
}

// hostOf is an address without its port. Of IPv6 it is the network, of which one
// person has as many addresses as they like.
func hostOf(a net.Addr) string {
	host, _, err := net.SplitHostPort(a.String())
	if err != nil {
		return a.String()
	}
	ip := net.ParseIP(host)
	if ip == nil || ip.To4() != nil {
		return host
	}
	const network = 64 // Bits.
	return ip.Mask(net.CIDRMask(network, 8*net.IPv6len)).String()
}

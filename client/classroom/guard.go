package classroom

import (
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// Limits of a connection. What a person sends is little: keys, sizes, and what
// their terminal answers. Some clients hide the rhythm of typing behind fifty
// empty packets a second, which is 5 KiB.
const (
	loginTime = time.Minute // To type a code, and to have a seat.
	readRate  = 16 << 10    // Bytes a second
	readBurst = 128 << 10   // on top of so many at once.
	sendRoom  = 64 << 10    // Bytes that the system keeps for a client: what is there is never drawn anew.
)

// guard is a connection that must have a seat in time, and is not read faster
// than a person types.
type guard struct {
	net.Conn
	seated atomic.Bool // It has had its one session.

	pace   pace
	once   sync.Once
	closed chan struct{}
}

// newGuard has the connection end after the time for a login.
func newGuard(conn net.Conn, login time.Duration) *guard {
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetWriteBuffer(sendRoom) // With more room a slow seat lags behind more, and that is all.
	}
	g := &guard{Conn: conn, closed: make(chan struct{}), pace: pace{rate: readRate, burst: readBurst}}
	// A connection that refuses a deadline is closed, and says so when it is read.
	_ = conn.SetDeadline(time.Now().Add(login))
	return g
}

// seat ends the time for the login.
func (g *guard) seat() { _ = g.Conn.SetDeadline(time.Time{}) }

// SetDeadline does nothing: the SSH library sets one before each read, which
// would lift that of the login.
func (g *guard) SetDeadline(time.Time) error { return nil }

// Read reads no faster than it may.
func (g *guard) Read(p []byte) (int, error) {
	n, err := g.Conn.Read(p)
	g.pace.wait(n, g.closed)
	return n, err
}

// Close closes the connection, once.
func (g *guard) Close() (err error) {
	g.once.Do(func() {
		close(g.closed)
		err = g.Conn.Close()
	})
	return err
}

// pace lets so many bytes through a second. It has one owner.
type pace struct {
	rate, burst int
	paid        time.Time // Until then everything is paid for.
}

// wait waits until n bytes more are paid for, or stop is closed.
func (p *pace) wait(n int, stop <-chan struct{}) {
	now := time.Now()
	if p.paid.Before(now) {
		p.paid = now
	}
	p.paid = p.paid.Add(time.Duration(n) * time.Second / time.Duration(p.rate))
	late := p.paid.Sub(now) - time.Duration(p.burst)*time.Second/time.Duration(p.rate)
	if late <= 0 {
		return
	}
	t := time.NewTimer(late)
	defer t.Stop()
	select {
	case <-t.C:
	case <-stop:
	}
}

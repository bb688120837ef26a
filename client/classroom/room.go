// Package classroom lets a class go through a story over SSH. The teacher's
// screen is one model of the lab, each seat another, in a terminal of its own;
// what they have in common is the class: where the teacher is, and the votes.
//
//	ssh client ─▶ guard ─▶ door ─▶ gate ─▶ seat ◀─▶ class ◀─▶ teacher
//	              pace     codes   one     program   scene,
//	              login    keys    shell   of its    votes
//	              time     limits          own
//
// Whatever a client does, it does to its own seat: what it sends is read no
// faster than a person types, what it does not read is not drawn, and nobody
// waits for it.
package classroom

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"charm.land/wish/v2"
	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"

	"optimist/client/lab"
	"optimist/shared/exit"
	"optimist/shared/strategy"
)

// Config is a class.
type Config struct {
	Listen         string // A host and a port; port 0 is any free one.
	Anywhere       bool   // Let others than this machine connect.
	Data           string // The directory of the host key.
	AuthorizedKeys string // A file of the keys that come in; "": a code does.
	Seats          int
	TeacherHere    bool // The teacher is not one of those who connect.

	Tape  *lab.Tape
	ASCII bool
	Again func(strategy.Strategy) (*lab.Tape, error)
	Where func(lab.Cue) // Hears where a teacher who connects is, as lab.Config's does; nil: nobody listens.
	Log   *slog.Logger
}

// Limits of a room.
const (
	MaxSeats  = 500
	lobby     = 32                     // Connections without a seat.
	breakTime = 100 * time.Millisecond // After a connection could not be taken.
	byeTime   = 4 * time.Second        // For all seats to leave.
)

// Room is a class that can be joined.
type Room struct {
	cfg      Config
	info     Info
	door     *door
	class    *class
	server   *ssh.Server
	listener net.Listener
	login    time.Duration // For a seat to be taken.
	frames   atomic.Int64  // Pictures that were drawn for seats.

	mu    sync.Mutex
	conns map[*guard]bool
	over  bool
	leave chan struct{} // Closed when the class is over.
	work  sync.WaitGroup
}

// Open listens. Serve must be called for anybody to come in, and Close if it is
// not.
func Open(cfg Config) (*Room, error) {
	if cfg.Seats < 1 || cfg.Seats > MaxSeats {
		return nil, exit.With(exit.Usage, fmt.Errorf("--seats is %d; a class has 1 to %d", cfg.Seats, MaxSeats), "")
	}
	addr, err := listenAddress(cfg.Listen, cfg.Anywhere)
	if err != nil {
		return nil, err
	}
	d, err := newDoor(cfg)
	if err != nil {
		return nil, err
	}
	key, err := hostKey(cfg.Data)
	if err != nil {
		return nil, err
	}
	r := &Room{
		cfg: cfg, door: d, class: newClass(cfg.Tape, cfg.Seats), login: loginTime,
		conns: map[*guard]bool{}, leave: make(chan struct{}),
	}
	if r.server, err = wish.NewServer(append(d.options(), r.options(key)...)...); err != nil {
		return nil, exit.With(exit.Unknown, fmt.Errorf("set up SSH: %w", err), "")
	}
	if r.listener, err = net.Listen("tcp", addr); err != nil {
		hint := ""
		if errors.Is(err, syscall.EADDRINUSE) {
			hint = "another class may be there; choose another port with --ssh, 0 for any free one"
		}
		return nil, exit.With(exit.Unknown, fmt.Errorf("--ssh: %w", err), hint)
	}
	r.info = Info{
		Address: r.listener.Addr().String(), JoinCode: d.class.String(), TeacherCode: d.teacher.String(),
		Fingerprint: gossh.FingerprintSHA256(key.PublicKey()),
	}
	return r, nil
}

// options are those of the server that are not about who comes in.
func (r *Room) options(key gossh.Signer) []ssh.Option {
	return []ssh.Option{
		wish.WithVersion("optimist"),
		wish.WithMiddleware(func(ssh.Handler) ssh.Handler { return r.sit }),
		func(s *ssh.Server) error {
			s.AddHostKey(key)
			// A seat is all there is: no forwarding, no requests of a connection.
			s.ChannelHandlers = map[string]ssh.ChannelHandler{"session": r.session}
			s.RequestHandlers, s.SubsystemHandlers = map[string]ssh.RequestHandler{}, map[string]ssh.SubsystemHandler{}
			s.ConnCallback = func(ctx ssh.Context, conn net.Conn) net.Conn {
				ctx.SetValue(guardKey{}, conn)
				return conn
			}
			s.ConnectionFailedCallback = func(conn net.Conn, err error) {
				r.cfg.Log.Debug("somebody did not come in", "from", conn.RemoteAddr(), "err", err)
			}
			return nil
		},
	}
}

// guardKey and gateKey find what belongs to a connection.
type (
	guardKey struct{}
	gateKey  struct{}
)

// Info is what somebody must know to come in.
func (r *Room) Info() Info { return r.info }

// Teach takes the teacher's part in the class, for a screen that is here. The
// function gives it up.
func (r *Room) Teach() (*lab.Class, func(), error) {
	m, err := r.class.join(true)
	if err != nil {
		return nil, nil, err
	}
	return m.part(r.info.Title(), false), m.leave, nil
}

// Serve lets people in until ctx ends. It says goodbye to everybody, and returns
// once everybody is gone.
func (r *Room) Serve(ctx context.Context) error {
	// Closing what was closed is no error that matters.
	stop := context.AfterFunc(ctx, func() { _ = r.listener.Close() })
	defer stop()
	err := r.accept(ctx)
	r.dismiss()
	if ctx.Err() != nil {
		return nil
	}
	return exit.With(exit.Unknown, fmt.Errorf("take connections: %w", err), "")
}

// Close gives up a room that is not served.
func (r *Room) Close() error { return r.listener.Close() }

// accept takes connections until there can be none any more.
func (r *Room) accept(ctx context.Context) error {
	for {
		conn, err := r.listener.Accept()
		switch {
		case errors.Is(err, net.ErrClosed), ctx.Err() != nil && err != nil:
			return err
		case err != nil: // Too many open files, or a client that was gone again.
			r.cfg.Log.Warn("a connection was not taken", "err", err)
			t := time.NewTimer(breakTime)
			select {
			case <-t.C:
			case <-ctx.Done():
			}
			t.Stop()
			continue
		}
		g := newGuard(conn, r.login)
		if !r.door.limit.connect(conn.RemoteAddr()) || !r.admit(g) {
			r.cfg.Log.Debug("too many connections", "from", conn.RemoteAddr())
			_ = g.Close() // There is nobody to tell.
			continue
		}
		// One goroutine a connection, which ends with it.
		r.work.Go(func() {
			defer r.gone(g)
			r.server.HandleConn(g)
		})
	}
}

// admit counts a connection in.
func (r *Room) admit(g *guard) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.over || len(r.conns) >= r.cfg.Seats+lobby {
		return false
	}
	r.conns[g] = true
	return true
}

// gone counts a connection out.
func (r *Room) gone(g *guard) {
	if broken := recover(); broken != nil {
		r.cfg.Log.Error("a connection broke", "from", g.RemoteAddr(), "panic", fmt.Sprint(broken))
	}
	_ = g.Close() // It is closed already, mostly.
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.conns, g)
}

// dismiss ends the class: everybody is told, and has a moment to leave.
func (r *Room) dismiss() {
	r.mu.Lock()
	r.over = true
	close(r.leave)
	r.mu.Unlock()
	t := time.AfterFunc(byeTime, r.hangUp)
	defer t.Stop()
	r.hangUpIdle()
	r.work.Wait()
}

// hangUp closes every connection.
func (r *Room) hangUp() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for g := range r.conns {
		_ = g.Close()
	}
}

// hangUpIdle closes the connections that have no seat.
func (r *Room) hangUpIdle() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for g := range r.conns {
		if !g.seated.Load() {
			_ = g.Close()
		}
	}
}

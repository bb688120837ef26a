package classroom

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"

	"optimist/client/lab"
	"optimist/client/terminal"
)

// session opens the one session of a connection, through its gate.
func (r *Room) session(server *ssh.Server, conn *gossh.ServerConn, asked gossh.NewChannel, ctx ssh.Context) {
	g, _ := ctx.Value(guardKey{}).(*guard)
	if g == nil || g.seated.Swap(true) {
		// Whoever asks twice knows by the error.
		_ = asked.Reject(gossh.ResourceShortage, "a connection has one session")
		return
	}
	through := newGate(asked, &r.work)
	ctx.SetValue(gateKey{}, through)
	ssh.DefaultSessionHandler(server, conn, through, ctx)
}

// enter counts somebody in whose connection is there, unless the class is over.
func (r *Room) enter() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.over {
		r.work.Add(1)
	}
	return !r.over
}

// sit gives a session its seat, and waits until it is left.
func (r *Room) sit(s ssh.Session) {
	g, _ := s.Context().Value(guardKey{}).(*guard)
	through, _ := s.Context().Value(gateKey{}).(*gate)
	if g == nil || through == nil {
		return
	}
	if !r.enter() {
		_ = g.Close() // It came after the goodbye.
		return
	}
	defer r.work.Done()
	defer r.part(s, g)
	log := r.cfg.Log.With("user", shorten(s.User()), "from", s.RemoteAddr().String())
	pty, _, given := s.Pty()
	if !given {
		r.refuse(s, errors.New("a seat needs a terminal: connect without a command, or with ssh -t"))
		return
	}
	if err := terminal.Undrawable(pty.Term); err != nil {
		r.refuse(s, fmt.Errorf("a seat is a screen: %w", err))
		return
	}
	m, err := r.class.join(r.door.teaches(s.User()))
	if err != nil {
		log.Info("turned away", "why", err)
		r.refuse(s, err)
		return
	}
	defer m.leave()
	g.seat()
	log.Info("joined", "seat", m.number, "teacher", m.teaches)
	at := &seat{
		session: s, gate: through, member: m, log: log.With("seat", m.number), leave: r.leave, frames: &r.frames,
		hangUp: func() { _ = g.Close() }, // Mostly the client has.
	}
	cfg := lab.Config{Tape: r.cfg.Tape, Again: r.cfg.Again, ASCII: r.cfg.ASCII, Class: m.part(r.info.Title(), true)}
	if m.teaches {
		cfg.Where = r.cfg.Where
	}
	why := at.run(cfg)
	log.Info("left", "seat", m.number, "why", reasons[why])
}

// reasons are the farewells in the words of the log.
var reasons = [...]string{itLeft: "quit", classOver: "the class is over", itBroke: "the screen broke", itVanished: "the client is gone"}

// refuse says why there is no seat.
func (r *Room) refuse(s ssh.Session, why error) {
	// Whoever does not read it is turned away all the same.
	_, _ = io.WriteString(s, "optimist: "+why.Error()+"\n")
	_ = s.Exit(1)
}

// part waits until the client hangs up, and hangs up if it does not: at once would
// tear from it what was sent last.
func (r *Room) part(s ssh.Session, g *guard) {
	t := time.NewTimer(closeTime)
	defer t.Stop()
	select {
	case <-s.Context().Done():
	case <-t.C:
	}
	_ = g.Close() // Mostly the client has.
}

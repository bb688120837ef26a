package classroom

import (
	"errors"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"optimist/client/lab"
)

// A client that never reads is not drawn for, and nobody waits for it: not who
// follows, not the end of the class.
func TestClientThatNeverReads(t *testing.T) {
	tape, _ := mustTape(t)
	r := mustServe(t, func(c *Config) { c.TeacherHere = true })
	class, leave, err := r.room.Teach()
	if err != nil {
		t.Fatal(err)
	}
	defer leave()
	ann := r.mustSeat("ann", 80, 24)
	ann.sees(at(0))
	deaf := r.mustDeaf("eve")
	teacher := lab.NewPlayer(tape)
	drawn := r.room.frames.Load()
	const enough, most = 8, 600 // Steps.
	for n := 0; deaf.stuck(r) < enough; n++ {
		if n > most {
			t.Fatal("who never reads is drawn for without end")
		}
		if teacher.At() > 0 {
			teacher.Home()
		} else {
			teacher.End()
		}
		class.Show(lab.SceneOf(teacher))
		ann.sees(at(teacher.At()))
	}
	if r.room.frames.Load()-drawn < 2*enough || strings.Contains(r.logs.String(), "left") {
		t.Errorf("%d were drawn; the log:\n%s", r.room.frames.Load()-drawn, r.logs)
	}
	begun := time.Now()
	r.stop()
	ann.sees("the class is over")
	if took := time.Since(begun); took >= byeTime {
		t.Errorf("the end took %v", took)
	}
}

// deaf is a client that has stopped reading.
type deaf struct {
	last int64 // Pictures that had been drawn when it was looked at.
	same int
}

// stuck is how often in a row one step of the teacher was drawn once: for the
// other seat only.
func (d *deaf) stuck(r *rig) int {
	now := r.room.frames.Load()
	if d.same++; now-d.last > 1 {
		d.same = 0
	}
	d.last = now
	return d.same
}

// mustDeaf takes a seat and reads nothing from then on.
func (r *rig) mustDeaf(user string) *deaf {
	r.tb.Helper()
	const room = 4 << 10 // Bytes: the system shall not read in its place.
	little := net.Dialer{Control: func(_, _ string, c syscall.RawConn) error {
		var failed error
		err := c.Control(func(fd uintptr) { failed = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, room) })
		return errors.Join(err, failed)
	}}
	raw, err := little.Dial("tcp", r.room.Info().Address)
	if err != nil {
		r.tb.Fatal(err)
	}
	tap := &tap{Conn: raw, shut: make(chan struct{}), gone: make(chan struct{})}
	conn, channels, requests, err := gossh.NewClientConn(tap, "", &gossh.ClientConfig{
		User: user, Auth: []gossh.AuthMethod{answer(r.room.Info().JoinCode)}, HostKeyCallback: gossh.InsecureIgnoreHostKey(),
	})
	if err != nil {
		r.tb.Fatal(err)
	}
	client := gossh.NewClient(conn, channels, requests)
	session, err := client.NewSession()
	if err != nil {
		r.tb.Fatal(err)
	}
	_ = session.Setenv("COLORTERM", "truecolor")
	_, err = session.StdinPipe() // Without one, the session would end at once.
	if err := errors.Join(err, session.RequestPty("xterm-256color", maxHeight, maxWidth, nil), session.Shell()); err != nil {
		r.tb.Fatal(err)
	}
	close(tap.shut)
	r.tb.Cleanup(func() { _ = client.Close() })
	return &deaf{}
}

package classroom

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	gossh "golang.org/x/crypto/ssh"
)

// client is somebody who connects with a terminal.
type client struct {
	tb      testing.TB
	conn    *gossh.Client
	session *gossh.Session
	keys    io.WriteCloser
	work    sync.WaitGroup

	mu    sync.Mutex
	emu   *vt.Emulator // Read may be called without the lock.
	raw   bytes.Buffer
	drawn chan struct{} // Closed and replaced with each output.
	over  chan struct{} // Closed when the session has ended.
	ended error         // How, once it has.
}

// dial logs in.
func (r *rig) dial(user, typed string) (*gossh.Client, error) {
	return gossh.Dial("tcp", r.room.Info().Address, &gossh.ClientConfig{
		User: user, Auth: []gossh.AuthMethod{answer(typed)}, Timeout: longWait,
		HostKeyCallback: gossh.InsecureIgnoreHostKey(),
	})
}

// answer logs in as ssh does: the code is the answer to whatever is asked.
func answer(typed string) gossh.AuthMethod {
	return gossh.KeyboardInteractive(func(_, _ string, questions []string, _ []bool) ([]string, error) {
		return slices.Repeat([]string{typed}, len(questions)), nil
	})
}

// mustDial logs in.
func (r *rig) mustDial(user, typed string) *gossh.Client {
	r.tb.Helper()
	conn, err := r.dial(user, typed)
	if err != nil {
		r.tb.Fatalf("%s logs in: %v", user, err)
	}
	return conn
}

// mustSeat has somebody take a seat in a terminal of that size.
func (r *rig) mustSeat(user string, width, height int, env ...string) *client {
	r.tb.Helper()
	return r.mustTerminal(r.mustDial(user, r.room.Info().JoinCode), width, height, env...)
}

// mustTeacher has the teacher come.
func (r *rig) mustTeacher(width, height int) *client {
	r.tb.Helper()
	return r.mustTerminal(r.mustDial(teacherName, r.room.Info().TeacherCode), width, height)
}

// mustTerminal opens a terminal on a connection, and has an emulator show it.
func (r *rig) mustTerminal(conn *gossh.Client, width, height int, env ...string) *client {
	r.tb.Helper()
	c := &client{
		tb: r.tb, conn: conn, emu: vt.NewEmulator(width, height),
		drawn: make(chan struct{}), over: make(chan struct{}),
	}
	session, err := conn.NewSession()
	if err != nil {
		r.tb.Fatal(err)
	}
	c.session = session
	for _, v := range append([]string{"COLORTERM=truecolor"}, env...) {
		name, value, _ := strings.Cut(v, "=")
		_ = session.Setenv(name, value) // Some are refused, as they should be.
	}
	out, err := session.StdoutPipe()
	if err != nil {
		r.tb.Fatal(err)
	}
	if c.keys, err = session.StdinPipe(); err != nil {
		r.tb.Fatal(err)
	}
	if err := session.RequestPty("xterm-256color", height, width, gossh.TerminalModes{}); err != nil {
		r.tb.Fatal(err)
	}
	if err := session.Shell(); err != nil {
		r.tb.Fatal(err)
	}
	c.work.Go(func() { c.show(out) })
	var answers sync.WaitGroup
	answers.Go(func() { _, _ = io.Copy(c.keys, c.emu) })
	r.tb.Cleanup(func() {
		_ = conn.Close() // It is closed already if the class was over.
		c.work.Wait()
		_ = c.emu.InputPipe().(io.Closer).Close()
		answers.Wait()
	})
	return c
}

// show shows what comes until the session ends.
func (c *client) show(out io.Reader) {
	buf := make([]byte, 1<<14)
	for {
		n, err := out.Read(buf)
		c.mu.Lock()
		_, _ = c.emu.Write(buf[:n])
		c.raw.Write(buf[:n])
		if err == nil {
			close(c.drawn)
			c.drawn = make(chan struct{})
		}
		c.mu.Unlock()
		if err != nil {
			break
		}
	}
	err := c.session.Wait()
	_ = c.conn.Close() // As ssh does, which the room waits for.
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ended = err
	close(c.over)
	close(c.drawn)
}

// press types.
func (c *client) press(keys ...string) {
	c.tb.Helper()
	for _, k := range keys {
		if _, err := io.WriteString(c.keys, k); err != nil {
			c.tb.Fatal(err)
		}
	}
}

// screen is what the terminal shows.
func (c *client) screen() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.emu.String()
}

// output is all that was sent.
func (c *client) output() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.raw.String()
}

// sees waits until the screen shows every text.
func (c *client) sees(texts ...string) {
	c.tb.Helper()
	c.until(fmt.Sprintf("%q", texts), func(screen string) bool {
		for _, text := range texts {
			if !strings.Contains(screen, text) {
				return false
			}
		}
		return true
	})
}

// until waits until the screen is as wanted.
func (c *client) until(what string, wanted func(screen string) bool) {
	c.tb.Helper()
	limit := time.NewTimer(longWait)
	defer limit.Stop()
	for {
		c.mu.Lock()
		drawn, screen := c.drawn, c.emu.String()
		c.mu.Unlock()
		if wanted(screen) {
			return
		}
		select {
		case <-drawn:
		case <-limit.C:
			c.tb.Fatalf("the screen never showed %s:\n%s", what, screen)
		}
		select {
		case <-c.over:
			if !wanted(c.screen()) {
				c.tb.Fatalf("the session ended (%v) and never showed %s:\n%s", c.ended, what, c.screen())
			}
			return
		default:
		}
	}
}

// ends waits for the end of the session and returns its error.
func (c *client) ends() error {
	c.tb.Helper()
	limit := time.NewTimer(longWait)
	defer limit.Stop()
	select {
	case <-c.over:
	case <-limit.C:
		c.tb.Fatalf("the session never ended:\n%s", c.screen())
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ended
}

// tap is a connection that can be shut: nothing is read any more.
type tap struct {
	net.Conn
	shut, gone chan struct{}
	once       sync.Once
}

// Read reads, until it is shut; then it waits for the end.
func (t *tap) Read(p []byte) (int, error) {
	select {
	case <-t.shut:
		<-t.gone
		return 0, net.ErrClosed
	default:
		return t.Conn.Read(p)
	}
}

// Close ends it.
func (t *tap) Close() error {
	t.once.Do(func() { close(t.gone) })
	return t.Conn.Close()
}

package classroom

import (
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"regexp"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	gossh "golang.org/x/crypto/ssh"

	"optimist/client/lab"
	"optimist/shared/strategy"
)

// There are as many seats as there are, and one that is left can be had.
func TestSeatsAreLimited(t *testing.T) {
	r := mustServe(t, func(c *Config) { c.Seats = 2 })
	ann, bob := r.mustSeat("ann", 80, 24), r.mustSeat("bob", 80, 24)
	ann.sees(at(0))
	bob.sees(at(0))
	late := r.mustSeat("late", 80, 24)
	var status *gossh.ExitError
	if err := late.ends(); !errors.As(err, &status) || status.ExitStatus() != 1 {
		t.Errorf("the third ended with %v", err)
	}
	if !strings.Contains(late.output(), "optimist: the class is full: all 2 seats are taken\r\n") {
		t.Errorf("told %q", late.output())
	}
	teacher := r.mustTeacher(100, 30) // Who needs no seat.
	teacher.sees("2 of 2 seats")
	ann.press("q")
	if err := ann.ends(); err != nil {
		t.Error(err)
	}
	ann.sees("you have left the class; it goes on")
	teacher.sees("1 of 2 seats")
	r.mustSeat("late", 80, 24).sees(at(0))
	teacher.sees("2 of 2 seats")
}

// A seat is all there is.
func TestNothingButSeats(t *testing.T) {
	r := mustServe(t, nil)
	conn := r.mustDial("eve", r.room.Info().JoinCode)
	defer conn.Close()
	if _, err := conn.Dial("tcp", r.room.Info().Address); err == nil {
		t.Error("a port was forwarded")
	}
	if _, err := conn.Listen("tcp", "127.0.0.1:0"); err == nil {
		t.Error("a port is listened at")
	}
	if ok, _, err := conn.SendRequest("streamlocal-forward@openssh.com", true, nil); ok || err != nil {
		t.Errorf("a socket is listened at: %v", err)
	}
	s, err := conn.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	for name, try := range map[string]func() error{
		"a command":   func() error { return s.Start("id") },
		"sftp":        func() error { return s.RequestSubsystem("sftp") },
		"an agent":    func() error { return asked(s.SendRequest("auth-agent-req@openssh.com", true, nil)) },
		"a display":   func() error { return asked(s.SendRequest("x11-req", true, nil)) },
		"a break":     func() error { return asked(s.SendRequest("break", true, gossh.Marshal(struct{ N uint32 }{1}))) },
		"LD_PRELOAD":  func() error { return s.Setenv("LD_PRELOAD", "/tmp/evil.so") },
		"much":        func() error { return s.Setenv("LANG", strings.Repeat("x", maxVariable)) },
		"a size only": func() error { return asked(s.SendRequest("window-change", true, nil)) },
	} {
		if try() == nil {
			t.Errorf("%s was granted", name)
		}
	}
	for i := range maxEnv {
		_ = s.Setenv(fmt.Sprintf("LC_%d", i), "x")
	}
	if s.Setenv("LC_ALL", "C") == nil {
		t.Error("there is no end of variables")
	}
	if _, err := conn.NewSession(); err == nil {
		t.Error("a second session was opened")
	}
	var told strings.Builder
	s.Stdout = &told
	if err := s.Shell(); err != nil {
		t.Fatal(err)
	}
	var status *gossh.ExitError
	if err := s.Wait(); !errors.As(err, &status) || status.ExitStatus() != 1 || !strings.Contains(told.String(), "a seat needs a terminal") {
		t.Errorf("without a terminal: %v, told %q", err, told.String())
	}
}

// asked is nil if a request was granted.
func asked(granted bool, err error) error {
	if err == nil && !granted {
		return errors.New("refused")
	}
	return err
}

// Who connects and says nothing, or logs in and takes no seat, is hung up on.
func TestLoginTakesNoLongerThanItMay(t *testing.T) {
	r := mustServe(t, nil, func(room *Room) { room.login = time.Second })
	mute, err := net.Dial("tcp", r.room.Info().Address)
	if err != nil {
		t.Fatal(err)
	}
	defer mute.Close()
	idle := r.mustDial("ann", r.room.Info().JoinCode)
	if err := mute.SetReadDeadline(time.Now().Add(longWait)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(mute); err != nil && !strings.Contains(err.Error(), "reset") {
		t.Errorf("who said nothing: %v", err)
	}
	_ = idle.Wait() // For the server to hang up, or the test would never end.
	seated := r.mustSeat("bob", 80, 24)
	seated.sees(at(0))
	waited := time.NewTimer(3 * r.room.login / 2)
	<-waited.C // A seat is for as long as one likes.
	seated.press("?")
	seated.sees("every key")
}

// More connections than the class and its lobby have are closed.
func TestLobbyIsLimited(t *testing.T) {
	r := mustServe(t, func(c *Config) { c.Seats = 1 })
	var open []net.Conn
	defer func() {
		for _, c := range open {
			_ = c.Close()
		}
	}()
	for range lobby + 2 {
		c, err := net.Dial("tcp", r.room.Info().Address)
		if err != nil {
			t.Fatal(err)
		}
		open = append(open, c)
	}
	last := open[len(open)-1]
	if err := last.SetReadDeadline(time.Now().Add(longWait)); err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(last); len(b) > 0 || err != nil && !strings.Contains(err.Error(), "reset") {
		t.Errorf("one too many was talked to: %q, %v", b, err)
	}
}

// A client that dies frees its seat, and takes its vote with it.
func TestKilledClient(t *testing.T) {
	_, asks := mustTape(t)
	r := mustServe(t, nil)
	teacher, ann := r.mustTeacher(100, 30), r.mustSeat("ann", 80, 24)
	teacher.press(strings.Repeat(".", asks))
	ann.sees("the teacher reveals")
	ann.press("1")
	teacher.sees("1 of 1 voted")
	_ = ann.conn.Close()
	teacher.sees("0 of 0 voted", "0 of 30 seats")
	r.mustSeat("ann", 80, 24).sees("the teacher reveals")
	teacher.sees("0 of 1 voted")
}

// A flood of keys waits in the client; everybody else goes on, and the class can
// be ended.
func TestFloodOfKeys(t *testing.T) {
	_, asks := mustTape(t)
	r := mustServe(t, nil)
	teacher, ann, eve := r.mustTeacher(100, 30), r.mustSeat("ann", 80, 24), r.mustSeat("eve", 80, 24)
	eve.sees("with the teacher")
	eve.press("f")
	eve.sees("alone")
	flooding := make(chan struct{})
	eve.work.Go(func() {
		defer close(flooding)
		keys := []byte(strings.Repeat(".,\x1b[A\x1b[200~paste\x1b[201~x\r\x1b", 100))
		for range 10_000 {
			if _, err := eve.keys.Write(keys); err != nil {
				return
			}
		}
	})
	for i := range asks {
		teacher.press(".")
		ann.sees(at(i + 1))
	}
	ann.press("1")
	teacher.sees("1 of 2 voted")
	select {
	case <-flooding:
		t.Error("the whole flood was read")
	default:
	}
	r.stop()
	ann.sees("the class is over")
	_ = eve.ends()
}

// A storm of sizes leaves the last one, whatever came before, and nobody makes a
// screen larger than there is need of.
func TestResizeStorm(t *testing.T) {
	r := mustServe(t, nil)
	ann, eve := r.mustSeat("ann", 80, 24), r.mustSeat("eve", 80, 24)
	eve.sees(at(0))
	for i := range 3000 {
		h, w := i%97, i%331
		if i%7 == 0 {
			h, w = math.MaxInt32, math.MaxInt32
		}
		if err := eve.session.WindowChange(h, w); err != nil {
			t.Fatal(err)
		}
	}
	// A size can be told on the line, too, by terminals that are asked for it.
	eve.press("\x1b[48;65535;65535;9;9t")
	if err := eve.session.WindowChange(31, 107); err != nil {
		t.Fatal(err)
	}
	eve.mu.Lock()
	eve.emu.Resize(107, 31)
	eve.mu.Unlock()
	eve.press("?")
	footer := regexp.MustCompile(`(?m)^ .*f alone, or back.*$`)
	eve.press("\x1b")
	eve.until("the screen at its last size", func(s string) bool {
		lines := strings.Split(s, "\n")
		return len(lines) == 31 && footer.MatchString(lines[30])
	})
	ann.press("f")
	ann.sees("alone")
}

// A screen that breaks ends its own seat, and says so.
func TestBrokenScreen(t *testing.T) {
	r := mustServe(t, func(c *Config) {
		c.Again = func(strategy.Strategy) (*lab.Tape, error) { panic("the bug") }
	})
	ann, eve := r.mustSeat("ann", 80, 24), r.mustSeat("eve", 80, 24)
	eve.press("f", "x")
	eve.sees("compare")
	eve.press("\r")
	var status *gossh.ExitError
	if err := eve.ends(); !errors.As(err, &status) || status.ExitStatus() != 1 {
		t.Errorf("the seat ended with %v", err)
	}
	eve.sees("your screen broke, the class goes on")
	if !strings.Contains(eve.output(), "\x1b[?1049l") {
		t.Error("the terminal was not restored")
	}
	if !strings.Contains(r.logs.String(), "the bug") {
		t.Errorf("the log does not tell:\n%s", r.logs)
	}
	ann.press("f")
	ann.sees("alone")
}

// What a client says of itself is short and printable wherever it is shown.
func TestHostileNames(t *testing.T) {
	r := mustServe(t, nil)
	name := "\x1b]0;owned\a\u202eeve\n" + strings.Repeat("x", 5000)
	c := r.mustSeat(name, 80, 24, "NO_COLOR=yes", "LANG=C")
	c.sees("no teacher is here yet", "0/")
	r.stop()
	for i, b := range []byte(r.logs.String()) {
		if b < ' ' && b != '\n' {
			t.Fatalf("the log has byte %#x at %d", b, i)
		}
	}
	if strings.Contains(r.logs.String(), strings.Repeat("x", maxName+1)) || strings.Contains(r.logs.String(), "\u202e") {
		t.Errorf("the log has what it was told:\n%s", r.logs)
	}
	if out := c.output(); regexp.MustCompile(`\x1b\[[0-9;]*[34]8;`).MatchString(out) {
		t.Error("colours, though NO_COLOR was set")
	}
	if out := c.output(); strings.ContainsFunc(out, func(r rune) bool { return r > '~' }) {
		t.Error("not in seven bits, though the locale is C")
	}
}

// What reaches beyond a seat does not reach its program.
func TestSeatOnly(t *testing.T) {
	for _, tt := range []struct{ msg, want tea.Msg }{
		{tea.SuspendMsg{}, nil}, {tea.KeyPressMsg{Code: 'a'}, tea.KeyPressMsg{Code: 'a'}},
		{tea.WindowSizeMsg{Width: 900, Height: 400}, tea.WindowSizeMsg{Width: maxWidth, Height: maxHeight}},
		{tea.WindowSizeMsg{Width: 80, Height: 24}, tea.WindowSizeMsg{Width: 80, Height: 24}},
	} {
		if got := seatOnly(nil, tt.msg); got != tt.want {
			t.Errorf("%#v became %#v, want %#v", tt.msg, got, tt.want)
		}
	}
}

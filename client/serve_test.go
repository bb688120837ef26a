package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"optimist/client/classroom"
)

// pupil is somebody who sits in a class.
type pupil struct {
	tb   testing.TB
	conn *gossh.Client
	ends chan error // Of the session.

	mu  sync.Mutex
	raw bytes.Buffer
	got chan struct{} // Holds one token after something came.
}

// mustSit has somebody join a class.
func mustSit(tb testing.TB, i classroom.Info, user, typed string) *pupil {
	tb.Helper()
	answer := func(_, _ string, questions []string, _ []bool) ([]string, error) {
		return slices.Repeat([]string{typed}, len(questions)), nil
	}
	conn, err := gossh.Dial("tcp", i.Address, &gossh.ClientConfig{
		User: user, Auth: []gossh.AuthMethod{gossh.KeyboardInteractive(answer)}, Timeout: screenWait, HostKeyCallback: gossh.InsecureIgnoreHostKey(),
	})
	if err != nil {
		tb.Fatal(err)
	}
	p := &pupil{tb: tb, conn: conn, ends: make(chan error, 1), got: make(chan struct{}, 1)}
	tb.Cleanup(func() { _ = conn.Close() }) // The class has closed it if the test was good.
	s, err := conn.NewSession()
	if err != nil {
		tb.Fatal(err)
	}
	s.Stdout = p
	if _, err := s.StdinPipe(); err != nil {
		tb.Fatal(err)
	}
	if err := s.RequestPty("xterm-256color", 24, 80, gossh.TerminalModes{}); err != nil {
		tb.Fatal(err)
	}
	if err := s.Shell(); err != nil {
		tb.Fatal(err)
	}
	go func() { // Ends with the connection.
		p.ends <- s.Wait()
		_ = conn.Close() // As ssh does.
	}()
	return p
}

// Write takes what the class shows.
func (p *pupil) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case p.got <- struct{}{}:
	default:
	}
	return p.raw.Write(b)
}

func (p *pupil) output() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.raw.String()
}

// sees waits until a text was sent.
func (p *pupil) sees(text string) {
	p.tb.Helper()
	limit := time.After(screenWait)
	for !strings.Contains(p.output(), text) {
		select {
		case <-p.got:
		case <-limit:
			p.tb.Fatalf("%q never came: %q", text, p.output())
		}
	}
}

// toldGoodbye checks how the class ended for somebody.
func (p *pupil) toldGoodbye() {
	p.tb.Helper()
	select {
	case err := <-p.ends:
		if err != nil {
			p.tb.Errorf("the session ended with %v", err)
		}
	case <-time.After(screenWait):
		p.tb.Fatal("the session never ended")
	}
	out := p.output()
	if !strings.HasSuffix(out, "optimist: the class is over. Goodbye.\r\n") {
		p.tb.Errorf("it ended with %q", out[max(0, len(out)-200):])
	}
	mustBeRestored(p.tb, out)
}

// Without a terminal a class tells a script how to join; SIGTERM and Ctrl-C end
// it while people sit there.
func TestServeWithoutTerminal(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		t.Run(sig.String(), func(t *testing.T) {
			cmd := exec.Command("optimist", "serve", "create-then-edit", "--ssh", "127.0.0.1:0", "--json", "--data", t.TempDir())
			var logs bytes.Buffer
			cmd.Stderr = &logs
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = cmd.Process.Kill() }) // It has ended long ago if the test was good.
			line, err := bufio.NewReader(out).ReadBytes('\n')
			if err != nil {
				t.Fatal(err)
			}
			var i classroom.Info
			if err := json.Unmarshal(line, &i); err != nil || i.JoinCode == "" || i.TeacherCode == "" || !strings.HasPrefix(i.Fingerprint, "SHA256:") {
				t.Fatalf("%s: %v", line, err)
			}
			seats := []*pupil{
				mustSit(t, i, "ann", i.JoinCode), mustSit(t, i, "bob", i.JoinCode), mustSit(t, i, "teacher", i.TeacherCode),
			}
			for _, p := range seats {
				p.sees("The edit that came too early")
			}
			begun := time.Now()
			if err := cmd.Process.Signal(sig); err != nil {
				t.Fatal(err)
			}
			for _, p := range seats {
				p.toldGoodbye()
			}
			if err := cmd.Wait(); err != nil || time.Since(begun) > stopLimit {
				t.Errorf("%v after %v; the log:\n%s", err, time.Since(begun), logs.String())
			}
			if !strings.Contains(logs.String(), "user=ann") || strings.Contains(logs.String(), i.JoinCode) {
				t.Errorf("the log:\n%s", logs.String())
			}
		})
	}
}

// In a terminal, that is the teacher's screen.
func TestServeInTerminal(t *testing.T) {
	term := mustStart(t, 100, 30, "serve", "create-then-edit", "--ssh", "127.0.0.1:0", "--data", t.TempDir(), "--hall")
	shown := regexp.MustCompile(`ssh -p (\d+) 127\.0\.0\.1 · join code (\S+) · 0 of 30 seats`)
	term.until(shown.MatchString, "how to join")
	term.mu.Lock()
	join := shown.FindStringSubmatch(term.emu.String())
	term.mu.Unlock()
	ann := mustSit(t, classroom.Info{Address: "127.0.0.1:" + join[1]}, "ann", strings.ToLower(join[2]))
	ann.sees("with the teacher")
	term.sees("1 of 30 seats")
	term.typed("P", ".")
	term.sees("1/")
	ann.sees("▸")
	if err := term.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	ann.toldGoodbye()
	code, raw := term.ends()
	if code != 0 {
		t.Errorf("exit code %d", code)
	}
	mustBeRestored(t, raw)
}

//go:build e2e

package main

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// find waits for a pattern on the screen and returns its parts.
func (m *tmux) find(pattern string) []string {
	m.tb.Helper()
	const look = 20 * time.Millisecond
	re, screen := regexp.MustCompile(pattern), ""
	for limit := time.Now().Add(screenWait); time.Now().Before(limit); <-time.After(look) {
		screen = m.must("capture-pane", "-p")
		if found := re.FindStringSubmatch(screen); found != nil {
			return found
		}
	}
	m.tb.Fatalf("the terminal never showed %s:\n%s", pattern, screen)
	return nil
}

// joins has somebody join a class with a real ssh, and returns its process.
func (m *tmux) joins(port, user, code string) int {
	m.tb.Helper()
	m.runs(fmt.Sprintf(`sh -c 'echo pid $$ is here; exec ssh -F /dev/null -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -p %s %s@127.0.0.1'`, port, user))
	pid, err := strconv.Atoi(m.find(`pid (\d+) is here`)[1])
	if err != nil {
		m.tb.Fatal(err)
	}
	m.sees("join code:")
	m.runs(code)
	return pid
}

// Whoever has no code is asked for one three times, as ssh does, and for nothing
// else.
func TestWrongCodeInTmux(t *testing.T) {
	teacher, eve := mustTmux(t, 100, 30), mustTmux(t, 100, 30)
	teacher.runs("optimist serve create-then-edit --ssh 127.0.0.1:0 --data " + t.TempDir())
	join := teacher.find(`ssh -p (\d+) 127\.0\.0\.1 · join code`)
	eve.joins(join[1], "eve", "AAAA-AAAA")
	for wrong := 1; wrong <= 2; wrong++ {
		eve.find(fmt.Sprintf(`(?s)^(.*join code: AAAA-AAAA\n){%d}.*join code:\n`, wrong)) // Asked again: ssh throws away what is typed before.
		eve.runs("AAAA-AAAA")
	}
	eve.sees("Permission denied (keyboard-interactive).", "shell>")
	if screen := eve.must("capture-pane", "-p"); strings.Contains(strings.ToLower(screen), "password") {
		t.Errorf("asked for a password:\n%s", screen)
	}
}

// A class in real terminals: two people join with ssh, follow, vote and see the
// answer; the ssh of one is killed; the other finds their terminal as it was.
func TestClassInTmux(t *testing.T) {
	teacher, ann, bob := mustTmux(t, 100, 30), mustTmux(t, 80, 24), mustTmux(t, 120, 36)
	teacher.runs("optimist serve create-then-edit --ssh 127.0.0.1:0 --data " + t.TempDir())
	join := teacher.find(`ssh -p (\d+) 127\.0\.0\.1 · join code (\S+) · 0 of 30 seats`)
	ann.joins(join[1], "ann", strings.ToLower(join[2]))
	ann.sees("The edit that came too early", "with the teacher")
	pid := bob.joins(join[1], "bob", join[2])
	bob.sees("The edit that came too early", "with the teacher")
	teacher.sees("2 of 30 seats")
	teacher.keys("!", ",")
	for _, m := range []*tmux{ann, bob} {
		m.sees("What comes of it?", "the teacher reveals")
	}
	ann.keys("2")
	bob.keys("1")
	teacher.sees("2 of 2 voted", "█ 1")
	teacher.keys("P")
	teacher.sees("2 of 2 voted", "█ 1", "2 of 30 seats")
	teacher.keys("P", "Space")
	for _, m := range []*tmux{teacher, ann, bob} {
		m.sees("← this", "2 of 2 voted")
	}
	ann.resize(100, 30)
	ann.sees("with the teacher", "← this")

	killed, err := os.FindProcess(pid)
	if err != nil {
		t.Fatal(err)
	}
	if err := killed.Kill(); err != nil {
		t.Fatal(err)
	}
	teacher.sees("1 of 30 seats")
	ann.keys("f", ",")
	ann.sees("alone · the teacher is at")
	ann.keys("C-z") // It would suspend the server.
	ann.keys("f")
	ann.sees("with the teacher")
	teacher.keys("q")
	teacher.sees("1 seat is here: q again ends the class")
	teacher.keys("q")
	teacher.sees("shell>")
	ann.sees("the class is over. Goodbye.", "shell>")
	for _, m := range []*tmux{teacher, ann} {
		m.runs("echo left with $?")
		m.sees("left with 0")
		state := strings.TrimSpace(m.must("display-message", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}"))
		if state != "0 1 0" {
			t.Errorf("alternate screen, cursor, mouse: %s, want 0 1 0", state)
		}
	}
}

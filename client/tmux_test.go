//go:build e2e

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// tmux is a session of the terminal multiplexer, on a server of its own.
type tmux struct {
	tb     testing.TB
	socket string
}

// mustTmux starts a shell in a terminal of that size, with the built programs
// on its PATH.
func mustTmux(tb testing.TB, width, height int) *tmux {
	tb.Helper()
	bin, err := filepath.Abs("../bin")
	if err != nil {
		tb.Fatal(err)
	}
	// A socket's path must be short.
	dir, err := os.MkdirTemp("", "tmux")
	if err != nil {
		tb.Fatal(err)
	}
	m := &tmux{tb: tb, socket: filepath.Join(dir, "s")}
	tb.Cleanup(func() {
		_ = m.command("kill-server").Run() // It ends with its last shell by itself.
		_ = os.RemoveAll(dir)
	})
	m.must("-f", "/dev/null", "new-session", "-d", "-x", fmt.Sprint(width), "-y", fmt.Sprint(height),
		"-e", "PATH="+bin+":"+os.Getenv("PATH"), "sh")
	m.types("PS1='shell'; PS1=\"$PS1> \"; clear")
	m.keys("Enter")
	m.sees("shell>")
	return m
}

func (m *tmux) command(args ...string) *exec.Cmd {
	return exec.Command("tmux", append([]string{"-S", m.socket}, args...)...)
}

func (m *tmux) must(args ...string) string {
	m.tb.Helper()
	out, err := m.command(args...).CombinedOutput()
	if err != nil {
		m.tb.Fatalf("tmux %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// keys presses keys by tmux's names for them.
func (m *tmux) keys(names ...string) {
	m.tb.Helper()
	m.must(append([]string{"send-keys"}, names...)...)
}

// types sends text as it is.
func (m *tmux) types(text string) {
	m.tb.Helper()
	m.must("send-keys", "-l", text)
}

// sees waits until the terminal shows every text.
func (m *tmux) sees(texts ...string) {
	m.tb.Helper()
	const look = 20 * time.Millisecond
	screen := ""
	for limit := time.Now().Add(screenWait); time.Now().Before(limit); {
		screen = m.must("capture-pane", "-p")
		missing := false
		for _, text := range texts {
			missing = missing || !strings.Contains(screen, text)
		}
		if !missing {
			return
		}
		<-time.After(look)
	}
	m.tb.Fatalf("the terminal never showed %q:\n%s", texts, screen)
}

// The whole way in a real terminal: the demo, the lost edit, a suspended and
// resumed program, and a terminal as it was before.
func TestRaceInTmux(t *testing.T) {
	m := mustTmux(t, 80, 24)
	m.types("optimist --demo")
	m.keys("Enter")
	m.sees("1/9", "Tony Hoare")
	m.keys("f")
	m.sees("stall the projector")
	m.keys("Enter")
	m.sees("[x] stall the projector")
	m.keys("n")
	m.sees("new record")
	m.types("Ada")
	m.keys("Tab")
	m.types("ada@example.org")
	m.keys("Enter")
	m.sees("pending A1", "stalled")
	m.keys("e")
	m.sees("edit")
	m.types(" Lovelace")
	m.keys("Enter")
	m.sees("A2 edit rolled back: not_found", "the create is #23")
	m.keys("C-z")
	m.sees("shell>")
	m.types("fg")
	m.keys("Enter")
	m.sees("rolled back: not_found")
	m.keys("F")
	m.sees("rolled back A2", "in step")
	m.keys("q")
	m.sees("shell>")
	m.types("echo left with $?")
	m.keys("Enter")
	m.sees("left with 0")
}

// Without colour and in seven bits it is as readable.
func TestPlainTerminal(t *testing.T) {
	m := mustTmux(t, 80, 24)
	m.types("NO_COLOR=1 TERM=vt100 optimist --demo --symbols ascii")
	m.keys("Enter")
	m.sees("Tony Hoare", "confirmed")
	if screen := m.must("capture-pane", "-p"); strings.ContainsFunc(screen, func(r rune) bool { return r > 0x7e }) {
		t.Errorf("not in seven bits:\n%s", screen)
	}
	if styled := m.must("capture-pane", "-p", "-e"); strings.Contains(styled, "\x1b[38") || strings.Contains(styled, "\x1b[3") && strings.Contains(styled, "\x1b[31m") {
		t.Errorf("coloured:\n%q", styled)
	}
}

// The rows are there for the shell of SQLite.
func TestSQLiteShell(t *testing.T) {
	data := t.TempDir()
	server, err := launch(t.TempDir(), os.Environ(), "--data", data)
	if err != nil {
		t.Fatal(err)
	}
	create := exec.Command("optimist", "create", "--server", server.urls[0], "--id", "ada", "--name", "Ada", "--email", "ada@example.org")
	if out, err := create.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, err := exec.Command("sqlite3", filepath.Join(data, "readmodel.db"), "SELECT id, name, email, version, seq FROM users").CombinedOutput()
	if err != nil || strings.TrimSpace(string(out)) != "ada|Ada|ada@example.org|1|3" {
		t.Errorf("got %q, %v", out, err)
	}
	if err := server.stop(); err != nil {
		t.Error(err)
	}
}

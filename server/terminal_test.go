package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/creack/pty"
)

// mustRun runs optimistd in a terminal of that kind, which answers nothing, and
// returns its exit code and all that it wrote there.
func mustRun(tb testing.TB, kind string, args ...string) (int, string) {
	tb.Helper()
	cmd := exec.CommandContext(tb.Context(), "optimistd", args...)
	cmd.Env = append(os.Environ(), "TERM="+kind, "COLORTERM=truecolor")
	file, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = file.Close() }() // Everything was read.
	var raw bytes.Buffer
	if _, err := io.Copy(&raw, file); err != nil && !errors.Is(err, syscall.EIO) { // The end of a terminal.
		tb.Fatal(err)
	}
	var died *exec.ExitError
	if err := cmd.Wait(); err != nil && !errors.As(err, &died) {
		tb.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), raw.String()
}

// What went wrong is told at once, and asks the terminal nothing: one that does
// not answer would be waited for, and a slow one answers into the next prompt.
func TestErrorsAskTheTerminalNothing(t *testing.T) {
	for _, tt := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"--bogus"}, 2, "optimistd: error: unknown flag: --bogus\r\noptimistd: hint: see optimistd --help\r\n"},
		{[]string{"dump", "--bogus"}, 2, "optimistd: error: unknown flag: --bogus\r\noptimistd: hint: see optimistd dump --help\r\n"},
		{[]string{"dumb"}, 2, "optimistd: error: unknown command \"dumb\" for \"optimistd\"; did you mean dump?\r\noptimistd: hint: see optimistd --help\r\n"},
		{[]string{"verify"}, 2, "optimistd: error: required flag(s) \"data\" not set\r\noptimistd: hint: see optimistd verify --help\r\n"},
		{[]string{"--durability", "paper"}, 2, "optimistd: error: --durability: unknown durability \"paper\"; choose fsync or page-cache\r\noptimistd: hint: see optimistd --help\r\n"},
	} {
		t.Run(strings.Join(tt.args, " "), func(t *testing.T) {
			code, raw := mustRun(t, "xterm-256color", tt.args...)
			if code != tt.code || raw != tt.says {
				t.Errorf("exit code %d, want %d; it wrote\n%q, want\n%q", code, tt.code, raw, tt.says)
			}
		})
	}
}

// A terminal that cannot draw gets no sequence, with help neither.
func TestTerminalThatCannotDraw(t *testing.T) {
	for _, kind := range []string{"dumb", ""} {
		code, raw := mustRun(t, kind, "dump", "--help")
		if code != 0 || !strings.Contains(raw, "USAGE") || strings.Contains(raw, "\x1b") {
			t.Errorf("TERM=%q: exit code %d: %q", kind, code, raw)
		}
	}
}

package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// screenWait is how long a test waits for something to show; far more than it
// takes.
const screenWait = 20 * time.Second

// Keys as a terminal sends them.
const (
	enter = "\r"
	tab   = "\t"
	down  = "\x1b[B"
)

// tty is a program in a terminal: a pty, and an emulator that shows what
// the program draws and answers what it asks.
type tty struct {
	tb   testing.TB
	cmd  *exec.Cmd
	pty  *os.File
	done sync.WaitGroup

	mu    sync.Mutex
	emu   *vt.Emulator // Read may be called without the lock: it waits for what Write has to say.
	raw   bytes.Buffer
	drawn chan struct{} // Closed and replaced with each output.
}

// mustStart runs optimist in a terminal of that size.
func mustStart(tb testing.TB, width, height int, args ...string) *tty {
	tb.Helper()
	return mustStartProgram(tb, "optimist", width, height, args...)
}

// mustStartProgram runs a program in a terminal of that size.
func mustStartProgram(tb testing.TB, program string, width, height int, args ...string) *tty {
	tb.Helper()
	return mustStartIn(tb, "xterm-256color", program, width, height, args...)
}

// mustStartIn runs a program in a terminal of that kind and size.
func mustStartIn(tb testing.TB, kind, program string, width, height int, args ...string) *tty {
	tb.Helper()
	t := &tty{
		tb: tb, cmd: exec.Command(program, args...),
		emu: vt.NewEmulator(width, height), drawn: make(chan struct{}),
	}
	t.cmd.Env = append(os.Environ(), "TERM="+kind, "COLORTERM=truecolor", "XDG_STATE_HOME="+tb.TempDir())
	file, err := pty.StartWithSize(t.cmd, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)})
	if err != nil {
		tb.Fatal(err)
	}
	t.pty = file
	t.done.Go(t.draw)
	// The program asks its terminal for colours; the answers are its input.
	var answers sync.WaitGroup
	answers.Go(func() { _, _ = io.Copy(t.pty, t.emu) })
	tb.Cleanup(func() {
		_ = t.cmd.Process.Kill() // It has ended long ago if the test was good.
		_ = t.pty.Close()
		t.done.Wait()
		_ = t.emu.InputPipe().(io.Closer).Close() // The emulator's own Close races with its Read.
		answers.Wait()
	})
	return t
}

// draw shows what the program writes, until it ends.
func (t *tty) draw() {
	buf := make([]byte, 1<<14)
	for {
		n, err := t.pty.Read(buf)
		if err != nil {
			return
		}
		t.mu.Lock()
		_, _ = t.emu.Write(buf[:n])
		t.raw.Write(buf[:n])
		close(t.drawn)
		t.drawn = make(chan struct{})
		t.mu.Unlock()
	}
}

// typed sends keys.
func (t *tty) typed(keys ...string) {
	t.tb.Helper()
	for _, k := range keys {
		if _, err := io.WriteString(t.pty, k); err != nil {
			t.tb.Fatal(err)
		}
	}
}

// resize gives the terminal another size.
func (t *tty) resize(width, height int) {
	t.tb.Helper()
	t.mu.Lock()
	t.emu.Resize(width, height)
	t.mu.Unlock()
	if err := pty.Setsize(t.pty, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)}); err != nil {
		t.tb.Fatal(err)
	}
}

// sees waits until the screen shows every text.
func (t *tty) sees(texts ...string) {
	t.tb.Helper()
	t.until(func(screen string) bool {
		for _, text := range texts {
			if !strings.Contains(screen, text) {
				return false
			}
		}
		return true
	}, "%q", texts)
}

// until waits until the screen is as wanted.
func (t *tty) until(wanted func(screen string) bool, format string, args ...any) {
	t.tb.Helper()
	limit := time.NewTimer(screenWait)
	defer limit.Stop()
	for {
		t.mu.Lock()
		drawn, screen := t.drawn, t.emu.String()
		t.mu.Unlock()
		if wanted(screen) {
			return
		}
		select {
		case <-drawn:
		case <-limit.C:
			t.tb.Fatalf("the screen never showed "+format+":\n%s", append(args, screen)...)
		}
	}
}

// ends waits for the program and returns its exit code and all it wrote.
func (t *tty) ends() (int, string) {
	t.tb.Helper()
	ended := make(chan error, 1)
	go func() { ended <- t.cmd.Wait() }()
	select {
	case err := <-ended:
		var died *exec.ExitError
		if err != nil && !errors.As(err, &died) {
			t.tb.Fatal(err)
		}
	case <-time.After(screenWait):
		t.tb.Fatal("the program has not ended")
	}
	t.done.Wait()
	return t.cmd.ProcessState.ExitCode(), t.raw.String()
}

// mustBeRestored checks that the terminal is as it was: the main screen, with a
// cursor, and no mouse.
func mustBeRestored(tb testing.TB, raw string) {
	tb.Helper()
	for _, pair := range []struct{ on, off, what string }{
		{"\x1b[?1049h", "\x1b[?1049l", "the main screen"},
		{"\x1b[?25l", "\x1b[?25h", "the cursor"},
		{"\x1b[?1002h", "\x1b[?1002l", "the mouse"},
	} {
		if strings.LastIndex(raw, pair.off) < strings.LastIndex(raw, pair.on) {
			tb.Errorf("%s was not given back", pair.what)
		}
	}
}

package tui

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"optimist/client/remote"
	"optimist/shared/reconcile"
)

// screenBytes is a terminal's output, safe to read while it is written.
type screenBytes struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (s *screenBytes) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.Write(p)
}

func (s *screenBytes) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buf.String()
}

// start runs the screen without a terminal.
func start(t *testing.T, opts Options, open Opener) (*screenBytes, io.Writer, <-chan error) {
	t.Helper()
	out := &screenBytes{}
	in, keys := io.Pipe()
	done := make(chan error, 1)
	opts.Client, opts.Reports = "ann", t.TempDir()
	go func() {
		done <- Run(t.Context(), opts, open, tea.WithInput(in), tea.WithOutput(out), tea.WithWindowSize(80, 24),
			tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	}()
	t.Cleanup(func() { _ = keys.Close() })
	return out, keys, done
}

// mustEnd waits for Run.
func mustEnd(t *testing.T, done <-chan error) error {
	t.Helper()
	select {
	case err := <-done:
		return err
	case <-time.After(10 * time.Second):
		t.Fatal("the screen does not end")
		return nil
	}
}

// idle is an Opener that never gets there.
func idle(ctx context.Context, say func(string), _ func(remote.Batch)) (*remote.Remote, error) {
	say("the end of the world")
	<-ctx.Done()
	return nil, ctx.Err()
}

// restored fails unless the terminal was left as it was found.
func (s *screenBytes) restored(t *testing.T) {
	t.Helper()
	text := s.String()
	on, off := strings.LastIndex(text, "\x1b[?1049h"), strings.LastIndex(text, "\x1b[?1049l")
	if on >= 0 && off < on {
		t.Errorf("the alternate screen was not left: %q", text[max(0, len(text)-200):])
	}
}

func TestRunQuitsByKey(t *testing.T) {
	out, keys, done := start(t, Options{}, idle)
	if _, err := io.WriteString(keys, "q"); err != nil {
		t.Fatal(err)
	}
	if err := mustEnd(t, done); err != nil {
		t.Fatal(err)
	}
	out.restored(t)
}

func TestRunReturnsWhyItDidNotOpen(t *testing.T) {
	want := errors.New("no server here")
	out, _, done := start(t, Options{}, func(context.Context, func(string), func(remote.Batch)) (*remote.Remote, error) {
		return nil, want
	})
	if err := mustEnd(t, done); !errors.Is(err, want) {
		t.Fatalf("got %v", err)
	}
	out.restored(t)
}

func TestRunReportsAPanic(t *testing.T) {
	for name, open := range map[string]Opener{
		"in a goroutine": func(context.Context, func(string), func(remote.Batch)) (*remote.Remote, error) {
			panic("out of order")
		},
		"in Update": func(ctx context.Context, say func(string), deliver func(remote.Batch)) (*remote.Remote, error) {
			deliver(remote.Batch{Inputs: []reconcile.Input{{Kind: 99}}})
			return idle(ctx, say, deliver)
		},
	} {
		t.Run(name, func(t *testing.T) {
			out, _, done := start(t, Options{Version: "test"}, open)
			var broken *PanicError
			if err := mustEnd(t, done); !errors.As(err, &broken) {
				t.Fatalf("got %v", err)
			}
			report, err := os.ReadFile(broken.Path)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(report), "panic: ") || !strings.Contains(string(report), "goroutine") {
				t.Errorf("the report is %q", report)
			}
			out.restored(t)
		})
	}
}

func TestRunEndsWhenTheTerminalGoes(t *testing.T) {
	// Held here too, so that one sent too early does not end the test.
	held := make(chan os.Signal, 1)
	signal.Notify(held, syscall.SIGHUP)
	defer signal.Stop(held)
	out, _, done := start(t, Options{}, idle)
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			out.restored(t)
			return
		case <-again.C:
			if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
				t.Fatal(err)
			}
		}
	}
}

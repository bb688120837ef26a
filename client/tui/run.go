package tui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"

	tea "charm.land/bubbletea/v2"

	"optimist/client/remote"
)

// Opener opens the session while the screen is up already. It says what it
// waits for, and gives deliver to the Remote it returns. Run closes that.
type Opener func(ctx context.Context, say func(waiting string), deliver func(remote.Batch)) (*remote.Remote, error)

// Run shows the screen until the person quits, the process is told to end, or
// ctx ends; SIGTERM and SIGHUP are a quit without a question. The terminal is
// restored in every case. The error of open, if any, is returned as it is, and
// a panic as a *PanicError. The options of Bubble Tea are for other terminals
// than the process's own.
func Run(ctx context.Context, opts Options, open Opener, more ...tea.ProgramOption) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s := &run{opts: opts.withDefaults()}
	var failed context.Context
	failed, s.end = context.WithCancel(ctx)
	s.program = tea.NewProgram(watched{New(opts), s}, append(more, tea.WithContext(ctx))...)
	var ours sync.WaitGroup
	// One goroutine opens the session, so that the first frame need not wait.
	ours.Go(func() { s.guard(func() { s.open(ctx, open) }) })
	// One goroutine turns a lost terminal into a quit.
	ours.Go(func() { s.guard(func() { s.hangUp(ctx) }) })
	// One goroutine ends the program after a panic, which cannot be done from
	// within Update. It quits: Kill is not safe while the program starts.
	ours.Go(func() {
		<-failed.Done()
		if s.broken.Load() {
			s.program.Send(tea.QuitMsg{})
		}
	})
	_, err := s.program.Run()
	stop()
	ours.Wait()
	return s.outcome(err)
}

// run is what surrounds the program.
type run struct {
	opts    Options
	program *tea.Program
	broken  atomic.Bool        // Something panicked.
	end     context.CancelFunc // Ends the program.

	mu     sync.Mutex
	failed error // Why it ended, if not by the person.
}

// open opens the session, carries its requests about faults, and closes it.
func (s *run) open(ctx context.Context, open Opener) {
	say := func(waiting string) { s.program.Send(Waiting{For: waiting}) }
	deliver := func(b remote.Batch) { s.program.Send(b) }
	r, err := open(ctx, say, deliver)
	if err != nil {
		if ctx.Err() == nil {
			s.fail(err)
			s.program.Send(tea.QuitMsg{})
		}
		return
	}
	defer func() {
		if err := r.Close(); err != nil {
			s.fail(fmt.Errorf("close the session: %w", err))
		}
	}()
	r.Tail(MaxLog)
	l := newLink(r)
	s.program.Send(Opened{Remote: l})
	l.carry(ctx, func(err error) { s.program.Send(Faulty{Err: err}) })
}

// hangUp quits when the terminal goes away. Bubble Tea itself takes SIGTERM.
func (s *run) hangUp(ctx context.Context) {
	gone := make(chan os.Signal, 1)
	signal.Notify(gone, syscall.SIGHUP)
	defer signal.Stop(gone)
	select {
	case <-ctx.Done():
	case <-gone:
		s.program.Send(tea.QuitMsg{})
	}
}

// fail keeps the first reason.
func (s *run) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed == nil {
		s.failed = err
	}
}

// outcome returns why the program ended, nil for a quit.
func (s *run) outcome(err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.failed != nil:
		return s.failed
	case err == nil || errors.Is(err, tea.ErrInterrupted):
		return nil
	}
	return fmt.Errorf("run the screen: %w", err)
}

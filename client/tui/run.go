package tui

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"optimist/client/remote"
	"optimist/client/terminal"
)

// FirstFrame is how long the first frame waits for the first rows at most. After
// that the screen says what it waits for.
const FirstFrame = 100 * time.Millisecond

// Opener opens the session while the screen comes up. It says what it
// waits for, and gives deliver to the Remote it returns. Run closes that.
type Opener func(ctx context.Context, say func(waiting string), deliver func(remote.Batch)) (*remote.Remote, error)

// Run shows the screen until the person quits, the process is told to end, or
// ctx ends. The terminal is restored in every case. The error of open, if any, is
// returned as it is, and a panic as a *PanicError. The options of Bubble Tea are
// for other terminals than the process's own.
func Run(ctx context.Context, opts Options, open Opener, more ...tea.ProgramOption) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s := &run{opts: opts.withDefaults(), mail: make(chan tea.Msg)}
	var whole context.Context // Until something panics.
	whole, s.end = context.WithCancel(ctx)
	model := watched{New(s.opts), s}
	s.program = terminal.Program(model, more...)
	var ours sync.WaitGroup
	// One goroutine opens the session, so that the first frame need not wait long.
	ours.Go(func() { s.guard(func() { s.open(ctx, open) }) })
	if !s.prepare(model) {
		stop()
		ours.Wait()
		return s.outcome(nil)
	}
	// One goroutine brings the program what the session says.
	ours.Go(func() { s.forward(ctx) })
	err := terminal.Run(whole, s.program)
	stop()
	ours.Wait()
	return s.outcome(err)
}

// run is what surrounds the program.
type run struct {
	opts    Options
	program *tea.Program
	mail    chan tea.Msg       // From the session to the model.
	broken  atomic.Bool        // Something panicked.
	end     context.CancelFunc // Ends the program.

	mu     sync.Mutex
	failed error // Why it ended, if not by the person.
}

// prepare gives the model what the session says until the first rows are there,
// so that the first frame shows them, or until FirstFrame has passed. It reports
// whether there is anything to show.
func (s *run) prepare(model watched) bool {
	limit := time.NewTimer(FirstFrame)
	defer limit.Stop()
	for !model.loaded {
		select {
		case <-limit.C:
			return true
		case msg := <-s.mail:
			if _, over := msg.(tea.QuitMsg); over {
				return false
			}
			model.Update(msg)
		}
	}
	return true
}

// forward brings messages to the program until ctx ends.
func (s *run) forward(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case msg := <-s.mail:
			s.program.Send(msg)
		}
	}
}

// say gives the model a message of the session.
func (s *run) say(ctx context.Context, msg tea.Msg) {
	select {
	case <-ctx.Done():
	case s.mail <- msg:
	}
}

// open opens the session, carries its requests about faults, and closes it.
func (s *run) open(ctx context.Context, open Opener) {
	say := func(waiting string) { s.say(ctx, Waiting{For: waiting}) }
	deliver := func(b remote.Batch) { s.say(ctx, b) }
	r, err := open(ctx, say, deliver)
	if err != nil {
		if ctx.Err() == nil {
			s.fail(err)
			s.say(ctx, tea.QuitMsg{})
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
	s.say(ctx, Opened{Remote: l})
	l.carry(ctx, func(err error) { s.say(ctx, Faulty{Err: err}) })
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
	case err != nil:
		return fmt.Errorf("run the screen: %w", err)
	}
	return nil
}

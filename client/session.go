package main

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"optimist/client/outbox"
	"optimist/client/remote"
	"optimist/server/app"
)

// Timing of the first frame.
const (
	patience = 80 * time.Millisecond // The screen waits this long for its server, and then says what it waits for.
	pace     = 33 * time.Millisecond // Between two deliveries to a busy screen.
)

// session is what the screen speaks to: a server, embedded or not, an outbox
// and the remote between them.
type session struct {
	flags *interactiveFlags
	log   *slog.Logger

	ready chan struct{} // Closed once opening has ended, well or not.
	news  chan string   // What opening waits for.

	mu      sync.Mutex
	deliver func(remote.Batch) // nil until the screen takes deliveries.
	early   []remote.Batch

	app    *app.App
	outbox *outbox.Outbox
	remote *remote.Remote
	err    error
}

func newSession(f *interactiveFlags, log *slog.Logger) *session {
	return &session{flags: f, log: log, ready: make(chan struct{}), news: make(chan string, 1)}
}

// begin starts to open and returns once that is done, so that the first frame
// shows what there is; or after a while, and the screen says what it waits for.
func (s *session) begin(ctx context.Context) {
	// Opening may take long: the screen comes up meanwhile.
	go func() {
		defer close(s.ready)
		s.err = s.dial(ctx)
	}()
	limit := time.NewTimer(patience)
	defer limit.Stop()
	select {
	case <-s.ready:
	case <-limit.C:
	}
}

// open hands the session to the screen, as tui.Opener wants it.
func (s *session) open(ctx context.Context, say func(string), deliver func(remote.Batch)) (*remote.Remote, error) {
	for {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case what := <-s.news:
			say(what)
		case <-s.ready:
			if s.err != nil {
				return nil, s.err
			}
			s.release(deliver)
			return s.remote, nil
		}
	}
}

// dial opens everything.
func (s *session) dial(ctx context.Context) error {
	cfg := remote.Config{Client: s.flags.as, URL: s.flags.server, Deliver: s.take, Pace: pace, Logger: s.log}
	var err error
	if s.flags.server == "" {
		if s.app, err = app.Open(ctx, s.server()); err != nil {
			return err
		}
		cfg.Connect = func(opts ...nats.Option) (*nats.Conn, error) { return s.app.Connect(opts...) }
	}
	if s.outbox, err = s.openOutbox(ctx); err != nil {
		return err
	}
	cfg.Outbox = s.outbox
	s.remote, err = remote.Dial(ctx, cfg)
	return err
}

// server is how the embedded server is opened.
func (s *session) server() app.Config {
	cfg := app.Config{
		Dir: s.flags.data, Durability: app.Durability(s.flags.durability), Strategy: s.flags.strategy,
		Faults: s.flags.faults || s.flags.demo, Logger: s.log, Progress: s.tell,
	}
	if s.flags.demo {
		cfg.Seed = app.SeedUsers()
	}
	return cfg
}

// openOutbox opens the outbox beside the data, or where this person keeps state
// for that server. A throw-away session keeps its outbox in memory.
func (s *session) openOutbox(ctx context.Context) (*outbox.Outbox, error) {
	switch {
	case s.flags.server != "":
		dir, err := outbox.StateDir(s.flags.server, s.flags.as)
		if err != nil {
			return nil, err
		}
		return outbox.Open(ctx, dir, s.flags.as)
	case s.flags.data != "":
		return outbox.Open(ctx, filepath.Join(s.flags.data, "clients", s.flags.as), s.flags.as)
	}
	return outbox.Memory(s.flags.as), nil
}

// tell says what opening waits for. Only the newest counts.
func (s *session) tell(what string) {
	select {
	case <-s.news:
	default:
	}
	select {
	case s.news <- what:
	default:
	}
}

// take keeps deliveries until the screen wants them.
func (s *session) take(b remote.Batch) {
	s.mu.Lock()
	deliver := s.deliver
	if deliver == nil {
		s.early = append(s.early, b)
	}
	s.mu.Unlock()
	if deliver != nil {
		deliver(b)
	}
}

// release delivers what was kept, and from then on what comes.
func (s *session) release(deliver func(remote.Batch)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, b := range s.early {
		deliver(b)
	}
	s.early, s.deliver = nil, deliver
}

// close closes what the screen has not closed.
func (s *session) close() error {
	<-s.ready
	var errs []error
	if s.remote != nil {
		errs = append(errs, s.remote.Close())
	}
	if s.outbox != nil {
		errs = append(errs, s.outbox.Close())
	}
	if s.app != nil {
		errs = append(errs, s.app.Close())
	}
	return errors.Join(errs...)
}

package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"path/filepath"
	"time"

	"optimist/client/outbox"
	"optimist/client/remote"
	"optimist/server/app"
	"optimist/shared/exit"
)

// pace is the time between two deliveries to a busy screen.
const pace = 33 * time.Millisecond

// session is what the screen speaks to: a server, embedded or not, an outbox,
// and the remote between them. Open it at most once, and close it in any case.
type session struct {
	flags *interactiveFlags
	log   *slog.Logger

	app    *app.App // nil if the server is elsewhere.
	outbox *outbox.Outbox
}

// open opens everything, as tui.Opener wants it. The screen closes the remote.
func (s *session) open(ctx context.Context, say func(string), deliver func(remote.Batch)) (*remote.Remote, error) {
	cfg := remote.Config{Client: s.flags.as, URL: s.flags.server, Deliver: deliver, Pace: pace, Logger: s.log}
	var err error
	if s.flags.server == "" {
		if s.app, err = app.Open(ctx, s.server(say)); err != nil {
			return nil, err
		}
		cfg.Connect = s.app.Connect
	}
	if s.outbox, err = s.openOutbox(ctx); err != nil {
		return nil, err
	}
	cfg.Outbox = s.outbox
	return remote.Dial(ctx, cfg)
}

// server is how the embedded server is opened.
func (s *session) server(say func(string)) app.Config {
	cfg := app.Config{
		Dir: s.flags.data, Durability: app.Durability(s.flags.durability), Strategy: s.flags.strategy,
		Faults: s.flags.faults || s.flags.demo, Logger: s.log, Progress: say,
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
		box, err := outbox.Open(ctx, dir, s.flags.as)
		if errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) {
			err = exit.With(exit.Unknown, err, writable)
		}
		return box, err
	case s.flags.data != "":
		return outbox.Open(ctx, filepath.Join(s.flags.data, "clients", s.flags.as), s.flags.as)
	}
	return outbox.Memory(s.flags.as), nil
}

// close closes what the screen has not closed.
func (s *session) close() error {
	var errs []error
	if s.outbox != nil {
		errs = append(errs, s.outbox.Close())
	}
	if s.app != nil {
		errs = append(errs, s.app.Close())
	}
	return errors.Join(errs...)
}

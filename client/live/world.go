// Package live runs a story on the real thing: clients with outboxes on disk,
// NATS between them and a server with its log and its SQLite. It offers what a
// simulated world does, one step at a time, and runs one beside it: after each
// step everything that can be seen of either must be equal.
//
// Nothing happens by itself. Whatever comes to a port of the server, or to a
// client, waits at a gate until a step lets it through; both sides have a clock
// that only a step moves; and a step is over once everything is quiet again,
// which counts tell, never time:
//
//	commands sent = commands at the gate       queries sent = queries answered
//	appends begun = appends answered           the projector waits for a permit
//	all that the server sent has left it       each client has taken it in
//
// A story that crashes somebody runs the server and the clients as processes of
// this very program, which are killed; see Child.
package live

import (
	"errors"
	"fmt"
	"os"
	"time"

	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/sim"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// patience is how long anything may take that is under way. What takes longer
// will not come.
const patience = 10 * time.Second

// Config says what a world begins with.
type Config struct {
	Strategy string      // Of every client, as strategy.Parse reads it; "" means the default.
	Given    []sim.Given // Records that are confirmed before the story begins.
	Crashes  bool        // The story crashes somebody: server and clients run as processes.
	Dir      string      // For outboxes, log and database; "": a throw-away one.
}

// World is a story on the real thing, with its simulation beside it. It has one
// owner and is not safe for concurrent use. Close it.
type World struct {
	cfg   Config
	dir   string
	trash bool // dir is to be removed.
	given []protocol.Command

	now     int64
	host    carrier[hostRequest, hostAnswer]
	near    *host // The host, if it is in this process.
	down    bool
	server  hostAnswer
	plan    fault.Plan // What is armed, while the server is down.
	log     []event.Event
	clients []*client

	sent     counts // What the clients asked,
	taken    counts // and as much of it as the server was waited for.
	received uint64 // How much of what the server sent the clients were waited for.

	sim   *sim.World
	trace trace.Trace
	steps []string // What was done lately, the newest last.
	state *sim.State
	err   error // The first difference or failure: after it nothing can be told.
}

// counts is how much was asked of the server since it was opened.
type counts struct{ commands, queries uint64 }

// New opens a world whose server runs and has nobody to serve yet.
func New(cfg Config) (*World, error) {
	twin, err := sim.New(sim.Config{Strategy: cfg.Strategy, Given: cfg.Given})
	if err != nil {
		return nil, err
	}
	w := &World{cfg: cfg, dir: cfg.Dir, sim: twin}
	twin.Record(&w.trace)
	w.trace.Mode = "live"
	w.cfg.Strategy = twin.Strategy().Text()
	if w.dir == "" {
		if w.dir, err = os.MkdirTemp("", "optimist-live-"); err != nil {
			return nil, fmt.Errorf("open a live world: %w", err)
		}
		w.trash = true
	}
	for i, g := range cfg.Given {
		w.given = append(w.given, givenCommand(i, g))
	}
	if err := w.openServer(); err != nil {
		return nil, errors.Join(fmt.Errorf("open a live world: %w", err), w.Close())
	}
	if err := w.compare("the beginning"); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// givenCommand returns the create of a record that is given.
func givenCommand(i int, g sim.Given) protocol.Command {
	return protocol.CommandOf(user.Command{
		Ref:    user.Ref{Client: sim.Founder, Command: fmt.Sprintf("%s.%d", sim.Founder, i+1)},
		Record: g.Record, Op: user.Create, Patch: g.Patch,
	}, "")
}

// Trace returns what has happened so far. What the simulation tells of is what
// happened here: each step was found equal.
func (w *World) Trace() *trace.Trace { return &w.trace }

// State returns everything that can be seen from outside.
func (w *World) State() *sim.State { return w.state }

// Now returns the world's clock in milliseconds.
func (w *World) Now() int64 { return w.now }

// Faults returns what is armed, as far as it has come.
func (w *World) Faults() []fault.Fault {
	if w.down {
		return w.plan.List()
	}
	return w.server.Faults
}

// Waiting returns what could pass the gate now, in the order in which a world
// that settles lets it.
func (w *World) Waiting(g sim.Gate) []sim.Waiting {
	var list []sim.Waiting
	for _, x := range w.state.Waiting {
		if x.Gate == g {
			list = append(list, x)
		}
	}
	return list
}

// Close ends everything and removes a throw-away directory.
func (w *World) Close() error {
	var errs []error
	for _, c := range w.clients {
		if !c.down {
			errs = append(errs, w.leave(c))
		}
	}
	if w.host != nil && !w.down {
		errs = append(errs, w.closeServer())
	}
	if w.trash {
		errs = append(errs, os.RemoveAll(w.dir))
	}
	return errors.Join(errs...)
}

// Package app puts the server together: log, read model, projector, commands,
// queries and faults, in the order in which they need each other. It is the one
// part of the server that a client may open inside its own process.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"optimist/server/command"
	"optimist/server/control"
	"optimist/server/eventlog"
	"optimist/server/natsd"
	"optimist/server/projector"
	"optimist/server/query"
	"optimist/server/sqlite"
	"optimist/shared/protocol"
	"optimist/shared/strategy"
)

// Names within a data directory.
const readModelFile = "readmodel.db"

// Durability says what an accepted event survives.
type Durability = natsd.Durability

// The modes of durability.
const (
	Fsync     = natsd.Fsync
	PageCache = natsd.PageCache
)

// LockedError says that another process holds a data directory.
type LockedError = natsd.LockedError

// ParseDurability reads a mode's name.
func ParseDurability(name string) (Durability, error) { return natsd.ParseDurability(name) }

// Config says what to open. The zero Config is a throw-away server that listens
// to nobody outside its process.
type Config struct {
	Dir        string     // Data directory; empty: a throw-away one.
	Listen     string     // host:port for NATS; empty: in process only.
	ListenWS   string     // host:port for NATS over WebSocket; empty: none.
	Durability Durability // Empty: fsync with Dir, else page-cache.
	Strategy   string     // The default strategy; empty: strategy.Default.
	Faults     bool       // Faults can be armed.
	Seed       []protocol.Command
	SeedClient string // Who made them; empty: "seed".
	Logger     *slog.Logger
	Progress   func(what string) // Called while opening takes long; nil: nobody is told.
	Now        func() time.Time  // nil: time.Now.
	NewID      func() string     // Makes the log's id; nil: a random one.
	Crash      func(what string) // Ends the process where a fault wants it to crash; nil: such faults cannot be armed.
	Gate       *Gate             // Holds every part back at its port, and has the clock; nil: nothing does.
}

// App is an open server. Close it.
type App struct {
	cfg   Config
	trash string // The throw-away directory, "" if Dir was given.

	nats      *natsd.Server
	logConn   *nats.Conn // To the log only; see natsd.
	conn      *nats.Conn // To the clients.
	log       *eventlog.Log
	db        *sqlite.DB
	board     *control.Board
	index     *command.Index
	faults    *nats.Subscription
	projector *projector.Projector
	commands  *command.Handler
	queries   *query.Service
	status    *announcer

	stop    context.CancelFunc
	running sync.WaitGroup
	failed  chan error // Holds the first failure of a running part.
}

// Open opens every part and serves. On an error nothing is left behind.
func Open(ctx context.Context, cfg Config) (*App, error) {
	a, err := prepare(cfg)
	if err != nil {
		return nil, err
	}
	if err := a.open(ctx); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

// prepare fills in what cfg leaves open.
func prepare(cfg Config) (*App, error) {
	a := &App{cfg: cfg, failed: make(chan error, 1)}
	c := &a.cfg
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Progress == nil {
		c.Progress = func(string) {}
	}
	if c.Now == nil {
		c.Now = c.Gate.Now
	}
	if c.SeedClient == "" {
		c.SeedClient = seedClient
	}
	if c.Strategy == "" {
		c.Strategy = strategy.Default
	}
	if _, err := strategy.Named(c.Strategy); err != nil {
		return nil, err
	}
	if c.Durability == "" {
		c.Durability = natsd.Fsync
		if c.Dir == "" {
			c.Durability = natsd.PageCache
		}
	}
	if c.Dir == "" {
		dir, err := os.MkdirTemp("", "optimist-")
		if err != nil {
			return nil, fmt.Errorf("make a throw-away data directory: %w", err)
		}
		c.Dir, a.trash = dir, dir
	}
	return a, nil
}

// open starts the parts, each after those it needs. The read model is at the
// log's end before the first command is taken.
func (a *App) open(ctx context.Context) error {
	if err := a.openLog(ctx); err != nil {
		return err
	}
	if err := a.openReadModel(ctx); err != nil {
		return err
	}
	return a.serve(ctx)
}

// openLog starts the embedded NATS server and opens the stream in it.
func (a *App) openLog(ctx context.Context) error {
	var err error
	a.cfg.Progress("opening the event log")
	a.nats, err = natsd.Start(ctx, natsd.Config{
		Dir: a.cfg.Dir, Listen: a.cfg.Listen, ListenWS: a.cfg.ListenWS,
		Durability: a.cfg.Durability, Logger: a.cfg.Logger,
	})
	if err != nil {
		return err
	}
	if a.conn, err = a.nats.Connect(nats.Name("optimist server")); err != nil {
		return err
	}
	if a.logConn, err = a.nats.ConnectLog(nats.Name("optimist log")); err != nil {
		return err
	}
	if a.log, err = eventlog.Open(ctx, a.logConn, eventlog.Config{Now: a.cfg.Now, NewID: a.cfg.NewID}); err != nil {
		return err
	}
	return a.seed(ctx)
}

// openReadModel opens the rows and brings them to the log's end.
func (a *App) openReadModel(ctx context.Context) error {
	var err error
	a.cfg.Progress("opening the read model")
	a.db, err = sqlite.Open(ctx, filepath.Join(a.cfg.Dir, readModelFile), Synchronous(a.cfg.Durability))
	if err != nil {
		return err
	}
	a.board = control.NewBoard(a.cfg.Faults)
	if a.cfg.Crash == nil {
		a.board.Immortal()
	}
	a.index = command.NewIndex()
	a.status = newAnnouncer(a)
	cfg := projector.Config{
		Log: a.log, DB: a.db, Faults: a.board, Now: a.cfg.Now, Logger: a.cfg.Logger,
		Publish: a.publish, Reached: a.reached, Observe: a.index.Observe, Status: a.status.set, Progress: a.progress,
		AfterFunc: a.cfg.Gate.AfterFunc, Crash: a.cfg.Crash,
	}
	if a.cfg.Gate != nil {
		cfg.Gate = a.cfg.Gate
	}
	a.projector, err = projector.Open(ctx, cfg)
	return err
}

// Synchronous returns what a commit of the read model waits for. The read model
// can be made again from the log, but a checkpoint must not outlive its log.
func Synchronous(d natsd.Durability) sqlite.Synchronous {
	if d == natsd.Fsync {
		return sqlite.Full
	}
	return sqlite.Normal
}

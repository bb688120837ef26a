// Package natsd is the life of the embedded nats-server: its data directory's
// lock, its durability, who may do what on it, and where it listens.
package natsd

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// Limits of starting and stopping.
const (
	startWait = 10 * time.Second // A large store takes a while to be opened.
	stopWait  = 2 * time.Second
)

// Durability says what an acknowledged append survives.
type Durability string

// The modes of durability.
const (
	Fsync     Durability = "fsync"      // A power cut: on the disk before it is acknowledged.
	PageCache Durability = "page-cache" // The death of the process, not of the machine.
)

// ParseDurability reads a mode's name.
func ParseDurability(name string) (Durability, error) {
	switch d := Durability(name); d {
	case Fsync, PageCache:
		return d, nil
	}
	return "", fmt.Errorf("unknown durability %q; choose %s or %s", name, Fsync, PageCache)
}

// Config says how to run the server.
type Config struct {
	Dir        string       // The data directory; made if it is missing.
	Listen     string       // host:port for NATS clients; empty: none but in process.
	ListenWS   string       // host:port for WebSocket clients; empty: none.
	Durability Durability   // Empty means Fsync.
	Logger     *slog.Logger // nil: no logs.
}

// Server is a running nats-server in this process.
type Server struct {
	ns      *server.Server
	lock    *Lock
	log     identity // In the log's account.
	own     identity // In everybody's account.
	listens bool
	wsURL   string
}

// Start locks the directory and starts a server in it. It returns a
// *LockedError if another holds the directory, and refuses to listen off this
// machine.
func Start(ctx context.Context, cfg Config) (*Server, error) {
	s := &Server{listens: cfg.Listen != ""}
	opts, err := s.options(cfg)
	if err != nil {
		return nil, err
	}
	if s.lock, err = TakeLock(ctx, cfg.Dir); err != nil {
		return nil, err
	}
	if err := s.run(opts, cfg.Logger); err != nil {
		return nil, fmt.Errorf("start the nats-server: %w", errors.Join(err, s.Close()))
	}
	if cfg.ListenWS != "" {
		s.wsURL = s.ns.WebsocketURL()
	}
	return s, nil
}

// options puts cfg into the nats-server's terms.
func (s *Server) options(cfg Config) (*server.Options, error) {
	var err error
	if s.log, err = newIdentity(); err != nil {
		return nil, err
	}
	if s.own, err = newIdentity(); err != nil {
		return nil, err
	}
	opts := &server.Options{
		ServerName: "optimist",
		DontListen: true,
		NoSigs:     true,
		JetStream:  true,
		StoreDir:   cfg.Dir, // The server makes its own folder in it.
		SyncAlways: cfg.Durability != PageCache,

		DisableJetStreamBanner: true,
	}
	if err := readAccounts(opts, s.log.public, s.own.public); err != nil {
		return nil, err
	}
	if cfg.Listen != "" {
		host, port, err := loopback(cfg.Listen)
		if err != nil {
			return nil, err
		}
		opts.DontListen, opts.Host, opts.Port = false, host, anyPort(port)
	}
	if cfg.ListenWS != "" {
		host, port, err := loopback(cfg.ListenWS)
		if err != nil {
			return nil, err
		}
		opts.Websocket = server.WebsocketOpts{Host: host, Port: anyPort(port), NoTLS: true}
	}
	return opts, nil
}

// run starts the server and returns once it takes connections.
func (s *Server) run(opts *server.Options, logger *slog.Logger) error {
	ns, err := server.NewServer(opts)
	if err != nil {
		return err
	}
	s.ns = ns
	log := &bridge{log: logger}
	ns.SetLoggerV2(log, false, false, false)
	ns.Start()
	if err := log.Err(); err != nil {
		return err
	}
	if !ns.ReadyForConnections(startWait) {
		return fmt.Errorf("not ready after %v", startWait)
	}
	return log.Err()
}

// ConnectLog returns the server's own connection to the log, in process: the
// only kind that can write to it. The log is in an account of its own, so
// nothing else is reached on it.
func (s *Server) ConnectLog(opts ...nats.Option) (*nats.Conn, error) {
	return s.connect(append(opts, s.log.option(), nats.CustomInboxPrefix(logInbox)))
}

// Connect returns the server's own connection to its clients, in process and
// with all rights, on which it serves requests and publishes the feed.
func (s *Server) Connect(opts ...nats.Option) (*nats.Conn, error) {
	return s.connect(append(opts, s.own.option()))
}

// ConnectGuest returns a client's connection, in process, with the rights that
// everybody has.
func (s *Server) ConnectGuest(opts ...nats.Option) (*nats.Conn, error) {
	return s.connect(opts)
}

func (s *Server) connect(opts []nats.Option) (*nats.Conn, error) {
	nc, err := nats.Connect("", append(opts, nats.InProcessServer(s.ns))...)
	if err != nil {
		return nil, fmt.Errorf("connect in process: %w", err)
	}
	return nc, nil
}

// URLs returns where clients can connect: nats:// first, then ws://.
func (s *Server) URLs() []string {
	var urls []string
	if s.listens {
		urls = append(urls, s.ns.ClientURL())
	}
	if s.wsURL != "" {
		urls = append(urls, s.wsURL)
	}
	return urls
}

// Close stops the server, waits for it and releases the directory.
func (s *Server) Close() error {
	if s.ns == nil {
		return s.lock.Release()
	}
	stopped := make(chan struct{})
	// The server's own wait has no limit; ours has.
	go func() {
		defer close(stopped)
		s.ns.Shutdown()
		s.ns.WaitForShutdown()
	}()
	select {
	case <-stopped:
		return s.lock.Release()
	case <-time.After(stopWait):
		// The lock stays: a server that has not stopped still owns the files.
		return fmt.Errorf("the nats-server has not stopped after %v", stopWait)
	}
}

// Package remote carries out what a replica asks for, in order and without
// ever blocking who asks: it writes the outbox, sends commands and questions
// over NATS, and hands back answers, the feed and the passing of time as the
// replica's inputs. Beside them come the log and the server's status, for
// display.
//
// What has no answer is not failed: no responder, a timeout or a lost
// connection is never a verdict. The replica asks again in its own time.
package remote

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"optimist/client/outbox"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// Limits and intervals.
const (
	TickEvery     = 250 * time.Millisecond // Between two Tick inputs.
	PageTimeout   = 5 * time.Second        // For one page of a Sync.
	reconnectWait = 100 * time.Millisecond // Between two attempts to connect, and as much again by chance.
	dialTimeout   = 2 * time.Second        // For one attempt.
	pingInterval  = 5 * time.Second        // Two lost pings, and the connection counts as lost.
)

// Config is what Dial needs: Client, Outbox, Deliver, and one of Connect and
// URL.
type Config struct {
	URL     string                                        // nats://, tls://, ws:// or wss://
	Connect func(opts ...nats.Option) (*nats.Conn, error) // Instead of URL, for a server in this process.
	Outbox  *outbox.Outbox                                // Of Client; the Remote writes it, its owner closes it.
	Client  string                                        // Its id.
	Deliver func(Batch)                                   // Called by one goroutine, in order; it may block.
	Pace    time.Duration                                 // At least this long between deliveries while busy; 0: none.
	Logger  *slog.Logger                                  // nil: no logs.
	Now     func() int64                                  // Milliseconds, never going back; nil: the system's clock.
}

// Remote is a connection that keeps itself up. Its methods are safe for
// concurrent use.
type Remote struct {
	cfg   Config
	nc    *nats.Conn
	inbox string // Prefix of the subjects that answers arrive on.

	work  *backlog
	out   *outlet
	asked *ledger
	tail  *tail
	apart bool // Commands go out one by one.

	mu     sync.Mutex
	ready  bool // Everything is subscribed to. What comes up before that is not yet of use.
	online bool

	logFeed   bool   // The log's feed is still to be subscribed to. It belongs to carry.
	unwritten writes // What was left when carry ended; for Close.

	stop context.CancelFunc
	done sync.WaitGroup
}

// Dial starts a Remote. It first delivers what the outbox holds as Restore
// inputs, and then, once the server is there, Connected: a client may start
// offline. The Remote works until ctx ends or Close is called; Close it in
// either case.
func Dial(ctx context.Context, cfg Config) (*Remote, error) {
	r, err := begin(cfg)
	if err != nil {
		return nil, err
	}
	if err := r.connect(); err != nil {
		return nil, err
	}
	r.run(ctx)
	return r, nil
}

// begin returns a Remote that has no connection yet, and holds what the outbox
// does as Restore inputs.
func begin(cfg Config) (*Remote, error) {
	cfg, err := cfg.checked()
	if err != nil {
		return nil, err
	}
	kept, err := cfg.Outbox.Load()
	if err != nil {
		return nil, err
	}
	r := &Remote{
		cfg: cfg, inbox: nats.NewInbox() + ".",
		work: newBacklog(), out: newOutlet(cfg.Now, cfg.Pace), asked: newLedger(cfg.Now),
	}
	r.tail = newTail(r.out, cfg.Logger)
	for i := range kept {
		r.out.input(reconcile.Input{Kind: reconcile.Restore, Mutation: &kept[i]})
	}
	return r, nil
}

// checked returns cfg with its defaults, or what is missing.
func (cfg Config) checked() (Config, error) {
	switch {
	case cfg.Outbox == nil || cfg.Deliver == nil:
		return cfg, errors.New("dial: an outbox and a receiver are needed")
	case cfg.Client != cfg.Outbox.Client():
		return cfg, fmt.Errorf("dial: the outbox is of client %q, not of %q", cfg.Outbox.Client(), cfg.Client)
	}
	if err := user.ValidateID(cfg.Client); err != nil {
		return cfg, fmt.Errorf("dial: the client's id: %w", err)
	}
	if cfg.Connect == nil {
		address := cfg.URL
		cfg.Connect = func(opts ...nats.Option) (*nats.Conn, error) { return nats.Connect(address, opts...) }
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = steadyClock()
	}
	return cfg, nil
}

// steadyClock returns a clock that starts at the system's time and never goes
// back, whatever becomes of the system's.
func steadyClock() func() int64 {
	start := time.Now()
	return func() int64 { return start.UnixMilli() + time.Since(start).Milliseconds() }
}

// connect makes the connection and its subscriptions, which outlive every loss
// of the link.
func (r *Remote) connect() error {
	nc, err := r.cfg.Connect(
		nats.Name("optimist "+r.cfg.Client),
		nats.MaxReconnects(-1), nats.RetryOnFailedConnect(true), nats.IgnoreAuthErrorAbort(),
		nats.ReconnectWait(reconnectWait), nats.ReconnectJitter(reconnectWait, reconnectWait),
		nats.Timeout(dialTimeout), nats.PingInterval(pingInterval),
		// What was asked while offline is asked again by the replica, in order.
		nats.ReconnectBufSize(-1),
		nats.ConnectHandler(func(*nats.Conn) { r.up() }),
		nats.ReconnectHandler(func(*nats.Conn) { r.up() }),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) { r.down(err) }),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { r.troubled(err) }),
	)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	r.nc = nc
	for _, s := range []struct {
		subject string
		take    nats.MsgHandler
	}{
		{r.inbox + "*", r.answered},
		{protocol.FeedSubject, r.fed},
		{protocol.StatusSubject, r.status},
	} {
		if _, err := nc.Subscribe(s.subject, s.take); err != nil {
			nc.Close()
			return fmt.Errorf("subscribe to %s: %w", s.subject, err)
		}
	}
	r.logFeed = true
	return nil
}

// run starts the goroutines and says Connected if the link is up already.
func (r *Remote) run(ctx context.Context) {
	ctx, r.stop = context.WithCancel(ctx)
	// One goroutine carries effects out, so that they keep their order.
	r.done.Go(func() { r.carry(ctx) })
	// One goroutine delivers, so that a slow receiver holds up nobody else.
	r.done.Go(func() { r.out.run(ctx, r.cfg.Deliver) })
	// One goroutine follows the log for display, once Tail asks for it.
	r.done.Go(func() { r.tail.run(ctx, r.nc) })
	r.mu.Lock()
	r.ready = true
	r.mu.Unlock()
	if r.nc.IsConnected() {
		r.up()
	}
}

// up says Connected, once for each time the link comes up.
func (r *Remote) up() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.online || !r.ready {
		return
	}
	r.online = true
	r.out.input(reconcile.Input{Kind: reconcile.Connected})
	r.tail.up()
	r.cfg.Logger.Info("connected")
}

// down says Disconnected, once for each time the link goes down.
func (r *Remote) down(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.online {
		return
	}
	r.online = false
	r.asked.dropSync()
	r.out.input(reconcile.Input{Kind: reconcile.Disconnected})
	r.tail.down()
	r.cfg.Logger.Info("disconnected", "error", err)
}

// troubled reports an error that no request waits for.
func (r *Remote) troubled(err error) {
	r.cfg.Logger.Warn("connection", "error", err)
	if errors.Is(err, nats.ErrPermissionViolation) {
		r.out.failure(fmt.Errorf("the server does not allow it: %w", err))
	}
}

// Do takes effects to carry out, in order, and returns at once. Those that
// speak to the screen are left to the caller. See MaxBacklog for its limit.
func (r *Remote) Do(effects []reconcile.Effect) {
	if r.work.add(effects) {
		r.out.input(reconcile.Input{Kind: reconcile.SyncFailed})
	}
}

// Tail starts to deliver the log, from its last MaxEvents events or fewer on.
// Asking again changes nothing.
func (r *Remote) Tail(last int) { r.tail.start(last) }

// Faults returns the server's board of faults.
func (r *Remote) Faults() Faults { return Faults{nc: r.nc} }

// Close writes to the outbox what was asked for before, ends everything and
// waits for it. Nothing is delivered once it returns. The receiver must not
// call it, nor may it be blocked for good.
func (r *Remote) Close() error {
	r.stop()
	r.done.Wait()
	r.mu.Lock()
	r.ready, r.online = false, false // Its end is no loss of the link.
	r.mu.Unlock()
	r.nc.Close()
	return r.flush()
}

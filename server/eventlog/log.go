// Package eventlog is the log: one JetStream stream of events, appended to with
// an expected sequence and read back in order. It knows nothing of who decides
// or of what is made of the events.
package eventlog

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"optimist/shared/event"
)

// StreamName names the stream of events.
const StreamName = "EVENTS"

// AckWait is how long an append waits for its acknowledgement by default.
const AckWait = 5 * time.Second

// Config is what Open needs besides a connection. Its zero value is usable.
type Config struct {
	Now     func() time.Time // The clock of the first event; nil means time.Now.
	NewID   func() string    // Makes the log's id; nil means a random UUID.
	AckWait time.Duration    // How long an append waits; 0 means AckWait.
}

func (c Config) withDefaults() Config {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.NewID == nil {
		c.NewID = uuid.NewString
	}
	if c.AckWait == 0 {
		c.AckWait = AckWait
	}
	return c
}

// Log is an open log. It is safe for concurrent use; Close it before its
// connection.
type Log struct {
	nc      *nats.Conn
	js      nats.JetStreamContext
	stream  string
	ackWait time.Duration
	id      string // Begins the ids of batches; no other Log has it.
	inbox   string // Prefix of the subjects that acknowledgements arrive on.
	acks    *nats.Subscription

	mu      sync.Mutex  // Also makes the order of publication the order of calls.
	last    uint64      // Names the newest append of this Log.
	header  nats.Header // Of the message that is being published; used again.
	waiting map[string]*waiter
	tails   []*Tail // Those that are told of what is stored; never changed in place.
	closed  bool
}

// Open opens the log, making the stream and its first event if they are not
// there. The connection stays the caller's and must have full rights.
func Open(ctx context.Context, nc *nats.Conn, cfg Config) (*Log, error) {
	cfg = cfg.withDefaults()
	js, err := nc.JetStream()
	if err != nil {
		return nil, fmt.Errorf("open log: %w", err)
	}
	l := &Log{
		nc: nc, js: js, ackWait: cfg.AckWait, id: uuid.NewString() + "-",
		inbox: nc.NewInbox() + ".", header: nats.Header{}, waiting: map[string]*waiter{},
	}
	if err := l.ensureStream(ctx); err != nil {
		return nil, fmt.Errorf("open log: %w", err)
	}
	if l.acks, err = nc.Subscribe(l.inbox+"*", l.acknowledge); err != nil {
		return nil, fmt.Errorf("open log: %w", err)
	}
	if err := l.readIdentity(ctx, cfg); err != nil {
		l.Close()
		return nil, fmt.Errorf("open log: %w", err)
	}
	return l, nil
}

// ensureStream makes the stream if it is missing, and lets one that an older
// program made take batches. Idempotence is the command handler's, so nothing
// relies on message ids or their window.
func (l *Log) ensureStream(ctx context.Context) error {
	js, err := jetstream.New(l.nc)
	if err != nil {
		return err
	}
	stream, err := js.Stream(ctx, StreamName)
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		_, err = js.CreateStream(ctx, jetstream.StreamConfig{
			Name:               StreamName,
			Description:        "what happened to the users, in order",
			Subjects:           []string{event.AllSubjects},
			Storage:            jetstream.FileStorage,
			Retention:          jetstream.LimitsPolicy,
			Replicas:           1,
			DenyDelete:         true,
			DenyPurge:          true,
			AllowDirect:        true,
			AllowAtomicPublish: true,
		})
		return err
	}
	if err != nil {
		return err
	}
	cfg := stream.CachedInfo().Config
	if cfg.AllowAtomicPublish {
		return nil
	}
	cfg.AllowAtomicPublish = true
	_, err = js.UpdateStream(ctx, cfg)
	return err
}

// readIdentity reads the log's id from its first event, which it appends to an
// empty log.
func (l *Log) readIdentity(ctx context.Context, cfg Config) error {
	end, err := l.End(ctx)
	if err != nil {
		return err
	}
	if end == 0 {
		first := event.Event{Kind: event.Opened, Stream: cfg.NewID(), Time: cfg.Now().UnixMilli()}
		if _, err := l.Append(ctx, first, 0); err != nil && !errors.Is(err, ErrConflict) {
			return err
		}
	}
	first, err := l.At(ctx, 1)
	if err != nil {
		return err
	}
	if first.Kind != event.Opened || first.Stream == "" {
		return fmt.Errorf("event #1 is %s, not the log's opening", first.Kind)
	}
	l.stream = first.Stream
	return nil
}

// Stream returns the random id that the log was given when it began.
func (l *Log) Stream() string { return l.stream }

// Close ends the log's own subscriptions. Appends still waiting end with
// ErrTimeout: whether they are stored is unknown.
func (l *Log) Close() {
	l.mu.Lock()
	l.closed = true
	left, tails := l.waiting, l.tails
	l.waiting = map[string]*waiter{}
	l.mu.Unlock()
	// The connection may be gone already, and with it the subscription.
	_ = l.acks.Unsubscribe()
	for _, w := range left {
		w.timer.Stop()
		w.done(0, inAppend(w.events, fmt.Errorf("the log is closing: %w", ErrTimeout)))
	}
	doubt(tails)
}

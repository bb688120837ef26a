package remote

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"optimist/shared/event"
)

// StreamName is the log's name in JetStream.
const StreamName = "EVENTS"

// tailRetry is how long the tail waits before it begins again.
const tailRetry = 500 * time.Millisecond

// tail follows the log for display. It begins again after each loss of the
// link, after the event it saw last.
type tail struct {
	out  *outlet
	log  *slog.Logger
	wake chan struct{}

	mu     sync.Mutex
	last   int                // How many events to begin with; 0: not asked for yet.
	online bool               // Whether it is worth trying.
	cut    context.CancelFunc // Ends the attempt under way; nil if there is none.

	made time.Time // When the log that was seen began.
	next uint64    // The sequence that comes next; 0 before the first.
}

func newTail(out *outlet, log *slog.Logger) *tail {
	return &tail{out: out, log: log, wake: make(chan struct{}, 1)}
}

// start asks for the log from its last events on.
func (t *tail) start(last int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.last == 0 {
		t.last = min(max(last, 1), MaxEvents)
		signal(t.wake)
	}
}

// up says that the link is there.
func (t *tail) up() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.online = true
	signal(t.wake)
}

// down says that the link is gone, and with it the consumer.
func (t *tail) down() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.online = false
	if t.cut != nil {
		t.cut()
	}
}

// run follows the log until ctx ends.
func (t *tail) run(ctx context.Context, nc *nats.Conn) {
	for ctx.Err() == nil {
		attempt, last, ok := t.begin(ctx)
		if !ok {
			select {
			case <-ctx.Done():
			case <-t.wake:
			}
			continue
		}
		if err := t.follow(attempt, nc, last); err != nil && attempt.Err() == nil {
			t.log.Debug("tail", "error", err)
			wait(attempt, tailRetry, nil)
		}
		t.end()
	}
}

// begin returns the context of one attempt, or false if there is no use in one.
func (t *tail) begin(ctx context.Context) (context.Context, int, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.online || t.last == 0 {
		return nil, 0, false
	}
	attempt, cut := context.WithCancel(ctx)
	t.cut = cut
	return attempt, t.last, true
}

// end gives up what the attempt held.
func (t *tail) end() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.cut()
	t.cut = nil
}

// follow reads the log until something breaks.
func (t *tail) follow(ctx context.Context, nc *nats.Conn, last int) error {
	js, err := jetstream.New(nc)
	if err != nil {
		return fmt.Errorf("follow the log: %w", err)
	}
	if err := t.locate(ctx, js, uint64(last)); err != nil {
		return fmt.Errorf("find the log's end: %w", err)
	}
	consumer, err := js.OrderedConsumer(ctx, StreamName, jetstream.OrderedConsumerConfig{
		FilterSubjects: []string{event.AllSubjects},
		DeliverPolicy:  jetstream.DeliverByStartSequencePolicy, OptStartSeq: t.next,
	})
	if err != nil {
		return fmt.Errorf("follow the log from #%d: %w", t.next, err)
	}
	messages, err := consumer.Messages()
	if err != nil {
		return fmt.Errorf("follow the log from #%d: %w", t.next, err)
	}
	defer messages.Stop()
	for {
		msg, err := messages.Next(jetstream.NextContext(ctx))
		if err != nil {
			return fmt.Errorf("follow the log at #%d: %w", t.next, err)
		}
		if err := t.take(msg); err != nil {
			return err
		}
	}
}

// locate sets where to go on: after what was seen, or, in a log that is another
// one or shorter than it was, at its last events.
func (t *tail) locate(ctx context.Context, js jetstream.JetStream, last uint64) error {
	stream, err := js.Stream(ctx, StreamName)
	if err != nil {
		return err
	}
	info := stream.CachedInfo()
	if t.next != 0 && info.Created.Equal(t.made) && t.next <= info.State.LastSeq+1 {
		return nil
	}
	t.made, t.next = info.Created, 1
	if end := info.State.LastSeq; end > last {
		t.next = end - last + 1
	}
	t.out.events(nil, true)
	return nil
}

// errGap says that events are missing, so the tail begins again.
var errGap = errors.New("events are missing")

// take hands one event on.
func (t *tail) take(msg jetstream.Msg) error {
	meta, err := msg.Metadata()
	if err != nil {
		return fmt.Errorf("follow the log at #%d: %w", t.next, err)
	}
	seq := meta.Sequence.Stream
	if seq < t.next {
		return nil
	}
	if seq > t.next {
		return fmt.Errorf("follow the log: #%d came where #%d is next: %w", seq, t.next, errGap)
	}
	ev := event.Event{Seq: seq}
	if err := json.Unmarshal(msg.Data(), &ev); err != nil {
		// One event that this program cannot read is no reason to show none.
		t.log.Warn("tail", "seq", seq, "error", err)
		t.next++
		return nil
	}
	ev.Seq = seq
	t.next++
	t.out.events([]event.Event{ev}, false)
	return nil
}

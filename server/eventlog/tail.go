package eventlog

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"

	"optimist/shared/event"
)

// handover is how long More waits for an event that the connection has counted
// as arrived but not yet queued.
const handover = time.Millisecond

// Tail is the log from some event on, in order and without gaps: an ordered
// push consumer without acknowledgements, the way of lowest latency. It belongs
// to one goroutine.
type Tail struct {
	sub  *nats.Subscription
	next uint64 // The sequence that must come next.
	err  error  // Why More stopped; Next returns it.
}

// Tail starts reading at event from, or waits for it. It ends with ctx.
func (l *Log) Tail(ctx context.Context, from uint64) (*Tail, error) {
	from = max(from, 1)
	sub, err := l.js.SubscribeSync(event.AllSubjects,
		nats.BindStream(StreamName), nats.OrderedConsumer(), nats.StartSequence(from),
		nats.Context(ctx))
	if err != nil {
		return nil, fmt.Errorf("tail the log from #%d: %w", from, err)
	}
	return &Tail{sub: sub, next: from}, nil
}

// Next waits for the next event.
func (t *Tail) Next(ctx context.Context) (event.Event, error) {
	if t.err != nil {
		return event.Event{}, t.err
	}
	msg, err := t.sub.NextMsgWithContext(ctx)
	if err != nil {
		return event.Event{}, fmt.Errorf("tail the log at #%d: %w", t.next, err)
	}
	return t.take(msg)
}

// More returns the next event if it has arrived already.
func (t *Tail) More() (event.Event, bool) {
	if t.err != nil {
		return event.Event{}, false
	}
	if n, _, err := t.sub.Pending(); err != nil || n == 0 {
		return event.Event{}, false
	}
	msg, err := t.sub.NextMsg(handover)
	if err != nil {
		return event.Event{}, false // Next meets the same error, or the event.
	}
	ev, err := t.take(msg)
	t.err = err
	return ev, err == nil
}

// take decodes msg and checks that nothing is missing before it.
func (t *Tail) take(msg *nats.Msg) (event.Event, error) {
	meta, err := msg.Metadata()
	if err != nil {
		return event.Event{}, fmt.Errorf("tail the log at #%d: %w", t.next, err)
	}
	seq := meta.Sequence.Stream
	if seq != t.next {
		return event.Event{}, fmt.Errorf("tail the log: #%d came where #%d is next", seq, t.next)
	}
	t.next++
	return decode(seq, msg.Data)
}

// Close ends the tail.
func (t *Tail) Close() error {
	err := t.sub.Unsubscribe()
	if errors.Is(err, nats.ErrConnectionClosed) || errors.Is(err, nats.ErrBadSubscription) {
		return nil
	}
	return err
}

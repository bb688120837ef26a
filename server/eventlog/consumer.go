package eventlog

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go"

	"optimist/shared/event"
)

// keepUp makes sure that the server sends what is missing, and only that.
func (t *Tail) keepUp(ctx context.Context) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case len(t.arrived) > 0:
		return nil
	case t.err != nil:
		return fmt.Errorf("at #%d: %w", t.next, t.err)
	case t.lost && t.sub == nil:
		return t.subscribe(ctx)
	case !t.lost && t.sub != nil:
		sub := t.sub
		t.sub = nil
		t.mu.Unlock()
		defer t.mu.Lock()
		return unsubscribe(sub)
	}
	return nil
}

// subscribe makes a consumer. The caller holds the lock, which is given up
// meanwhile.
func (t *Tail) subscribe(ctx context.Context) error {
	from := t.next
	t.mu.Unlock()
	sub, err := t.log.js.Subscribe(event.AllSubjects, t.receive,
		nats.BindStream(StreamName), nats.OrderedConsumer(), nats.StartSequence(from),
		nats.Context(ctx))
	t.mu.Lock()
	if err != nil {
		return err
	}
	t.sub = sub
	sub.SetClosedHandler(func(string) { t.ended(sub) })
	if !sub.IsValid() { // It may have ended before the handler was set.
		t.fail(errTailClosed)
	}
	return nil
}

// ended notes that a consumer ended, which is fine if it is not wanted any more.
func (t *Tail) ended(sub *nats.Subscription) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.sub == sub {
		t.fail(errTailClosed)
	}
}

// receive takes what the server sends. While nobody reads it waits, and so does
// the server.
func (t *Tail) receive(msg *nats.Msg) {
	var ev event.Event
	seq, err := sequenceOf(msg)
	if err == nil && !t.missing(seq) {
		return
	}
	if err == nil {
		ev, err = decode(seq, msg.Data)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil {
		t.fail(err)
		return
	}
	t.take(ev)
}

// sequenceOf returns the place in the log of a message that a consumer
// delivered.
func sequenceOf(msg *nats.Msg) (uint64, error) {
	meta, err := msg.Metadata()
	if err != nil {
		return 0, err
	}
	return meta.Sequence.Stream, nil
}

// missing waits until there is room, and reports whether the event at seq, which
// the server sends, has not arrived yet.
func (t *Tail) missing(seq uint64) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for seq >= t.next && len(t.arrived) >= maxArrived && t.err == nil {
		t.room.Wait()
	}
	if seq > t.next {
		t.fail(fmt.Errorf("#%d came where #%d is next", seq, t.next))
	}
	return seq == t.next && t.err == nil
}

// unsubscribe ends a subscription, which may have ended with its connection, or
// be ending with the context that it was made with: then its consumer may be gone.
func unsubscribe(sub *nats.Subscription) error {
	err := sub.Unsubscribe()
	if errors.Is(err, nats.ErrConnectionClosed) || errors.Is(err, nats.ErrBadSubscription) || errors.Is(err, nats.ErrConsumerNotFound) {
		return nil
	}
	return err
}

package eventlog

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go"

	"optimist/shared/event"
)

// Verdicts calls each with every rejection and epoch from event from to the
// log's end, in order. The server leaves the others out, so it takes a fraction
// of reading them all.
func (l *Log) Verdicts(ctx context.Context, from uint64, each func(event.Event) error) error {
	sub, err := l.js.SubscribeSync("", nats.ConsumerFilterSubjects(event.VerdictSubjects...),
		nats.BindStream(StreamName), nats.OrderedConsumer(), nats.StartSequence(max(from, 1)),
		nats.Context(ctx))
	if err != nil {
		return fmt.Errorf("read the log's verdicts from #%d: %w", from, err)
	}
	left, err := sub.InitialConsumerPending()
	for ; err == nil && left > 0; left-- {
		var ev event.Event
		if ev, err = verdict(ctx, sub); err == nil {
			err = each(ev)
		}
	}
	return errors.Join(err, unsubscribe(sub))
}

// verdict waits for the next event of a subscription that skips some.
func verdict(ctx context.Context, sub *nats.Subscription) (event.Event, error) {
	msg, err := sub.NextMsgWithContext(ctx)
	if err != nil {
		return event.Event{}, fmt.Errorf("read the log's verdicts: %w", err)
	}
	seq, err := sequenceOf(msg)
	if err != nil {
		return event.Event{}, fmt.Errorf("read the log's verdicts: %w", err)
	}
	return decode(seq, msg.Data)
}

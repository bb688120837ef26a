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
	t := Tail{sub: sub}
	left, err := sub.InitialConsumerPending()
	for ; err == nil && left > 0; left-- {
		var ev event.Event
		if ev, err = t.verdict(ctx); err == nil {
			err = each(ev)
		}
	}
	return errors.Join(err, t.Close())
}

// verdict waits for the next event of a tail that skips some.
func (t *Tail) verdict(ctx context.Context) (event.Event, error) {
	msg, err := t.sub.NextMsgWithContext(ctx)
	if err != nil {
		return event.Event{}, fmt.Errorf("read the log's verdicts: %w", err)
	}
	meta, err := msg.Metadata()
	if err != nil {
		return event.Event{}, fmt.Errorf("read the log's verdicts: %w", err)
	}
	return decode(meta.Sequence.Stream, msg.Data)
}

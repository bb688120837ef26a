package eventlog

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go"

	"optimist/shared/event"
	"optimist/shared/user"
)

// ErrNoEvent says that there is no event at that sequence.
var ErrNoEvent = errors.New("no such event")

// Record returns the events on the record's subjects with a sequence over
// after, in order: its changes and rejections, void ones included. Refusals
// are elsewhere.
func (l *Log) Record(ctx context.Context, record string, after uint64) ([]event.Event, error) {
	return l.filtered(ctx, event.RecordFilter(record), after)
}

// Email returns the events about the claim of an email, by its token, with a
// sequence over after, in order.
func (l *Log) Email(ctx context.Context, token string, after uint64) ([]event.Event, error) {
	return l.filtered(ctx, event.EmailFilter(token), after)
}

func (l *Log) filtered(ctx context.Context, filter string, after uint64) ([]event.Event, error) {
	var events []event.Event
	next := nats.DirectGetNext(filter)
	for {
		raw, err := l.js.GetMsg(StreamName, after+1, next, nats.Context(ctx))
		if errors.Is(err, nats.ErrMsgNotFound) {
			return events, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read %s in the log after #%d: %w", filter, after, err)
		}
		ev, err := decode(raw.Sequence, raw.Data)
		if err != nil {
			return nil, err
		}
		events = append(events, ev)
		after = raw.Sequence
	}
}

// Refusal returns the refusal of a command, if the log has one.
func (l *Log) Refusal(ctx context.Context, ref user.Ref) (ev event.Event, found bool, err error) {
	subject := event.Event{Kind: event.Refused, Ref: ref}.Subject()
	raw, err := l.js.GetLastMsg(StreamName, subject, nats.DirectGet(), nats.Context(ctx))
	if errors.Is(err, nats.ErrMsgNotFound) {
		return event.Event{}, false, nil
	}
	if err != nil {
		return event.Event{}, false, fmt.Errorf("read the refusal of %s: %w", ref, err)
	}
	ev, err = decode(raw.Sequence, raw.Data)
	return ev, err == nil, err
}

// End returns the sequence of the last event, 0 for an empty log.
func (l *Log) End(ctx context.Context) (uint64, error) {
	info, err := l.js.StreamInfo(StreamName, nats.Context(ctx))
	if err != nil {
		return 0, fmt.Errorf("read the log's end: %w", err)
	}
	return info.State.LastSeq, nil
}

// At returns the event at seq. It wraps ErrNoEvent if there is none.
func (l *Log) At(ctx context.Context, seq uint64) (event.Event, error) {
	raw, err := l.js.GetMsg(StreamName, seq, nats.DirectGet(), nats.Context(ctx))
	if errors.Is(err, nats.ErrMsgNotFound) {
		return event.Event{}, fmt.Errorf("read event #%d: %w", seq, ErrNoEvent)
	}
	if err != nil {
		return event.Event{}, fmt.Errorf("read event #%d: %w", seq, err)
	}
	return decode(raw.Sequence, raw.Data)
}

// decode returns the event stored at seq.
func decode(seq uint64, data []byte) (event.Event, error) {
	var ev event.Event
	if err := ev.UnmarshalJSON(data); err != nil { // json.Unmarshal would scan it twice.
		return event.Event{}, fmt.Errorf("decode event #%d: %w", seq, err)
	}
	ev.Seq = seq
	return ev, nil
}

package eventlog

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"

	"optimist/shared/event"
)

// Headers of an atomic batch (NATS ADR-50). The last message commits it.
const (
	batchID     = "Nats-Batch-Id"
	batchSeq    = "Nats-Batch-Sequence"
	batchCommit = "Nats-Batch-Commit"
)

// MaxBatch is how many events a batch may have; the server takes 1,000.
const MaxBatch = 16

// AppendBatch stores all of events, one right after the other, or none. Each
// carries its own expectation, as in AppendAsync: expect[i] is the last event
// under the filter of events[i], which is the email's for Reserved and Released,
// and else the record's. All are compared with the log as it is before the
// batch, so events with the same filter have the same expectation. done is
// called as by AppendAsync, with the sequence of the first event.
func (l *Log) AppendBatch(events []event.Event, expect []uint64, done func(seq uint64, err error)) {
	named := func(seq uint64, err error) {
		if err != nil {
			err = fmt.Errorf("append %s in a batch of %d: %w", events[len(events)-1].Identify(), len(events), err)
		}
		done(seq, err)
	}
	msgs, err := messages(events, expect)
	if err == nil {
		err = l.publish(slices.Clone(events), named, msgs...)
	}
	if err != nil {
		time.AfterFunc(0, func() { named(0, err) })
	}
}

// AppendAll is AppendBatch that waits for the answer.
func (l *Log) AppendAll(ctx context.Context, events []event.Event, expect []uint64) (uint64, error) {
	return l.wait(ctx, events[len(events)-1].Identify(), func(done func(uint64, error)) {
		l.AppendBatch(events, expect, done)
	})
}

// messages returns the events as they are published.
func messages(events []event.Event, expect []uint64) ([]*nats.Msg, error) {
	if n := len(events); n == 0 || n > MaxBatch || n != len(expect) {
		return nil, fmt.Errorf("a batch has 1 to %d events, each with an expectation; this one has %d and %d", MaxBatch, n, len(expect))
	}
	msgs := make([]*nats.Msg, len(events))
	for i, ev := range events {
		var err error
		if msgs[i], err = message(ev, expect[i]); err != nil {
			return nil, err
		}
	}
	return msgs, nil
}

// join makes the messages one batch. They go out in a row, so that no more than
// one batch of a connection is ever open at the server, which takes 50.
func join(msgs []*nats.Msg, id string) {
	for i, msg := range msgs {
		msg.Header.Set(batchID, id)
		msg.Header.Set(batchSeq, strconv.Itoa(i+1))
	}
	msgs[len(msgs)-1].Header.Set(batchCommit, "1")
}

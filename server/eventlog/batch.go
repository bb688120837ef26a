package eventlog

import (
	"context"
	"strconv"
	"time"

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
// called as by AppendAsync, with the sequence of the first event. The events are
// the Log's from then on.
func (l *Log) AppendBatch(events []event.Event, expect []uint64, done func(seq uint64, err error)) {
	if err := l.publish(events, expect, done); err != nil {
		time.AfterFunc(0, func() { done(0, inAppend(events, err)) })
	}
}

// AppendAll is AppendBatch that waits for the answer.
func (l *Log) AppendAll(ctx context.Context, events []event.Event, expect []uint64) (uint64, error) {
	return l.wait(ctx, events[len(events)-1].Identify(), func(done func(uint64, error)) {
		l.AppendBatch(events, expect, done)
	})
}

// join makes the message whose header is set the i-th of a batch of n. They go out
// in a row, so that no more than one batch of a connection is ever open at the
// server, which takes 50. The caller holds the lock.
func (l *Log) join(i, n int, token string) {
	l.header.Set(batchID, l.id+token)
	l.header.Set(batchSeq, strconv.Itoa(i))
	if i == n {
		l.header.Set(batchCommit, "1")
	}
}

package eventlog

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/nats-io/nats.go"

	"optimist/shared/event"
)

// ErrConflict says that something else was appended after the expected
// sequence. Nothing was stored.
var ErrConflict = errors.New("wrong expected sequence")

// ErrTimeout says that the append was not answered. It may be stored: not
// answered is not "not stored".
var ErrTimeout = errors.New("append was not answered")

// Error codes of JetStream for a wrong expected sequence: of a single server, of
// a replicated stream, and of a batch that is in flight already.
const (
	codeWrongLast          = 10071
	codeWrongLastInCluster = 10164
	codeDuplicateInBatch   = 10201
)

// Headers that carry an expectation.
const (
	expectSubjectSeq = "Nats-Expected-Last-Subject-Sequence"
	expectSubject    = "Nats-Expected-Last-Subject-Sequence-Subject"
	expectSeq        = "Nats-Expected-Last-Sequence"
)

// plainStart begins an acknowledgement that says nothing but the sequence.
const plainStart = `{"stream":"` + StreamName + `","seq":`

// waiter is an append whose acknowledgement has not arrived.
type waiter struct {
	events []event.Event
	done   func(seq uint64, err error)
	timer  *time.Timer
}

// Append stores ev and returns its sequence. See AppendAsync.
func (l *Log) Append(ctx context.Context, ev event.Event, expect uint64) (uint64, error) {
	return l.wait(ctx, ev.Identify(), func(done func(uint64, error)) { l.AppendAsync(ev, expect, done) })
}

// wait starts an append and waits for its answer.
func (l *Log) wait(ctx context.Context, name string, start func(done func(uint64, error))) (uint64, error) {
	type answer struct {
		seq uint64
		err error
	}
	answered := make(chan answer, 1)
	start(func(seq uint64, err error) { answered <- answer{seq, err} })
	select {
	case a := <-answered:
		return a.seq, a.err
	case <-ctx.Done():
		return 0, fmt.Errorf("append %s: %w: %w", name, ErrTimeout, ctx.Err())
	}
}

// AppendAsync stores ev if the last event about the same record is at expect,
// 0 meaning there is none. A refusal carries the expectation of the record it
// is about as well, which proves that it was decided on a fresh read. Of the
// events about the log itself, Opened must be the first and Epoch expects
// nothing. done is called once, on another goroutine, with the sequence or with
// an error that wraps ErrConflict, ErrTimeout or neither; it must not block.
// Events are published in the order of the calls.
func (l *Log) AppendAsync(ev event.Event, expect uint64, done func(seq uint64, err error)) {
	l.AppendBatch([]event.Event{ev}, []uint64{expect}, done)
}

// publish sends the events, several as a batch, and keeps done until the
// acknowledgement or AckWait. An error means that nothing will be stored and
// done was not kept.
func (l *Log) publish(events []event.Event, expect []uint64, done func(uint64, error)) error {
	if n := len(events); n == 0 || n > MaxBatch || n != len(expect) {
		return fmt.Errorf("a batch has 1 to %d events, each with an expectation; this one has %d and %d", MaxBatch, n, len(expect))
	}
	data := make([][]byte, len(events))
	for i := range events {
		var err error
		if data[i], err = events[i].MarshalJSON(); err != nil { // json.Marshal would check and copy it once more.
			return err
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nats.ErrConnectionClosed
	}
	l.last++
	token := strconv.FormatUint(l.last, 36)
	if len(events) == 1 && len(l.waiting) == 0 {
		foresee(l.tails, events[0]) // Before it is sent, or the sending would wait for who hears of it.
	}
	if err := l.send(events, expect, data, token); err != nil {
		forget(l.tails)
		return err
	}
	l.waiting[token] = &waiter{events: events, done: done, timer: time.AfterFunc(l.ackWait, func() {
		l.settle(token, 0, ErrTimeout)
	})}
	return nil
}

// send publishes the events, whose JSON is data. The caller holds the lock.
func (l *Log) send(events []event.Event, expect []uint64, data [][]byte, token string) error {
	for i := range events {
		clear(l.header)
		l.expect(&events[i], expect[i])
		msg := nats.Msg{Subject: events[i].Subject(), Header: l.header, Data: data[i]}
		if len(events) > 1 {
			l.join(i+1, len(events), token)
		}
		if i == len(events)-1 {
			msg.Reply = l.inbox + token
		}
		if err := l.nc.PublishMsg(&msg); err != nil {
			return err
		}
	}
	return nil
}

// expect sets the header of an event by itself, with its expectation. The caller
// holds the lock.
func (l *Log) expect(ev *event.Event, expect uint64) {
	l.header.Set("Content-Type", event.ContentType)
	switch ev.Kind {
	case event.Created, event.Edited, event.Deleted, event.Rejected, event.Refused:
		l.header.Set(expectSubjectSeq, strconv.FormatUint(expect, 10))
		l.header.Set(expectSubject, event.RecordFilter(ev.Record))
	case event.Reserved, event.Released:
		l.header.Set(expectSubjectSeq, strconv.FormatUint(expect, 10))
		l.header.Set(expectSubject, event.EmailFilter(event.EmailToken(ev.Patch.Email)))
	case event.Opened:
		l.header.Set(expectSeq, "0")
	case event.Epoch:
	default:
		panic(fmt.Sprintf("eventlog: unknown %v", ev.Kind))
	}
}

// ack is JetStream's answer to a publication.
type ack struct {
	Seq   uint64 `json:"seq"`
	Count uint64 `json:"count"` // Of a batch: how many events it stored, the last at Seq.
	Error *struct {
		Code        int    `json:"err_code"`
		Description string `json:"description"`
	} `json:"error"`
}

// acknowledge is called by the connection for each answer, in order.
func (l *Log) acknowledge(msg *nats.Msg) {
	seq, err := parseAck(msg)
	l.settle(msg.Subject[len(l.inbox):], seq, err)
}

func parseAck(msg *nats.Msg) (uint64, error) {
	if len(msg.Data) == 0 && msg.Header.Get("Status") == "503" {
		return 0, nats.ErrNoResponders
	}
	if seq, plain := plainAck(msg.Data); plain {
		return seq, nil
	}
	var a ack
	if err := json.Unmarshal(msg.Data, &a); err != nil {
		return 0, fmt.Errorf("read acknowledgement: %w", err)
	}
	switch {
	case a.Error == nil:
		return a.Seq - max(a.Count, 1) + 1, nil
	case a.Error.Code == codeWrongLast || a.Error.Code == codeWrongLastInCluster || a.Error.Code == codeDuplicateInBatch:
		return 0, fmt.Errorf("%w: %s", ErrConflict, a.Error.Description)
	}
	return 0, fmt.Errorf("%s (%d)", a.Error.Description, a.Error.Code)
}

// plainAck reads the form in which the server acknowledges nearly every append,
// and reports whether msg has it.
func plainAck(data []byte) (seq uint64, plain bool) {
	text, found := strings.CutPrefix(string(data), plainStart)
	text, closed := strings.CutSuffix(text, "}")
	seq, err := strconv.ParseUint(strings.TrimSpace(text), 10, 64)
	return seq, found && closed && err == nil
}

// inAppend says which append err is of.
func inAppend(events []event.Event, err error) error {
	switch n := len(events); n {
	case 0:
		return fmt.Errorf("append nothing: %w", err)
	case 1:
		return fmt.Errorf("append %s: %w", events[0].Identify(), err)
	default:
		return fmt.Errorf("append %s in a batch of %d: %w", events[n-1].Identify(), n, err)
	}
}

// settle ends the append named token, if it still waits.
func (l *Log) settle(token string, seq uint64, err error) {
	l.mu.Lock()
	w, found := l.waiting[token]
	delete(l.waiting, token)
	tails := l.tails
	l.mu.Unlock()
	if !found {
		doubt(tails) // It is an acknowledgement that nobody waits for any more.
		return
	}
	w.timer.Stop()
	if err != nil {
		err = inAppend(w.events, err)
		forget(tails)
	}
	switch {
	case err == nil:
		tell(tails, w.events, seq)
	case !errors.Is(err, ErrConflict):
		doubt(tails)
	}
	w.done(seq, err)
}

// tell has tails know of events that are stored, the first of them at seq.
func tell(tails []*Tail, events []event.Event, seq uint64) {
	for i := range events {
		ev := events[i]
		if !same(&ev) {
			doubt(tails)
			return
		}
		ev.Seq, ev.ID = seq+uint64(i), ev.Identify()
		for _, t := range tails {
			t.acknowledged(ev)
		}
	}
}

// doubt has tails look for themselves.
func doubt(tails []*Tail) {
	for _, t := range tails {
		t.doubt()
	}
}

// same reports whether the log gives ev back as it was appended: JSON holds no
// text that is not UTF-8.
func same(ev *event.Event) bool {
	for _, text := range []string{
		ev.Patch.Name, ev.Patch.Email, ev.Why, string(ev.Code), ev.Record, ev.Client, ev.Command,
		ev.Cause.Client, ev.Cause.Command, ev.Root.Client, ev.Root.Command, ev.Strategy, ev.Stream,
	} {
		if !utf8.ValidString(text) {
			return false
		}
	}
	return true
}

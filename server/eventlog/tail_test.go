package eventlog_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"

	"optimist/server/eventlog"
	"optimist/server/natsd"
	"optimist/shared/event"
	"optimist/shared/user"
)

// pair is one stream under two Logs: what the other appends, mine is not told of.
type pair struct {
	mine, other *eventlog.Log
	js          nats.JetStreamContext
}

func mustPair(t testing.TB) pair {
	t.Helper()
	s, err := natsd.Start(t.Context(), natsd.Config{Dir: t.TempDir(), Durability: natsd.PageCache})
	if err != nil {
		t.Fatal(err)
	}
	nc, err := s.ConnectLog()
	if err != nil {
		t.Fatal(err)
	}
	var p pair
	for _, l := range []**eventlog.Log{&p.mine, &p.other} {
		if *l, err = eventlog.Open(t.Context(), nc, eventlog.Config{}); err != nil {
			t.Fatal(err)
		}
	}
	if p.js, err = nc.JetStream(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.mine.Close()
		p.other.Close()
		nc.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

func mustTail(t testing.TB, l *eventlog.Log, from uint64) *eventlog.Tail {
	t.Helper()
	tail, err := l.Tail(t.Context(), from)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := tail.Close(); err != nil {
			t.Error(err)
		}
	})
	return tail
}

// mustBeNext reads the events from a sequence to another, and nothing else.
func mustBeNext(t testing.TB, tail *eventlog.Tail, from, to uint64) {
	t.Helper()
	for seq := from; seq <= to; seq++ {
		ev, err := tail.Next(t.Context())
		if err != nil || ev.Seq != seq {
			t.Fatalf("#%d where #%d is next, %v", ev.Seq, seq, err)
		}
	}
}

// mustHaveConsumers waits until the stream has n of them.
func (p pair) mustHaveConsumers(t testing.TB, tail *eventlog.Tail, n int) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		_, err := tail.Next(ctx) // It is the reader who lets go.
		cancel()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("nothing should be there: %v", err)
		}
		info, err := p.js.StreamInfo(eventlog.StreamName)
		if err != nil {
			t.Fatal(err)
		}
		if info.State.Consumers == n {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d consumers, want %d", info.State.Consumers, n)
		}
	}
}

func create(record string) event.Event { return change(user.Create, record, "c-"+record) }

// What this Log appends itself comes without a consumer; what it does not know
// of comes by one.
func TestTailAsksTheServerForWhatIsMissing(t *testing.T) {
	p := mustPair(t)
	mustAppend(t, p.other, create("before"), 0)
	tail := mustTail(t, p.mine, 1)
	mustBeNext(t, tail, 1, 2)
	p.mustHaveConsumers(t, tail, 1)
	mustAppend(t, p.mine, create("mine"), 0)
	mustBeNext(t, tail, 3, 3)
	p.mustHaveConsumers(t, tail, 0)
	mustAppend(t, p.other, create("gap"), 0)
	mustAppend(t, p.mine, create("after"), 0)
	mustBeNext(t, tail, 4, 5)
	p.mustHaveConsumers(t, tail, 1)
	mustAppend(t, p.mine, create("again"), 0)
	mustBeNext(t, tail, 6, 6)
	p.mustHaveConsumers(t, tail, 0)
	mustAppend(t, p.other, create("unheard"), 0) // Found by looking.
	mustBeNext(t, tail, 7, 7)
}

func TestTailKeepsTheOrderOfTwoWriters(t *testing.T) {
	const each = 500
	p := mustPair(t)
	tail := mustTail(t, p.mine, 2)
	stored := make(chan error, 2*each)
	for i := range each {
		p.mine.AppendAsync(create(fmt.Sprintf("m%d", i)), 0, func(_ uint64, err error) { stored <- err })
		if i%3 == 0 {
			p.other.AppendAsync(create(fmt.Sprintf("o%d", i)), 0, func(_ uint64, err error) { stored <- err })
		} else {
			stored <- nil
		}
	}
	for range 2 * each {
		if err := <-stored; err != nil {
			t.Fatal(err)
		}
	}
	end, err := p.mine.End(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	mustBeNext(t, tail, 2, end)
}

// More arrives than a tail holds, and nobody reads.
func TestTailThatNobodyReads(t *testing.T) {
	const n = 20_000
	p := mustPair(t)
	tail := mustTail(t, p.mine, 2)
	stored := make(chan error, n)
	for i := range n {
		p.mine.AppendAsync(create(fmt.Sprintf("r%d", i)), 0, func(_ uint64, err error) { stored <- err })
	}
	for range n {
		if err := <-stored; err != nil {
			t.Fatal(err)
		}
	}
	mustBeNext(t, tail, 2, n+1)
}

// An append that nobody waited for is in the log all the same.
func TestTailHasWhatWasNotAcknowledgedInTime(t *testing.T) {
	p := mustPair(t)
	tail := mustTail(t, p.mine, 2)
	mustAppend(t, p.mine, create("first"), 0)
	mustBeNext(t, tail, 2, 2)
	p.mustHaveConsumers(t, tail, 0)
	ended := make(chan error, 1)
	p.mine.AppendAsync(create("second"), 0, func(_ uint64, err error) { ended <- err })
	p.mine.Close()
	if err := <-ended; err != nil && !errors.Is(err, eventlog.ErrTimeout) {
		t.Fatal(err)
	}
	mustBeNext(t, tail, 3, 3)
}

// An event is the same, whichever way it comes.
func TestTailGivesWhatTheLogHolds(t *testing.T) {
	p := mustPair(t)
	tail := mustTail(t, p.mine, 2)
	odd := create("odd")
	odd.Patch = user.SetName("a\xffb\u2028\x00<&>")
	rejected := event.Event{
		Kind: event.Rejected, Record: "plain", Ref: user.Ref{Client: "bob", Command: "c-plain"}, Op: user.Create, Target: 2,
		Code: user.ErrEmailTaken, Why: "Ada has it", Root: user.Ref{Client: "bob", Command: "c-plain"}, Stream: p.mine.Stream(), Build: 1,
	}
	claimed := create("claimed")
	claimed.Kind = event.Reserved
	mustAppend(t, p.mine, create("plain"), 0)
	mustAppend(t, p.mine, odd, 0)
	mustAppend(t, p.mine, rejected, 2)
	if _, err := p.mine.AppendAll(t.Context(), []event.Event{claimed, create("claimed")}, []uint64{0, 0}); err != nil {
		t.Fatal(err)
	}
	for seq := uint64(2); seq <= 6; seq++ {
		got, err := tail.Next(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		want, err := p.mine.At(t.Context(), seq)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func TestTailEndsWithItsConnection(t *testing.T) {
	l, closeLog := mustOpen(t, t.TempDir(), eventlog.Config{})
	tail, err := l.Tail(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	closeLog()
	if ev, err := tail.Next(t.Context()); err == nil {
		t.Errorf("#%d after the end", ev.Seq)
	}
	if err := tail.Close(); err != nil {
		t.Error(err)
	}
}

// A consumer ends with the context that it was made for, and with its tail:
// whichever comes second finds nothing, and that is fine.
func TestTailEndsWithItsContext(t *testing.T) {
	p := mustPair(t)
	mustAppend(t, p.other, create("ada"), 0)
	for range 60 {
		ctx, cancel := context.WithCancel(t.Context())
		tail, err := p.mine.Tail(ctx, 1)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tail.Next(ctx); err != nil {
			t.Fatal(err)
		}
		cancel()
		if err := tail.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

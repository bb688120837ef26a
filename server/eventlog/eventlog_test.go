package eventlog_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"optimist/server/eventlog"
	"optimist/server/natsd"
	"optimist/shared/event"
	"optimist/shared/user"
)

// mustOpen returns the log in dir and what closes it.
func mustOpen(t testing.TB, dir string, cfg eventlog.Config) (*eventlog.Log, func()) {
	t.Helper()
	s, err := natsd.Start(t.Context(), natsd.Config{Dir: dir, Durability: natsd.PageCache})
	if err != nil {
		t.Fatal(err)
	}
	nc, err := s.ConnectLog()
	if err != nil {
		t.Fatal(err)
	}
	l, err := eventlog.Open(t.Context(), nc, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return l, func() {
		l.Close()
		nc.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// change returns an event that changes record.
func change(op user.Op, record, command string) event.Event {
	return event.Event{
		Kind: event.Of(op), Op: op, Record: record, Time: 1700000000000,
		Ref: user.Ref{Client: "bob", Command: command}, Patch: user.SetBoth("Ada", "ada@example.org"),
	}
}

func mustAppend(t testing.TB, l *eventlog.Log, ev event.Event, expect uint64) uint64 {
	t.Helper()
	seq, err := l.Append(t.Context(), ev, expect)
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

func TestOpenGivesTheLogAnIDForEver(t *testing.T) {
	dir := t.TempDir()
	l, closeLog := mustOpen(t, dir, eventlog.Config{NewID: func() string { return "first" }})
	if l.Stream() != "first" {
		t.Errorf("stream id %q", l.Stream())
	}
	mustAppend(t, l, change(user.Create, "ada", "c1"), 0)
	closeLog()
	l, closeLog = mustOpen(t, dir, eventlog.Config{NewID: func() string { return "second" }})
	defer closeLog()
	if l.Stream() != "first" {
		t.Errorf("stream id after a restart %q", l.Stream())
	}
	if end, err := l.End(t.Context()); err != nil || end != 2 {
		t.Errorf("end %d, %v", end, err)
	}
	want := change(user.Create, "ada", "c1")
	want.Seq, want.ID = 2, want.Identify()
	got, err := l.At(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, err := l.At(t.Context(), 3); !errors.Is(err, eventlog.ErrNoEvent) {
		t.Errorf("event 3: %v", err)
	}
}

func TestExpectationIsOnAllOfTheRecord(t *testing.T) {
	l, closeLog := mustOpen(t, t.TempDir(), eventlog.Config{})
	defer closeLog()
	refused := change(user.Edit, "ada", "c9")
	refused.Kind = event.Refused
	rejected := change(user.Create, "ada", "c1")
	rejected.Kind, rejected.Target = event.Rejected, 2
	steps := []struct {
		name   string
		ev     event.Event
		expect uint64
		err    error
	}{
		{"create on a record that is there", change(user.Create, "ada", "c1"), 7, eventlog.ErrConflict},
		{"create", change(user.Create, "ada", "c1"), 0, nil},
		{"another record", change(user.Create, "bob", "c2"), 0, nil},
		{"edit at a stale sequence", change(user.Edit, "ada", "c3"), 0, eventlog.ErrConflict},
		{"refusal at a stale sequence", refused, 0, eventlog.ErrConflict},
		{"refusal on a fresh read", refused, 2, nil},
		{"a refusal is not about the record", change(user.Edit, "ada", "c4"), 2, nil},
		{"rejection at a stale sequence", rejected, 2, eventlog.ErrConflict},
		{"rejection", rejected, 5, nil},
		{"edit before the rejection", change(user.Edit, "ada", "c5"), 5, eventlog.ErrConflict},
	}
	for _, step := range steps {
		if _, err := l.Append(t.Context(), step.ev, step.expect); !errors.Is(err, step.err) {
			t.Fatalf("%s: %v, want %v", step.name, err, step.err)
		}
	}
	events, err := l.Record(t.Context(), "ada", 2)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, ev := range events {
		got = append(got, fmt.Sprintf("#%d %s", ev.Seq, ev.Kind))
	}
	if diff := cmp.Diff([]string{"#5 edited", "#6 rejected"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestAppendAsyncKeepsTheOrderOfCalls(t *testing.T) {
	const n = 300
	l, closeLog := mustOpen(t, t.TempDir(), eventlog.Config{})
	defer closeLog()
	seqs := make(chan uint64, n)
	for i := range n {
		l.AppendAsync(change(user.Create, fmt.Sprintf("u%d", i), "c"), 0, func(seq uint64, err error) {
			if err != nil {
				t.Error(err)
			}
			seqs <- seq
		})
	}
	for i := range n {
		if seq := <-seqs; seq != uint64(i)+2 {
			t.Fatalf("append %d went to #%d", i, seq)
		}
	}
}

func TestUnansweredAppendTimesOut(t *testing.T) {
	s, err := natsd.Start(t.Context(), natsd.Config{Dir: t.TempDir(), Durability: natsd.PageCache})
	if err != nil {
		t.Fatal(err)
	}
	nc, err := s.ConnectLog()
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	l, err := eventlog.Open(t.Context(), nc, eventlog.Config{AckWait: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Append(t.Context(), change(user.Create, "ada", "c1"), 0); !errors.Is(err, eventlog.ErrTimeout) {
		t.Errorf("append to a server that is gone: %v", err)
	}
	l.Close()
	if _, err := l.Append(t.Context(), change(user.Create, "ada", "c1"), 0); err == nil || errors.Is(err, eventlog.ErrTimeout) {
		t.Errorf("append to a closed log: %v", err)
	}
}

func TestCloseEndsWhatWaits(t *testing.T) {
	s, err := natsd.Start(t.Context(), natsd.Config{Dir: t.TempDir(), Durability: natsd.PageCache})
	if err != nil {
		t.Fatal(err)
	}
	nc, err := s.ConnectLog()
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	l, err := eventlog.Open(t.Context(), nc, eventlog.Config{AckWait: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	l.AppendAsync(change(user.Create, "ada", "c1"), 0, func(_ uint64, err error) { ended <- err })
	l.Close()
	if err := <-ended; !errors.Is(err, eventlog.ErrTimeout) {
		t.Errorf("%v", err)
	}
}

func TestTailIsInOrderAndTakesAllThatIsQueued(t *testing.T) {
	const n = 200
	l, closeLog := mustOpen(t, t.TempDir(), eventlog.Config{})
	defer closeLog()
	tail, err := l.Tail(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	defer tail.Close()
	if _, ok := tail.More(); ok {
		t.Fatal("an event before any")
	}
	for i := range n {
		mustAppend(t, l, change(user.Create, fmt.Sprintf("u%d", i), "c"), 0)
	}
	next := uint64(2)
	for next < n+2 {
		ev, err := tail.Next(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for ok := true; ok; ev, ok = tail.More() {
			if ev.Seq != next {
				t.Fatalf("#%d came where #%d is next", ev.Seq, next)
			}
			next++
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := tail.Next(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("next without events: %v", err)
	}
}

func BenchmarkAppendThenTail(b *testing.B) {
	l, closeLog := mustOpen(b, b.TempDir(), eventlog.Config{})
	defer closeLog()
	tail, err := l.Tail(b.Context(), 2)
	if err != nil {
		b.Fatal(err)
	}
	defer tail.Close()
	for i := 0; b.Loop(); i++ {
		mustAppend(b, l, change(user.Create, fmt.Sprintf("u%d", i), "c"), 0)
		if _, err := tail.Next(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

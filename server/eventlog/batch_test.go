package eventlog_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"optimist/server/eventlog"
	"optimist/server/natsd"
	"optimist/shared/event"
	"optimist/shared/user"
)

// reserved returns the claim of an email for a create.
func reserved(record, command, email string) event.Event {
	return event.Event{
		Kind: event.Reserved, Op: user.Create, Record: record, Time: 1700000000000,
		Ref: user.Ref{Client: "bob", Command: command}, Patch: user.SetEmail(email),
	}
}

// released returns the end of the claim made at target.
func released(ev event.Event, target uint64) event.Event {
	ev.Kind, ev.Target = event.Released, target
	return ev
}

func TestBatchIsStoredWholeOrNotAtAll(t *testing.T) {
	l, closeLog := mustOpen(t, t.TempDir(), eventlog.Config{})
	defer closeLog()
	ada := reserved("ada", "c1", "ada@example.org")
	mustEnd(t, l, 1)
	for _, step := range []struct {
		name   string
		events []event.Event
		expect []uint64
		first  uint64 // 0: a conflict.
	}{
		{"the first stands in the way", []event.Event{ada, change(user.Create, "ada", "c1")}, []uint64{1, 0}, 0},
		{"the last stands in the way", []event.Event{ada, change(user.Create, "ada", "c1")}, []uint64{0, 1}, 0},
		{"a claim and a create", []event.Event{ada, change(user.Create, "ada", "c1")}, []uint64{0, 0}, 2},
		{"the email is claimed", []event.Event{reserved("eve", "c2", "Ada@Example.org"), change(user.Create, "eve", "c2")}, []uint64{0, 0}, 0},
		{"another email", []event.Event{reserved("eve", "c2", "eve@example.org"), change(user.Create, "eve", "c2")}, []uint64{0, 0}, 4},
		{"the middle stands in the way", []event.Event{
			released(ada, 2), reserved("ada", "c3", "eve@example.org"), change(user.Edit, "ada", "c3"),
		}, []uint64{2, 0, 3}, 0},
		{"a release, a claim and an edit", []event.Event{
			released(ada, 2), reserved("ada", "c3", "new@example.org"), change(user.Edit, "ada", "c3"),
		}, []uint64{2, 0, 3}, 6},
		{"both about one email, by the log before", []event.Event{
			released(reserved("ada", "c4", "new@example.org"), 7), reserved("ada", "c5", "new@example.org"),
		}, []uint64{7, 7}, 9},
		{"one is a batch too", []event.Event{change(user.Edit, "ada", "c6")}, []uint64{8}, 11},
	} {
		end := mustReadEnd(t, l)
		first, err := l.AppendAll(t.Context(), step.events, step.expect)
		if first != step.first || (err == nil) != (step.first != 0) || err != nil && !errors.Is(err, eventlog.ErrConflict) {
			t.Fatalf("%s: #%d, %v", step.name, first, err)
		}
		if err == nil {
			end += uint64(len(step.events))
		}
		mustEnd(t, l, end)
	}
	events, err := l.Email(t.Context(), event.EmailToken("NEW@example.org"), 7)
	if err != nil || len(events) != 2 || events[0].Target != 7 || events[1].Kind != event.Reserved {
		t.Errorf("the events of an email: %+v, %v", events, err)
	}
}

func mustReadEnd(t testing.TB, l *eventlog.Log) uint64 {
	t.Helper()
	end, err := l.End(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return end
}

func mustEnd(t testing.TB, l *eventlog.Log, want uint64) {
	t.Helper()
	if end := mustReadEnd(t, l); end != want {
		t.Fatalf("the log ends at #%d, want #%d", end, want)
	}
}

// Batches and single events go out in the order of the calls, far more of them
// than the server lets stand open, and a reader finds no gap.
func TestBatchesKeepTheOrderOfCalls(t *testing.T) {
	const batches = 60 // The server lets 50 stand open; each costs it a flush to the disk.
	l, closeLog := mustOpen(t, t.TempDir(), eventlog.Config{AckWait: time.Minute})
	defer closeLog()
	tail, err := l.Tail(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	type answer struct {
		seq uint64
		err error
	}
	answers := make(chan answer, 2*batches)
	note := func(seq uint64, err error) { answers <- answer{seq, err} }
	for i := range batches {
		id, command := fmt.Sprintf("r%d", i), fmt.Sprintf("c%d", i)
		l.AppendBatch([]event.Event{reserved(id, command, id+"@example.org"), change(user.Create, id, command)}, []uint64{0, 0}, note)
		l.AppendAsync(change(user.Create, "single-"+id, "s"+command), 0, note)
	}
	for i := range batches {
		for k, want := range []uint64{uint64(3*i + 2), uint64(3*i + 4)} {
			if a := <-answers; a.err != nil || a.seq != want {
				t.Fatalf("answer %d.%d: #%d, %v, want #%d", i, k, a.seq, a.err, want)
			}
		}
	}
	for seq := uint64(2); seq < 3*batches+2; seq++ {
		ev, err := tail.Next(t.Context())
		if err != nil || ev.Seq != seq {
			t.Fatalf("#%d: %+v, %v", seq, ev, err)
		}
		if want := []event.Kind{event.Reserved, event.Created, event.Created}[(seq-2)%3]; ev.Kind != want {
			t.Fatalf("#%d is %v, want %v", seq, ev.Kind, want)
		}
	}
	if err := tail.Close(); err != nil {
		t.Error(err)
	}
}

func TestBatchRefusesWhatIsNone(t *testing.T) {
	l, closeLog := mustOpen(t, t.TempDir(), eventlog.Config{})
	defer closeLog()
	many := make([]event.Event, eventlog.MaxBatch+1)
	for i := range many {
		many[i] = change(user.Create, fmt.Sprintf("r%d", i), "c1")
	}
	for name, events := range map[string][]event.Event{"too many": many, "more than expectations": many[:2]} {
		if _, err := l.AppendAll(t.Context(), events, make([]uint64, max(len(events)-1, 1))); err == nil || errors.Is(err, eventlog.ErrTimeout) {
			t.Errorf("%s: %v", name, err)
		}
	}
	mustEnd(t, l, 1)
}

// A batch that nobody answered in time may be stored: here it is.
func TestUnansweredBatchIsUnknown(t *testing.T) {
	s, err := natsd.Start(t.Context(), natsd.Config{Dir: t.TempDir(), Durability: natsd.PageCache})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	nc, err := s.ConnectLog()
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	patient, err := eventlog.Open(t.Context(), nc, eventlog.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer patient.Close()
	hasty, err := eventlog.Open(t.Context(), nc, eventlog.Config{AckWait: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	defer hasty.Close()
	events := []event.Event{reserved("ada", "c1", "ada@example.org"), change(user.Create, "ada", "c1")}
	if _, err := hasty.AppendAll(t.Context(), events, []uint64{0, 0}); !errors.Is(err, eventlog.ErrTimeout) || errors.Is(err, eventlog.ErrConflict) {
		t.Fatalf("%v", err)
	}
	tail, err := patient.Tail(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	defer tail.Close()
	for i, want := range events {
		if ev, err := tail.Next(t.Context()); err != nil || ev.Kind != want.Kind || ev.Seq != uint64(i+2) {
			t.Errorf("event %d: %+v, %v", i, ev, err)
		}
	}
	if _, err := patient.AppendAll(t.Context(), events, []uint64{0, 0}); !errors.Is(err, eventlog.ErrConflict) {
		t.Errorf("the same batch again: %v", err)
	}
}

// A stream that an older program made takes batches once it is opened, and
// keeps its events.
func TestOldStreamTakesBatches(t *testing.T) {
	s, err := natsd.Start(t.Context(), natsd.Config{Dir: t.TempDir(), Durability: natsd.PageCache})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	nc, err := s.ConnectLog()
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	mustMakeOldStream(t, nc)
	l, err := eventlog.Open(t.Context(), nc, eventlog.Config{NewID: func() string { return "old" }})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	events := []event.Event{reserved("ada", "c1", "ada@example.org"), change(user.Create, "ada", "c1")}
	if first, err := l.AppendAll(t.Context(), events, []uint64{0, 0}); err != nil || first != 2 {
		t.Errorf("#%d, %v", first, err)
	}
	got, err := l.At(t.Context(), 2)
	want := events[0]
	want.Seq, want.ID = 2, want.Identify()
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("the claim, %v (-want +got):\n%s", err, diff)
	}
}

func mustMakeOldStream(t testing.TB, nc *nats.Conn) {
	t.Helper()
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := js.CreateStream(t.Context(), jetstream.StreamConfig{
		Name: eventlog.StreamName, Subjects: []string{event.AllSubjects},
		DenyDelete: true, DenyPurge: true, AllowDirect: true,
	}); err != nil {
		t.Fatal(err)
	}
}

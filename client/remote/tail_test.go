package remote

import (
	"fmt"
	"testing"

	"github.com/nats-io/nats.go"

	"optimist/client/outbox"
	"optimist/shared/event"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// mustLog makes the stream that the server keeps its log in.
func mustLog(t testing.TB, s *natsServer) nats.JetStreamContext {
	t.Helper()
	js, err := s.mustConnect().JetStream()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := js.AddStream(&nats.StreamConfig{Name: StreamName, Subjects: []string{event.AllSubjects}}); err != nil {
		t.Fatal(err)
	}
	return js
}

// mustAppend appends count events.
func mustAppend(t testing.TB, js nats.JetStreamContext, count int) {
	t.Helper()
	for n := range count {
		e := event.Event{
			Kind: event.Created, Ref: user.Ref{Client: "bob", Command: fmt.Sprintf("b%d", n)},
			Record: "r1", Op: user.Create, Patch: user.SetBoth("Ada", "ada@example.org"),
		}
		data, err := e.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := js.Publish(e.Subject(), data); err != nil {
			t.Fatal(err)
		}
	}
}

// events waits until the tail is at event last, and fails unless all events
// from first on came, once. With first 0 the log must begin anew, at any event.
func (o *owner) events(first, last uint64) {
	o.t.Helper()
	var all []event.Event
	anew := first > 0
	o.until(func(b Batch) bool {
		if b.Restart {
			all, anew = nil, true
		}
		all = append(all, b.Events...)
		return len(all) > 0 && all[len(all)-1].Seq == last
	})
	if first == 0 {
		first = all[0].Seq
	}
	if !anew {
		o.t.Fatal("another log came as if it were the one before")
	}
	for i, e := range all {
		if e.Seq != first+uint64(i) || e.Kind != event.Created || e.Record != "r1" || e.Patch.Name != "Ada" {
			o.t.Fatalf("event %d from #%d on is %+v", i, first, e)
		}
	}
	if len(all) != int(last-first)+1 {
		o.t.Fatalf("%d events came from #%d on, up to #%d", len(all), first, last)
	}
}

func TestTail(t *testing.T) {
	s := mustServe(t)
	js := mustLog(t, s)
	mustAppend(t, js, 50)
	o := mustDial(t, s.url(), outbox.Memory("ann"))
	o.r.Tail(20)
	o.r.Tail(30) // Asking again changes nothing.
	o.events(31, 50)
	mustAppend(t, js, 5)
	o.events(51, 55)

	// The server comes back with its log: not one event twice, and none missing.
	s.stop()
	o.until(func(b Batch) bool { return has(b, reconcile.Disconnected) })
	s.start()
	if js, err := s.mustConnect().JetStream(); err != nil {
		t.Fatal(err)
	} else {
		mustAppend(t, js, 3)
	}
	o.events(56, 58)

	// It comes back with another log.
	s.stop()
	o.until(func(b Batch) bool { return has(b, reconcile.Disconnected) })
	s.dir = t.TempDir()
	s.start()
	mustAppend(t, mustLog(t, s), 70)
	o.events(0, 70)
}

func has(b Batch, kind reconcile.InputKind) bool {
	for _, in := range b.Inputs {
		if in.Kind == kind {
			return true
		}
	}
	return false
}

package projector_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"optimist/server/eventlog"
	"optimist/shared/event"
	"optimist/shared/projection"
)

// mustDeafen has the log hear no acknowledgement after that of a create of a,
// until release is called. By then the projector needs nothing but those.
func (w *world) mustDeafen() (release func()) {
	w.t.Helper()
	for _, id := range []string{"y", "z"} { // The first may come before the tail.
		w.awaitTold(w.mustAppend(create(id, "c-"+id, id+"@example.org")))
	}
	w.awaitNoConsumer()
	held, released := make(chan uint64), make(chan struct{})
	w.log.AppendAsync(create("a", "c1", "ada@example.org"), 0, func(seq uint64, err error) {
		if err != nil {
			w.t.Error(err)
		}
		held <- seq
		<-released
	})
	w.last["a"] = <-held
	w.awaitTold(w.last["a"])
	return func() { close(released) }
}

// awaitNoConsumer waits until the server sends the projector nothing.
func (w *world) awaitNoConsumer() {
	w.t.Helper()
	js, err := w.nc.JetStream()
	if err != nil {
		w.t.Fatal(err)
	}
	for late := time.Now().Add(patience); ; {
		info, err := js.StreamInfo(eventlog.StreamName)
		if err != nil || time.Now().After(late) {
			w.t.Fatalf("there is a consumer: %v", err)
		}
		if info.State.Consumers == 0 {
			return
		}
	}
}

// appendAside appends ev and returns what becomes of it.
func (w *world) appendAside(ev event.Event, expect uint64) <-chan error {
	ended := make(chan error, 1)
	w.log.AppendAsync(ev, expect, func(_ uint64, err error) { ended <- err })
	return ended
}

// awaitFold waits until an event is folded that the rows will refuse: from then
// on answers wait, for a moment.
func (w *world) awaitFold() {
	w.t.Helper()
	over, end := context.WithCancel(context.Background())
	end()
	for late := time.Now().Add(patience); w.p.Logged(over) == nil; runtime.Gosched() {
		if time.Now().After(late) {
			w.t.Fatal("nothing is folded")
		}
	}
}

// mustGoAhead has the projector fold an event that the rows will refuse while it
// is on its way into the log, where it is expected to come after the event of that
// number. The append ends once release is called.
func mustGoAhead(t *testing.T, expect uint64) (w *world, stop, release func(), ended <-chan error) {
	t.Helper()
	w = mustWorld(t)
	stop = w.startCalm()
	release = w.mustDeafen()
	ended = w.appendAside(create("b", "c2", "ada@example.org"), expect)
	w.awaitFold()
	return w, stop, release, ended
}

// An event that is on its way is folded, and not committed before it is there.
func TestEventOnItsWay(t *testing.T) {
	w, _, release, ended := mustGoAhead(t, 0)
	if _, found, err := w.db.Fate(ref("c2")); found || err != nil {
		t.Errorf("the rows have it: %v, %v", found, err)
	}
	if at := w.p.Checkpoint(); at != w.last["a"] {
		t.Errorf("checkpoint #%d, want #%d", at, w.last["a"])
	}
	release()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	w.awaitQuiet()
	if f := w.mustFate("c2"); f.Status != projection.Rejected || f.Seq != w.last["a"]+1 || !f.Logged {
		t.Errorf("fate: %+v", f)
	}
	w.mustVerify()
}

// What was folded and does not come leaves nothing behind.
func TestEventThatDoesNotCome(t *testing.T) {
	w, _, release, ended := mustGoAhead(t, 7)
	release()
	if err := <-ended; !errors.Is(err, eventlog.ErrConflict) {
		t.Fatal(err)
	}
	w.awaitTold(w.mustAppend(create("b", "c3", "bea@example.org")))
	if _, found, err := w.db.Fate(ref("c2")); found || err != nil {
		t.Errorf("c2 has a fate: %v, %v", found, err)
	}
	if f := w.mustFate("c3"); f.Status != projection.Applied || f.Seq != w.last["a"]+1 {
		t.Errorf("fate of c3: %+v", f)
	}
	if n := len(w.mustRejections()); n != 0 {
		t.Errorf("%d rejections", n)
	}
	w.mustVerify()
}

// A projector that ends while an event is on its way meets it at the next start.
func TestEndWhileAnEventIsOnItsWay(t *testing.T) {
	w, stop, release, ended := mustGoAhead(t, 0)
	stop()
	release()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	w.restart(stop)
	w.awaitQuiet()
	if f := w.mustFate("c2"); f.Status != projection.Rejected {
		t.Errorf("fate: %+v", f)
	}
	w.mustVerify()
}

// A change that goes to the rows first waits for an event that is on its way,
// and is kept when that does not come.
func TestDirectWriteWhileAnEventIsOnItsWay(t *testing.T) {
	w, _, release, ended := mustGoAhead(t, 7)
	row, fate := projection.Written(projection.Record{}, create("d", "c3", "dora@example.org"))
	written := make(chan error, 1)
	go func() { // The other writer.
		_, err := w.db.WriteDirect(row, fate, nil)
		written <- err
	}()
	release()
	if err := <-ended; !errors.Is(err, eventlog.ErrConflict) {
		t.Fatal(err)
	}
	if err := <-written; err != nil {
		t.Fatal(err)
	}
	if rec, found, err := w.db.Record("d"); !found || !rec.Direct || err != nil {
		t.Errorf("%+v, %v, %v", rec, found, err)
	}
	if _, found, err := w.db.Record("b"); found || err != nil {
		t.Errorf("b is there: %v, %v", found, err)
	}
}

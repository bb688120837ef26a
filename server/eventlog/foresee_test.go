package eventlog_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/server/eventlog"
	"optimist/shared/event"
	"optimist/shared/user"
)

// foreseeing is a tail at the end of mine, which hears no acknowledgement until
// release is called.
type foreseeing struct {
	pair
	tail    *eventlog.Tail
	release func()
	ended   chan error // Of each append.
}

func mustForesee(t *testing.T) *foreseeing {
	t.Helper()
	f := &foreseeing{pair: mustPair(t), ended: make(chan error, 2)}
	f.tail = mustTail(t, f.mine, 1)
	mustBeNext(t, f.tail, 1, 1)
	held, released := make(chan struct{}), make(chan struct{})
	f.release = func() { close(released) }
	f.mine.AppendAsync(create("ada"), 0, func(_ uint64, err error) {
		if err != nil {
			t.Error(err)
		}
		close(held)
		<-released
	})
	<-held
	mustBeNext(t, f.tail, 2, 2)
	f.mustHaveConsumers(t, f.tail, 0)
	return f
}

func (f *foreseeing) append(ev event.Event, expect uint64) {
	f.mine.AppendAsync(ev, expect, func(_ uint64, err error) { f.ended <- err })
}

// mustTell returns the event that the tail tells of before it is there.
func (f *foreseeing) mustTell(t *testing.T) event.Event {
	t.Helper()
	ev, there, err := f.tail.Soon(t.Context())
	if there || err != nil {
		t.Fatalf("%+v is there: %v, %v", ev, there, err)
	}
	return ev
}

// mustAwait waits for what was told of, and checks whether anything came.
func (f *foreseeing) mustAwait(t *testing.T, want bool) {
	t.Helper()
	if came, err := f.tail.Awaited(t.Context()); came != want || err != nil {
		t.Fatalf("came: %v, %v", came, err)
	}
}

func TestTailTellsOfALoneAppend(t *testing.T) {
	f := mustForesee(t)
	f.append(create("bob"), 0)
	f.append(create("cy"), 0) // It is not alone.
	told := f.mustTell(t)
	if told.Seq != 3 || told.ID != "bob/c-bob" || told.Record != "bob" {
		t.Errorf("told of %+v", told)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if ev, there, err := f.tail.Soon(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("told again: %+v, %v, %v", ev, there, err)
	}
	f.release()
	f.mustAwait(t, true)
	came, _ := f.tail.More()
	if diff := cmp.Diff(told, came); diff != "" {
		t.Errorf("what came is not what was told (-want +got):\n%s", diff)
	}
	if ev, there, err := f.tail.Soon(t.Context()); ev.Record != "cy" || !there || err != nil {
		t.Errorf("then %+v, %v, %v", ev, there, err)
	}
}

func TestTailForgetsAnAppendThatFails(t *testing.T) {
	f := mustForesee(t)
	f.append(create("ada"), 0)
	f.mustTell(t)
	f.release()
	f.mustAwait(t, false)
	if err := <-f.ended; !errors.Is(err, eventlog.ErrConflict) {
		t.Errorf("ended with %v", err)
	}
	f.append(change(user.Edit, "ada", "c3"), 2)
	ev, there, err := f.tail.Soon(t.Context())
	if err == nil && !there {
		f.mustAwait(t, true)
		ev, _ = f.tail.More()
	}
	if ev.Command != "c3" || ev.Seq != 3 || err != nil {
		t.Errorf("next is %+v, %v", ev, err)
	}
}

// What another stores in between takes the place that was foreseen.
func TestTailForgetsWhatComesElsewhere(t *testing.T) {
	f := mustForesee(t)
	mustAppend(t, f.other, create("bob"), 0)
	f.append(create("cy"), 0)
	if told := f.mustTell(t); told.Seq != 3 || told.Record != "cy" {
		t.Errorf("told of %+v", told)
	}
	f.release()
	f.mustAwait(t, false)
	for i, record := range []string{"bob", "cy"} {
		ev, err := f.tail.Next(t.Context())
		if err != nil || ev.Record != record || ev.Seq != uint64(3+i) {
			t.Errorf("then %+v, %v", ev, err)
		}
	}
}

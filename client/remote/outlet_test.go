package remote

import (
	"context"
	"errors"
	"testing"
	"time"

	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
)

// mustRun runs an outlet and returns what it delivers.
func mustRun(t testing.TB, pace time.Duration) (*outlet, chan Batch) {
	t.Helper()
	o := newOutlet(func() int64 { return 1 }, pace)
	batches := make(chan Batch, 100)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		o.run(ctx, func(b Batch) { batches <- b })
	}()
	t.Cleanup(func() {
		stop()
		<-ended
	})
	return o, batches
}

func fed(to uint64) reconcile.Input {
	return reconcile.Input{Kind: reconcile.Fed, Feed: &protocol.Feed{To: to}}
}

// With an hour between two deliveries, only what must not wait comes.
func TestOutletGathersWhileBusy(t *testing.T) {
	o, batches := mustRun(t, time.Hour)
	for range Burst {
		o.input(fed(1))
		if b := <-batches; len(b.Inputs) != 1 || b.Inputs[0].At != 1 {
			t.Fatalf("when all is quiet it delivers %+v", b)
		}
	}
	o.input(fed(2))
	o.status(protocol.Status{Log: 1})
	o.status(protocol.Status{Log: 2})
	o.events([]event.Event{{Seq: 1}}, true)
	o.events([]event.Event{{Seq: 2}}, false)
	o.failure(errors.New("full"))
	o.input(reconcile.Input{Kind: reconcile.Stored, ID: "c1"})
	b := <-batches
	if len(b.Inputs) != 2 || b.Inputs[0].Feed.To != 2 || b.Inputs[1].ID != "c1" {
		t.Errorf("in a hurry it delivers the inputs %+v", b.Inputs)
	}
	if b.Status.Log != 2 || len(b.Events) != 2 || !b.Restart || len(b.Failures) != 1 {
		t.Errorf("in a hurry it delivers %+v", b)
	}
	select {
	case b := <-batches:
		t.Errorf("there was more: %+v", b)
	default:
	}
}

func TestOutletHasLimits(t *testing.T) {
	o := newOutlet(func() int64 { return 1 }, 0)
	for n := range uint64(MaxWaiting + 10) {
		o.input(fed(n))
		o.events([]event.Event{{Seq: n + 1}}, false)
		o.failure(errors.New("full"))
	}
	o.input(reconcile.Input{Kind: reconcile.Answered})
	b := o.take()
	if len(b.Inputs) != MaxWaiting+1 || b.Inputs[MaxWaiting].Kind != reconcile.Answered {
		t.Errorf("%d inputs wait: of the feed %d are too many, but no answer is", len(b.Inputs), MaxWaiting)
	}
	if n := len(b.Events); n < MaxEvents || n >= 2*MaxEvents || b.Events[n-1].Seq != MaxWaiting+10 || !b.Restart {
		t.Errorf("%d events wait, the last of them #%d", len(b.Events), b.Events[len(b.Events)-1].Seq)
	}
	if len(b.Failures) != MaxTrouble {
		t.Errorf("%d failures wait", len(b.Failures))
	}
}

func TestBacklogHasALimit(t *testing.T) {
	b := newBacklog()
	for range MaxBacklog {
		if b.add([]reconcile.Effect{{Kind: reconcile.Send}}) {
			t.Fatal("a resync was dropped that nobody asked for")
		}
	}
	if b.add([]reconcile.Effect{{Kind: reconcile.Send}, {Kind: reconcile.Store, ID: "c1"}, {Kind: reconcile.Moved}}) {
		t.Error("a resync was dropped that nobody asked for")
	}
	if !b.add([]reconcile.Effect{{Kind: reconcile.Sync}}) {
		t.Error("a dropped resync is not told of")
	}
	got := b.take()
	if len(got) != MaxBacklog+1 || got[MaxBacklog].ID != "c1" {
		t.Errorf("%d effects wait: sends may be dropped, the outbox's may not", len(got))
	}
}

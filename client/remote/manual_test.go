package remote

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/nats-io/nats.go"

	"optimist/client/outbox"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
)

// hand moves a Manual and keeps the kinds of what it delivers.
type hand struct {
	*Manual
	t    testing.TB
	ctx  context.Context // Of the whole test, with a deadline.
	s    *natsServer
	nc   *nats.Conn // Of the test's own server.
	came []reconcile.InputKind
}

// mustHand returns a Manual that is linked to a server which accepts commands
// and answers a resync with one row.
func mustHand(t testing.TB, box *outbox.Outbox) *hand {
	t.Helper()
	s := mustServe(t)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	h := &hand{t: t, ctx: ctx, s: s, nc: s.mustConnect()}
	respond := func(msg *nats.Msg, v any) {
		data, err := json.Marshal(v)
		if err == nil {
			err = msg.Respond(data)
		}
		if err != nil {
			t.Errorf("respond: %v", err)
		}
	}
	mustAnswer(t, h.nc, "cmd.ann", func(msg *nats.Msg) {
		respond(msg, protocol.Reply{Verdict: protocol.Accepted, Seq: 7})
	})
	mustAnswer(t, h.nc, "query.ann", func(msg *nats.Msg) {
		respond(msg, protocol.Sync{Epoch: "e", Full: true, To: 5, Rows: []protocol.Row{{ID: "ada"}}})
	})
	m, err := NewManual(Config{Client: "ann", Outbox: box, Deliver: func(b Batch) {
		for _, in := range b.Inputs {
			h.came = append(h.came, in.Kind)
		}
	}}, func(f protocol.Feed) bool { return f.From != f.To })
	if err != nil {
		t.Fatal(err)
	}
	h.Manual = m
	t.Cleanup(m.Close)
	h.mustLink()
	return h
}

func (h *hand) mustLink() {
	h.t.Helper()
	connect := func(opts ...nats.Option) (*nats.Conn, error) { return nats.Connect(h.s.url(), opts...) }
	if err := h.Link(h.ctx, connect); err != nil {
		h.t.Fatal(err)
	}
}

// mustSettle carries out and takes in until nothing moves: the server here
// answers before it answers a flush.
func (h *hand) mustSettle() {
	h.t.Helper()
	if err := h.Settle(); err != nil {
		h.t.Fatal(err)
	}
	for _, flush := range []func() error{
		func() error { return h.Receive(h.ctx) }, h.nc.Flush, h.nc.Flush,
		func() error { return h.Receive(h.ctx) },
	} {
		if err := flush(); err != nil {
			h.t.Fatal(err)
		}
	}
}

// mustHold waits until that many answers and feed messages wait.
func (h *hand) mustHold(answers, feeds int) {
	h.t.Helper()
	for len(h.Answers()) < answers || len(h.Feeds()) < feeds {
		if h.ctx.Err() != nil {
			h.t.Fatalf("%d answers and %d feed messages wait", len(h.Answers()), len(h.Feeds()))
		}
		h.mustSettle()
	}
}

// wantCame checks what was delivered since it was asked last.
func (h *hand) wantCame(want ...reconcile.InputKind) {
	h.t.Helper()
	if diff := cmp.Diff(want, h.came, cmpopts.EquateEmpty()); diff != "" {
		h.t.Errorf("something else was delivered (-want +got):\n%s", diff)
	}
	h.came = nil
}

func TestManualDeliversNothingUnlet(t *testing.T) {
	h := mustHand(t, outbox.Memory("ann"))
	h.Do([]reconcile.Effect{store(1), send(1), {Kind: reconcile.Sync}})
	h.mustHold(1, 1)
	h.wantCame(reconcile.Connected, reconcile.Stored)
	if got := h.Asked(); got != (Asked{Commands: 1, Queries: 1}) {
		t.Errorf("it asked %+v", got)
	}
	if !h.LetFeed() || h.LetFeed() || !h.LetAnswer() || h.LetAnswer() {
		t.Error("what waited was not let in once")
	}
	h.mustSettle()
	h.wantCame(reconcile.Synced, reconcile.Answered)
}

func TestManualKeepsTheOrderOfArrival(t *testing.T) {
	h := mustHand(t, outbox.Memory("ann"))
	mustSend(t, h.nc, protocol.FeedSubject, protocol.Feed{Epoch: "e", From: 1, To: 2})
	mustSend(t, h.nc, protocol.LogFeedSubject, protocol.Feed{Epoch: "e", From: 2, To: 3, Log: true})
	mustSend(t, h.nc, protocol.FeedSubject, protocol.Feed{Epoch: "e", From: 3, To: 3}) // Not worth to wait.
	h.mustHold(0, 2)
	h.Do([]reconcile.Effect{{Kind: reconcile.Sync}})
	h.mustHold(0, 3)
	want := []Parcel{{From: 1, To: 2}, {From: 2, To: 3, Log: true}, {Resync: true, To: 5}}
	if diff := cmp.Diff(want, h.Feeds(), cmpopts.IgnoreUnexported(Parcel{}), cmpopts.IgnoreFields(Parcel{}, "Reply", "Feed", "Sync")); diff != "" {
		t.Errorf("what waits is in another order (-want +got):\n%s", diff)
	}
}

func TestManualLosesWhatWaitsWithTheLink(t *testing.T) {
	h := mustHand(t, outbox.Memory("ann"))
	h.Do([]reconcile.Effect{send(1), {Kind: reconcile.Sync}})
	h.mustHold(1, 1)
	h.Unlink()
	h.mustSettle()
	if len(h.Answers())+len(h.Feeds()) > 0 {
		t.Error("something still waits")
	}
	h.Do([]reconcile.Effect{{Kind: reconcile.Sync}, send(2)})
	h.mustSettle()
	h.wantCame(reconcile.Connected, reconcile.Disconnected, reconcile.SyncFailed)
	if got := h.Asked(); got != (Asked{Commands: 1, Queries: 1}) {
		t.Errorf("it asked %+v, and some of it without a link", got)
	}
	h.mustLink()
	h.Do([]reconcile.Effect{send(3)})
	h.mustHold(1, 0)
	if got := h.Answers()[0].Command; got != "c3" {
		t.Errorf("the answer is to %s", got)
	}
}

func TestManualTakesBackWhatWasKept(t *testing.T) {
	box := outbox.Memory("ann")
	if err := box.Store(mutation(1)); err != nil {
		t.Fatal(err)
	}
	h := mustHand(t, box)
	h.mustSettle()
	h.Tick()
	h.mustSettle()
	h.wantCame(reconcile.Restore, reconcile.Connected, reconcile.Tick)
}

package remote

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"

	"optimist/client/outbox"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
)

// One goroutine an effect would let half of these overtake another.
func TestCommandsKeepTheirOrder(t *testing.T) {
	const count = 2_000
	s := mustServe(t)
	nc := s.mustConnect()
	arrived := make(chan protocol.Command, count)
	mustAnswer(t, nc, "cmd.ann", func(msg *nats.Msg) {
		for _, c := range commandsOf(t, msg) {
			arrived <- c
		}
	})
	o := mustDial(t, s.url(), outbox.Memory("ann"))
	o.input(reconcile.Connected)
	for n := range count {
		o.r.Do([]reconcile.Effect{send(n)})
	}
	for n := range count {
		if c := <-arrived; c.ID != fmt.Sprintf("c%d", n) || c.Strategy != "reconcile" || *c.Name != "Ada" {
			t.Fatalf("%+v arrived where c%d is next", c, n)
		}
	}
}

func TestStoredComesOnceTheOutboxHoldsIt(t *testing.T) {
	s := mustServe(t)
	box := outbox.Memory("ann")
	o := mustDial(t, s.url(), box)
	o.input(reconcile.Connected)
	fallen := store(1)
	fallen.Mutation.Phase = reconcile.RolledBack
	o.r.Do([]reconcile.Effect{store(1), store(2), {Kind: reconcile.Changed, Record: "r1"}, fallen, {Kind: reconcile.Forget, ID: "c2"}, store(3)})
	for _, id := range []string{"c1", "c2", "c3"} {
		if in := o.input(reconcile.Stored); in.ID != id || in.At == 0 {
			t.Errorf("%+v was stored where %s is next", in, id)
		}
	}
	wantHeld(t, box, "c1 rolled-back", "c3 writing")
}

func wantHeld(t testing.TB, box *outbox.Outbox, want ...string) {
	t.Helper()
	all, err := box.Load()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range all {
		got = append(got, m.ID+" "+m.Phase.String())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the outbox holds something else (-want +got):\n%s", diff)
	}
}

func TestWhatWasKeptComesFirst(t *testing.T) {
	s := mustServe(t)
	box := outbox.Memory("ann")
	for n := 3; n > 0; n-- {
		if err := box.Store(mutation(n)); err != nil {
			t.Fatal(err)
		}
	}
	o := mustDial(t, s.url(), box)
	for _, id := range []string{"c1", "c2", "c3"} {
		if in := o.input(reconcile.Restore); in.Mutation.ID != id {
			t.Errorf("%s came back where %s is next", in.Mutation.ID, id)
		}
	}
	o.input(reconcile.Connected)
}

func TestCloseWritesTheOutbox(t *testing.T) {
	s := newServer(t) // Not there, and never will be.
	box := outbox.Memory("ann")
	o := mustDial(t, s.url(), box)
	for n := range 100 {
		o.r.Do([]reconcile.Effect{store(n)})
	}
	if err := o.r.Close(); err != nil {
		t.Fatal(err)
	}
	if all, err := box.Load(); err != nil || len(all) != 100 {
		t.Errorf("the outbox holds %d of 100 (%v)", len(all), err)
	}
}

// A client may start before its server, and outlives it.
func TestReconnect(t *testing.T) {
	s := newServer(t)
	o := mustDial(t, s.url(), outbox.Memory("ann"))
	o.r.Do([]reconcile.Effect{store(1), send(1)}) // Offline: what is sent is lost, what is stored is not.
	o.input(reconcile.Stored)
	for range 2 {
		s.start()
		o.input(reconcile.Connected)
		nc := s.mustConnect()
		arrived := make(chan protocol.Command, 1)
		mustAnswer(t, nc, "cmd.ann", func(msg *nats.Msg) { arrived <- mustRead[protocol.Command](t, msg) })
		o.r.Do([]reconcile.Effect{send(2)})
		if c := <-arrived; c.ID != "c2" {
			t.Errorf("%s arrived: what was asked offline is the replica's to ask again", c.ID)
		}
		// The command came after the subscription, on one connection.
		mustSend(t, nc, protocol.FeedSubject, protocol.Feed{Epoch: "e", From: 1, To: 2})
		if in := o.input(reconcile.Fed); in.Feed.To != 2 || in.Feed.Epoch != "e" {
			t.Errorf("the feed says %+v", in.Feed)
		}
		s.stop()
		o.input(reconcile.Disconnected)
	}
}

func TestAnswers(t *testing.T) {
	cases := map[string]struct {
		answer func(msg *nats.Msg)
		want   []protocol.Reply
	}{
		"a verdict": {
			answer: func(msg *nats.Msg) { mustRespond(t, msg, accepted("c1")) },
			want:   []protocol.Reply{accepted("c1")},
		},
		"twice": {
			answer: func(msg *nats.Msg) {
				mustRespond(t, msg, accepted("c1"))
				mustRespond(t, msg, protocol.Reply{Command: "c1", Verdict: protocol.Refused})
			},
			want: []protocol.Reply{accepted("c1")},
		},
		"about another command": {
			answer: func(msg *nats.Msg) { mustRespond(t, msg, accepted("c9")) },
			want:   []protocol.Reply{accepted("c1")},
		},
		"a failure": {
			answer: func(msg *nats.Msg) { mustRespond(t, msg, protocol.Failure{Error: "too many"}) },
			want:   []protocol.Reply{{Command: "c1", Verdict: protocol.Retry, Why: "the server says: too many"}},
		},
		"a verdict of another time": {
			answer: func(msg *nats.Msg) { mustRespond(t, msg, protocol.Reply{Verdict: "maybe"}) },
			want:   []protocol.Reply{{Command: "c1", Verdict: protocol.Retry, Why: `the server's verdict "maybe" is unknown here`}},
		},
		"nobody there": {
			want: []protocol.Reply{{Command: "c1", Verdict: protocol.Retry, Why: ErrNobody.Error()}},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := mustServe(t)
			if c.answer != nil {
				mustAnswer(t, s.mustConnect(), "cmd.ann", c.answer)
			}
			o := mustDial(t, s.url(), outbox.Memory("ann"))
			o.input(reconcile.Connected)
			o.r.Do([]reconcile.Effect{send(1)})
			var got []protocol.Reply
			for len(got) < len(c.want) {
				got = append(got, o.input(reconcile.Answered).Reply)
			}
			for _, in := range o.ticks(2) {
				got = append(got, in.Reply)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("the answers are others (-want +got):\n%s", diff)
			}
		})
	}
}

// What nobody asked for is ignored, whoever guesses the inbox.
func TestUnaskedAnswersAreIgnored(t *testing.T) {
	s := mustServe(t)
	o := mustDial(t, s.url(), outbox.Memory("ann"))
	o.input(reconcile.Connected)
	o.listens()
	nc := s.mustConnect()
	mustSend(t, nc, o.r.inbox+"zz", protocol.Reply{Command: "c1", Verdict: protocol.Refused})
	mustSend(t, nc, protocol.FeedSubject, "no feed message")
	mustSend(t, nc, protocol.StatusSubject, protocol.Status{Log: 9})
	b := o.until(func(b Batch) bool { return b.Status != nil })
	if b.Status.Log != 9 || len(b.Inputs) > 0 {
		t.Errorf("it delivered %+v", b)
	}
	if others := o.ticks(2); len(others) > 0 {
		t.Errorf("it delivered %+v", others)
	}
}

func TestPoll(t *testing.T) {
	s := mustServe(t)
	mustAnswer(t, s.mustConnect(), "query.ann", func(msg *nats.Msg) {
		if q := mustRead[protocol.Query](t, msg); q.Ask != protocol.AskOutcome || q.Command != "c1" {
			t.Errorf("it asks %+v", q)
		}
		mustRespond(t, msg, protocol.Reply{Command: "c1", Verdict: protocol.Confirmed, Seq: 7})
	})
	o := mustDial(t, s.url(), outbox.Memory("ann"))
	o.input(reconcile.Connected)
	o.r.Do([]reconcile.Effect{{Kind: reconcile.Poll, ID: "c1"}})
	if a := o.input(reconcile.Answered).Reply; a.Verdict != protocol.Confirmed || a.Seq != 7 {
		t.Errorf("the outcome is %+v", a)
	}
}

// A disk that fails keeps everything from being sent, and a person hears of it.
func TestOutboxThatFails(t *testing.T) {
	s := mustServe(t)
	box, err := outbox.Open(t.Context(), t.TempDir(), "ann")
	if err != nil {
		t.Fatal(err)
	}
	batches := make(chan Batch, 1<<16)
	r, err := Dial(t.Context(), Config{URL: s.url(), Client: "ann", Outbox: box, Deliver: func(b Batch) { batches <- b }})
	if err != nil {
		t.Fatal(err)
	}
	o := &owner{t: t, batches: batches, r: r}
	o.input(reconcile.Connected)
	if err := box.Close(); err != nil {
		t.Fatal(err)
	}
	r.Do([]reconcile.Effect{store(1)})
	b := o.until(func(b Batch) bool { return len(b.Failures) > 0 })
	if len(b.Failures) != 1 || !strings.Contains(b.Failures[0].Error(), "cannot be kept") {
		t.Errorf("it says %v", b.Failures)
	}
	for _, in := range o.ticks(3) {
		t.Errorf("it says %+v though nothing is stored", in)
	}
	if err := r.Close(); err == nil {
		t.Error("it closes as if all were well")
	}
}

func TestDialRefuses(t *testing.T) {
	deliver := func(Batch) {}
	cases := map[string]Config{
		"no outbox":                {Client: "ann", Deliver: deliver},
		"no receiver":              {Client: "ann", Outbox: outbox.Memory("ann")},
		"another client's outbox":  {Client: "ann", Deliver: deliver, Outbox: outbox.Memory("bob")},
		"a client with a wildcard": {Client: "a.>", Deliver: deliver, Outbox: outbox.Memory("a.>")},
		"no URL":                   {Client: "ann", Deliver: deliver, Outbox: outbox.Memory("ann"), URL: "nats://a b"},
	}
	for name, cfg := range cases {
		t.Run(name, func(t *testing.T) {
			if r, err := Dial(t.Context(), cfg); err == nil {
				t.Error("it dials")
				err = r.Close()
				if err != nil && !errors.Is(err, nats.ErrConnectionClosed) {
					t.Error(err)
				}
			}
		})
	}
}

func mustRespond(t testing.TB, msg *nats.Msg, v any) {
	t.Helper()
	if err := respond(msg, v); err != nil {
		t.Errorf("answer: %v", err)
	}
}

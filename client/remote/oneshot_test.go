package remote

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"

	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// script answers request after request with the next of its answers, the last
// one again and again.
func script(t testing.TB, answers ...any) (func(*nats.Msg), *atomic.Int64) {
	var asked atomic.Int64
	return func(msg *nats.Msg) {
		n := min(int(asked.Add(1)), len(answers))
		if answers[n-1] != nil {
			mustRespond(t, msg, answers[n-1])
		}
	}, &asked
}

func retry(why string) protocol.Reply { return protocol.Reply{Verdict: protocol.Retry, Why: why} }

func TestAsk(t *testing.T) {
	s := mustServe(t)
	nc := s.mustConnect()
	asked := make(chan string, 10)
	answer, _ := script(t, retry("wait"), nil, accepted("c1"))
	mustAnswer(t, nc, "cmd.ann", func(msg *nats.Msg) {
		asked <- mustRead[protocol.Command](t, msg).ID
		answer(msg)
	})
	got, err := Ask(t.Context(), s.mustConnect(), "ann", protocol.Command{ID: "c1", Record: "r1", Op: user.Create})
	if err != nil || got.Verdict != protocol.Accepted {
		t.Errorf("it ends with %+v, %v", got, err)
	}
	for range 3 {
		if id := <-asked; id != "c1" {
			t.Errorf("it asks for %s", id)
		}
	}
}

// quiet is somebody who is there and does not answer.
type quiet struct{}

func TestAskWithoutVerdict(t *testing.T) {
	cases := map[string]struct {
		answer any
		want   func(error) bool
	}{
		"silence":      {quiet{}, func(err error) bool { return errors.Is(err, errSilence) && !errors.Is(err, ErrNobody) }},
		"nobody there": {nil, func(err error) bool { return errors.Is(err, ErrNobody) && errors.Is(err, context.DeadlineExceeded) }},
		"retry":        {retry("wait"), func(err error) bool { return errors.Is(err, context.DeadlineExceeded) }},
		"no command":   {protocol.Failure{Error: "no"}, func(err error) bool { f := new(FailureError); return errors.As(err, &f) }},
		"nonsense":     {protocol.Reply{Verdict: "maybe"}, func(err error) bool { return errors.Is(err, context.DeadlineExceeded) }},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := mustServe(t)
			if c.answer == (quiet{}) {
				mustAnswer(t, s.mustConnect(), "cmd.ann", func(*nats.Msg) {})
			} else if c.answer != nil {
				answer, _ := script(t, c.answer)
				mustAnswer(t, s.mustConnect(), "cmd.ann", answer)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
			defer cancel()
			if got, err := Ask(ctx, s.mustConnect(), "ann", protocol.Command{ID: "c1", Record: "r1", Op: user.Create}); !c.want(err) {
				t.Errorf("it ends with %+v, %v", got, err)
			}
		})
	}
}

func TestAwait(t *testing.T) {
	outcome := func(v protocol.Verdict) protocol.Reply {
		return protocol.Reply{Command: "c1", Verdict: v, Seq: 7, Epoch: "e"}
	}
	s := mustServe(t)
	nc := s.mustConnect()
	commands, _ := script(t, accepted("c1"))
	mustAnswer(t, nc, "cmd.ann", commands)
	looked := make(chan int64, 10)
	outcomes, count := script(t, outcome(protocol.Accepted), outcome(protocol.RolledBack))
	mustAnswer(t, nc, "query.ann", func(msg *nats.Msg) {
		outcomes(msg)
		looked <- count.Load()
	})
	done := make(chan protocol.Reply)
	go func() { // The feed speaks while Await waits for it.
		a, err := Await(t.Context(), s.mustConnect(), "ann", protocol.Command{ID: "c1", Record: "r1", Op: user.Create})
		if err != nil {
			t.Error(err)
		}
		done <- a
	}()
	<-looked // After a while without a word it looks by itself.
	mustSend(t, nc, protocol.FeedSubject, protocol.Feed{Epoch: "e", From: 5, To: 6})
	mustSend(t, nc, protocol.FeedSubject, protocol.Feed{Epoch: "e", From: 6, To: 7})
	if a := <-done; a.Verdict != protocol.RolledBack {
		t.Errorf("it ends with %+v", a)
	}
	if n := count.Load(); n != 2 {
		t.Errorf("it looked %d times", n)
	}
}

// An answer that was kept back for long enough says that nobody knows: the shell
// goes on looking.
func TestAwaitAfterUnknown(t *testing.T) {
	s := mustServe(t)
	nc := s.mustConnect()
	commands, _ := script(t, protocol.Reply{Command: "c1", Verdict: protocol.Unknown, Why: "not projected"})
	mustAnswer(t, nc, "cmd.ann", commands)
	outcomes, _ := script(t, accepted("c1"), protocol.Reply{Command: "c1", Verdict: protocol.Confirmed, Seq: 7, Epoch: "e"})
	mustAnswer(t, nc, "query.ann", outcomes)
	a, err := Await(t.Context(), s.mustConnect(), "ann", protocol.Command{ID: "c1", Record: "r1", Op: user.Create})
	if err != nil || a.Verdict != protocol.Confirmed {
		t.Errorf("it ends with %+v, %v", a, err)
	}
}

// A message that is not there yet is no reason to look.
func TestNewsArePast(t *testing.T) {
	s := mustServe(t)
	nc, server := s.mustConnect(), s.mustConnect()
	n, err := listen(nc)
	if err != nil {
		t.Fatal(err)
	}
	defer n.close()
	flush := func() {
		if err := nc.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	flush()
	for to := range uint64(10) {
		mustSend(t, server, protocol.FeedSubject, protocol.Feed{Epoch: "e", To: to})
	}
	mustSend(t, server, protocol.FeedSubject, protocol.Feed{Epoch: "f", To: 1})
	flush()
	for _, c := range []struct {
		seq  uint64
		left int
	}{{3, 7}, {7, 3}, {99, 0}} {
		if err := n.past(t.Context(), "e", c.seq); err != nil {
			t.Fatal(err)
		}
		if left, _, err := n.sub.Pending(); err != nil || left != c.left {
			t.Errorf("past %d %d messages are left (%v); want %d", c.seq, left, err, c.left)
		}
	}
}

func TestAwaitEndsWithWhatItHeard(t *testing.T) {
	s := mustServe(t)
	nc := s.mustConnect()
	commands, _ := script(t, accepted("c1"))
	mustAnswer(t, nc, "cmd.ann", commands)
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	a, err := Await(ctx, s.mustConnect(), "ann", protocol.Command{ID: "c1", Record: "r1", Op: user.Create})
	if !errors.Is(err, context.DeadlineExceeded) || a.Verdict != protocol.Accepted {
		t.Errorf("it ends with %+v, %v", a, err)
	}
}

func TestAwaitOfARefusal(t *testing.T) {
	s := mustServe(t)
	commands, _ := script(t, protocol.Reply{Command: "c1", Verdict: protocol.Refused, Code: "exists"})
	mustAnswer(t, s.mustConnect(), "cmd.ann", commands)
	a, err := Await(t.Context(), s.mustConnect(), "ann", protocol.Command{ID: "c1", Record: "r1", Op: user.Create})
	if err != nil || a.Code != "exists" {
		t.Errorf("it ends with %+v, %v", a, err)
	}
}

func TestAwaitRecord(t *testing.T) {
	s := mustServe(t)
	nc := s.mustConnect()
	list := func(recs ...protocol.Record) protocol.List { return protocol.List{Records: recs} }
	answer, _ := script(t, protocol.Failure{Error: "busy"}, list(protocol.Record{ID: "r1"}), list(protocol.Record{ID: "r1", Settled: true, DB: 3}), list())
	mustAnswer(t, nc, "query.ann", func(msg *nats.Msg) {
		mustSend(t, nc, protocol.FeedSubject, protocol.Feed{})
		answer(msg)
	})
	client := s.mustConnect()
	got, found, err := AwaitRecord(t.Context(), client, "ann", "r1")
	if err != nil || !found || got.DB != 3 {
		t.Errorf("it ends with %+v, %v, %v", got, found, err)
	}
	if got, found, err = AwaitRecord(t.Context(), client, "ann", "r1"); err != nil || found {
		t.Errorf("of no record it says %+v, %v, %v", got, found, err)
	}
}

func TestList(t *testing.T) {
	s := mustServe(t)
	mustAnswer(t, s.mustConnect(), "query.ann", func(msg *nats.Msg) {
		pages := map[string]protocol.List{
			"":  {Records: []protocol.Record{{ID: "a"}, {ID: "b"}}, More: true},
			"b": {Records: []protocol.Record{{ID: "c"}}, More: true},
			"c": {},
		}
		mustRespond(t, msg, pages[mustRead[protocol.Query](t, msg).After])
	})
	nc := s.mustConnect()
	var got []string
	err := List(t.Context(), nc, "ann", func(r protocol.Record) bool {
		got = append(got, r.ID)
		return true
	})
	if diff := cmp.Diff([]string{"a", "b", "c"}, got); diff != "" || err != nil {
		t.Errorf("it lists %v, %v", got, err)
	}
	got = nil
	err = List(t.Context(), nc, "ann", func(r protocol.Record) bool {
		got = append(got, r.ID)
		return false
	})
	if diff := cmp.Diff([]string{"a"}, got); diff != "" || err != nil {
		t.Errorf("told to stop it lists %v, %v", got, err)
	}
}

func TestHealth(t *testing.T) {
	s := mustServe(t)
	nc := s.mustConnect()
	if _, err := Health(t.Context(), nc, "ann"); !errors.Is(err, ErrNobody) {
		t.Errorf("with nobody there it says %v", err)
	}
	answer, _ := script(t, protocol.Health{Ready: true, Log: 9})
	mustAnswer(t, s.mustConnect(), "query.ann", answer)
	if h, err := Health(t.Context(), nc, "ann"); err != nil || !h.Ready || h.Log != 9 {
		t.Errorf("it says %+v, %v", h, err)
	}
}

func TestFaults(t *testing.T) {
	s := mustServe(t)
	mustAnswer(t, s.mustConnect(), protocol.ControlFault, func(msg *nats.Msg) {
		switch req := mustRead[protocol.FaultRequest](t, msg); req.Do {
		case "arm":
			req.Fault.ID = 4
			mustRespond(t, msg, protocol.FaultReply{Faults: []fault.Fault{req.Fault}})
		case "list":
			mustRespond(t, msg, protocol.FaultReply{Error: "faults are off"})
		case "clear":
			mustRespond(t, msg, protocol.FaultReply{Cleared: req.ID})
		}
	})
	f := FaultsOf(s.mustConnect())
	want := []fault.Fault{{ID: 4, Kind: fault.ReplyDrop}}
	if got, err := f.Arm(t.Context(), fault.Fault{Kind: fault.ReplyDrop}); err != nil || !cmp.Equal(got, want) {
		t.Errorf("arm: %v, %v", got, err)
	}
	if got, err := f.List(t.Context()); err == nil || err.Error() != "faults are off" {
		t.Errorf("list: %v, %v", got, err)
	}
	if n, err := f.Clear(t.Context(), 4); err != nil || n != 4 {
		t.Errorf("clear: %v, %v", n, err)
	}
}

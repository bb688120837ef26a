package witness_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"optimist/client/witness"
	"optimist/shared/anomaly"
	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

const epoch = "log/1"

// stage is one client before a server that the test plays.
type stage struct {
	tb       testing.TB
	replica  *reconcile.Replica
	witness  *witness.Witness
	strategy string
	now      int64
	acts     int
	heard    []event.Event
	found    []anomaly.Finding
	to       uint64
}

// mustStage returns a client that reads by a strategy, of a log without events.
func mustStage(tb testing.TB, text string) *stage {
	tb.Helper()
	s := &stage{tb: tb, replica: reconcile.New("ann", reconcile.NewTree()), strategy: text, now: 1_000}
	s.witness = witness.New("ann", text, s.replica)
	s.input(reconcile.Input{Kind: reconcile.Follow, Strategy: text})
	s.input(reconcile.Input{Kind: reconcile.Connected})
	s.input(reconcile.Input{Kind: reconcile.Synced, Sync: &protocol.Sync{Epoch: epoch, Full: true}})
	return s
}

func (s *stage) input(in reconcile.Input) {
	in.At = s.now
	effects := s.replica.Step(in, nil)
	if in.Kind == reconcile.Stored {
		if m, ok := s.replica.Mutation(in.ID); ok {
			about := slices.DeleteFunc(slices.Clone(s.heard), func(e event.Event) bool { return e.Record != m.Record })
			s.witness.Act(s.now, m, about, 1)
		}
	}
	s.witness.Took(s.now, &in, effects)
}

// settle ends a step.
func (s *stage) settle() {
	s.found = append(s.found, s.witness.Settle(s.now)...)
}

// act has ann do something with ada, and returns the command.
func (s *stage) act(op user.Op, p user.Patch) reconcile.Mutation {
	s.tb.Helper()
	s.acts++
	id := fmt.Sprintf("c%d", s.acts)
	s.input(reconcile.Input{Kind: reconcile.Submit, ID: id, Record: "ada", Op: op, Patch: p, Strategy: s.strategy})
	s.input(reconcile.Input{Kind: reconcile.Stored, ID: id})
	s.settle()
	m, ok := s.replica.Mutation(id)
	if !ok {
		s.tb.Fatalf("there is no %s", id)
	}
	return m
}

func (s *stage) hear(e event.Event) {
	s.heard = append(s.heard, e)
	s.witness.Hear(e)
	s.settle()
}

func (s *stage) answer(r protocol.Reply) {
	r.Epoch = epoch
	s.input(reconcile.Input{Kind: reconcile.Answered, Reply: r})
	s.settle()
}

func (s *stage) feed(to uint64, rejected []protocol.Rejection, rows ...protocol.Row) {
	s.input(reconcile.Input{Kind: reconcile.Fed, Feed: &protocol.Feed{Epoch: epoch, From: s.to, To: to, Change: to, Rows: rows, Rejected: rejected}})
	s.to = to
	s.settle()
}

// rest lets time pass until nothing moves any more.
func (s *stage) rest(log uint64) {
	for range 12 {
		s.now += 1_000
		s.witness.Told(s.now, protocol.Status{Log: log, Projected: log, Projector: protocol.Running})
		s.settle()
	}
}

// told checks which anomalies were found, as "V1 D7".
func (s *stage) told(want string) {
	s.tb.Helper()
	var ids []string
	for _, f := range s.found {
		ids = append(ids, f.ID)
	}
	slices.Sort(ids)
	if got := strings.Join(ids, " "); got != want {
		s.tb.Errorf("found %q, want %q: %+v", got, want, s.found)
	}
}

// of returns the event of an own command.
func (s *stage) of(m reconcile.Mutation, seq, version uint64) event.Event {
	e := event.Event{
		Kind: event.Of(m.Op), Seq: seq, Ref: user.Ref{Client: "ann", Command: m.ID}, Record: m.Record, Op: m.Op,
		Patch: m.Patch, Base: m.Base, Version: version, Strategy: s.strategy,
	}
	if m.Cause != "" {
		e.Cause = user.Ref{Client: "ann", Command: m.Cause}
	}
	return e
}

// refusal returns the event that refuses an own command.
func (s *stage) refusal(m reconcile.Mutation, seq uint64, code user.Code) event.Event {
	e := s.of(m, seq, 0)
	e.Kind, e.Code = event.Refused, code
	return e
}

func accepted(m reconcile.Mutation, seq uint64) protocol.Reply {
	return protocol.Reply{Command: m.ID, Verdict: protocol.Accepted, Seq: seq}
}

// lost plays the race up to the refusal, which is answered before the log is
// heard.
func lost(s *stage, between ...event.Event) {
	create := s.act(user.Create, user.SetBoth("Ada", "ada@example.org"))
	s.answer(accepted(create, 1))
	s.hear(s.of(create, 1, 1))
	edit := s.act(user.Edit, user.SetName("Ada L."))
	seq := uint64(2)
	for _, e := range between {
		e.Seq = seq
		s.hear(e)
		seq++
	}
	s.answer(protocol.Reply{Command: edit.ID, Verdict: protocol.Refused, Seq: seq, Code: user.ErrNotFound})
	if len(s.found) > 0 {
		s.tb.Fatalf("found before the log was heard: %+v", s.found)
	}
	s.hear(s.refusal(edit, seq, user.ErrNotFound))
}

func TestSpuriousRejection(t *testing.T) {
	s := mustStage(t, "check-projection")
	lost(s)
	s.told("V1")
	if why := s.found[0].Why; why != "ann's edit A2 of ada was refused (not_found) although event #1 already made the record" {
		t.Errorf("it says %q", why)
	}
}

// Somebody else's event while the edit was on its way: the server may have
// looked before it.
func TestNothingIsSaidOfWhatIsNotCertain(t *testing.T) {
	bob := event.Event{Kind: event.Edited, Ref: user.Ref{Client: "bob", Command: "b"}, Record: "ada", Op: user.Edit, Patch: user.SetEmail("b@example.org"), Version: 2}
	s := mustStage(t, "check-projection")
	lost(s, bob)
	s.told("")
}

func TestAGapInTheLogBlinds(t *testing.T) {
	s := mustStage(t, "check-projection")
	create := s.act(user.Create, user.SetBoth("Ada", "ada@example.org"))
	s.answer(accepted(create, 1))
	s.witness.Lost()
	edit := s.act(user.Edit, user.SetName("Ada L."))
	s.hear(s.refusal(edit, 9, user.ErrNotFound))
	s.told("")
}

// Without the log the witness goes on, and does not judge.
func TestALogThatIsNotHeard(t *testing.T) {
	s := mustStage(t, "check-projection")
	create := s.act(user.Create, user.SetBoth("Ada", "ada@example.org"))
	s.answer(accepted(create, 1))
	s.now += witness.LogWait
	s.settle()
	s.answer(protocol.Reply{Command: create.ID, Verdict: protocol.RolledBack, Seq: 1, Code: user.ErrProjectionFailed})
	s.told("")
	if run, _ := s.witness.Timeline("ada", "Ada", nil); len(run.Events) < 4 {
		t.Errorf("the timeline has %d facts", len(run.Events))
	}
}

func TestPricesOfARejectedCreate(t *testing.T) {
	s := mustStage(t, "reconcile")
	create := s.act(user.Create, user.SetBoth("Ada", "ada@example.org"))
	s.hear(s.of(create, 1, 1))
	s.answer(accepted(create, 1))
	edit := s.act(user.Edit, user.SetName("Ada L."))
	s.hear(s.of(edit, 2, 2))
	s.answer(accepted(edit, 2))
	void := event.Event{Kind: event.Rejected, Seq: 3, Ref: user.Ref{Client: "ann", Command: create.ID}, Record: "ada", Target: 1, Code: user.ErrProjectionFailed}
	s.hear(void)
	void.Seq, void.Command, void.Target, void.Code, void.Root = 4, edit.ID, 2, user.ErrCascade, user.Ref{Client: "ann", Command: create.ID}
	s.hear(void)
	s.feed(4, []protocol.Rejection{
		{Client: "ann", Command: create.ID, Record: "ada", Seq: 1, Code: user.ErrProjectionFailed},
		{Client: "ann", Command: edit.ID, Record: "ada", Seq: 2, Code: user.ErrCascade, Root: create.ID},
	})
	s.rest(4)
	s.told("V2 V4 V4 V9")
	for _, f := range s.found {
		if !f.Price {
			t.Errorf("%s is no defect: %s", f.ID, f.Why)
		}
	}
}

// Nobody tells the client that its create was given up; at rest it can know.
func TestSilentLoss(t *testing.T) {
	s := mustStage(t, "fire-and-forget")
	create := s.act(user.Create, user.SetBoth("Ada", "ada@example.org"))
	s.hear(s.of(create, 1, 1))
	s.answer(accepted(create, 1))
	s.feed(1, nil)
	s.rest(1)
	s.told("D7 V5 V8 W1 W4")
}

func TestDualWriteWithoutItsEvent(t *testing.T) {
	s := mustStage(t, "dual-write")
	create := s.act(user.Create, user.SetBoth("Ada", "ada@example.org"))
	row := protocol.Row{ID: "ada", Name: "Ada", Email: "ada@example.org", Version: 1, By: "ann", Command: create.ID, Change: 1}
	s.answer(protocol.Reply{Command: create.ID, Verdict: protocol.Confirmed, Row: &row})
	s.told("D6")
	s.rest(0)
	s.told("D6 D7 V5 V8")
}

// An outbox may still send it, however long that takes.
func TestAnOutboxIsNotLate(t *testing.T) {
	s := mustStage(t, "outbox")
	create := s.act(user.Create, user.SetBoth("Ada", "ada@example.org"))
	row := protocol.Row{ID: "ada", Name: "Ada", Email: "ada@example.org", Version: 1, By: "ann", Command: create.ID, Change: 1}
	s.answer(protocol.Reply{Command: create.ID, Verdict: protocol.Confirmed, Row: &row})
	s.rest(0)
	s.told("D6")
}

package witness_test

import (
	"fmt"
	"math/rand/v2"
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

// mustStage returns a client that reads by a strategy and has rows.
func mustStage(tb testing.TB, text string, rows ...protocol.Row) *stage {
	tb.Helper()
	s := &stage{tb: tb, replica: reconcile.New("ann", reconcile.NewTree()), strategy: text, now: 1_000}
	s.witness = witness.New("ann", text, s.replica)
	s.input(reconcile.Input{Kind: reconcile.Follow, Strategy: text})
	s.input(reconcile.Input{Kind: reconcile.Connected})
	for _, row := range rows {
		s.to = max(s.to, row.Seq)
	}
	s.input(reconcile.Input{Kind: reconcile.Synced, Sync: &protocol.Sync{Epoch: epoch, Full: true, To: s.to, Change: s.to, Rows: rows}})
	return s
}

func (s *stage) input(in reconcile.Input) []reconcile.Effect {
	in.At = s.now
	effects := s.replica.Step(in, nil)
	if in.Kind == reconcile.Stored {
		if m, ok := s.replica.Mutation(in.ID); ok {
			about := slices.DeleteFunc(slices.Clone(s.heard), func(e event.Event) bool { return e.Record != m.Record })
			s.witness.Act(s.now, m, about, 1)
		}
	}
	s.witness.Took(s.now, &in, effects)
	return effects
}

// settle ends a step.
func (s *stage) settle() {
	s.found = append(s.found, s.witness.Settle(s.now)...)
}

// act has ann do something, and returns the command.
func (s *stage) act(op user.Op, record string, p user.Patch) reconcile.Mutation {
	s.tb.Helper()
	s.acts++
	id := fmt.Sprintf("c%d", s.acts)
	s.input(reconcile.Input{Kind: reconcile.Submit, ID: id, Record: record, Op: op, Patch: p, Strategy: s.strategy})
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
	create := s.act(user.Create, "ada", user.SetBoth("Ada", "ada@example.org"))
	s.answer(accepted(create, 1))
	s.hear(s.of(create, 1, 1))
	edit := s.act(user.Edit, "ada", user.SetName("Ada L."))
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
	create := s.act(user.Create, "ada", user.SetBoth("Ada", "ada@example.org"))
	s.answer(accepted(create, 1))
	s.witness.Lost()
	edit := s.act(user.Edit, "ada", user.SetName("Ada L."))
	s.hear(s.refusal(edit, 9, user.ErrNotFound))
	s.told("")
}

// Without the log the witness goes on, and does not judge.
func TestALogThatIsNotHeard(t *testing.T) {
	s := mustStage(t, "check-projection")
	create := s.act(user.Create, "ada", user.SetBoth("Ada", "ada@example.org"))
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
	create := s.act(user.Create, "ada", user.SetBoth("Ada", "ada@example.org"))
	s.hear(s.of(create, 1, 1))
	s.answer(accepted(create, 1))
	edit := s.act(user.Edit, "ada", user.SetName("Ada L."))
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
	create := s.act(user.Create, "ada", user.SetBoth("Ada", "ada@example.org"))
	s.hear(s.of(create, 1, 1))
	s.answer(accepted(create, 1))
	s.feed(1, nil)
	s.rest(1)
	s.told("D7 V5 V8 W1 W4")
}

func TestDualWriteWithoutItsEvent(t *testing.T) {
	s := mustStage(t, "dual-write")
	create := s.act(user.Create, "ada", user.SetBoth("Ada", "ada@example.org"))
	row := protocol.Row{ID: "ada", Name: "Ada", Email: "ada@example.org", Version: 1, By: "ann", Command: create.ID, Change: 1}
	s.answer(protocol.Reply{Command: create.ID, Verdict: protocol.Confirmed, Row: &row})
	s.told("D6")
	s.rest(0)
	s.told("D6 D7 V5 V8")
}

// An outbox may still send it, however long that takes.
func TestAnOutboxIsNotLate(t *testing.T) {
	s := mustStage(t, "outbox")
	create := s.act(user.Create, "ada", user.SetBoth("Ada", "ada@example.org"))
	row := protocol.Row{ID: "ada", Name: "Ada", Email: "ada@example.org", Version: 1, By: "ann", Command: create.ID, Change: 1}
	s.answer(protocol.Reply{Command: create.ID, Verdict: protocol.Confirmed, Row: &row})
	s.rest(0)
	s.told("D6")
}

// TestAHealthyServerIsNotAccused has answers, feed and log come in any order that
// their channels allow, while somebody else works on the same record.
func TestAHealthyServerIsNotAccused(t *testing.T) {
	for seed := range uint64(300) {
		h := &healthy{stage: mustStage(t, "reconcile"), r: rand.New(rand.NewPCG(seed, 1))}
		h.run(60)
		if len(h.found) > 0 {
			t.Fatalf("seed %d: %+v", seed, h.found)
		}
	}
}

// healthy is a server that does everything right, and three channels from it.
type healthy struct {
	*stage
	r       *rand.Rand
	log     []event.Event
	state   user.State
	answers []protocol.Reply
	taken   int // Of the log, by the client's tail.
	fed     int // Of the log, by the feed.
	rows    []protocol.Row
}

func (h *healthy) run(steps int) {
	for range steps {
		h.now += int64(h.r.IntN(50))
		h.step()
	}
	for len(h.answers) > 0 || h.taken < len(h.log) || h.fed < len(h.log) {
		h.deliver()
	}
	h.rest(uint64(len(h.log)))
}

func (h *healthy) step() {
	names := []string{"Ada", "Ada L.", "Countess"}
	p := user.SetName(names[h.r.IntN(len(names))])
	switch n := h.r.IntN(6); {
	case !h.state.Exists && len(h.log) == 0:
		h.takes(h.act(user.Create, "ada", user.SetBoth("Ada", "ada@example.org")))
	case n == 0 && h.state.Exists:
		h.takes(h.act(user.Edit, "ada", p))
	case n == 1 && h.state.Exists:
		h.append(event.Event{Kind: event.Edited, Ref: user.Ref{Client: "bob", Command: fmt.Sprint("b", len(h.log))}, Record: "ada", Op: user.Edit, Patch: p, Base: uint64(len(h.log))})
	default:
		h.deliver()
	}
}

// takes decides an own command as the log has it.
func (h *healthy) takes(m reconcile.Mutation) {
	e := h.of(m, 0, h.state.Version+1)
	cmd := m.Command("ann")
	if err := user.Decide(h.state, cmd); err != nil {
		h.refuse(m)
		return
	}
	e.Base = max(e.Base, m.Base)
	seq := h.append(e)
	h.answers = append(h.answers, accepted(m, seq))
}

func (h *healthy) refuse(m reconcile.Mutation) {
	seq := uint64(len(h.log) + 1)
	h.log = append(h.log, h.refusal(m, seq, user.ErrConflict))
	h.rows = append(h.rows, protocol.Row{})
	h.answers = append(h.answers, protocol.Reply{Command: m.ID, Verdict: protocol.Refused, Seq: seq, Code: user.ErrConflict})
}

func (h *healthy) append(e event.Event) uint64 {
	e.Seq, e.Version, e.Strategy = uint64(len(h.log)+1), h.state.Version+1, h.strategy
	h.state = user.Evolve(h.state, e.Change())
	h.log = append(h.log, e)
	h.rows = append(h.rows, protocol.Row{
		ID: "ada", Name: h.state.Name, Email: h.state.Email, Version: h.state.Version, Seq: e.Seq, Born: 1,
		By: e.Client, Command: e.Command, Change: e.Seq,
	})
	return e.Seq
}

// deliver lets one channel go on.
func (h *healthy) deliver() {
	switch n := h.r.IntN(3); {
	case n == 0 && len(h.answers) > 0:
		a := h.answers[0]
		h.answers = h.answers[1:]
		h.answer(a)
	case n == 1 && h.taken < len(h.log):
		h.taken++
		h.hear(h.log[h.taken-1])
	case n == 2 && h.fed < len(h.log):
		first := h.fed
		h.fed += 1 + h.r.IntN(len(h.log)-h.fed)
		var rows []protocol.Row
		for _, row := range h.rows[first:h.fed] {
			if row.ID != "" {
				rows = []protocol.Row{row}
			}
		}
		h.feed(uint64(h.fed), nil, rows...)
	}
}

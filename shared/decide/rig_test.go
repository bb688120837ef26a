package decide_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/decide"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// server is a core with the plainest things around it: a log, rows, an outbox,
// and effects that wait until the test has them carried out.
type server struct {
	t       testing.TB
	core    *decide.Core
	rows    projection.Memory
	plan    fault.Plan
	log     []event.Event
	outbox  []event.Event
	todo    []decide.Effect
	replies []protocol.Reply
	ended   map[uint64]bool // Jobs that were answered.
	feeds   []protocol.Feed

	now       int64
	jobs      uint64
	projected int // Events of the log that the rows have.
}

func newServer(t testing.TB) *server {
	s := &server{t: t, ended: map[uint64]bool{}}
	s.log = []event.Event{{Kind: event.Opened, Seq: 1, Stream: "story"}}
	s.restart()
	s.project()
	return s
}

// restart makes a new core that knows what is on disk.
func (s *server) restart() {
	s.core = decide.New(decide.Config{Rows: &s.rows, Faults: &s.plan, Epoch: "story/1"})
	s.todo = nil
	s.step(decide.Input{Kind: decide.Published, To: uint64(s.projected)})
	for _, ev := range s.log[s.projected:] {
		s.step(decide.Input{Kind: decide.Indexed, Event: ev})
	}
	for _, ev := range slices.Clone(s.outbox) {
		s.jobs++
		s.step(decide.Input{Kind: decide.Relayed, Job: s.jobs, Event: ev})
	}
}

func (s *server) step(in decide.Input) {
	effects := s.core.Step(in, nil)
	for i := range effects {
		effects[i].Events, effects[i].Expect = slices.Clone(effects[i].Events), slices.Clone(effects[i].Expect)
	}
	s.todo = append(s.todo, effects...)
}

// send brings a command and carries nothing out yet.
func (s *server) send(strategy string, cmd user.Command) {
	s.jobs++
	s.step(decide.Input{Kind: decide.Arrived, Job: s.jobs, Command: cmd, Strategy: strategy, At: s.now})
}

// ask brings a command, carries everything out, and returns the last answer.
func (s *server) ask(strategy string, cmd user.Command) protocol.Reply {
	s.t.Helper()
	s.send(strategy, cmd)
	s.carryOut()
	return s.last()
}

// last returns the last answer.
func (s *server) last() protocol.Reply {
	s.t.Helper()
	if len(s.replies) == 0 {
		s.t.Fatal("nothing was answered")
	}
	return s.replies[len(s.replies)-1]
}

// carryOut carries out what waits, and what comes of it.
func (s *server) carryOut() {
	s.t.Helper()
	for n := 0; len(s.todo) > 0; n++ {
		if n > 1000 {
			s.t.Fatal("it never ends")
		}
		s.carryOne()
	}
}

// carryOne carries out the effect that waits longest.
func (s *server) carryOne() {
	e := s.todo[0]
	s.todo = s.todo[1:]
	switch e.Kind {
	case decide.Append:
		s.append(e)
	case decide.Fetch:
		s.step(decide.Input{Kind: decide.Reread, Job: e.Job, Events: s.fetch(e)})
	case decide.Answer:
		if s.ended[e.Job] {
			s.t.Errorf("job %d is answered twice: %+v", e.Job, e.Reply)
		}
		s.ended[e.Job] = true
		if !e.Drop {
			s.replies = append(s.replies, e.Reply)
		}
	case decide.WriteRow:
		s.writeRow(e)
	case decide.Remove:
		s.outbox = slices.DeleteFunc(s.outbox, func(ev event.Event) bool { return ev.Ref == e.Event.Ref })
	case decide.TellLog:
		s.feeds = append(s.feeds, e.Feed)
	default:
		s.t.Fatalf("effect %d: %v", e.Kind, e.Err)
	}
}

// about reports whether ev stands on the subjects of filter.
func about(filter string, ev event.Event) bool {
	return strings.HasPrefix(ev.Subject(), strings.TrimSuffix(filter, ">"))
}

// lastOf returns the last event under a filter.
func (s *server) lastOf(filter string) uint64 {
	for i := len(s.log) - 1; i >= 0; i-- {
		if about(filter, s.log[i]) {
			return s.log[i].Seq
		}
	}
	return 0
}

func (s *server) append(e decide.Effect) {
	for i, ev := range e.Events {
		if s.lastOf(decide.Filter(ev)) != e.Expect[i] {
			s.step(decide.Input{Kind: decide.Conflicted, Job: e.Job})
			return
		}
	}
	first := s.store(e.Events...)
	if e.LoseAck {
		s.step(decide.Input{Kind: decide.Unanswered, Job: e.Job})
		return
	}
	s.step(decide.Input{Kind: decide.Stored, Job: e.Job, Seq: first})
}

// store puts events into the log and tells nobody. It returns where the first
// is.
func (s *server) store(events ...event.Event) uint64 {
	first := uint64(len(s.log) + 1)
	for _, ev := range events {
		ev.Seq = uint64(len(s.log) + 1)
		s.log = append(s.log, ev)
	}
	return first
}

func (s *server) fetch(e decide.Effect) (found []event.Event) {
	for _, ev := range s.log {
		wanted := ev.Seq > e.After && about(event.RecordFilter(e.Record.ID), ev)
		for _, claim := range e.Claims {
			wanted = wanted || ev.Seq > claim.After && about(event.EmailFilter(claim.Token), ev)
		}
		if wanted || ev.Kind == event.Refused && ev.Ref == e.Refusal {
			found = append(found, ev)
		}
	}
	return found
}

func (s *server) writeRow(e decide.Effect) {
	err := projection.WriteDirect(&s.rows, e.Record, e.Fate)
	switch {
	case errors.Is(err, projection.ErrStale):
		s.step(decide.Input{Kind: decide.Conflicted, Job: e.Job})
		return
	case err != nil:
		s.step(decide.Input{Kind: decide.Barred, Job: e.Job, Code: user.ErrEmailTaken, Why: user.Words(err)})
		return
	}
	if e.Outbox {
		s.outbox = append(s.outbox, e.Event)
	}
	rec, _, _ := s.rows.Record(e.Record.ID) // Memory never fails.
	s.step(decide.Input{Kind: decide.Written, Job: e.Job, Record: rec})
}

// project lets the projector reach the log's end and tell everybody, its
// rejections included.
func (s *server) project() {
	s.t.Helper()
	for s.projected < len(s.log) {
		ev := s.log[s.projected]
		s.projected++
		effect, err := projection.Apply(&s.rows, ev, nil, "")
		if err != nil {
			s.t.Fatal(err)
		}
		s.step(decide.Input{Kind: decide.Observed, Event: ev})
		if fell := effect.Fell; fell.Status == projection.Rejected && !fell.Logged {
			s.reject(ev, fell)
		}
	}
	s.step(decide.Input{Kind: decide.Published, To: uint64(s.projected), At: s.now})
}

// reject logs a rejection, and the release of what the event had claimed.
func (s *server) reject(ev event.Event, fell projection.Fate) {
	void := ev
	void.Kind, void.Target, void.Code, void.Why = event.Rejected, ev.Seq, fell.Code, fell.Why
	s.store(void)
	token := projection.ClaimToken(ev)
	if token == "" {
		return
	}
	if claim, _, _ := s.rows.Claim(token); claim.Ref == ev.Ref {
		release := ev
		release.Kind, release.Patch, release.Target = event.Released, user.SetEmail(claim.Email), claim.Seq
		s.store(release)
	}
}

// tick says that milliseconds have passed.
func (s *server) tick(ms int64) {
	s.now += ms
	s.step(decide.Input{Kind: decide.Ticked, At: s.now})
}

func (s *server) arm(f fault.Fault) {
	s.t.Helper()
	if _, err := s.plan.Arm(f); err != nil {
		s.t.Fatal(err)
	}
}

// wantLog compares the log after the opening, a line each.
func (s *server) wantLog(want ...string) {
	s.t.Helper()
	var got []string
	for _, ev := range s.log[1:] {
		line := ev.Kind.String() + " " + ev.Ref.Command
		if ev.Code != "" {
			line += " " + string(ev.Code)
		}
		got = append(got, line)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		s.t.Error(diff)
	}
}

// reply is an answer as tests write it down.
func reply(r protocol.Reply) string {
	text := fmt.Sprintf("%s %s", r.Command, r.Verdict)
	if r.Seq != 0 {
		text += fmt.Sprintf(" #%d", r.Seq)
	}
	if r.Code != "" {
		text += " " + string(r.Code)
	}
	if r.Row != nil {
		text += " " + r.Row.Name
	}
	return text
}

// wantReply compares an answer.
func (s *server) wantReply(want string, got protocol.Reply) {
	s.t.Helper()
	if reply(got) != want {
		s.t.Errorf("answer %q, want %q: %s", reply(got), want, got.Why)
	}
}

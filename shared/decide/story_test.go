package decide_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/decide"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// The race of all event-first designs, under each way to check an edit.
func TestEditOfAnUnprojectedCreate(t *testing.T) {
	for strategy, want := range map[string]string{
		"reconcile":                     "e1 accepted #3",
		"check-log":                     "e1 accepted #3",
		"check-projection":              "e1 refused #3 not_found",
		"wait reply=accepted":           "e1 refused #3 not_found",
		"fire-and-forget":               "e1 accepted #3",
		"reconcile validate=projection": "e1 refused #3 not_found",
		"hold":                          "e1 accepted #3",
		"reserve":                       "e1 accepted #4",
	} {
		t.Run(strategy, func(t *testing.T) {
			s := newServer(t)
			s.ask(strategy, create("c1"))
			r := s.ask(strategy, on("c1", edit("e1", "A")))
			s.wantReply(want, r)
			if r.Code != "" && r.Why != "checked against the projection at #1; the create is #2, accepted but not yet projected" {
				t.Errorf("why: %s", r.Why)
			}
		})
	}
}

// Who checks nothing appends what comes, and the projector rejects what is
// illegal there.
func TestNothingIsChecked(t *testing.T) {
	s := newServer(t)
	s.wantReply("e1 accepted #2", s.ask("fire-and-forget", edit("e1", "A")))
	s.wantReply("e2 accepted #3", s.ask("fire-and-forget", on("nobody", edit("e2", "A"))))
	s.wantReply("c1 accepted #4", s.ask("fire-and-forget", create("c1")))
	s.wantReply("c2 accepted #5", s.ask("fire-and-forget", create("c2")))
	s.project()
	s.wantReply("c1 confirmed #4", s.ask("fire-and-forget", create("c1")))
	s.wantReply("c2 rolled-back #5 exists", s.ask("fire-and-forget", create("c2")))
	s.wantLog("edited e1", "edited e2", "created c1", "created c2")
}

func TestNothingIsCheckedAfterAConflictEither(t *testing.T) {
	s := newServer(t)
	s.send("fire-and-forget", edit("e1", "A"))
	s.foreign(event.Created, "b1", "Bob")
	s.carryOut()
	s.wantReply("e1 accepted #3", s.last())
}

// foreign stores an event of somebody else, which nobody here is told of.
func (s *server) foreign(kind event.Kind, id, name string) {
	patch := user.SetEmail("bob@x.org")
	if name != "" {
		patch = user.SetName(name).Over(patch)
	}
	op := map[event.Kind]user.Op{event.Created: user.Create, event.Edited: user.Edit, event.Deleted: user.Delete}[kind]
	s.store(event.Event{
		Kind: kind, Ref: user.Ref{Client: "bob", Command: id}, Record: "u1", Op: op, Patch: patch, Strategy: "reconcile",
	})
}

func TestConflictIsReread(t *testing.T) {
	s := newServer(t)
	s.send("", create("c1"))
	s.foreign(event.Created, "b1", "Bob")
	s.carryOut()
	s.wantReply("c1 refused #3 exists", s.last())
	s.send("", edit("e1", "A"))
	s.foreign(event.Deleted, "b2", "")
	s.carryOut()
	s.wantReply("e1 refused #5 not_found", s.last())
	s.wantLog("created b1", "refused c1 exists", "deleted b2", "refused e1 not_found")
}

func TestConflictsForEverEndInARetry(t *testing.T) {
	s := newServer(t)
	s.ask("", create("c1"))
	s.send("", edit("e1", "A"))
	appends := 0
	for len(s.todo) > 0 {
		if s.todo[0].Kind == decide.Append {
			appends++
			s.foreign(event.Edited, "b"+strings.Repeat("x", appends), "B")
		}
		s.carryOne()
	}
	// It names no base, so nothing that others do stands in its way.
	s.wantReply("e1 retry", s.last())
	if appends != decide.MaxDecisions {
		t.Errorf("%d appends", appends)
	}
}

func TestLostAcknowledgement(t *testing.T) {
	for _, strategy := range []string{"reconcile", "reserve", "fire-and-forget", "check-projection"} {
		s := newServer(t)
		s.arm(fault.Fault{Kind: fault.AppendLoseAck})
		r := s.ask(strategy, create("c1"))
		if r.Verdict != protocol.Accepted || s.log[r.Seq-1].Kind != event.Created {
			t.Errorf("%s: %+v", strategy, r)
		}
		if n := count(s.log, event.Created); n != 1 {
			t.Errorf("%s: %d creates", strategy, n)
		}
	}
}

func count(log []event.Event, kind event.Kind) (n int) {
	for _, ev := range log {
		if ev.Kind == kind {
			n++
		}
	}
	return n
}

func TestLostAcknowledgementOfARefusal(t *testing.T) {
	s := newServer(t)
	s.arm(fault.Fault{Kind: fault.AppendLoseAck})
	s.wantReply("e1 refused #2 not_found", s.ask("", edit("e1", "A")))
	s.wantReply("c1 accepted #3", s.ask("", create("c1")))
	s.wantReply("e1 refused #2 not_found", s.ask("", edit("e1", "A")))
	s.wantLog("refused e1 not_found", "created c1")
}

// Not answered is not "not stored": the same event is tried again with the same
// expectation, nothing else is appended meanwhile, and in the end nobody knows.
func TestStoreThatDoesNotAnswer(t *testing.T) {
	s := newServer(t)
	s.send("", create("c1"))
	s.send("", on("c1", edit("e1", "A")))
	for n := range decide.MaxAppends {
		e := s.todo[0]
		s.todo = s.todo[1:]
		if e.Kind != decide.Append || e.Expect[0] != 0 || e.Events[0].Ref.Command != "c1" || len(s.todo) != 0 {
			t.Fatalf("try %d: %+v, then %d", n, e, len(s.todo))
		}
		s.step(decide.Input{Kind: decide.Unanswered, Job: e.Job})
	}
	var kinds []decide.EffectKind
	for _, e := range s.todo {
		kinds = append(kinds, e.Kind)
	}
	// Who was typed on it waits for it.
	if diff := cmp.Diff([]decide.EffectKind{decide.Report, decide.Answer, decide.Answer}, kinds); diff != "" {
		t.Fatal(diff)
	}
	s.wantReply("c1 retry", s.todo[1].Reply)
	s.wantReply("e1 retry", s.todo[2].Reply)
}

func TestUnknownCauseIsNoVerdict(t *testing.T) {
	s := newServer(t)
	s.wantReply("e1 retry", s.ask("", on("c1", edit("e1", "A"))))
	s.wantReply("c1 accepted #2", s.ask("", create("c1")))
	s.wantReply("e1 accepted #3", s.ask("", on("c1", edit("e1", "A"))))
	if got := s.log[2]; got.Base != 2 || got.Version != 2 {
		t.Errorf("base %d, version %d", got.Base, got.Version)
	}
}

func TestWhatIsTypedOnARefusedCreateFalls(t *testing.T) {
	s := newServer(t)
	s.arm(fault.Fault{Kind: fault.AppendRefuse, Forever: true, Reason: "no"})
	s.wantReply("c1 refused #2 refused_by_store", s.ask("", create("c1")))
	s.wantReply("e1 refused #3 cascade", s.ask("", on("c1", edit("e1", "A"))))
	if s.last().Root != "c1" {
		t.Errorf("root %q", s.last().Root)
	}
	s.project()
	s.wantReply("e2 refused #4 cascade", s.ask("", on("e1", edit("e2", "A"))))
	s.wantReply("e3 refused #5 not_found", s.ask("check-log", on("e1", edit("e3", "A"))))
}

// A rejected create takes with it what a shell typed, which names no cause.
func TestEditWithoutACauseRestsOnTheLog(t *testing.T) {
	s := newServer(t)
	s.ask("", of("bob", "u0", create("b1")))
	s.project()
	s.ask("", create("c1")) // The same email.
	s.ask("", of("eve", "u1", edit("e1", "A")))
	s.project()
	s.wantReply("e1 rolled-back #4 cascade", s.ask("", of("eve", "u1", edit("e1", "A"))))
}

func TestFaultsAtTheAppend(t *testing.T) {
	s := newServer(t)
	s.arm(fault.Fault{Kind: fault.AppendRefuse, Reason: "full"})
	s.wantReply("c1 retry", s.ask("", create("c1")))
	s.arm(fault.Fault{Kind: fault.AppendSlow, Delay: 700})
	s.send("", create("c1"))
	if e := s.todo[0]; e.Kind != decide.Append || e.Delay != 700 {
		t.Errorf("%+v", e)
	}
	s.carryOut()
	s.arm(fault.Fault{Kind: fault.ReplyDrop, On: "e1"})
	s.replies = nil
	s.send("", edit("e1", "A"))
	s.carryOut()
	if len(s.replies) != 0 {
		t.Errorf("answered: %+v", s.replies)
	}
	s.wantReply("e1 accepted #3", s.ask("", edit("e1", "A")))
}

func TestEmailAsIdentity(t *testing.T) {
	s := newServer(t)
	token := event.EmailToken("ada@x.org")
	s.wantReply("c1 refused #2 invalid_id", s.ask("natural-key", create("c1")))
	s.wantReply("c2 accepted #3", s.ask("natural-key", of("ada", token, create("c2"))))
	s.wantReply("c3 refused #4 exists", s.ask("natural-key", to("ADA@x.org", of("bob", token, create("c3")))))
	s.wantReply("e1 refused #5 email_fixed", s.ask("natural-key", to("new@x.org", of("ada", token, edit("e1", "A")))))
	s.wantReply("e2 accepted #6", s.ask("natural-key", of("ada", token, edit("e2", "A"))))
}

func TestTooManyOfOneRecord(t *testing.T) {
	s := newServer(t)
	s.send("", create("c"))
	for range decide.MaxQueued + 1 {
		s.send("", on("c", edit("e"+strings.Repeat("x", int(s.jobs)%50), "A")))
	}
	answers := 0
	for _, e := range s.todo {
		if e.Kind == decide.Answer && e.Reply.Verdict == protocol.Retry {
			answers++
		}
	}
	if answers != 1 {
		t.Errorf("%d answers at once", answers)
	}
}

// What is typed on an own change was typed after what lies before that.
func TestBaseOfACause(t *testing.T) {
	s := newServer(t)
	s.ask("", create("c1"))
	s.ask("", of("bob", "u1", edit("b1", "B")))
	s.ask("", edit("e1", "A"))
	s.wantReply("e2 accepted #5", s.ask("", on("e1", edit("e2", "AA"))))
	s.ask("", of("bob", "u1", to("b@x.org", edit("b2", "B"))))
	s.wantReply("e3 refused #7 conflict", s.ask("", on("e1", to("x@x.org", edit("e3", "AA")))))
}

// Lanes of many records at once keep apart, and are forgotten when they end.
func TestManyLanes(t *testing.T) {
	const records = 50
	s := newServer(t)
	for round := range 2 {
		for i := range records {
			record := fmt.Sprint("u", i)
			for n := range 3 {
				id := fmt.Sprint("c", round, "-", i, "-", n)
				s.send("", of("ada", record, to(fmt.Sprint(i, "@x.org"), create(id))))
			}
		}
		s.carryOut()
	}
	if len(s.replies) != 6*records || count(s.log, event.Created) != records {
		t.Errorf("%d answers, %d creates", len(s.replies), count(s.log, event.Created))
	}
}

// What was typed on a create that fell is not folded, whatever stands there now.
func TestTailSkipsWhatFellInTheRows(t *testing.T) {
	s := newServer(t)
	s.ask("", to("bob@x.org", of("bob", "u0", create("b1"))))
	s.ask("", to("bob@x.org", create("c1")))
	s.project() // It falls.
	s.ask("", create("c2"))
	typed := s.log[len(s.log)-1]
	typed.Kind, typed.Op, typed.Ref.Command, typed.Patch = event.Edited, user.Edit, "e1", user.SetName("late")
	typed.Cause = user.Ref{Client: "ada", Command: "c1"}
	s.store(typed)
	s.restart()
	rec, newest, ahead, err := s.core.Ahead("u1")
	if err != nil || !ahead || newest.Command != "e1" || rec.Version != 1 || rec.Name != "Ada" {
		t.Errorf("%+v, %v, %v, %v", rec, newest, ahead, err)
	}
	if diff := cmp.Diff([]string{"u1"}, s.core.AheadRecords()); diff != "" {
		t.Error(diff)
	}
}

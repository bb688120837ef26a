package decide_test

import (
	"slices"
	"testing"

	"optimist/shared/decide"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

func TestRowFirst(t *testing.T) {
	for _, strategy := range []string{"dual-write", "outbox"} {
		t.Run(strategy, func(t *testing.T) {
			s := newServer(t)
			s.send(strategy, create("c1"))
			s.carryOne() // The row.
			s.carryOne() // The answer.
			s.wantReply("c1 confirmed Ada", s.last())
			if r := s.last(); r.Row.Change == 0 || r.Version != 1 || len(s.log) != 1 {
				t.Errorf("%+v, log %d", r, len(s.log))
			}
			s.wantReply("c1 confirmed Ada", s.ask(strategy, create("c1"))) // Sent again.
			s.wantReply("c1 confirmed Ada", s.ask(strategy, create("c1"))) // With its event in the log.
			s.wantReply("e1 confirmed A", s.ask(strategy, on("c1", edit("e1", "A"))))
			s.project()
			s.wantReply("c1 confirmed #2", s.ask(strategy, create("c1")))
			s.wantReply("e1 confirmed #3", s.ask(strategy, on("c1", edit("e1", "A"))))
			s.wantReply("c2 refused #4 exists", s.ask(strategy, create("c2")))
			s.wantLog("created c1", "edited e1", "refused c2 exists")
			if len(s.outbox) != 0 {
				t.Errorf("left in the outbox: %+v", s.outbox)
			}
		})
	}
}

// Others see the row at once, and what is in row and log counts once.
func TestLogAndRowOfADirectChange(t *testing.T) {
	s := newServer(t)
	s.ask("dual-write", create("c1"))
	s.ask("dual-write", edit("e1", "A"))
	rec, newest, ahead, err := s.core.Ahead("u1")
	if err != nil || !ahead || rec.Version != 2 || rec.Name != "A" || newest.Command != "e1" {
		t.Errorf("%+v, %v, %v, %v", rec, newest, ahead, err)
	}
	s.wantReply("e2 accepted #4", s.ask("reconcile", of("bob", "u1", edit("e2", "B"))))
	if got := s.log[3]; got.Version != 3 {
		t.Errorf("version %d", got.Version)
	}
}

func TestDualWriteTriesOnce(t *testing.T) {
	lose := map[string]func(s *server){
		"refused": func(s *server) { s.arm(fault.Fault{Kind: fault.AppendRefuse}); s.ask("dual-write", create("c1")) },
		"not answered": func(s *server) {
			s.send("dual-write", create("c1"))
			s.carryOne()
			s.carryOne()
			e := s.todo[0]
			if !e.Once {
				s.t.Error("it may be tried again")
			}
			s.todo = nil
			s.step(decide.Input{Kind: decide.Unanswered, Job: e.Job})
		},
		"conflict": func(s *server) {
			s.send("dual-write", create("c1"))
			s.carryOne()
			s.foreign(event.Edited, "b1", "")
			s.carryOut()
			s.project()
		},
		"crash": func(s *server) {
			s.send("dual-write", create("c1"))
			s.carryOne()
			s.restart()
		},
	}
	for name, lose := range lose {
		t.Run(name, func(t *testing.T) {
			s := newServer(t)
			lose(s)
			if len(s.todo) != 0 || count(s.log, event.Created) != 0 {
				t.Errorf("it goes on: %+v", s.todo)
			}
			// The row is there, its event never comes; the record goes on.
			s.wantReply("c1 confirmed Ada", s.ask("dual-write", create("c1")))
			s.wantReply("e1 confirmed A", s.ask("dual-write", on("c1", edit("e1", "A"))))
			if count(s.log, event.Created) != 0 || s.log[len(s.log)-1].Ref.Command != "e1" {
				t.Errorf("%+v", s.log)
			}
		})
	}
}

func TestRowThatTheDatabaseBars(t *testing.T) {
	s := newServer(t)
	s.ask("outbox", of("bob", "u0", create("b1")))
	r := s.ask("outbox", create("c1"))
	s.wantReply("c1 refused #3 email_taken", r)
	if r.Why != "Ada has the email ada@x.org" {
		t.Errorf("why: %s", r.Why)
	}
}

// The row changed between the decision and the write: decide again.
func TestStaleRowIsDecidedAgain(t *testing.T) {
	s := newServer(t)
	s.ask("", create("c1"))
	s.project()
	s.foreign(event.Edited, "b1", "B") // Nobody here knows of it.
	s.send("dual-write", edit("e1", "A"))
	s.project()
	s.carryOut()
	s.wantReply("e1 confirmed A", s.last())
	s.send("dual-write", edit("e2", "C"))
	s.todo = nil
	s.step(decide.Input{Kind: decide.Unanswered, Job: s.jobs})
	s.carryOut()
	s.wantReply("e2 retry", s.last())
}

func TestRelayEndsOnce(t *testing.T) {
	crash := map[string]int{"before the append": 2, "after the append": 3}
	for name, effects := range crash {
		t.Run(name, func(t *testing.T) {
			s := newServer(t)
			s.send("outbox", create("c1"))
			for range effects { // Row, answer, append.
				s.carryOne()
			}
			if len(s.outbox) != 1 {
				t.Fatal("the outbox is empty already")
			}
			for range 2 {
				s.restart()
			}
			s.carryOut()
			s.wantLog("created c1")
			if len(s.outbox) != 0 {
				t.Error("it stays in the outbox")
			}
		})
	}
}

func TestRelayKeepsItsOrderAndInsists(t *testing.T) {
	s := newServer(t)
	s.arm(fault.Fault{Kind: fault.AppendLoseAck})
	s.arm(fault.Fault{Kind: fault.AppendRefuse, Times: 3})
	s.send("outbox", create("c1"))
	s.send("outbox", on("c1", edit("e1", "A")))
	s.send("outbox", to("bob@x.org", of("bob", "u2", create("b1"))))
	for len(s.todo) > 0 {
		if e := s.todo[0]; e.Kind == decide.Append && e.Events[0].Ref.Command == "e1" && count(s.log, event.Edited) == 0 {
			s.foreign(event.Edited, "x1", "Foreign") // In its way.
		}
		s.carryOne()
	}
	s.wantLog("created c1", "created b1", "edited x1", "edited e1")
	if len(s.outbox) != 0 || s.plan.List() != nil {
		t.Errorf("left: %+v, %+v", s.outbox, s.plan.List())
	}
}

func TestRelayOfWhatIsProjected(t *testing.T) {
	s := newServer(t)
	s.ask("outbox", create("c1"))
	s.project()
	s.outbox = slices.Clone(s.log[1:2]) // Its removal was lost.
	s.restart()
	s.carryOut()
	s.wantLog("created c1")
	if len(s.outbox) != 0 {
		t.Error("it stays in the outbox")
	}
}

// A relay whose log does not answer, and whose log cannot be read, goes on.
func TestRelayNeverGivesUp(t *testing.T) {
	s := newServer(t)
	s.send("outbox", create("c1"))
	s.carryOne()
	s.carryOne()
	for range 20 {
		e := s.todo[0]
		s.todo = s.todo[1:]
		switch e.Kind {
		case decide.Append:
			s.step(decide.Input{Kind: []decide.InputKind{decide.Unanswered, decide.Conflicted}[s.now%2], Job: e.Job})
		case decide.Fetch:
			s.step(decide.Input{Kind: decide.Failed, Job: e.Job})
		default:
			t.Fatalf("effect %d", e.Kind)
		}
		s.now++
	}
	s.carryOut()
	s.wantLog("created c1")
}

// What is typed on a row without a sequence has a cause all the same.
func TestDependentOfADirectChange(t *testing.T) {
	s := newServer(t)
	s.send("dual-write", create("c1"))
	s.carryOne()
	s.restart() // Its event is lost.
	r := s.ask("reconcile", on("c1", edit("e1", "A")))
	if r.Verdict != protocol.Accepted {
		t.Errorf("%+v", r)
	}
	s.project()
	if rec, _, _ := s.rows.Record("u1"); rec.Name != "A" || !rec.Exists {
		t.Errorf("%+v", rec)
	}
	s.wantReply("d1 confirmed A", s.ask("dual-write", user.Command{
		Ref: user.Ref{Client: "ada", Command: "d1"}, Record: "u1", Op: user.Delete}))
}

package decide_test

import (
	"testing"

	"optimist/shared/decide"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

const reserve = "reserve"

func TestReserve(t *testing.T) {
	s := newServer(t)
	s.wantReply("c1 accepted #3", s.ask(reserve, create("c1")))
	r := s.ask(reserve, of("bob", "u2", create("b1")))
	s.wantReply("b1 refused #4 email_taken", r)
	if r.Why != "ada reserved the email ada@x.org for u1 at #2" {
		t.Errorf("why: %s", r.Why)
	}
	s.wantReply("e1 accepted #7", s.ask(reserve, to("new@x.org", edit("e1", "A"))))
	s.wantReply("b2 accepted #9", s.ask(reserve, of("bob", "u2", create("b2"))))
	s.wantReply("e2 accepted #10", s.ask(reserve, to("NEW@x.org", edit("e2", "A")))) // The same email.
	s.wantReply("d1 accepted #12", s.ask(reserve, remove("d1")))
	s.project()
	s.wantReply("c3 accepted #14", s.ask(reserve, to("new@x.org", of("eve", "u3", create("c3")))))
	s.wantLog("reserved c1", "created c1", "refused b1 email_taken", "released e1", "reserved e1", "edited e1",
		"reserved b2", "created b2", "edited e2", "released d1", "deleted d1", "reserved c3", "created c3")
	if target := s.log[4].Target; target != 2 {
		t.Errorf("the release names #%d", target)
	}
}

// Two creates with one email are decided before either is stored.
func TestReserveRace(t *testing.T) {
	s := newServer(t)
	s.send(reserve, create("c1"))
	s.send(reserve, of("bob", "u2", create("b1")))
	if len(s.todo) != 2 || s.todo[1].Kind != decide.Append {
		t.Fatalf("%+v", s.todo)
	}
	s.carryOut()
	s.wantLog("reserved c1", "created c1", "refused b1 email_taken")
	if len(s.replies) != 2 {
		t.Fatal(s.replies)
	}
	s.wantReply("c1 accepted #3", s.replies[0])
	s.wantReply("b1 refused #4 email_taken", s.replies[1])
}

// A rejected create gives its email back.
func TestRejectionReleases(t *testing.T) {
	s := newServer(t)
	s.ask("", of("bob", "u0", create("b1"))) // Claims nothing.
	s.wantReply("c1 accepted #4", s.ask(reserve, create("c1")))
	s.wantReply("c2 refused #5 email_taken", s.ask(reserve, of("eve", "u2", create("c2"))))
	s.ask("", of("bob", "u0", remove("b2")))
	s.project() // It stood before the delete, so it falls.
	s.wantReply("c3 accepted #10", s.ask(reserve, of("eve", "u3", create("c3"))))
	s.wantLog("created b1", "reserved c1", "created c1", "refused c2 email_taken", "deleted b2",
		"rejected c1 email_taken", "released c1", "reserved c3", "created c3")
}

// An email of a user that came by another strategy is nobody's claim.
func TestReserveReleasesOnlyWhatIsClaimed(t *testing.T) {
	s := newServer(t)
	s.ask("", create("c1"))
	s.ask(reserve, to("new@x.org", edit("e1", "A")))
	s.ask(reserve, remove("d1"))
	s.wantLog("created c1", "reserved e1", "edited e1", "released d1", "deleted d1")
}

func TestReserveSurvivesARestart(t *testing.T) {
	for _, project := range []bool{false, true} {
		s := newServer(t)
		s.arm(fault.Fault{Kind: fault.AppendLoseAck})
		s.send(reserve, create("c1"))
		s.carryOne() // Stored, and not answered.
		if project {
			s.project()
		}
		s.restart()
		want := "c1 accepted #3"
		if project {
			want = "c1 confirmed #3"
		}
		s.wantReply(want, s.ask(reserve, create("c1")))
		s.wantReply("b1 refused #4 email_taken", s.ask(reserve, of("bob", "u2", create("b1"))))
		if count(s.log, event.Reserved) != 1 {
			t.Errorf("%+v", s.log)
		}
	}
}

// A user that came by another strategy does not end the claim of who reserved
// the same email.
func TestReserveReleasesNoOther(t *testing.T) {
	s := newServer(t)
	s.ask("", create("c1"))
	s.ask(reserve, of("bob", "u2", create("b1")))
	s.ask(reserve, remove("d1"))
	s.wantLog("created c1", "reserved b1", "created b1", "deleted d1")
}

// What a first decision wanted of the claims is forgotten with it.
func TestReserveIsDecidedAnew(t *testing.T) {
	s := newServer(t)
	s.ask(reserve, create("c1"))
	s.send(reserve, to("bob@x.org", edit("e1", "A")))
	s.foreign(event.Edited, "b1", "") // The same email, without a claim.
	s.carryOut()
	s.wantReply("e1 accepted #5", s.last())
	s.wantLog("reserved c1", "created c1", "edited b1", "edited e1")
}

// A refusal expects nothing of the email's subjects, so the log is read before
// one is given: the claim may have been released, and the rows not tell yet.
func TestReserveReadsTheLogBeforeItRefuses(t *testing.T) {
	s := newServer(t)
	s.ask(reserve, create("c1"))
	s.store(event.Event{Kind: event.Released, Record: "u1", Patch: user.SetEmail("ada@x.org"), Target: 2})
	s.wantReply("c2 accepted #6", s.ask(reserve, of("eve", "u2", create("c2"))))
	s.wantReply("c3 refused #7 email_taken", s.ask(reserve, of("bob", "u3", create("c3"))))
}

// fallen puts a rejection into the log, with what belongs to it, and tells nobody.
func (s *server) fallen(target uint64, beside ...event.Event) {
	void := event.Event{Kind: event.Rejected, Record: "u1", Target: target, Code: user.ErrProjectionFailed}
	s.store(append([]event.Event{void}, beside...)...)
}

// What stands beside a rejection is about an email, so who reads what is new
// about the record has not met it.
func TestReserveKnowsWhatStandsBesideARejection(t *testing.T) {
	t.Run("a claim that ended", func(t *testing.T) {
		s := newServer(t)
		s.ask(reserve, create("c1"))
		s.send(reserve, edit("e1", "A"))
		s.fallen(3, event.Event{Kind: event.Released, Record: "u1", Patch: user.SetEmail("ada@x.org"), Target: 2})
		s.carryOut()
		s.ask(reserve, create("c2"))
		s.wantLog("reserved c1", "created c1", "rejected  projection_failed", "released ",
			"refused e1 not_found", "reserved c2", "created c2")
	})
	t.Run("a claim that was made again", func(t *testing.T) {
		s := newServer(t)
		s.ask(reserve, create("c1"))
		s.ask(reserve, to("new@x.org", edit("e1", "A")))
		s.send(reserve, edit("e2", "B"))
		s.fallen(6,
			event.Event{Kind: event.Released, Record: "u1", Patch: user.SetEmail("new@x.org"), Target: 5},
			event.Event{Kind: event.Reserved, Record: "u1", Patch: user.SetEmail("ada@x.org"), Target: 6})
		s.carryOut()
		s.ask(reserve, remove("d1"))
		s.wantLog("reserved c1", "created c1", "released e1", "reserved e1", "edited e1",
			"rejected  projection_failed", "released ", "reserved ", "edited e2", "released d1", "deleted d1")
		if target := s.log[10].Target; target != 9 {
			t.Errorf("the release names #%d", target)
		}
	})
}

// What a claim is worth: who has the email by the log keeps it, claimed or not,
// and who does not keeps it from nobody.
func TestReserveGoesByWhoHasTheEmail(t *testing.T) {
	const reconcile = ""
	moved, back := to("new@x.org", edit("e1", "A")), to("ada@x.org", edit("e2", "A"))
	for _, tc := range []struct {
		name     string
		strategy string // Of the create.
		then     func(s *server)
		why      string // Bob's refusal; "": he gets it.
	}{
		{"nobody claims it", reconcile, (*server).project, "Ada (created at #2) has the email ada@x.org"},
		{"nobody claims it, and it is let go", reconcile, func(s *server) { s.project(); s.ask(reconcile, moved) }, ""},
		{"nobody claims it, and it was let go unheard", reconcile, func(s *server) { s.project(); s.foreign(event.Deleted, "x1", "") }, ""},
		{"it is claimed by who moved on", reserve, func(s *server) { s.ask(reconcile, moved) }, ""},
		{"it is claimed by who moved on, in the rows", reserve, func(s *server) { s.ask(reconcile, moved); s.project() }, ""},
		{"it is claimed by who is gone", reserve, func(s *server) { s.ask(reconcile, remove("d1")); s.project() }, ""},
		{
			"it is claimed by who moved on and back", reserve, func(s *server) { s.ask(reconcile, moved); s.ask(reconcile, back) },
			"ada reserved the email ada@x.org for u1 at #2",
		},
		{
			"it is claimed by who moved on, and back unheard", reserve, func(s *server) {
				s.ask(reconcile, moved)
				s.store(event.Event{
					Kind: event.Edited, Ref: user.Ref{Client: "max", Command: "m1"}, Record: "u1", Op: user.Edit,
					Patch: user.SetEmail("ada@x.org"), Strategy: "reconcile",
				})
			},
			"ada reserved the email ada@x.org for u1 at #2",
		},
		{
			"it is claimed by who moved on, and another has it", reserve, func(s *server) {
				s.ask(reconcile, moved)
				s.ask(reconcile, of("eve", "u3", create("v1")))
				s.project()
			}, "Ada (created at #5) has the email ada@x.org",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := newServer(t)
			s.ask(tc.strategy, create("c1"))
			tc.then(s)
			r := s.ask(reserve, of("bob", "u2", create("b1")))
			if tc.why == "" && r.Verdict != protocol.Accepted || tc.why != "" && (r.Code != user.ErrEmailTaken || r.Why != tc.why) {
				t.Errorf("%s: %s", reply(r), r.Why)
			}
			s.project()
			if f, _, _ := s.rows.Fate(user.Ref{Client: "bob", Command: "b1"}); tc.why == "" && f.Status != projection.Applied {
				t.Errorf("bob was accepted, and then %+v", f)
			}
		})
	}
}

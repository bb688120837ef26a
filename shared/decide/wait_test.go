package decide_test

import (
	"testing"

	"optimist/shared/decide"
	"optimist/shared/projection"
)

func TestWaitAnswersOnceProjected(t *testing.T) {
	s := newServer(t)
	s.send("wait", create("c1"))
	s.carryOut()
	if len(s.replies) != 0 {
		t.Fatalf("answered before the projection: %+v", s.replies)
	}
	if at, ok := s.core.Next(); !ok || at != decide.WaitFor {
		t.Errorf("next: %d, %v", at, ok)
	}
	s.project()
	s.carryOut()
	s.wantReply("c1 confirmed #2", s.last())
	if _, ok := s.core.Next(); ok {
		t.Error("it waits for nobody")
	}
	s.send("wait", of("bob", "u2", create("c2"))) // The same email.
	s.carryOut()
	s.project()
	s.carryOut()
	if len(s.replies) != 2 {
		t.Fatal("not answered")
	}
	s.wantReply("c2 rolled-back #3 email_taken", s.last())
	s.wantReply("e1 refused #5 not_found", s.ask("wait", of("ada", "u9", edit("e1", "A"))))
}

func TestWaitEndsWithUnknown(t *testing.T) {
	s := newServer(t)
	s.now = 100
	s.send("wait", create("c1"))
	s.carryOut()
	s.tick(decide.WaitFor - 1)
	s.carryOut()
	if len(s.replies) != 0 {
		t.Fatalf("answered early: %+v", s.replies)
	}
	s.tick(1)
	s.carryOut()
	s.wantReply("c1 unknown", s.last())
	s.replies = nil
	s.send("wait", create("c1")) // It is sent again, and waits again.
	s.carryOut()
	s.project()
	s.carryOut()
	if len(s.replies) != 1 {
		t.Fatalf("%+v", s.replies)
	}
	s.wantReply("c1 confirmed #2", s.last())
	s.wantLog("created c1")
}

// What the read model decided counts once it is published.
func TestOutcomeWaitsForThePublication(t *testing.T) {
	s := newServer(t)
	s.ask("", create("c1"))
	ev := s.log[1]
	if _, err := projection.Apply(&s.rows, ev, nil, ""); err != nil {
		t.Fatal(err)
	}
	s.step(decide.Input{Kind: decide.Observed, Event: ev})
	s.wantReply("c1 accepted #2", s.ask("", create("c1")))
	s.step(decide.Input{Kind: decide.Published, To: 2})
	s.wantReply("c1 confirmed #2", s.ask("", create("c1")))
}

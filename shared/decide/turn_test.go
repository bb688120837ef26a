package decide_test

import (
	"testing"

	"optimist/shared/decide"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// Where rows and events come first by turns, what would stand in another order in
// the rows than in the log must come again. u1 is in both, with ada@x.org.
func TestTurns(t *testing.T) {
	const waits, goes = protocol.Retry, protocol.Verdict("")
	b := func(c user.Command) user.Command { return of("bob", "u2", c) }
	moved := to("new@x.org", edit("e1", "A"))
	for _, tc := range []struct {
		name      string
		first     string // Its strategy, and
		begun     user.Command
		effects   int // of it carried out.
		second    string
		comes     user.Command
		want      protocol.Verdict
		afterward bool // It goes once the first is in rows and log.
	}{
		{"a row, then an event of its user", "outbox", edit("e1", "A"), 2, "reconcile", edit("e2", "B"), waits, true},
		{"a row, then another of its user", "outbox", edit("e1", "A"), 2, "outbox", edit("e2", "B"), goes, false},
		{"a row, then a row without an outbox of its user", "outbox", edit("e1", "A"), 2, "dual-write", edit("e2", "B"), waits, true},
		{"a row, then an event of another user", "outbox", edit("e1", "A"), 2, "reconcile", b(to("bob@x.org", create("c2"))), goes, false},
		{"a row that lets an email go, then who takes it", "outbox", moved, 2, "reconcile", b(create("c2")), waits, true},
		{"a row that is gone, then who takes its email", "outbox", remove("d1"), 2, "reserve", b(create("c2")), waits, true},
		{"a row on its way, then who takes its email", "outbox", moved, 0, "reconcile", b(create("c2")), waits, true},
		{"a row without an outbox, then who takes its email", "dual-write", moved, 2, "reconcile", b(create("c2")), waits, true},
		{"a row that lets an email go, then who takes none", "outbox", moved, 2, "reconcile", of("bob", "u1", remove("d2")), waits, true},
		{"a row that takes an email, then who takes it too", "outbox", of("bob", "u2", to("bob@x.org", create("c2"))), 2, "reconcile", of("eve", "u3", to("Bob@x.org", create("c3"))), waits, true},
		{"who takes an email, then a row that takes it too", "reconcile", of("bob", "u2", to("bob@x.org", create("c2"))), 1, "outbox", of("eve", "u3", to("Bob@x.org", create("c3"))), waits, true},
		{"an event, then a row of its user", "reconcile", edit("e1", "A"), 1, "outbox", edit("e2", "B"), waits, true},
		{"an event, then a row of another user", "reconcile", b(to("bob@x.org", create("c2"))), 1, "outbox", edit("e2", "B"), goes, false},
		{"who takes an email, then a row that lets it go", "reconcile", b(create("c2")), 1, "outbox", moved, waits, true},
		{"who takes an email, then a row that is gone", "reconcile", b(create("c2")), 1, "dual-write", remove("d2"), waits, true},
		{"who is about to take an email, then a row that lets it go", "reconcile", b(create("c2")), 0, "outbox", moved, waits, true},
		{"who takes an email, then a row that keeps it", "reconcile", b(create("c2")), 1, "outbox", edit("e2", "B"), goes, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := newServer(t)
			s.ask("reconcile", create("c1"))
			s.project()
			s.send(tc.first, tc.begun)
			for range tc.effects {
				s.carryOne()
			}
			s.send(tc.second, tc.comes)
			var got protocol.Verdict
			if last := s.todo[len(s.todo)-1]; last.Kind == decide.Answer && last.Job == s.jobs {
				got = last.Reply.Verdict
			}
			if got != tc.want {
				t.Fatalf("it is answered by %q, want %q", got, tc.want)
			}
			s.carryOut()
			s.project()
			if r := s.ask(tc.second, tc.comes); tc.afterward && r.Verdict == protocol.Retry {
				t.Errorf("it still waits: %s", r.Why)
			}
		})
	}
}

package command_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/protocol"
	"optimist/shared/user"
)

// withEmail returns c that sets the email.
func withEmail(email string, c protocol.Command) protocol.Command {
	c.Email = &email
	return c
}

// Users came, moved and went without a word about claims. Who reserves an email
// is told that a user has it, and gets it from who has not.
func TestReserveAmongOthers(t *testing.T) {
	r := mustRig(t)
	accepted := want{verdict: protocol.Accepted}
	accepted.check(t, r.send("ada", create("c1", "u1")))
	accepted.check(t, r.send("ada", by("reserve", create("c2", "u2"))))
	accepted.check(t, r.send("ada", withEmail("moved@example.org", on("c2", edit("e2", "u2", "Moved")))))
	r.settle()
	end := r.end()
	r.stall()
	want{verdict: protocol.Refused, code: user.ErrEmailTaken}.check(t,
		r.send("bob", by("reserve", withEmail("u1@example.org", create("b1", "u3")))))
	accepted.check(t, r.send("bob", by("reserve", withEmail("u2@example.org", create("b2", "u4")))))
	accepted.check(t, r.send("ada", remove("d1", "u1")))
	accepted.check(t, r.send("bob", by("reserve", withEmail("u1@example.org", create("b3", "u5")))))
	r.settle()
	want := []string{
		"refused bob/b1 email_taken", "reserved bob/b2", "created bob/b2", "deleted ada/d1", "reserved bob/b3", "created bob/b3",
	}
	if diff := cmp.Diff(want, r.lines(end)); diff != "" {
		t.Error(diff)
	}
}

// A row must not overtake an event that came first; once that is in the rows, it
// is its turn.
func TestRowWaitsForTheEventBeforeIt(t *testing.T) {
	r := mustRig(t)
	want{verdict: protocol.Accepted}.check(t, r.send("ada", create("c1", "u1")))
	r.settle()
	r.stall()
	want{verdict: protocol.Accepted}.check(t, r.send("ada", edit("e1", "u1", "First")))
	want{verdict: protocol.Retry}.check(t, r.send("bob", by("outbox", edit("e2", "u1", "Second"))))
	r.settle()
	want{verdict: protocol.Confirmed}.check(t, r.send("bob", by("outbox", edit("e2", "u1", "Second"))))
	r.emptied()
	if rec, _, err := r.db.Record("u1"); rec.Name != "Second" || rec.Version != 3 || err != nil {
		t.Errorf("the row: %+v, %v", rec, err)
	}
}

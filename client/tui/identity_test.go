package tui

import (
	"testing"

	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// TestEmailIsTheID makes the record under its natural key.
func TestEmailIsTheID(t *testing.T) {
	r := mustRig(t, 80, 24, Options{Strategy: "natural-key"}, someRows(2)...)
	r.create("Ada", "Ada@example.org")
	if mu := r.mutation(1); mu.Record != event.EmailToken("ada@example.org") {
		t.Fatalf("the record is %s", mu.Record)
	}
	r.accept(1, 8, 1)
	r.shows("▸ ✎ Ada ")
	r.press("e", "tab")
	r.typed("x")
	r.press("enter")
	r.stored()
	r.refuse(2, user.ErrEmailFixed, "")
	r.press("enter")
	r.shows("email_fixed", "the email is this record's identity", "E: put the old email back")
}

// TestAnotherEmailIsAnotherRecord corrects the email of a create that was refused.
func TestAnotherEmailIsAnotherRecord(t *testing.T) {
	r := mustRig(t, 80, 24, Options{Strategy: "natural-key"}, someRows(2)...)
	r.create("Ada", "ada@example.org")
	r.refuse(1, user.ErrExists, "")
	r.press("E", "tab")
	r.typed("x")
	r.press("enter")
	r.shows("✗ Ada ") // It stays where it was until the disk has what replaces it.
	r.stored()
	if mu := r.mutation(2); mu.Op != user.Create || mu.Record != event.EmailToken("ada@example.orgx") || mu.Patch.Name != "Ada" {
		t.Fatalf("the retry is %+v", mu)
	}
	r.shows("records 3", "▸ ✎ Ada ")
	r.hides("rolled back")
}

// TestTypedKeyIsGoneAlongWith tries again, with one key, a create whose email was
// changed before it fell: the first is another user's.
func TestTypedKeyIsGoneAlongWith(t *testing.T) {
	bobs := protocol.Row{ID: event.EmailToken("ada@example.org"), Name: "Ada Byron", Email: "ada@example.org", Version: 1, Seq: 3, Born: 3, By: "bob"}
	r := mustRig(t, 80, 24, Options{Strategy: "natural-key"}, bobs)
	r.create("Ada", "ada@example.org")
	r.press("e", "tab")
	r.typed("x")
	r.press("enter")
	r.stored()
	r.refuse(2, user.ErrEmailFixed, "")
	r.refuse(1, user.ErrExists, "it was created at #3 already")
	r.press("R")
	r.stored()
	if mu := r.mutation(3); mu.Op != user.Create || mu.Record != event.EmailToken("ada@example.orgx") {
		t.Fatalf("the retry is %+v", mu)
	}
	r.shows("▸ ✎ Ada ", "● Ada Byron ")
	r.hides("rolled back")
}

// TestDeclinedKey tries again with the email of a record that is pending, under a
// strategy that takes no change of such a one.
func TestDeclinedKey(t *testing.T) {
	r := mustRig(t, 80, 24, Options{Strategy: "natural-key dependents=refuse"}, someRows(2)...)
	r.create("Eve", "ada@example.orgx")
	r.create("Ada", "ada@example.org")
	r.refuse(2, user.ErrProjectionFailed, "")
	r.press("E", "tab")
	r.typed("x")
	r.press("enter")
	r.shows("Eve is pending, and the strategy takes no change of it", "Your text is kept here")
}

// TestTakenKey goes on with another email where the first is another user's.
func TestTakenKey(t *testing.T) {
	bobs := protocol.Row{ID: event.EmailToken("ada@example.org"), Name: "Ada Byron", Email: "ada@example.org", Version: 1, Seq: 3, Born: 3, By: "bob"}
	r := mustRig(t, 80, 24, Options{Strategy: "natural-key"}, bobs)
	r.create("Ada", "ada@example.org")
	r.refuse(1, user.ErrExists, "it was created at #3 already")
	r.press("E", "tab")
	r.typed("x")
	r.press("enter")
	r.stored()
	if mu := r.mutation(2); mu.Op != user.Create || mu.Record != event.EmailToken("ada@example.orgx") || mu.Patch != user.SetBoth("Ada", "ada@example.orgx") {
		t.Fatalf("the retry is %+v", mu)
	}
	r.shows("▸ ✎ Ada ", "● Ada Byron ")
	r.hides("rolled back")
}

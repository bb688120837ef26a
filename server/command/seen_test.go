package command

import (
	"fmt"
	"path/filepath"
	"testing"

	"optimist/server/sqlite"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

func TestSeenForgetsNothingAndGuessesSeldom(t *testing.T) {
	const names, mostGuesses = 100_000, 100
	s := newSeen()
	ref := func(i int) user.Ref { return user.Ref{Client: "ada", Command: fmt.Sprint("c", i)} }
	if !s.mayCommand(ref(0)) || !s.mayRecord("c0") {
		t.Error("what is not whole knows that something is new")
	}
	s.whole.Store(true)
	for i := range names {
		s.command(ref(i))
	}
	s.record("u1")
	guesses := 0
	for i := range names {
		if !s.mayCommand(ref(i)) {
			t.Fatalf("%s is forgotten", ref(i))
		}
		if s.mayCommand(ref(names + i)) {
			guesses++
		}
	}
	if guesses > mostGuesses {
		t.Errorf("%d of %d new commands are taken for known", guesses, names)
	}
	if !s.mayRecord("u1") || s.mayRecord("u2") || s.mayCommand(user.Ref{Client: "bob", Command: "c1"}) {
		t.Error("it confuses records, or clients")
	}
}

// After a restart the index has observed nothing of what the rows hold.
func TestSeenBeginsWithWhatTheRowsHold(t *testing.T) {
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "rows.db"), sqlite.Normal)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	known := projection.Fate{
		Ref: user.Ref{Client: "ada", Command: "c1"}, Record: "u1", Op: user.Create,
		Status: projection.Applied, Seq: 3, Version: 1, Logged: true,
	}
	if err := tx.PutFate(known); err != nil {
		t.Fatal(err)
	}
	if err := tx.PutRecord(projection.Record{ID: "u1", Seq: 3, Last: 3}); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	h := newHandler(Config{Rows: db, Progress: place{3, 3}, Index: NewIndex()})
	h.remember(t.Context())
	if h.index.seen.mayCommand(user.Ref{Client: "ada", Command: "c2"}) || h.index.seen.mayRecord("u2") {
		t.Error("what is new is taken for known")
	}
	if got, err := h.Outcome(known.Ref); err != nil || got.Verdict != protocol.Confirmed {
		t.Errorf("outcome of what the rows hold: %+v, %v", got, err)
	}
	if rec, found, err := (filtered{db, h.index.seen}).Record("u1"); err != nil || !found || rec.Last != 3 {
		t.Errorf("record that the rows hold: %+v, %v, %v", rec, found, err)
	}
}

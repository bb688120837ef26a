package sqlite

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"

	"optimist/shared/projection"
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

// What was committed before the file was opened is learnt; what is written
// afterwards is noted at once, whenever it is learnt.
func TestLearnKnowsWhatTheFileHolds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rows.db")
	db := mustOpenAt(t, path)
	mustPut(t, db, "u1", 3)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = mustOpenAt(t, path)
	defer db.Close()
	mustPut(t, db, "u2", 4)
	mustFind(t, db, "u1", true)
	if !db.seen.mayRecord("u9") {
		t.Error("before Learn a record is taken for new")
	}
	if err := db.Learn(t.Context()); err != nil {
		t.Fatal(err)
	}
	mustPut(t, db, "u3", 5)
	for _, id := range []string{"u1", "u2", "u3"} {
		mustFind(t, db, id, true)
	}
	mustFind(t, db, "u9", false)
	if db.seen.mayRecord("u9") || db.seen.mayCommand(user.Ref{Client: "ada", Command: "u9"}) || db.seen.mayEmail("u9@example.org") {
		t.Error("what is new is looked for")
	}
}

func mustOpenAt(t *testing.T, path string) *DB {
	t.Helper()
	db, err := Open(t.Context(), path, Normal)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// mustPut writes a living record, its email and the command that made it.
func mustPut(t *testing.T, db *DB, id string, seq uint64) {
	t.Helper()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	rec := projection.Record{ID: id, Seq: seq, Last: seq}
	rec.Exists, rec.Email, rec.Version = true, id+"@Example.org", 1
	fate := projection.Fate{
		Ref: user.Ref{Client: "ada", Command: id}, Record: id, Op: user.Create,
		Status: projection.Applied, Seq: seq, Version: 1, Logged: true,
	}
	if err := errors.Join(tx.PutRecord(rec), tx.PutFate(fate),
		tx.addCheckpoint.exec("s", uint64(1), seq, "e", uint64(1), tx.change), tx.setChange.exec(tx.change), tx.Commit()); err != nil {
		t.Fatal(err)
	}
}

// mustFind looks for what mustPut wrote, in each way there is.
func mustFind(t *testing.T, db *DB, id string, want bool) {
	t.Helper()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := tx.Rollback(); err != nil {
			t.Error(err)
		}
	}()
	ref, email := user.Ref{Client: "ada", Command: id}, id+"@example.org"
	for _, look := range []struct {
		name string
		at   func() (bool, error)
	}{
		{"record", func() (bool, error) { _, found, err := db.Record(id); return found, err }},
		{"record in the transaction", func() (bool, error) { _, found, err := tx.Record(id); return found, err }},
		{"fate", func() (bool, error) { _, found, err := db.Fate(ref); return found, err }},
		{"fate in the transaction", func() (bool, error) { _, found, err := tx.Fate(ref); return found, err }},
		{"owner", func() (bool, error) { _, found, err := db.EmailOwner(email); return found, err }},
		{"owner in the transaction", func() (bool, error) { _, found, err := tx.EmailOwner(email); return found, err }},
	} {
		if got, err := look.at(); err != nil || got != want {
			t.Errorf("%s of %s found: %v, %v", look.name, id, got, err)
		}
	}
}

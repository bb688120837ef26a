package sqlite_test

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/server/sqlite"
	"optimist/shared/projection"
	"optimist/shared/user"
)

func mustOpen(t testing.TB, path string) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(t.Context(), path, sqlite.Normal)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// mustFresh returns an empty read model of build 1, and its file.
func mustFresh(t testing.TB) (*sqlite.DB, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "odd name?#%.db")
	db := mustOpen(t, path)
	mustWrite(t, db, func(tx *sqlite.Tx) error {
		return tx.TakeOver(sqlite.Checkpoint{Stream: "log", Build: 1, Epoch: 2})
	})
	return db, path
}

// mustWrite runs write in a transaction.
func mustWrite(t testing.TB, db *sqlite.DB, write func(*sqlite.Tx) error) {
	t.Helper()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if err := write(tx); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

func mustExec(t testing.TB, path, text string) {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(text); err != nil {
		t.Fatal(err)
	}
}

// living returns a record as an event at seq left it.
func living(id string, seq uint64, email string) projection.Record {
	return projection.Record{
		ID: id, Seq: seq, Last: seq, Newest: seq, Born: seq, Changed: user.Ref{Client: "ann", Command: fmt.Sprint("c", seq)},
		State: user.State{
			Exists: true, Name: "name of " + id, Email: email, Version: 1,
			NameSeq: seq, EmailSeq: seq, NameBy: "ann", EmailBy: "ann",
		},
	}
}

func rejection(seq uint64) projection.Fate {
	ref := user.Ref{Client: "ann", Command: fmt.Sprint("c", seq)}
	return projection.Fate{
		Ref: ref, Record: "x", Op: user.Create, Status: projection.Rejected, Seq: seq,
		Code: user.ErrEmailTaken, Why: "taken", Fallen: true, Root: ref, RootSeq: seq,
	}
}

func TestOpenRefuses(t *testing.T) {
	foreign := func(t *testing.T, path string) { mustExec(t, path, "CREATE TABLE songs (title TEXT)") }
	newer := func(t *testing.T, path string) {
		if err := mustOpen(t, path).Close(); err != nil {
			t.Fatal(err)
		}
		mustExec(t, path, "INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)")
	}
	garbage := func(t *testing.T, path string) {
		if err := os.WriteFile(path, []byte(strings.Repeat("not a database", 500)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, tc := range []struct {
		name string
		make func(*testing.T, string)
		is   error
		says string
	}{
		{"another program's database", foreign, sqlite.ErrForeign, "belongs to another program"},
		{"a newer schema", newer, sqlite.ErrNewer, "version 99, but 2 is the newest it knows"},
		{"garbage", garbage, nil, "optimistd rebuild"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "users.db")
			tc.make(t, path)
			db, err := sqlite.Open(t.Context(), path, sqlite.Full)
			if err == nil {
				t.Fatal("it opened", db.Close())
			}
			if !strings.Contains(err.Error(), tc.says) || tc.is != nil && !errors.Is(err, tc.is) {
				t.Errorf("error: %v", err)
			}
		})
	}
}

func TestRoundTrip(t *testing.T) {
	db, path := mustFresh(t)
	rec, fate := living("a", 3, "Ada@example.org"), rejection(4)
	dead := living("b", 5, "Ada@example.org")
	dead.Exists = false
	mark := projection.Record{ID: "c", Last: 6}
	mustWrite(t, db, func(tx *sqlite.Tx) error {
		if id, found, err := tx.EmailOwner("x@example.org"); id != "" || found || err != nil {
			t.Errorf("owner of nothing: %q, %v, %v", id, found, err)
		}
		err := errors.Join(tx.PutRecord(rec), tx.PutRecord(dead), tx.PutRecord(mark), tx.PutFate(fate))
		if id, found, err := tx.EmailOwner("ADA@EXAMPLE.ORG"); id != "a" || !found || err != nil {
			t.Errorf("owner: %q, %v, %v", id, found, err)
		}
		return errors.Join(err, tx.SetCheckpoint(sqlite.Checkpoint{Stream: "log", Build: 1, Epoch: 2, Seq: 6, EventID: "e6"}))
	})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = mustOpen(t, path)
	rec.Change, dead.Change, mark.Change, fate.Change = 1, 2, 3, 4
	list, err := db.List("", 10)
	if diff := cmp.Diff([]projection.Record{rec, dead, mark}, list); diff != "" || err != nil {
		t.Errorf("records, err %v (-want +got):\n%s", err, diff)
	}
	got, found, err := db.Fate(fate.Ref)
	if diff := cmp.Diff(fate, got); diff != "" || !found || err != nil {
		t.Errorf("fate, found %v, err %v (-want +got):\n%s", found, err, diff)
	}
	var names []string
	err = db.Names(t.Context(), func(ref user.Ref) { names = append(names, ref.String()) }, func(id, _ string) { names = append(names, id) })
	slices.Sort(names)
	if diff := cmp.Diff([]string{rec.ID, fate.Ref.String(), dead.ID, mark.ID}, names); diff != "" || err != nil {
		t.Errorf("names, err %v (-want +got):\n%s", err, diff)
	}
	owed, err := db.Unlogged()
	if diff := cmp.Diff([]projection.Fate{fate}, owed); diff != "" || err != nil {
		t.Errorf("unlogged, err %v (-want +got):\n%s", err, diff)
	}
	cp, err := db.Checkpoint()
	want := sqlite.Checkpoint{Stream: "log", Build: 1, Epoch: 2, Seq: 6, EventID: "e6", Change: 4}
	if cp != want || err != nil {
		t.Errorf("checkpoint %+v, want %+v (%v)", cp, want, err)
	}
}

func TestTheShellSeesTheLivingOnly(t *testing.T) {
	db, path := mustFresh(t)
	dead := living("b", 4, "bea@example.org")
	dead.Exists = false
	mustWrite(t, db, func(tx *sqlite.Tx) error {
		return errors.Join(tx.PutRecord(living("a", 3, "ada@example.org")), tx.PutRecord(dead))
	})
	shell, err := sql.Open("sqlite3", "file:"+strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path))
	if err != nil {
		t.Fatal(err)
	}
	defer shell.Close()
	var id, name, email string
	var version, seq, n int
	row := shell.QueryRow("SELECT id, name, email, version, seq, (SELECT count(*) FROM users) FROM users")
	if err := row.Scan(&id, &name, &email, &version, &seq, &n); err != nil || id != "a" || seq != 3 || n != 1 {
		t.Errorf("users: %s %s %s v%d #%d of %d, %v", id, name, email, version, seq, n, err)
	}
}

func TestCheckpointIsFenced(t *testing.T) {
	db, path := mustFresh(t)
	other := mustOpen(t, path)
	mustWrite(t, other, func(tx *sqlite.Tx) error {
		return tx.TakeOver(sqlite.Checkpoint{Stream: "log", Build: 2, Epoch: 9})
	})
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if err := tx.SetCheckpoint(sqlite.Checkpoint{Stream: "log", Build: 1, Seq: 3}); !errors.Is(err, sqlite.ErrFenced) {
		t.Errorf("checkpoint of an older build: %v", err)
	}
	if err := tx.TakeOver(sqlite.Checkpoint{Stream: "log", Build: 2, Epoch: 10}); !errors.Is(err, sqlite.ErrFenced) {
		t.Errorf("taking over with the same build: %v", err)
	}
	if err := tx.Rollback(); err != nil {
		t.Error(err)
	}
}

func TestErrorsThatPassAndThatDoNot(t *testing.T) {
	db, path := mustFresh(t)
	other := mustOpen(t, path)
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Begin(); !sqlite.IsTransient(err) || sqlite.IsPermanent(err) {
		t.Errorf("begin while another writes: %v", err)
	}
	if err := errors.Join(tx.PutRecord(living("a", 3, "ada@example.org")), tx.Savepoint()); err != nil {
		t.Fatal(err)
	}
	if err := tx.PutRecord(living("b", 4, "ADA@example.org")); !sqlite.IsPermanent(err) || sqlite.IsTransient(err) {
		t.Errorf("a second living user with the email: %v", err)
	}
	if err := errors.Join(tx.RollbackTo(), tx.Release(), tx.Commit()); err != nil {
		t.Fatal(err)
	}
	if _, found, err := db.Record("a"); !found || err != nil {
		t.Errorf("the record before the savepoint: found %v, %v", found, err)
	}
	if _, found, err := db.Record("b"); found || err != nil {
		t.Errorf("the record after the savepoint: found %v, %v", found, err)
	}
}

// TestSince reads what changed with every page size, and expects the same.
func TestSince(t *testing.T) {
	db, _ := mustFresh(t)
	a := living("a", 3, "ada@example.org")
	at := sqlite.Checkpoint{Stream: "log", Build: 1, Epoch: 2, Seq: 8}
	mustWrite(t, db, func(tx *sqlite.Tx) error {
		err := errors.Join(tx.PutRecord(a), tx.PutFate(rejection(4)), tx.PutRecord(projection.Record{ID: "x", Last: 4}),
			tx.PutRecord(living("b", 5, "bea@example.org")), tx.PutFate(rejection(6)))
		logged := rejection(4)
		logged.Logged = true // The same rejection, so nothing for clients.
		a.Last = 7           // The same row.
		return errors.Join(err, tx.PutFate(logged), tx.PutRecord(a), tx.SetCheckpoint(at))
	})
	a.Seq, a.Exists = 8, false
	mustWrite(t, db, func(tx *sqlite.Tx) error { return errors.Join(tx.PutRecord(a), tx.SetCheckpoint(at)) })
	want := []string{"rejected c4", "row b", "rejected c6", "row a"}
	for limit := 1; limit <= 6; limit++ {
		var got []string
		page := projection.Page{More: true}
		for page.More {
			var err error
			if page, err = db.Since(page.Next, limit); err != nil {
				t.Fatal(err)
			}
			if n := len(page.Rows) + len(page.Rejected); n > limit {
				t.Errorf("limit %d: a page of %d", limit, n)
			}
			got = append(got, told(page)...)
		}
		if limit == 1 { // Within a page, rows and rejections are apart.
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("limit 1 (-want +got):\n%s", diff)
			}
		}
		if len(got) != len(want) {
			t.Errorf("limit %d: %q", limit, got)
		}
		if rest, err := db.Since(page.Next, limit); err != nil || rest.More || len(told(rest)) != 0 {
			t.Errorf("limit %d: after the end %+v, %v", limit, rest, err)
		}
	}
}

func told(p projection.Page) []string {
	var out []string
	for _, r := range p.Rows {
		out = append(out, "row "+r.ID)
	}
	for _, r := range p.Rejected {
		out = append(out, "rejected "+r.Command)
	}
	return out
}

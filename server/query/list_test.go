package query

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"optimist/server/sqlite"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// told is a log whose tail is empty, and what it answers about any command.
type told struct{ verdict protocol.Verdict }

func (t told) Outcome(ref user.Ref) (protocol.Reply, error) {
	return protocol.Reply{Command: ref.Command, Verdict: t.verdict}, nil
}
func (t told) Ahead(string) (projection.Record, user.Ref, bool) {
	return projection.Record{}, user.Ref{}, false
}
func (t told) AheadRecords() []string       { return nil }
func (t told) Follow() uint64               { return 5 }
func (t told) Logged(context.Context) error { return nil }
func (t told) Epoch() string                { return "log/1" }
func (t told) Checkpoint() uint64           { return 5 }

// What the rows hold and nobody was told of yet is not settled: its outcome is
// still that it was accepted.
func TestRecordIsNotSettledBeforeItsOutcome(t *testing.T) {
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "rows.db"), sqlite.Normal)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if err := tx.PutRecord(projection.Record{ID: "u1", Last: 5, Newest: 5}); err != nil {
		t.Fatal(err)
	}
	fate := projection.Fate{
		Ref: user.Ref{Client: "ada", Command: "c1"}, Record: "u1", Op: user.Create,
		Status: projection.Rejected, Seq: 5, Code: user.ErrEmailTaken,
	}
	if err := tx.PutFate(fate); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	for verdict, settled := range map[protocol.Verdict]bool{
		protocol.Accepted: false, protocol.RolledBack: true, protocol.Confirmed: true,
	} {
		s := &Service{rows: db, progress: told{verdict}, tail: told{verdict}}
		list, err := s.list(t.Context(), protocol.Query{Record: "u1", Limit: 1})
		if err != nil || len(list.Records) != 1 {
			t.Fatalf("%+v, %v", list, err)
		}
		if got := list.Records[0].Settled; got != settled {
			t.Errorf("settled while the last command is %s: %v", verdict, got)
		}
	}
}

// The log's column does not lie about a row that was written before its event.
func TestLogOfARowWithoutItsEvent(t *testing.T) {
	create := projection.Fate{
		Ref: user.Ref{Client: "ada", Command: "c1"}, Record: "u1", Op: user.Create, Status: projection.Applied, Seq: 5, Version: 1,
	}
	row := projection.Record{
		ID: "u1", Last: 5, Newest: 5, Seq: 5, State: user.State{Exists: true, Version: 2, Name: "Ada", Email: "ada@example.org"},
	}
	direct := row
	direct.Direct, direct.Changed = true, user.Ref{Client: "ada", Command: "c2"}
	alone := direct
	alone.Seq, alone.Newest, alone.Last, alone.Version = 0, 0, 0, 1
	for name, c := range map[string]struct {
		row  projection.Record
		want uint64
	}{
		"all in the log":         {row, 2},
		"the edit is not":        {direct, 1},
		"not even the create is": {alone, 0},
	} {
		t.Run(name, func(t *testing.T) {
			db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "rows.db"), sqlite.Normal)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			tx, err := db.Begin()
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(tx.PutRecord(c.row), tx.PutFate(create), tx.Commit()); err != nil {
				t.Fatal(err)
			}
			s := &Service{rows: db, progress: told{protocol.Confirmed}, tail: told{protocol.Confirmed}}
			rec, err := s.record("u1")
			if err != nil || rec.Log != c.want || rec.DB != c.row.Version {
				t.Errorf("%+v, %v; want version %d in the log", rec, err, c.want)
			}
		})
	}
}

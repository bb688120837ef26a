package query

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"optimist/server/sqlite"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// tailOf is a log whose tail makes these of some records.
type tailOf struct {
	told
	ahead []projection.Record
}

func (t tailOf) Ahead(id string) (projection.Record, user.Ref, bool) {
	for _, r := range t.ahead {
		if r.ID == id {
			return r, r.Changed, true
		}
	}
	return projection.Record{}, user.Ref{}, false
}

func (t tailOf) AheadRecords() []string {
	var ids []string
	for _, r := range t.ahead {
		ids = append(ids, r.ID)
	}
	return ids
}

func (t tailOf) Follow() uint64 { return 9 }

// record returns a user that the event at seq made or changed last.
func record(id, name string, seq uint64) projection.Record {
	return projection.Record{
		ID: id, Seq: seq, Last: seq, Newest: seq,
		State: user.State{Exists: true, Name: name, Email: id + "@example.org", Version: 1},
	}
}

// mustRows returns a service over rows a to e and a tail that has more to say.
func mustRows(t *testing.T, ahead ...projection.Record) *Service {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "rows.db"), sqlite.Normal)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	cp := sqlite.Checkpoint{Stream: "log", Build: 1}
	errs := []error{tx.TakeOver(cp)}
	for i, id := range []string{"a", "b", "c", "d", "e"} {
		errs = append(errs, tx.PutRecord(record(id, "row", uint64(i+3))))
	}
	cp.Seq = 7
	if err := errors.Join(append(errs, tx.SetCheckpoint(cp), tx.Commit())...); err != nil {
		t.Fatal(err)
	}
	tail := tailOf{ahead: ahead}
	return &Service{rows: db, progress: tail, tail: tail, greet: func() {}}
}

// A client that reads the log gets every record as the log makes it, whatever it
// had before, in pages, and the position from which the log's feed goes on.
func TestSyncOfTheLog(t *testing.T) {
	gone := record("d", "", 8)
	gone.Exists, gone.Version = false, 2
	s := mustRows(t, record("b", "log", 9), gone, record("f", "log", 10), projection.Record{ID: "g", Last: 9})
	got := map[string]protocol.Row{}
	q := protocol.Query{Ask: protocol.AskSync, Log: true, Epoch: "log/1", Since: 6, Limit: 2}
	for pages := 1; ; pages++ {
		page, err := s.syncLog(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if page.Full != (pages == 1) || !page.Log || page.To != 9 || page.Change != 9 || page.Epoch != "log/1" {
			t.Errorf("page %d: %+v", pages, page)
		}
		for _, r := range page.Rows {
			got[r.ID] = r
		}
		q.Since = page.Next
		if !page.More {
			break
		}
	}
	text := ""
	for _, id := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		if r, found := got[id]; found {
			text += fmt.Sprintf("%s=%s@%d deleted %v; ", id, r.Name, r.Change, r.Deleted)
		}
	}
	want := "a=row@9 deleted false; b=log@9 deleted false; c=row@9 deleted false; d=@9 deleted true; " +
		"e=row@9 deleted false; f=log@10 deleted false; "
	if text != want {
		t.Errorf("rows %s, want %s", text, want)
	}
}

// What the log is ahead with has a page of its own where it would not fit, and is
// not answered in part.
func TestSyncOfALogThatIsFarAhead(t *testing.T) {
	for _, tc := range []struct {
		ahead   int
		name    int // Characters.
		pages   int
		tooMany bool
	}{{0, 0, 1, false}, {3, 10, 1, false}, {646, 130, 2, false}, {700, 200, 1, true}} {
		var ahead []projection.Record
		for i := range tc.ahead {
			ahead = append(ahead, record(fmt.Sprintf("x%d", i), strings.Repeat("n", tc.name), 9))
		}
		s := mustRows(t, ahead...)
		q := protocol.Query{Log: true, Limit: 100}
		rows, pages := 0, 0
		var err error
		for more := true; more && err == nil; pages++ {
			var page protocol.Sync
			page, err = s.syncLog(t.Context(), q)
			rows, more, q.Since, q.Epoch = rows+len(page.Rows), page.More, page.Next, page.Epoch
		}
		if tc.tooMany {
			if !errors.Is(err, errFarAhead) {
				t.Errorf("%d ahead: %v", tc.ahead, err)
			}
			continue
		}
		if err != nil || rows != 5+tc.ahead || pages != tc.pages {
			t.Errorf("%d ahead: %d rows in %d pages, %v", tc.ahead, rows, pages, err)
		}
	}
}

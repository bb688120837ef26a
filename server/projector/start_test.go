package projector_test

import (
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"optimist/server/projector"
	"optimist/server/sqlite"
	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// mustLock takes the write lock of the file behind the projector's back.
func (w *world) mustLock() *sql.Tx {
	w.t.Helper()
	db, err := sql.Open("sqlite3", "file:"+w.path+"?_txlock=immediate")
	if err != nil {
		w.t.Fatal(err)
	}
	tx, err := db.Begin()
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = db.Close() })
	return tx
}

func TestFreshReadModelAnnouncesItself(t *testing.T) {
	w := mustWorld(t)
	w.mustOpen()
	if want := w.log.Stream() + "/1"; w.p.Epoch() != want {
		t.Errorf("epoch %s, want %s", w.p.Epoch(), want)
	}
	ev, err := w.log.At(t.Context(), 2)
	if err != nil || ev.Kind != event.Epoch || ev.Build != 1 {
		t.Errorf("event #2: %+v, %v", ev, err)
	}
	w.mustReopen()
	w.mustOpen()
	if end, err := w.log.End(t.Context()); err != nil || end != 2 {
		t.Errorf("the log ends at #%d (%v) after a restart, want #2: the build is the same", end, err)
	}
}

func TestMismatch(t *testing.T) {
	for _, tc := range []struct {
		name  string
		spoil string
		want  string
	}{
		{"ahead of the log", "UPDATE checkpoint SET seq = 1000", "it is at #1000, and the log ends at #3"},
		{"another event", "UPDATE checkpoint SET event_id = 'bob/1'", "its #3 is bob/1, and the log's is epoch/"},
		{"another log", "UPDATE checkpoint SET stream = 'other'", "it was made from log other"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := mustWorld(t)
			w.mustAppend(create("a", "c1", "ada@example.org"))
			w.mustOpen()
			w.mustSQL(tc.spoil)
			w.mustReopen()
			_, err := projector.Open(t.Context(), w.config())
			var mismatch *projector.MismatchError
			if !errors.As(err, &mismatch) {
				t.Fatalf("open: %v", err)
			}
			for _, want := range []string{tc.want, "optimistd rebuild"} {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q does not say %q", err, want)
				}
			}
			if _, err := projector.Verify(t.Context(), w.log, w.db); !errors.As(err, &mismatch) {
				t.Errorf("verify: %v", err)
			}
			w.closeDB()
			cp, err := projector.Rebuild(t.Context(), w.path, sqlite.Normal, projector.Config{Log: w.log})
			if err != nil || cp.Build != 2 {
				t.Fatalf("rebuild: %+v, %v", cp, err)
			}
			w.mustReopen()
			w.mustOpen()
		})
	}
}

func TestRebuildOfAnUnreadableFile(t *testing.T) {
	w := mustWorld(t)
	w.mustAppend(create("a", "c1", "ada@example.org"))
	w.mustOpen()
	before := w.mustRecords()
	w.closeDB()
	if err := os.WriteFile(w.path, []byte(strings.Repeat("this is no database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Open(t.Context(), w.path, sqlite.Normal); err == nil || !strings.Contains(err.Error(), "optimistd rebuild") {
		t.Errorf("open: %v", err)
	}
	if _, err := projector.Rebuild(t.Context(), w.path, sqlite.Normal, projector.Config{Log: w.log}); err != nil {
		t.Fatal(err)
	}
	w.mustReopen()
	if got := w.mustRecords(); !slices.Equal(got, before) {
		t.Errorf("records %+v, want %+v", got, before)
	}
}

func TestOldReadModelTakesOver(t *testing.T) {
	w := mustWorld(t)
	stop := w.start()
	w.awaitTold(w.mustAppend(create("a", "c1", "ada@example.org")))
	stop()
	// A rebuild that announced itself and then crashed.
	epoch := event.Event{Kind: event.Epoch, Stream: w.log.Stream(), Build: 2}
	if _, err := w.log.Append(t.Context(), epoch, 0); err != nil {
		t.Fatal(err)
	}
	w.restart(stop)
	if want := w.log.Stream() + "/3"; w.p.Epoch() != want {
		t.Errorf("epoch %s, want %s", w.p.Epoch(), want)
	}
	w.mustVerify()
}

func TestSupersededProjectorStops(t *testing.T) {
	w := mustWorld(t)
	w.mustOpen()
	epoch := event.Event{Kind: event.Epoch, Stream: w.log.Stream(), Build: 9}
	if _, err := w.log.Append(t.Context(), epoch, 0); err != nil {
		t.Fatal(err)
	}
	if err := w.p.Run(t.Context()); !errors.Is(err, projector.ErrSuperseded) {
		t.Errorf("run: %v", err)
	}
	if got := w.p.Status().State; got != protocol.Failed {
		t.Errorf("status: %s", got)
	}
}

func TestVerifyFindsATamperedRow(t *testing.T) {
	w := mustWorld(t)
	w.mustAppend(create("a", "c1", "ada@example.org"))
	w.mustAppend(create("b", "c2", "bea@example.org"))
	w.mustOpen()
	w.mustVerify()
	w.mustSQL("UPDATE records SET name = 'Mallory' WHERE id = 'a'")
	w.mustSQL("DELETE FROM records WHERE id = 'b'")
	diff, err := projector.Verify(t.Context(), w.log, w.db)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`a: the log says "name of a" <ada@example.org> v1 at #2; the read model says "Mallory" <ada@example.org> v1 at #2`,
		`b: the log says "name of b" <bea@example.org> v1 at #3; the read model has no such record`,
	}
	if !slices.Equal(diff.Lines, want) {
		t.Errorf("differences %q, want %q", diff.Lines, want)
	}
}

// TestFeedIsWhatTheRowsAre plays random commands against a running projector,
// with a restart, and folds the feed as a client does.
func TestFeedIsWhatTheRowsAre(t *testing.T) {
	w := mustWorld(t)
	stop := w.start()
	rnd := rand.New(rand.NewPCG(7, 7))
	for i := range 600 {
		w.mustAppend(randomChange(rnd, i))
		if i == 300 {
			w.awaitQuiet()
			stop = w.restart(stop)
		}
	}
	w.awaitQuiet()
	stop()
	w.checkFeeds()
	w.mustVerify()
	w.mustRebuild()
}

// randomChange returns a change of one of a few users with a few emails.
func randomChange(rnd *rand.Rand, i int) event.Event {
	op := []user.Op{user.Create, user.Edit, user.Delete}[rnd.IntN(3)]
	ev := change(op, fmt.Sprintf("r%d", rnd.IntN(20)), fmt.Sprintf("c%d", i), user.Patch{})
	if op != user.Delete {
		ev.Patch = user.SetBoth(fmt.Sprintf("n%d", i), fmt.Sprintf("e%d@example.org", rnd.IntN(12)))
	}
	if rnd.IntN(3) == 0 && i > 0 {
		ev.Cause = ref(fmt.Sprintf("c%d", rnd.IntN(i)))
	}
	return ev
}

// checkFeeds checks that the messages have no gap, apart from the restart, and
// that the rows they tell are those of the read model.
func (w *world) checkFeeds() {
	w.t.Helper()
	rows := map[string]protocol.Row{}
	at, gaps := uint64(2), 0
	for _, f := range w.feeds {
		if f.From != at {
			gaps++
		}
		at = f.To
		for _, r := range f.Rows {
			rows[r.ID] = r
		}
	}
	if gaps > 1 {
		w.t.Errorf("%d gaps between feed messages, want at most that of the restart", gaps)
	}
	for _, rec := range w.mustRecords() {
		if want := projection.RowOf(rec); rec.Version > 0 && rows[rec.ID] != want {
			w.t.Errorf("the feed told %+v, the row is %+v", rows[rec.ID], want)
		}
	}
}

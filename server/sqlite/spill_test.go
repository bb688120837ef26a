package sqlite_test

import (
	"os"
	"path/filepath"
	"testing"

	"optimist/server/sqlite"
)

// What is spilled is in the file, and yet nobody sees it, not even after a crash,
// before it is committed.
func TestSpill(t *testing.T) {
	db, path := mustFresh(t)
	for _, keep := range []bool{false, true} {
		tx, err := db.Begin()
		if err != nil {
			t.Fatal(err)
		}
		if err := tx.PutRecord(living("u1", 3, "ada@example.org")); err != nil {
			t.Fatal(err)
		}
		before := sizeOf(t, path+"-wal")
		if err := tx.Spill(); err != nil {
			t.Fatal(err)
		}
		if after := sizeOf(t, path+"-wal"); !keep && after == before {
			t.Errorf("the write-ahead log has %d bytes, as before", after)
		}
		mustHold(t, db, false)
		mustHold(t, mustOpen(t, leftAt(t, path)), false)
		end := tx.Rollback
		if keep {
			end = tx.Commit
		}
		if err := end(); err != nil {
			t.Fatal(err)
		}
		mustHold(t, db, keep)
		mustHold(t, mustOpen(t, leftAt(t, path)), keep)
	}
}

// mustHold checks whether the read model has a record.
func mustHold(t *testing.T, db *sqlite.DB, want bool) {
	t.Helper()
	if _, found, err := db.Record("u1"); err != nil || found != want {
		t.Errorf("the record is there: %t, %v; want %t", found, err, want)
	}
}

func sizeOf(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// leftAt returns a copy of the read model as a crash at this moment leaves it.
func leftAt(t *testing.T, path string) string {
	t.Helper()
	left := filepath.Join(t.TempDir(), "left.db")
	for _, end := range []string{"", "-wal"} {
		data, err := os.ReadFile(path + end)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(left+end, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return left
}

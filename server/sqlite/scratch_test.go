package sqlite

import (
	"context"
	"fmt"
	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/user"
	"path/filepath"
	"testing"
	"time"
)

func TestScratch(t *testing.T) {
	for i := 0; i < 5; i++ {
		s := time.Now()
		db, err := Open(context.Background(), filepath.Join(t.TempDir(), fmt.Sprint("x", i)), Normal)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println("open normal", time.Since(s))
		db.Close()
	}
	for i := 0; i < 3; i++ {
		s := time.Now()
		db, err := Open(context.Background(), filepath.Join(t.TempDir(), fmt.Sprint("x", i)), Full)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println("open full", time.Since(s))
		db.Close()
	}
}
func BenchmarkOne(b *testing.B) {
	db, err := Open(context.Background(), filepath.Join(b.TempDir(), "x"), Normal)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	tx, _ := db.Begin()
	tx.TakeOver(Checkpoint{Stream: "s", Build: 1, Epoch: 1})
	tx.Commit()
	seq := uint64(1)
	for _, n := range []int{1, 64, 1024} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for i := 0; i < b.N; i += n {
				tx, err := db.Begin()
				if err != nil {
					b.Fatal(err)
				}
				for j := 0; j < n; j++ {
					seq++
					ev := event.Event{Kind: event.Created, Seq: seq, Ref: user.Ref{Client: "client", Command: fmt.Sprintf("0190-cmd-%012d", seq)}, Record: fmt.Sprintf("0190-rec-%012d", seq), Op: user.Create, Patch: user.SetBoth("Ada Lovelace", fmt.Sprintf("ada%d@example.org", seq))}
					tx.Savepoint()
					if _, err := projection.Apply(tx, ev, nil, ""); err != nil {
						b.Fatal(err)
					}
					tx.Release()
				}
				if err := tx.SetCheckpoint(Checkpoint{Stream: "s", Build: 1, Seq: seq, EventID: "c/1"}); err != nil {
					b.Fatal(err)
				}
				if err := tx.Commit(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
func BenchmarkBare(b *testing.B) {
	db, err := Open(context.Background(), filepath.Join(b.TempDir(), "x"), Normal)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	ctx := context.Background()
	db.conn.ExecContext(ctx, "CREATE TABLE bare(id TEXT PRIMARY KEY, name TEXT, email TEXT, version INTEGER)")
	db.conn.ExecContext(ctx, "CREATE TABLE cp(id INTEGER PRIMARY KEY, seq INTEGER)")
	ins, err := db.conn.PrepareContext(ctx, "INSERT INTO bare VALUES(?,?,?,?) ON CONFLICT(id) DO UPDATE SET name=excluded.name")
	if err != nil {
		b.Fatal(err)
	}
	cp, _ := db.conn.PrepareContext(ctx, "INSERT INTO cp VALUES(1,?) ON CONFLICT(id) DO UPDATE SET seq=excluded.seq")
	seq := 0
	for _, n := range []int{1, 1024} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for i := 0; i < b.N; i += n {
				db.tx.begin.exec()
				for j := 0; j < n; j++ {
					seq++
					ins.Exec(fmt.Sprintf("0190-rec-%012d", seq), "Ada Lovelace", fmt.Sprintf("ada%d@example.org", seq), 1)
				}
				cp.Exec(seq)
				db.tx.commit.exec()
			}
		})
	}
}

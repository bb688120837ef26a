package projector_test

import (
	"context"
	"database/sql"

	"optimist/shared/event"
)

// bare is the least that a confirmation needs of SQLite.
type bare struct {
	conn        *sql.Conn
	put1, moved *sql.Stmt
}

func (w *world) mustBare() *bare {
	w.t.Helper()
	ctx := context.Background()
	db, err := sql.Open("sqlite3", w.path+"?_journal_mode=WAL&_synchronous=NORMAL")
	if err != nil {
		w.t.Fatal(err)
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		w.t.Fatal(err)
	}
	w.mustSQL("CREATE TABLE position (one INTEGER PRIMARY KEY, seq INTEGER)")
	b := &bare{conn: conn}
	if b.put1, err = conn.PrepareContext(ctx, "INSERT INTO bare VALUES (?, ?, ?, 1) ON CONFLICT DO NOTHING"); err != nil {
		w.t.Fatal(err)
	}
	if b.moved, err = conn.PrepareContext(ctx, "INSERT OR REPLACE INTO position VALUES (1, ?)"); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = db.Close() })
	return b
}

func (b *bare) put(ev event.Event) error {
	ctx := context.Background()
	if _, err := b.conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if _, err := b.put1.Exec(ev.Record, ev.Patch.Name, ev.Patch.Email); err != nil {
		return err
	}
	if _, err := b.moved.Exec(ev.Seq); err != nil {
		return err
	}
	_, err := b.conn.ExecContext(ctx, "COMMIT")
	return err
}

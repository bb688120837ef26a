package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// readStatements are the prepared statements of the connections that read.
type readStatements struct {
	all []*sql.Stmt

	checkpoint   *sql.Stmt
	record, list *sql.Stmt
	fate, fateAt *sql.Stmt
	unlogged     *sql.Stmt
	owner, claim *sql.Stmt
	outbox       *sql.Stmt
}

// prepare prepares every statement on db.
func (r *readStatements) prepare(ctx context.Context, db *sql.DB) error {
	for _, s := range []struct {
		to  **sql.Stmt
		sql string
	}{
		{&r.checkpoint, selectCheckpoint},
		{&r.record, selectRecord + " WHERE id = ?"},
		{&r.list, selectRecord + " WHERE id > ? ORDER BY id LIMIT ?"},
		{&r.fate, selectFate + " WHERE client = ? AND command_id = ?"},
		{&r.fateAt, selectFate + " WHERE seq = ?"},
		{&r.unlogged, selectFate + " WHERE status = 'rejected' AND logged = 0 ORDER BY seq"},
		{&r.outbox, "SELECT id, event FROM outbox ORDER BY id LIMIT ?"},
		{&r.owner, selectOwner},
		{&r.claim, selectClaim + " WHERE token = ?"},
	} {
		stmt, err := db.PrepareContext(ctx, s.sql) //nolint:sqlclosecheck // close closes it.
		if err != nil {
			return fmt.Errorf("prepare %.40q: %w", s.sql, err)
		}
		*s.to = stmt
		r.all = append(r.all, stmt)
	}
	return nil
}

func (r *readStatements) close() error {
	var errs []error
	for _, s := range r.all {
		errs = append(errs, s.Close())
	}
	return errors.Join(errs...)
}

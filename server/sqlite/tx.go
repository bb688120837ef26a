package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// Tx is the open write transaction of a DB, and a projection.Store. There is
// one at a time. Its statements run without a context: a context that can end
// would cost a goroutine for each.
type Tx struct {
	conn      *sql.Conn
	stmts     []*sql.Stmt
	open      bool
	committed uint64 // The last change number of the last commit.
	change    uint64 // The last change number given.

	begin, commit, rollback         *sql.Stmt
	savepoint, release, back        *sql.Stmt
	record, putRecord, owner        *sql.Stmt
	fate, fateAt, putFate           *sql.Stmt
	updateCheckpoint, addCheckpoint *sql.Stmt
}

// prepare prepares every statement on conn.
func (tx *Tx) prepare(ctx context.Context, conn *sql.Conn) error {
	tx.conn = conn
	for _, s := range []struct {
		to  **sql.Stmt
		sql string
	}{
		{&tx.begin, "BEGIN IMMEDIATE"},
		{&tx.commit, "COMMIT"},
		{&tx.rollback, "ROLLBACK"},
		{&tx.savepoint, "SAVEPOINT event"},
		{&tx.release, "RELEASE event"},
		{&tx.back, "ROLLBACK TO event"},
		{&tx.record, selectRecord + " WHERE id = ?"},
		{&tx.putRecord, upsertRecord},
		{&tx.owner, "SELECT id FROM records WHERE email_key = ?"},
		{&tx.fate, selectFate + " WHERE client = ? AND command_id = ?"},
		{&tx.fateAt, selectFate + " WHERE seq = ?"},
		{&tx.putFate, upsertFate},
		{&tx.updateCheckpoint, updateCheckpoint},
		{&tx.addCheckpoint, insertCheckpoint},
	} {
		stmt, err := conn.PrepareContext(ctx, s.sql)
		if err != nil {
			return fmt.Errorf("prepare %.40q: %w", s.sql, err)
		}
		*s.to = stmt
		tx.stmts = append(tx.stmts, stmt)
	}
	return nil
}

// close rolls back what is open and closes the statements.
func (tx *Tx) close() error {
	var errs []error
	if tx.open {
		errs = append(errs, tx.Rollback())
	}
	for _, s := range tx.stmts {
		errs = append(errs, s.Close())
	}
	return errors.Join(errs...)
}

// Begin takes the write lock and returns the transaction. End it with Commit or
// Rollback.
func (db *DB) Begin() (*Tx, error) {
	tx := &db.tx
	if tx.open {
		panic("sqlite: begin inside a transaction")
	}
	if err := exec(tx.begin); err != nil {
		return nil, fmt.Errorf("begin: %w", err)
	}
	tx.open, tx.change = true, tx.committed
	return tx, nil
}

// Change returns the last change number given, here or before.
func (tx *Tx) Change() uint64 { return tx.change }

// Commit makes everything since Begin visible to readers, and durable as the
// mode says. After an error the transaction is still open: roll it back.
func (tx *Tx) Commit() error {
	if err := exec(tx.commit); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	tx.open, tx.committed = false, tx.change
	return nil
}

// Rollback undoes everything since Begin.
func (tx *Tx) Rollback() error {
	tx.open = false
	err := exec(tx.rollback)
	// A full disk or a failed write has rolled the transaction back already.
	if err != nil && strings.Contains(err.Error(), "no transaction is active") {
		return nil
	}
	return err
}

// Savepoint marks where RollbackTo goes back to.
func (tx *Tx) Savepoint() error { return exec(tx.savepoint) }

// Release forgets the savepoint and keeps what was done since.
func (tx *Tx) Release() error { return exec(tx.release) }

// RollbackTo undoes everything since the savepoint, which stays.
func (tx *Tx) RollbackTo() error { return exec(tx.back) }

// exec runs a statement that returns no rows.
func exec(stmt *sql.Stmt, args ...any) error {
	_, err := stmt.Exec(args...)
	return err
}

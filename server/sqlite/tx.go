package sqlite

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
)

// Tx is the open write transaction of a DB, and a projection.Store. There is
// one at a time: another Begin waits for its end. Its statements run without a context: they are short, and a
// context that can end would cost a goroutine for each.
type Tx struct {
	all       []*statement
	seen      *seen      // Of the DB.
	one       sync.Mutex // Held while the transaction is open.
	open      bool
	committed uint64 // The last change number of the last commit.
	change    uint64 // The last change number given.

	begin, commit, rollback         statement
	savepoint, release, back        statement
	record, putRecord, owner        statement
	fate, fateAt, putFate           statement
	claim, putClaim                 statement
	addOutbox, deleteOutbox         statement
	setChange                       statement
	updateCheckpoint, addCheckpoint statement
}

// prepare prepares every statement on conn.
func (tx *Tx) prepare(conn *sql.Conn) (err error) {
	for _, s := range []struct {
		to  *statement
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
		{&tx.owner, selectOwner},
		{&tx.fate, selectFate + " WHERE client = ? AND command_id = ?"},
		{&tx.fateAt, selectFate + " WHERE seq = ?"},
		{&tx.putFate, upsertFate},
		{&tx.claim, selectClaim + " WHERE token = ?"},
		{&tx.putClaim, upsertClaim},
		{&tx.addOutbox, "INSERT INTO outbox (event) VALUES (?)"},
		{&tx.deleteOutbox, "DELETE FROM outbox WHERE id = ?"},
		{&tx.setChange, "UPDATE checkpoint SET change = ?"},
		{&tx.updateCheckpoint, updateCheckpoint},
		{&tx.addCheckpoint, insertCheckpoint},
	} {
		if *s.to, err = prepare(conn, s.sql); err != nil {
			return err
		}
		tx.all = append(tx.all, s.to)
	}
	return nil
}

// close rolls back what is open and closes the statements.
func (tx *Tx) close() error {
	var errs []error
	if tx.open {
		errs = append(errs, tx.Rollback())
	}
	for _, s := range tx.all {
		errs = append(errs, s.close())
	}
	return errors.Join(errs...)
}

// Begin waits for the end of the transaction that is open, takes the write lock
// and returns the new one. End it with Commit or Rollback, on the goroutine that
// began it.
func (db *DB) Begin() (*Tx, error) {
	tx := &db.tx
	tx.one.Lock()
	if err := tx.begin.exec(); err != nil {
		tx.one.Unlock()
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
	if err := tx.commit.exec(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	tx.committed = tx.change
	tx.end()
	return nil
}

// end lets the next transaction begin.
func (tx *Tx) end() {
	tx.open = false
	tx.one.Unlock()
}

// Rollback undoes everything since Begin.
func (tx *Tx) Rollback() error {
	err := tx.rollback.exec()
	tx.end()
	// A full disk or a failed write has rolled the transaction back already.
	if err != nil && strings.Contains(err.Error(), "no transaction is active") {
		return nil
	}
	return err
}

// Savepoint marks where RollbackTo goes back to.
func (tx *Tx) Savepoint() error { return tx.savepoint.exec() }

// Release forgets the savepoint and keeps what was done since.
func (tx *Tx) Release() error { return tx.release.exec() }

// RollbackTo undoes everything since the savepoint, which stays.
func (tx *Tx) RollbackTo() error { return tx.back.exec() }

package sqlite

import (
	"database/sql"
	"errors"
	"fmt"

	"optimist/shared/projection"
	"optimist/shared/user"
)

const selectRecord = `SELECT id, living, name, email, version, name_seq, email_seq, name_by, email_by,
	seq, last_seq, newest_seq, born_seq, changed_client, changed_command, direct, change FROM records`

// upsertRecord keeps the change number of a record whose state is as before.
const upsertRecord = `INSERT INTO records (id, living, name, email, email_key, version,
	name_seq, email_seq, name_by, email_by, seq, last_seq, newest_seq, born_seq, changed_client, changed_command, direct, change)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (id) DO UPDATE SET living = excluded.living, name = excluded.name, email = excluded.email,
	email_key = excluded.email_key, version = excluded.version, name_seq = excluded.name_seq,
	email_seq = excluded.email_seq, name_by = excluded.name_by, email_by = excluded.email_by,
	seq = excluded.seq, last_seq = excluded.last_seq, newest_seq = excluded.newest_seq, born_seq = excluded.born_seq,
	changed_client = excluded.changed_client, changed_command = excluded.changed_command, direct = excluded.direct,
	change = CASE WHEN excluded.seq = seq AND excluded.version = version THEN change ELSE excluded.change END`

const selectOwner = "SELECT id FROM records WHERE email_key = ?"

// scanner is a row of a result.
type scanner interface{ Scan(dest ...any) error }

// scanRecord reads a row of selectRecord.
func scanRecord(row scanner) (rec projection.Record, err error) {
	err = row.Scan(&rec.ID, &rec.Exists, &rec.Name, &rec.Email, &rec.Version,
		&rec.NameSeq, &rec.EmailSeq, &rec.NameBy, &rec.EmailBy,
		&rec.Seq, &rec.Last, &rec.Newest, &rec.Born, &rec.Changed.Client, &rec.Changed.Command,
		&rec.Direct, &rec.Change)
	return rec, err
}

// Record returns the record as it is within the transaction, or false.
func (tx *Tx) Record(id string) (rec projection.Record, found bool, err error) {
	if !tx.seen.mayRecord(id) {
		return projection.Record{}, false, nil
	}
	if found, err = tx.record.first(id); found {
		rec, err = scanRecord(&tx.record)
	}
	if err != nil {
		return projection.Record{}, false, fmt.Errorf("read record %s: %w", id, err)
	}
	return rec, found, nil
}

// PutRecord writes the record whole, under a new change number if its Seq or
// Version changed.
func (tx *Tx) PutRecord(r projection.Record) error {
	var key any
	email := ""
	if r.Exists {
		email = user.EmailKey(r.Email)
		key = email
	}
	tx.seen.row(r.ID, email)
	tx.change++
	err := tx.putRecord.exec(r.ID, r.Exists, r.Name, r.Email, key, r.Version,
		r.NameSeq, r.EmailSeq, r.NameBy, r.EmailBy, r.Seq, r.Last, r.Newest, r.Born,
		r.Changed.Client, r.Changed.Command, r.Direct, tx.change)
	if err != nil {
		return fmt.Errorf("write record %s: %w", r.ID, err)
	}
	return nil
}

// EmailOwner returns the living record that has the email, or false.
func (tx *Tx) EmailOwner(email string) (id string, found bool, err error) {
	key := user.EmailKey(email)
	if !tx.seen.mayEmail(key) {
		return "", false, nil
	}
	if found, err = tx.owner.first(key); found {
		err = tx.owner.Scan(&id)
	}
	if err != nil {
		return "", false, fmt.Errorf("read owner of an email: %w", err)
	}
	return id, found, nil
}

// EmailOwner returns the living record that has the email, as committed, or
// false.
func (db *DB) EmailOwner(email string) (id string, found bool, err error) {
	key := user.EmailKey(email)
	if !db.seen.mayEmail(key) {
		return "", false, nil
	}
	err = db.stmt.owner.QueryRow(key).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("read owner of an email: %w", err)
	}
	return id, true, nil
}

// Record returns the committed record, also a tombstone or a mark, or false.
func (db *DB) Record(id string) (projection.Record, bool, error) {
	if !db.seen.mayRecord(id) {
		return projection.Record{}, false, nil
	}
	rec, err := scanRecord(db.stmt.record.QueryRow(id))
	if errors.Is(err, sql.ErrNoRows) {
		return projection.Record{}, false, nil
	}
	if err != nil {
		return projection.Record{}, false, fmt.Errorf("read record %s: %w", id, err)
	}
	return rec, true, nil
}

// List returns up to limit committed records with an id over after, in the
// order of ids: living ones, tombstones, and marks, whose Version is 0.
func (db *DB) List(after string, limit int) ([]projection.Record, error) {
	rows, err := db.stmt.list.Query(after, limit)
	if err != nil {
		return nil, fmt.Errorf("list records: %w", err)
	}
	defer rows.Close()
	var list []projection.Record
	for rows.Next() {
		rec, err := scanRecord(rows)
		if err != nil {
			return nil, fmt.Errorf("list records: %w", err)
		}
		list = append(list, rec)
	}
	return list, rows.Err()
}

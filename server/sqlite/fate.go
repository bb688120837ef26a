package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"optimist/shared/projection"
	"optimist/shared/user"
)

const selectFate = `SELECT seq, client, command_id, record, op, status, version, code, why,
	fallen, root_client, root_command, root_seq, logged, change FROM commands`

// upsertFate keeps the change number of a rejection that was known before. It
// gives a change that was written first its sequence.
const upsertFate = `INSERT INTO commands (seq, client, command_id, record, op, status, version, code, why,
	fallen, root_client, root_command, root_seq, logged, change)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (client, command_id) DO UPDATE SET seq = excluded.seq, status = excluded.status, version = excluded.version,
	code = excluded.code, why = excluded.why, fallen = excluded.fallen,
	root_client = excluded.root_client, root_command = excluded.root_command,
	root_seq = excluded.root_seq, logged = excluded.logged,
	change = CASE WHEN excluded.status = status THEN change ELSE excluded.change END`

// statusWords are the words of the status column, by projection.Status.
var statusWords = [...]string{
	projection.Applied: "applied", projection.Rejected: "rejected", projection.Refused: "refused",
}

// parseStatus is the inverse of statusWords.
func parseStatus(word string) (projection.Status, error) {
	for i, w := range statusWords {
		if w == word && w != "" {
			return projection.Status(i), nil
		}
	}
	return 0, fmt.Errorf("unknown status %q", word)
}

// scanFate reads a row of selectFate.
func scanFate(row scanner) (f projection.Fate, err error) {
	var op, status string
	var seq int64
	err = row.Scan(&seq, &f.Client, &f.Command, &f.Record, &op, &status, &f.Version, &f.Code, &f.Why,
		&f.Fallen, &f.Root.Client, &f.Root.Command, &f.RootSeq, &f.Logged, &f.Change)
	if err != nil {
		return f, err
	}
	f.Seq = uint64(max(seq, 0))
	var ok bool
	if f.Op, ok = user.ParseOp(op); !ok {
		return f, fmt.Errorf("unknown operation %q", op)
	}
	f.Status, err = parseStatus(status)
	f.Silent = f.Status == projection.Rejected && f.Change == 0
	return f, err
}

// Fate returns the fate of the command within the transaction, or false.
func (tx *Tx) Fate(ref user.Ref) (projection.Fate, bool, error) {
	if !tx.seen.mayCommand(ref) {
		return projection.Fate{}, false, nil
	}
	return firstFate(&tx.fate, ref.Client, ref.Command)
}

// FateAt returns the fate of the event at seq within the transaction, or false.
func (tx *Tx) FateAt(seq uint64) (projection.Fate, bool, error) {
	return firstFate(&tx.fateAt, seq)
}

func firstFate(stmt *statement, args ...any) (f projection.Fate, found bool, err error) {
	if found, err = stmt.first(args...); found {
		f, err = scanFate(stmt)
	}
	if err != nil {
		return projection.Fate{}, false, fmt.Errorf("read fate of command %v: %w", args, err)
	}
	return f, found, nil
}

// PutFate writes the fate of a command whole; a rejection that is not silent
// gets a change number.
func (tx *Tx) PutFate(f projection.Fate) error {
	tx.seen.command(f.Ref)
	var change uint64
	if f.Status == projection.Rejected && !f.Silent {
		tx.change++
		change = tx.change
	}
	seq := int64(f.Seq)
	if seq == 0 {
		seq = -int64(tx.change) // Of the row that was written just before, so it is unique.
	}
	err := tx.putFate.exec(seq, f.Client, f.Command, f.Record, f.Op.String(), statusWords[f.Status],
		f.Version, string(f.Code), f.Why, f.Fallen, f.Root.Client, f.Root.Command, f.RootSeq, f.Logged, change)
	if err != nil {
		return fmt.Errorf("write fate of command %s: %w", f.Ref, err)
	}
	return nil
}

// Fate returns the committed fate of the command, or false.
func (db *DB) Fate(ref user.Ref) (projection.Fate, bool, error) {
	if !db.seen.mayCommand(ref) {
		return projection.Fate{}, false, nil
	}
	return oneFate(db.stmt.fate, ref.Client, ref.Command)
}

// FateAt returns the committed fate of the event at seq, or false.
func (db *DB) FateAt(seq uint64) (projection.Fate, bool, error) {
	return oneFate(db.stmt.fateAt, seq)
}

func oneFate(stmt *sql.Stmt, args ...any) (projection.Fate, bool, error) {
	f, err := scanFate(stmt.QueryRow(args...))
	if errors.Is(err, sql.ErrNoRows) {
		return projection.Fate{}, false, nil
	}
	if err != nil {
		return projection.Fate{}, false, fmt.Errorf("read fate of command %v: %w", args, err)
	}
	return f, true, nil
}

// Names calls command with every command that has a fate, and record with every
// record and the key of its email, "" if it is not living, all committed at one
// moment.
func (db *DB) Names(ctx context.Context, command func(user.Ref), record func(id, email string)) error {
	rows, err := db.read.QueryContext(ctx, "SELECT client, command_id, '' FROM commands UNION ALL SELECT '', id, coalesce(email_key, '') FROM records")
	if err != nil {
		return fmt.Errorf("list commands and records: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var ref user.Ref
		var email string
		if err := rows.Scan(&ref.Client, &ref.Command, &email); err != nil {
			return fmt.Errorf("list commands and records: %w", err)
		}
		if ref.Client == "" {
			record(ref.Command, email)
		} else {
			command(ref)
		}
	}
	return rows.Err()
}

// Unlogged returns the committed rejections that the log is still owed, in the
// order of their events.
func (db *DB) Unlogged() ([]projection.Fate, error) {
	rows, err := db.stmt.unlogged.Query()
	if err != nil {
		return nil, fmt.Errorf("list unlogged rejections: %w", err)
	}
	defer rows.Close()
	var list []projection.Fate
	for rows.Next() {
		f, err := scanFate(rows)
		if err != nil {
			return nil, fmt.Errorf("list unlogged rejections: %w", err)
		}
		list = append(list, f)
	}
	return list, rows.Err()
}

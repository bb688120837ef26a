package sqlite

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/mattn/go-sqlite3"
)

// Checkpoint says how far which log is projected into which build of the read
// model. The zero Checkpoint is that of a fresh file.
type Checkpoint struct {
	Stream  string // The log's random id.
	Seq     uint64 // The last event projected; 0: none.
	EventID string // Its id: a sequence alone is not an identity.
	Build   uint64 // Which build of the read model this is, from 1.
	Epoch   uint64 // The sequence of the event that announced the build.
	Change  uint64 // The last change number given. Written by Tx itself.
}

const selectCheckpoint = "SELECT stream, seq, event_id, build, epoch_seq, change FROM checkpoint"

// updateCheckpoint violates a constraint if another build took over. To ask how
// many rows it changed would take a call into C for each of its arguments.
const updateCheckpoint = `UPDATE checkpoint SET seq = ?3, event_id = ?4, epoch_seq = ?5, change = ?6,
	build = CASE WHEN stream = ?1 AND build = ?2 THEN build END`

const insertCheckpoint = `INSERT INTO checkpoint (one, stream, build, seq, event_id, epoch_seq, change)
	VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6)
	ON CONFLICT (one) DO UPDATE SET build = excluded.build, epoch_seq = excluded.epoch_seq
	WHERE stream = excluded.stream AND build < excluded.build`

// Checkpoint returns the committed checkpoint.
func (db *DB) Checkpoint() (Checkpoint, error) {
	return scanCheckpoint(db.stmt.checkpoint.QueryRow())
}

func scanCheckpoint(row *sql.Row) (Checkpoint, error) {
	var cp Checkpoint
	err := row.Scan(&cp.Stream, &cp.Seq, &cp.EventID, &cp.Build, &cp.Epoch, &cp.Change)
	if errors.Is(err, sql.ErrNoRows) {
		return Checkpoint{}, nil
	}
	if err != nil {
		return Checkpoint{}, fmt.Errorf("read checkpoint: %w", err)
	}
	return cp, nil
}

// SetCheckpoint writes how far the log is projected. It returns ErrFenced if
// the file's build is not cp.Build. A build must have taken it over before.
func (tx *Tx) SetCheckpoint(cp Checkpoint) error {
	err := tx.updateCheckpoint.exec(cp.Stream, cp.Build, cp.Seq, cp.EventID, cp.Epoch, tx.change)
	if codeOf(err) == sqlite3.ErrConstraint {
		return fenced(cp)
	}
	if err != nil {
		return fmt.Errorf("write checkpoint: %w", err)
	}
	return nil
}

// TakeOver makes cp.Build the file's build: the first of a fresh file, or one
// newer than what it has. How far the log is projected stays as it was. It
// returns ErrFenced if the file's build is as new.
func (tx *Tx) TakeOver(cp Checkpoint) error {
	written, err := tx.addCheckpoint.change(cp.Stream, cp.Build, cp.Seq, cp.EventID, cp.Epoch, tx.change)
	if err != nil {
		return fmt.Errorf("write checkpoint: %w", err)
	}
	if !written {
		return fenced(cp)
	}
	return nil
}

// fenced says which build was to write.
func fenced(cp Checkpoint) error {
	return fmt.Errorf("write checkpoint #%d of build %d: %w", cp.Seq, cp.Build, ErrFenced)
}

package sqlite

import (
	"errors"
	"fmt"

	"optimist/shared/event"
	"optimist/shared/projection"
)

// OutboxEntry is an event that the rows have and the log may not have yet.
type OutboxEntry struct {
	ID    uint64 // Entries go to the log in this order.
	Event event.Event
}

// WriteDirect writes a change before its event, in a transaction of its own:
// the record, the command's fate, and, unless outbox is nil, the event that the
// log is to get. It returns the row as clients are told of it. It waits for the
// projector's transaction, and the other way round. It returns the errors of
// projection.WriteDirect; IsTransient tells those that may pass.
func (db *DB) WriteDirect(rec projection.Record, fate projection.Fate, outbox *event.Event) (projection.Record, error) {
	tx, err := db.Begin()
	if err != nil {
		return projection.Record{}, fmt.Errorf("write %s before its event: %w", rec.ID, err)
	}
	err = tx.writeDirect(&rec, fate, outbox)
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		err = errors.Join(err, tx.Rollback())
		return projection.Record{}, fmt.Errorf("write %s before its event: %w", rec.ID, err)
	}
	return rec, nil
}

// writeDirect is WriteDirect within the transaction.
func (tx *Tx) writeDirect(rec *projection.Record, fate projection.Fate, outbox *event.Event) error {
	if err := projection.WriteDirect(tx, *rec, fate); err != nil {
		return err
	}
	rec.Change = tx.change
	if outbox != nil {
		data, err := outbox.MarshalJSON()
		if err != nil {
			return err
		}
		if err := tx.addOutbox.exec(string(data)); err != nil {
			return fmt.Errorf("write the outbox: %w", err)
		}
	}
	return tx.setChange.exec(tx.change)
}

// Outbox returns up to limit entries of the outbox, the oldest first.
func (db *DB) Outbox(limit int) ([]OutboxEntry, error) {
	rows, err := db.stmt.outbox.Query(limit)
	if err != nil {
		return nil, fmt.Errorf("read the outbox: %w", err)
	}
	defer rows.Close()
	var list []OutboxEntry
	for rows.Next() {
		var e OutboxEntry
		var data string
		if err := rows.Scan(&e.ID, &data); err != nil {
			return nil, fmt.Errorf("read the outbox: %w", err)
		}
		if err := e.Event.UnmarshalJSON([]byte(data)); err != nil {
			return nil, fmt.Errorf("read entry %d of the outbox: %w", e.ID, err)
		}
		list = append(list, e)
	}
	return list, rows.Err()
}

// DeleteOutbox removes an entry: the log has its event.
func (db *DB) DeleteOutbox(id uint64) error {
	tx, err := db.Begin()
	if err != nil {
		return fmt.Errorf("delete entry %d of the outbox: %w", id, err)
	}
	if err = tx.deleteOutbox.exec(id); err == nil {
		err = tx.Commit()
	}
	if err != nil {
		err = errors.Join(err, tx.Rollback())
		return fmt.Errorf("delete entry %d of the outbox: %w", id, err)
	}
	return nil
}

package sqlite

import (
	"database/sql"
	"errors"
	"fmt"

	"optimist/shared/projection"
)

// Since returns up to limit rows and rejections that changed after the change
// number, as of one moment. It costs what changed, not what there is.
func (db *DB) Since(change uint64, limit int) (projection.Page, error) {
	page, err := db.since(change, limit)
	if err != nil {
		return projection.Page{}, fmt.Errorf("read changes after %d: %w", change, err)
	}
	return page, nil
}

func (db *DB) since(change uint64, limit int) (page projection.Page, err error) {
	tx, err := db.read.Begin()
	if err != nil {
		return page, err
	}
	defer func() { err = errors.Join(err, tx.Rollback()) }()
	cp, err := scanCheckpoint(tx.QueryRow(selectCheckpoint))
	if err != nil {
		return page, err
	}
	page.To, page.Change = cp.Seq, cp.Change
	// Each of the two may fill the page alone, and one more shows that it did.
	rows, err := readSince(tx, selectRecord+recordsSince, change, limit+1, scanRecord)
	if err != nil {
		return page, err
	}
	rejected, err := readSince(tx, selectFate+commandsSince, change, limit+1, scanFate)
	if err != nil {
		return page, err
	}
	page.Merge(rows, rejected, limit)
	return page, nil
}

// What ends the two queries. That for rejections says twice what it wants for
// the sake of a partial index.
const (
	recordsSince  = " WHERE change > ? AND version > 0 ORDER BY change LIMIT ?"
	commandsSince = " WHERE change > ? AND change > 0 ORDER BY change LIMIT ?"
)

func readSince[T any](tx *sql.Tx, query string, change uint64, limit int, scan func(scanner) (T, error)) ([]T, error) {
	rows, err := tx.Query(query, change, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, rows.Err()
}

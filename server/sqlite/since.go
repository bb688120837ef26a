package sqlite

import (
	"database/sql"
	"errors"
	"fmt"

	"optimist/shared/projection"
	"optimist/shared/protocol"
)

// Page is a part of what changed, in the order of change numbers, which rows
// and rejections share.
type Page struct {
	Rows       []protocol.Row // Tombstones too, marks not.
	Rejected   []protocol.Rejection
	Next       uint64     // The change number to go on after.
	More       bool       // There is another page.
	Checkpoint Checkpoint // Of the moment the page was read.
}

// Since returns up to limit rows and rejections that changed after the change
// number, as of one moment. It costs what changed, not what there is.
func (db *DB) Since(change uint64, limit int) (Page, error) {
	page, err := db.since(change, limit)
	if err != nil {
		return Page{}, fmt.Errorf("read changes after %d: %w", change, err)
	}
	return page, nil
}

func (db *DB) since(change uint64, limit int) (page Page, err error) {
	tx, err := db.read.Begin()
	if err != nil {
		return Page{}, err
	}
	defer func() { err = errors.Join(err, tx.Rollback()) }()
	if page.Checkpoint, err = scanCheckpoint(tx.QueryRow(selectCheckpoint)); err != nil {
		return Page{}, err
	}
	// Each of the two may fill the page alone, and one more shows that it did.
	rows, err := readSince(tx, selectRecord+recordsSince, change, limit+1, rowAt)
	if err != nil {
		return Page{}, err
	}
	rejected, err := readSince(tx, selectFate+commandsSince, change, limit+1, rejectionAt)
	if err != nil {
		return Page{}, err
	}
	page.merge(rows, rejected, limit)
	if !page.More {
		page.Next = max(page.Next, page.Checkpoint.Change)
	}
	return page, nil
}

// What ends the two queries. That for rejections says twice what it wants for
// the sake of a partial index.
const (
	recordsSince  = " WHERE change > ? AND seq > 0 ORDER BY change LIMIT ?"
	commandsSince = " WHERE change > ? AND change > 0 ORDER BY change LIMIT ?"
)

// changed is a row or a rejection with its change number.
type changed[T any] struct {
	at   uint64
	what T
}

func readSince[T any](tx *sql.Tx, query string, change uint64, limit int, scan func(scanner) (changed[T], error)) ([]changed[T], error) {
	rows, err := tx.Query(query, change, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []changed[T]
	for rows.Next() {
		c, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

func rowAt(row scanner) (changed[protocol.Row], error) {
	rec, at, err := scanRecord(row)
	return changed[protocol.Row]{at, RowOf(rec)}, err
}

func rejectionAt(row scanner) (changed[protocol.Rejection], error) {
	fate, at, err := scanFate(row)
	return changed[protocol.Rejection]{at, RejectionOf(fate)}, err
}

// merge takes the first limit of both lists by change number.
func (p *Page) merge(rows []changed[protocol.Row], rejected []changed[protocol.Rejection], limit int) {
	for range limit {
		switch {
		case len(rows) > 0 && (len(rejected) == 0 || rows[0].at < rejected[0].at):
			p.Rows, p.Next = append(p.Rows, rows[0].what), rows[0].at
			rows = rows[1:]
		case len(rejected) > 0:
			p.Rejected, p.Next = append(p.Rejected, rejected[0].what), rejected[0].at
			rejected = rejected[1:]
		}
	}
	p.More = len(rows)+len(rejected) > 0
}

// RejectionOf returns what clients are told of a rejection.
func RejectionOf(f projection.Fate) protocol.Rejection {
	r := protocol.Rejection{
		Client: f.Client, Command: f.Command, Record: f.Record,
		Seq: f.Seq, Code: f.Code, Why: f.Why,
	}
	if f.Root != f.Ref {
		r.Root = f.Root.Command
	}
	return r
}

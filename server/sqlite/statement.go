package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"

	"github.com/mattn/go-sqlite3"

	"optimist/shared/user"
)

// statement is a prepared statement of the connection that writes. It goes
// round database/sql, and runs everything as a query: that way the driver binds
// and steps in one call into C instead of one for each argument. With a dozen
// arguments a statement, this is most of what a small transaction costs.
type statement struct {
	stmt *sqlite3.SQLiteStmt
	args []driver.NamedValue
	row  []driver.Value
}

// prepare prepares text on conn, which must be held for as long as the
// statement is used.
func prepare(conn *sql.Conn, text string) (s statement, err error) {
	err = conn.Raw(func(c any) error {
		stmt, err := c.(*sqlite3.SQLiteConn).Prepare(text)
		if err == nil {
			s.stmt = stmt.(*sqlite3.SQLiteStmt)
			s.args = make([]driver.NamedValue, s.stmt.NumInput())
		}
		return err
	})
	if err != nil {
		return s, fmt.Errorf("prepare %.40q: %w", text, err)
	}
	return s, nil
}

func (s *statement) close() error {
	if s.stmt == nil {
		return nil
	}
	return s.stmt.Close()
}

// exec runs a statement whose rows do not matter.
func (s *statement) exec(args ...any) error {
	rows, err := s.query(args)
	if err != nil {
		return err
	}
	return rows.Close()
}

// first runs a statement and keeps its first row for Scan. It reports whether
// there is one.
func (s *statement) first(args ...any) (found bool, err error) {
	rows, err := s.query(args)
	if err != nil {
		return false, err
	}
	if s.row == nil {
		s.row = make([]driver.Value, len(rows.Columns()))
	}
	err = rows.Next(s.row)
	found = err == nil
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return found, errors.Join(err, rows.Close())
}

// change runs a statement and reports whether it changed anything. (RETURNING
// would tell as well, by way of a temporary file.)
func (s *statement) change(args ...any) (bool, error) {
	s.bind(args)
	res, err := s.stmt.ExecContext(context.Background(), s.args)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

func (s *statement) query(args []any) (driver.Rows, error) {
	s.bind(args)
	return s.stmt.QueryContext(context.Background(), s.args)
}

// bind makes args what the driver takes.
func (s *statement) bind(args []any) {
	for i, a := range args {
		if n, ok := a.(uint64); ok {
			a = int64(n)
		}
		s.args[i] = driver.NamedValue{Ordinal: i + 1, Value: a}
	}
}

// Scan copies the columns of the first row, as sql.Row does.
func (s *statement) Scan(dest ...any) error {
	for i, d := range dest {
		switch d := d.(type) {
		case *string:
			*d = s.row[i].(string)
		case *user.Code:
			*d = user.Code(s.row[i].(string))
		case *uint64:
			*d = uint64(s.row[i].(int64))
		case *int64:
			*d = s.row[i].(int64)
		case *bool:
			*d = s.row[i].(int64) != 0
		default:
			panic(fmt.Sprintf("sqlite: cannot scan into %T", d))
		}
	}
	return nil
}

// Package sqlite is the read model in a SQLite file: the records, the fate of
// every command, and how far the log is projected, all changed in one
// transaction. Nearly always the projector writes; a change that goes to the
// rows before it goes to the log has a transaction of its own (see WriteDirect).
// Anybody reads what is committed. The tables are meant to be read by people
// too: try "SELECT * FROM users".
package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"

	"github.com/mattn/go-sqlite3"
)

// Synchronous says what a commit waits for.
type Synchronous string

// The modes, by SQLite's own words. In either the file stays consistent.
const (
	Full   Synchronous = "FULL"   // The disk: a commit outlives a power cut.
	Normal Synchronous = "NORMAL" // The page cache: it outlives a crash of the process.
)

// Limits of the connections.
const (
	readers        = 4    // Connections that read.
	readerBusyMS   = 5000 // How long reading waits for a lock, in milliseconds.
	writerBusyMS   = 250  // Likewise writing, which is tried again by who does it.
	pageSize       = 2048 // Bytes. A commit writes whole pages, and changes little in each.
	checkpointWAL  = 8000 // Pages in the write-ahead log before it is folded in.
	readerCacheKiB = 4096 // Page cache of a connection that reads.
	writerCacheKiB = 32768
)

// DB is an open read model, safe for concurrent use. A Tx belongs to the
// goroutine that began it.
type DB struct {
	write *sql.DB   // Holds the one connection that writes.
	conn  *sql.Conn // That connection.
	read  *sql.DB
	stmt  readStatements
	tx    Tx
	seen  *seen

	closed bool
}

// Open opens the read model in the file at path, which it makes or brings up to
// date. A file that is not a read model of this program, or is of a newer one,
// is an error that says so; the file is left as it was.
func Open(ctx context.Context, path string, mode Synchronous) (*DB, error) {
	db, err := open(ctx, path, mode)
	if err != nil {
		return nil, fmt.Errorf("open read model %s: %w", path, explain(err))
	}
	return db, nil
}

func open(ctx context.Context, path string, mode Synchronous) (*DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	db := &DB{
		write: sql.OpenDB(newConnector(abs, writerPragmas(mode))),
		read:  sql.OpenDB(newConnector(abs, readerPragmas)),
		seen:  newSeen(),
	}
	db.tx.seen = db.seen
	db.write.SetMaxOpenConns(1)
	db.read.SetMaxOpenConns(readers)
	db.read.SetMaxIdleConns(readers)
	if err := db.prepare(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// prepare brings the schema up to date and prepares every statement.
func (db *DB) prepare(ctx context.Context) error {
	if err := migrate(ctx, db.write); err != nil {
		return err
	}
	conn, err := db.write.Conn(ctx)
	if err != nil {
		return err
	}
	db.conn = conn
	if err := db.tx.prepare(conn); err != nil {
		return err
	}
	if err := db.stmt.prepare(ctx, db.read); err != nil {
		return err
	}
	cp, err := db.Checkpoint()
	db.tx.committed = cp.Change
	return err
}

// Close closes the file, once. An open Tx is rolled back.
func (db *DB) Close() error {
	if db.closed {
		return nil
	}
	db.closed = true
	errs := []error{db.stmt.close(), db.read.Close(), db.tx.close()}
	if db.conn != nil {
		errs = append(errs, db.conn.Close())
	}
	return errors.Join(append(errs, db.write.Close())...)
}

// writerPragmas sets up the connection that writes.
func writerPragmas(mode Synchronous) []string {
	return []string{
		fmt.Sprintf("PRAGMA busy_timeout = %d", writerBusyMS),
		fmt.Sprintf("PRAGMA page_size = %d", pageSize), // Means something in a new file only.
		"PRAGMA journal_mode = WAL",
		"PRAGMA synchronous = " + string(mode),
		fmt.Sprintf("PRAGMA wal_autocheckpoint = %d", checkpointWAL),
		fmt.Sprintf("PRAGMA cache_size = -%d", writerCacheKiB),
	}
}

// readerPragmas sets up a connection that reads.
var readerPragmas = []string{
	fmt.Sprintf("PRAGMA busy_timeout = %d", readerBusyMS),
	"PRAGMA query_only = 1",
	fmt.Sprintf("PRAGMA cache_size = -%d", readerCacheKiB),
}

// connector opens connections to one file, each set up by the same pragmas.
type connector struct {
	dsn    string
	driver *sqlite3.SQLiteDriver
}

func newConnector(path string, pragmas []string) connector {
	// Nobody uses a connection while another does: database/sql sees to it, and
	// for the one that writes the Tx. SQLite's own locks would cost a twentieth.
	file := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: "_mutex=no"}
	return connector{dsn: file.String(), driver: &sqlite3.SQLiteDriver{
		ConnectHook: func(c *sqlite3.SQLiteConn) error {
			for _, p := range pragmas {
				if _, err := c.Exec(p, nil); err != nil {
					return err
				}
			}
			return nil
		},
	}}
}

// Connect opens a connection, as database/sql asks for one.
func (c connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }

// Driver returns the SQLite driver.
func (c connector) Driver() driver.Driver { return c.driver }

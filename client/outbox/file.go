package outbox

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"time"

	"github.com/gofrs/flock"
	"github.com/mattn/go-sqlite3"

	"optimist/shared/reconcile"
)

// fileName is the outbox's file in its directory.
const fileName = "outbox.db"

// version is the layout of the file, in its user_version. Another layout gets
// another number, and a step from this one in prepare.
const version = 1

// layout makes an empty file an outbox.
const layout = `
CREATE TABLE owner (client TEXT NOT NULL);
CREATE TABLE mutation (id TEXT PRIMARY KEY, number INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
`

// busyWait is how long a statement waits for somebody who reads the file with
// another tool.
const busyWait = 2 * time.Second

// DamagedError says that an outbox cannot be read as one. Its file was left as
// it is.
type DamagedError struct {
	Path string
	Err  error
}

// Error names the file and the way out.
func (e *DamagedError) Error() string {
	return fmt.Sprintf("%s is damaged (%v); nothing in it was changed: "+
		"move the file away to begin with an empty outbox, or put a good copy in its place", e.Path, e.Err)
}

// Unwrap returns what was found.
func (e *DamagedError) Unwrap() error { return e.Err }

// file keeps mutations in SQLite.
type file struct {
	path string
	db   *sql.DB
	lock *flock.Flock
}

// openFile opens the file at path, made if it is missing, as client's.
func openFile(ctx context.Context, path, client string) (*file, error) {
	// Nobody else may read what a person typed.
	made, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := made.Close(); err != nil {
		return nil, err
	}
	options := url.Values{
		"_journal_mode": {"WAL"}, "_synchronous": {"FULL"}, "_txlock": {"immediate"},
		"_busy_timeout": {fmt.Sprint(busyWait.Milliseconds())},
	}
	name := url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: options.Encode()}
	db, err := sql.Open("sqlite3", name.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	f := &file{path: path, db: db}
	if err := f.prepare(ctx, client); err != nil {
		return nil, errors.Join(f.explain(err), db.Close())
	}
	return f, nil
}

// prepare checks the file and gives a new one its layout.
func (f *file) prepare(ctx context.Context, client string) error {
	var found int
	if err := f.db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&found); err != nil {
		return fmt.Errorf("read its version: %w", err)
	}
	switch found {
	case 0:
		return f.begin(ctx, client)
	case version:
		return f.check(ctx, client)
	}
	return fmt.Errorf("%s was written by another optimist (layout %d; this one knows %d)", f.path, found, version)
}

// begin makes the tables.
func (f *file) begin(ctx context.Context, client string) error {
	return f.within(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, layout); err != nil {
			return fmt.Errorf("make its tables: %w", err)
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO owner (client) VALUES (?)", client); err != nil {
			return fmt.Errorf("write its owner: %w", err)
		}
		_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version))
		return err
	})
}

// check looks whether the file is whole, and client's.
func (f *file) check(ctx context.Context, client string) error {
	var state, owner string
	if err := f.db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&state); err != nil {
		return fmt.Errorf("check it: %w", err)
	}
	if state != "ok" {
		return &DamagedError{Path: f.path, Err: errors.New(state)}
	}
	if err := f.db.QueryRowContext(ctx, "SELECT client FROM owner").Scan(&owner); err != nil {
		return fmt.Errorf("read its owner: %w", err)
	}
	if owner != client {
		return fmt.Errorf("%s belongs to client %q, not to %q", f.path, owner, client)
	}
	return nil
}

// explain turns SQLite's words for a broken file into a *DamagedError.
func (f *file) explain(err error) error {
	var e sqlite3.Error
	if errors.As(err, &e) && (e.Code == sqlite3.ErrNotADB || e.Code == sqlite3.ErrCorrupt) {
		return &DamagedError{Path: f.path, Err: e}
	}
	return err
}

func (f *file) load() ([]reconcile.Mutation, error) {
	rows, err := f.db.Query("SELECT id, body FROM mutation ORDER BY number")
	if err != nil {
		return nil, f.explain(err)
	}
	defer rows.Close()
	var all []reconcile.Mutation
	for rows.Next() {
		var id string
		var body []byte
		if err := rows.Scan(&id, &body); err != nil {
			return nil, f.explain(err)
		}
		var m reconcile.Mutation
		if err := json.Unmarshal(body, &m); err != nil || m.ID != id {
			return nil, &DamagedError{Path: f.path, Err: fmt.Errorf("mutation %s: %w", id, orWrongID(err))}
		}
		all = append(all, m)
	}
	return all, f.explain(rows.Err())
}

// errWrongID says that a mutation lies under the id of another.
var errWrongID = errors.New("its id is another")

func orWrongID(err error) error {
	if err == nil {
		return errWrongID
	}
	return err
}

// write has no context: what a person typed is written even while the program
// ends.
func (f *file) write(changes []Change) error {
	ctx := context.Background()
	return f.explain(f.within(ctx, func(tx *sql.Tx) error {
		for _, c := range changes {
			if err := change(ctx, tx, c); err != nil {
				return err
			}
		}
		return nil
	}))
}

func change(ctx context.Context, tx *sql.Tx, c Change) error {
	if !c.Store {
		_, err := tx.ExecContext(ctx, "DELETE FROM mutation WHERE id = ?", c.ID)
		return err
	}
	body, err := json.Marshal(c.Mutation)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT OR REPLACE INTO mutation (id, number, body) VALUES (?, ?, ?)",
		c.ID, c.Mutation.Number, string(body))
	return err
}

// within runs do in one transaction.
func (f *file) within(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := f.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func (f *file) close() error { return errors.Join(f.db.Close(), f.lock.Close()) }

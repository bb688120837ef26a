package sqlite

import (
	"errors"
	"fmt"

	"github.com/mattn/go-sqlite3"
)

// ErrFenced says that another build of the read model took this file over.
var ErrFenced = errors.New("another build took the read model over")

// IsTransient reports whether err says nothing about what was written: the file
// was busy, the disk full, or the system out of something. The same transaction
// may succeed later; it is to be tried again, and nothing rejected for it.
func IsTransient(err error) bool {
	switch codeOf(err) {
	case sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrFull, sqlite3.ErrIoErr,
		sqlite3.ErrNomem, sqlite3.ErrInterrupt, sqlite3.ErrCantOpen, sqlite3.ErrProtocol:
		return true
	}
	return false
}

// IsPermanent reports whether err is a verdict on what was written, which fails
// each time it is tried: a constraint, a type or a size.
func IsPermanent(err error) bool {
	switch codeOf(err) {
	case sqlite3.ErrConstraint, sqlite3.ErrMismatch, sqlite3.ErrTooBig, sqlite3.ErrRange:
		return true
	}
	return false
}

// codeOf returns SQLite's primary result code in err, or 0.
func codeOf(err error) sqlite3.ErrNo {
	var e sqlite3.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return 0
}

// explain says of a file that cannot be opened what a person can do.
func explain(err error) error {
	switch codeOf(err) {
	case sqlite3.ErrNotADB, sqlite3.ErrCorrupt:
		return fmt.Errorf("%w; `optimistd rebuild` makes it anew from the log", err)
	}
	return err
}

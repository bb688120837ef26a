package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/nats-io/nats.go"

	"optimist/server/eventlog"
	"optimist/server/natsd"
	"optimist/server/sqlite"
)

// Store is a data directory that no server holds: its log and its rows, to look
// at and to mend. Close it.
type Store struct {
	Log  *eventlog.Log
	Path string // Of the read model.

	nats *natsd.Server
	conn *nats.Conn
}

// OpenStore opens the log of an existing data directory. It returns a
// *natsd.LockedError while a server holds it.
func OpenStore(ctx context.Context, dir string) (*Store, error) {
	info, err := os.Stat(filepath.Join(dir, "jetstream"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
		return nil, fmt.Errorf("open the data directory: %w", err)
	}
	if err != nil || !info.IsDir() {
		return nil, fmt.Errorf("%s is not a data directory of optimistd", dir)
	}
	s := &Store{Path: filepath.Join(dir, readModelFile)}
	if err := s.open(ctx, dir); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, dir string) error {
	var err error
	if s.nats, err = natsd.Start(ctx, natsd.Config{Dir: dir, Durability: natsd.Fsync}); err != nil {
		return err
	}
	if s.conn, err = s.nats.ConnectLog(nats.Name("optimist store")); err != nil {
		return err
	}
	s.Log, err = eventlog.Open(ctx, s.conn, eventlog.Config{})
	return err
}

// Rows opens the read model. The caller closes it.
func (s *Store) Rows(ctx context.Context) (*sqlite.DB, error) {
	return sqlite.Open(ctx, s.Path, sqlite.Full)
}

// Close closes the log and lets the directory go.
func (s *Store) Close() error {
	if s.Log != nil {
		s.Log.Close()
	}
	if s.conn != nil {
		s.conn.Close()
	}
	if s.nats != nil {
		return s.nats.Close()
	}
	return nil
}

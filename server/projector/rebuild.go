package projector

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"

	"optimist/server/eventlog"
	"optimist/server/sqlite"
	"optimist/shared/event"
)

// RebuildSuffix is added to the name of the read model that is being made.
const RebuildSuffix = ".rebuild"

// Rebuild makes the read model in the file at path anew from the log. It makes
// it in a file beside the old one, which serves as it was until the new one
// takes its place, and changes nothing if it fails. The rows are always the
// same as before: what the log's rejections name is skipped, and what waits in
// the old outbox is appended first. Only a change that was written before its
// event, whose event was then lost, vanishes: the log never heard of it. The
// caller holds the data directory's lock. Of cfg, Log is needed, and DB is not used.
func Rebuild(ctx context.Context, path string, mode sqlite.Synchronous, cfg Config) (sqlite.Checkpoint, error) {
	cp, err := rebuild(ctx, path, mode, cfg)
	if err != nil {
		return sqlite.Checkpoint{}, fmt.Errorf("rebuild read model %s: %w", path, err)
	}
	return cp, nil
}

func rebuild(ctx context.Context, path string, mode sqlite.Synchronous, cfg Config) (cp sqlite.Checkpoint, err error) {
	fresh := path + RebuildSuffix
	if err := remove(fresh, fresh+"-wal", fresh+"-shm"); err != nil {
		return cp, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, remove(fresh, fresh+"-wal", fresh+"-shm"))
		}
	}()
	old, err := leave(ctx, path, mode, cfg.Log)
	if err != nil {
		return cp, err
	}
	if cp, err = fold(ctx, fresh, cfg, old); err != nil {
		return cp, err
	}
	return cp, swap(fresh, path)
}

// fold makes the read model in the file at path, as a build newer than after.
func fold(ctx context.Context, path string, cfg Config, after uint64) (cp sqlite.Checkpoint, err error) {
	// Nobody needs the file before it is whole: closing it reaches the disk.
	db, err := sqlite.Open(ctx, path, sqlite.Normal)
	if err != nil {
		return cp, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.Learn(ctx); err != nil { // It is empty.
		return cp, err
	}
	cfg.DB, cfg.Faults = db, nil
	p, err := open(ctx, cfg, after)
	if err != nil {
		return cp, err
	}
	return p.cp, nil
}

// leave gives the log what waits in the outbox of the old read model, returns
// its build and closes it properly, so that nothing of it is left in its
// write-ahead log. A file that cannot be read is why one rebuilds, so that is no
// error: it is as if there were none. Only the file of another program is left
// alone.
func leave(ctx context.Context, path string, mode sqlite.Synchronous, log *eventlog.Log) (uint64, error) {
	if _, err := os.Stat(path); err != nil {
		return 0, nil
	}
	db, err := sqlite.Open(ctx, path, mode)
	if errors.Is(err, sqlite.ErrForeign) {
		return 0, err
	}
	if err != nil {
		return 0, nil
	}
	cp, err := db.Checkpoint()
	waiting, failed := db.Outbox(math.MaxInt32)
	if err := errors.Join(err, failed, db.Close()); err != nil {
		return 0, nil
	}
	for _, e := range waiting {
		if err := relay(ctx, log, e.Event); err != nil {
			return 0, err
		}
	}
	return cp.Build, nil
}

// relay appends an event of the outbox, unless the log has it.
func relay(ctx context.Context, log *eventlog.Log, ev event.Event) error {
	known, err := log.Record(ctx, ev.Record, 0)
	if err != nil {
		return err
	}
	var last uint64
	for _, k := range known {
		if k.Kind.Changes() && k.Ref == ev.Ref {
			return nil
		}
		last = k.Seq
	}
	_, err = log.Append(ctx, ev, last)
	return err
}

// swap puts the file fresh in the place of the one at path. A write-ahead log
// of the old file must not be there when the new one is opened.
func swap(fresh, path string) error {
	if err := remove(path+"-wal", path+"-shm"); err != nil {
		return err
	}
	if err := os.Rename(fresh, path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// remove removes files that may not be there.
func remove(paths ...string) error {
	for _, path := range paths {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

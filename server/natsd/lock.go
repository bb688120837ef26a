package natsd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// Limits of taking the lock.
const (
	lockWait = 300 * time.Millisecond // A holder that was just killed may take as long to go.
	lockPoll = 10 * time.Millisecond
)

// lockName is the file in a data directory that its holder locks. It stays
// there, with the last holder's pid in it; only the lock on it counts.
const lockName = "lock"

// LockedError says that another process, or another server of this process,
// holds a data directory.
type LockedError struct {
	Dir string // As it was asked for.
	PID int    // Of the holder; 0: unknown.
}

// Error names the holder.
func (e *LockedError) Error() string {
	if e.PID == 0 {
		return fmt.Sprintf("the data directory %s is in use by another process", e.Dir)
	}
	return fmt.Sprintf("the data directory %s is in use by process %d", e.Dir, e.PID)
}

// Lock is a held data directory. The nats-server takes no lock of its own, and
// two of them on one directory lose acknowledged writes.
type Lock struct {
	file *flock.Flock
}

// TakeLock makes dir if it is missing and locks it. It returns a *LockedError
// if somebody else holds it, through whatever path.
func TakeLock(ctx context.Context, dir string) (*Lock, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data directory: %w", err)
	}
	path := filepath.Join(dir, lockName)
	file := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o600))
	waiting, cancel := context.WithTimeout(ctx, lockWait)
	defer cancel()
	held, err := file.TryLockContext(waiting, lockPoll)
	switch {
	case ctx.Err() != nil:
		return nil, errors.Join(ctx.Err(), file.Close())
	case err != nil && !errors.Is(err, context.DeadlineExceeded):
		return nil, fmt.Errorf("lock the data directory: %w", errors.Join(err, file.Close()))
	case !held:
		return nil, errors.Join(&LockedError{Dir: dir, PID: readPID(path)}, file.Close())
	}
	if err := os.WriteFile(path, []byte(strconv.Itoa(os.Getpid())+"\n"), 0o600); err != nil {
		return nil, fmt.Errorf("write the lock: %w", errors.Join(err, file.Close()))
	}
	return &Lock{file: file}, nil
}

// Release lets the directory go.
func (l *Lock) Release() error {
	if err := l.file.Close(); err != nil {
		return fmt.Errorf("release the data directory: %w", err)
	}
	return nil
}

// Holder reports whether somebody holds dir, and their pid, 0 if unknown.
func Holder(dir string) (pid int, held bool) {
	path := filepath.Join(dir, lockName)
	if _, err := os.Stat(path); err != nil {
		return 0, false
	}
	file := flock.New(path, flock.SetFlag(os.O_RDWR))
	free, err := file.TryRLock()
	// Closing cannot undo what was seen.
	_ = file.Close()
	if err != nil || free {
		return 0, false
	}
	return readPID(path), true
}

// readPID returns the pid in the lock at path, 0 if there is none.
func readPID(path string) int {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return 0
	}
	return pid
}

package outbox

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

// lockName is the file that whoever has the outbox open holds locked. It stays
// there, with the last holder's pid in it; only the lock on it counts.
const lockName = "outbox.lock"

// Limits of taking the lock.
const (
	lockWait = 300 * time.Millisecond // A holder that was just killed may take as long to go.
	lockPoll = 10 * time.Millisecond
)

// InUseError says that another process, or another client of this process, has
// the outbox open.
type InUseError struct {
	Dir string
	PID int // Of the holder; 0: unknown.
}

// Error names the holder.
func (e *InUseError) Error() string {
	if e.PID == 0 {
		return fmt.Sprintf("%s is in use by another process", e.Dir)
	}
	return fmt.Sprintf("%s is in use by process %d", e.Dir, e.PID)
}

// takeLock locks dir, or returns an *InUseError.
func takeLock(ctx context.Context, dir string) (*flock.Flock, error) {
	path := filepath.Join(dir, lockName)
	lock := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o600))
	waiting, cancel := context.WithTimeout(ctx, lockWait)
	defer cancel()
	held, err := lock.TryLockContext(waiting, lockPoll)
	switch {
	case ctx.Err() != nil:
		return nil, errors.Join(ctx.Err(), lock.Close())
	case err != nil && !errors.Is(err, context.DeadlineExceeded):
		return nil, fmt.Errorf("lock it: %w", errors.Join(err, lock.Close()))
	case !held:
		return nil, errors.Join(&InUseError{Dir: dir, PID: holder(path)}, lock.Close())
	}
	if err := os.WriteFile(path, []byte(strconv.Itoa(os.Getpid())+"\n"), 0o600); err != nil {
		return nil, fmt.Errorf("write its lock: %w", errors.Join(err, lock.Close()))
	}
	return lock, nil
}

// holder returns the pid in the lock at path, 0 if there is none.
func holder(path string) int {
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

package projector

import (
	"context"
	"errors"
	"fmt"

	"optimist/server/eventlog"
	"optimist/server/sqlite"
	"optimist/shared/event"
	"optimist/shared/projection"
)

// MismatchError says that the read model was not made from this log: going on
// would skip events or keep rows that never were. A rebuild makes it anew.
type MismatchError struct {
	Why string
}

// Error says what does not fit, and what to do.
func (e *MismatchError) Error() string {
	return "the read model does not belong to the log: " + e.Why + "; `optimistd rebuild` makes it anew from the log"
}

func mismatch(format string, args ...any) error {
	return &MismatchError{Why: fmt.Sprintf(format, args...)}
}

// checkIdentity returns the log's end, or a *MismatchError if cp was not made
// from the log.
func checkIdentity(ctx context.Context, log *eventlog.Log, cp sqlite.Checkpoint) (end uint64, err error) {
	if end, err = log.End(ctx); err != nil {
		return 0, err
	}
	switch {
	case cp.Stream == "":
		return end, nil
	case cp.Stream != log.Stream():
		return 0, mismatch("it was made from log %s, and this one is %s", cp.Stream, log.Stream())
	case cp.Seq > end:
		return 0, mismatch("it is at #%d, and the log ends at #%d", cp.Seq, end)
	case cp.Seq == 0:
		return end, nil
	}
	ev, err := log.At(ctx, cp.Seq)
	if errors.Is(err, eventlog.ErrNoEvent) {
		return 0, mismatch("it is at #%d, and the log has no such event", cp.Seq)
	}
	if err != nil {
		return 0, err
	}
	if ev.ID != cp.EventID {
		return 0, mismatch("its #%d is %s, and the log's is %s", cp.Seq, cp.EventID, ev.ID)
	}
	return end, nil
}

// checkVerdict refuses a read model that has confirmed what the log rejects.
func (p *Projector) checkVerdict(rej event.Event) error {
	fate, found, err := p.cfg.DB.FateAt(rej.Target)
	if err != nil {
		return err
	}
	if found && fate.Status == projection.Applied {
		return mismatch("it has confirmed #%d, which #%d rejects", rej.Target, rej.Seq)
	}
	return nil
}

package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"optimist/server/eventlog"
	"optimist/server/gate"
	"optimist/server/projector"
	"optimist/server/sqlite"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// Gate holds the parts of a server back until a driver lets them go on; see
// Config.Gate.
type Gate = gate.Gate

// Places where the projector of a gated server waits.
const (
	AtEvents = gate.AtEvents
	AtCommit = gate.AtCommit
	InPause  = gate.InPause
	InStall  = gate.InStall
)

// NewGate returns a gate whose clock stands at now, in milliseconds.
func NewGate(now int64) *Gate { return gate.New(now) }

// Gate returns what holds the server back, nil if nothing does.
func (a *App) Gate() *Gate { return a.cfg.Gate }

// Flush returns once everything that the server has sent so far is on its way to
// the clients: ahead of the answer to whatever they send from then on. ctx needs
// a deadline.
func (a *App) Flush(ctx context.Context) error {
	if err := a.conn.FlushWithContext(ctx); err != nil {
		return fmt.Errorf("flush: %w", err)
	}
	return nil
}

// Arm arms a fault.
func (a *App) Arm(f fault.Fault) error {
	_, err := a.board.Arm(f)
	return err
}

// Faults returns what is armed.
func (a *App) Faults() []fault.Fault { return a.board.List() }

// PutFaults arms what Faults returned of a server that crashed.
func (a *App) PutFaults(armed []fault.Fault) { a.board.Put(armed) }

// Disarm disarms every fault. A projector that one of them stalled goes on.
func (a *App) Disarm() {
	a.board.Clear(0)
	a.cfg.Gate.Wake()
}

// Beat tells the clients the position, as a heartbeat does. The projector of a
// gated server has none of its own.
func (a *App) Beat() {
	at := a.projector.Watermark()
	a.publish(protocol.Feed{Epoch: a.projector.Epoch(), From: at, To: at})
}

// Projector returns what the projector is doing, and what everybody was told.
func (a *App) Projector() (status projector.Status, watermark uint64) {
	return a.projector.Status(), a.projector.Watermark()
}

// Sent returns how many messages the server has sent to clients.
func (a *App) Sent() uint64 { return a.conn.Stats().OutMsgs }

// Contents is what the stores hold, for whoever compares.
type Contents struct {
	Events     []event.Event     // After the one that was known.
	Rows       []protocol.Row    // By id, tombstones included.
	Fates      []projection.Fate // By client and command.
	Checkpoint uint64
}

// Contents returns what the stores hold, with the events after the sequence.
func (a *App) Contents(ctx context.Context, after uint64) (Contents, error) {
	return contents(ctx, a.log, a.db, after)
}

// Contents returns what the stores hold, with the events after the sequence.
func (s *Store) Contents(ctx context.Context, after uint64) (c Contents, err error) {
	rows, err := s.Rows(ctx)
	if err != nil {
		return c, err
	}
	c, err = contents(ctx, s.Log, rows, after)
	if closing := rows.Close(); err == nil {
		err = closing
	}
	return c, err
}

func contents(ctx context.Context, log *eventlog.Log, db *sqlite.DB, after uint64) (c Contents, err error) {
	end, err := log.End(ctx)
	if err != nil {
		return c, err
	}
	for seq := after + 1; seq <= end; seq++ {
		ev, err := log.At(ctx, seq)
		if err != nil {
			return c, err
		}
		c.Events = append(c.Events, ev)
	}
	cp, err := db.Checkpoint()
	if err != nil {
		return c, err
	}
	c.Checkpoint = cp.Seq
	if c.Rows, err = allRows(db); err != nil {
		return c, err
	}
	c.Fates, err = allFates(ctx, db)
	return c, err
}

// allRows returns every row, by id.
func allRows(db *sqlite.DB) ([]protocol.Row, error) {
	var rows []protocol.Row
	for since, more := uint64(0), true; more; {
		page, err := db.Since(since, protocol.MaxPage)
		if err != nil {
			return nil, err
		}
		rows = append(rows, page.Rows...)
		since, more = page.Next, page.More
	}
	slices.SortFunc(rows, func(a, b protocol.Row) int { return cmp.Compare(a.ID, b.ID) })
	return rows, nil
}

// allFates returns every fate, by client and command.
func allFates(ctx context.Context, db *sqlite.DB) ([]projection.Fate, error) {
	var refs []user.Ref
	if err := db.Names(ctx, func(ref user.Ref) { refs = append(refs, ref) }, func(string, string) {}); err != nil {
		return nil, err
	}
	slices.SortFunc(refs, func(a, b user.Ref) int {
		return cmp.Or(cmp.Compare(a.Client, b.Client), cmp.Compare(a.Command, b.Command))
	})
	fates := make([]projection.Fate, 0, len(refs))
	for _, ref := range refs {
		fate, _, err := db.Fate(ref)
		if err != nil {
			return nil, err
		}
		fates = append(fates, fate)
	}
	return fates, nil
}

package projector

import (
	"context"
	"errors"
	"fmt"

	"optimist/server/sqlite"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/projection"
	"optimist/shared/protocol"
)

// batchCap is how many events one transaction may take.
const batchCap = 1024

// item is an event of a batch. fail, if not empty, is why the read model must
// give it up.
type item struct {
	ev   event.Event
	fail string
}

// outcome is what became of an item.
type outcome struct {
	effect projection.Effect
	change uint64             // The last change number given.
	claims projection.Touched // That a fallen event may have moved.
}

// batch is what one transaction applies. Its slices are used again.
type batch struct {
	items    []item
	outcomes []outcome
}

// project applies the batch, however often it takes, and then does what a
// commit calls for.
func (p *Projector) project(ctx context.Context) error {
	if items := p.batch.items; p.gated() && p.serving {
		if err := p.cfg.Gate.Commit(ctx, items[0].ev.Seq, items[len(items)-1].ev.Seq); err != nil {
			return err
		}
	}
	for attempt := 1; ; attempt++ {
		cp, at, err := p.try()
		if err == nil {
			return p.committed(ctx, cp)
		}
		if !sqlite.IsTransient(err) {
			return fmt.Errorf("project #%d: %w", at, err)
		}
		p.say(Status{State: protocol.Retrying, At: at, Attempt: attempt, Why: err.Error()})
		if err := p.pause(ctx, backoff(attempt), nil); err != nil {
			return err
		}
	}
}

// try applies the batch in one transaction, or leaves everything as it was and
// returns the event at which it failed. Savepoints cost time, and hardly any
// batch needs one: only if the database refuses something for good is the batch
// applied again, each event in its own.
func (p *Projector) try() (sqlite.Checkpoint, uint64, error) {
	cp, at, err := p.attempt(together)
	if err != nil && sqlite.IsPermanent(err) {
		cp, at, err = p.attempt(apart)
	}
	return cp, at, err
}

// manner is how the events of a batch are applied.
type manner bool

// The manners.
const (
	together manner = false // The database takes all or none.
	apart    manner = true  // What it refuses is given up alone.
)

// attempt is try in one manner.
func (p *Projector) attempt(how manner) (cp sqlite.Checkpoint, at uint64, err error) {
	tx, cp, at, err := p.fold(how)
	if err == nil {
		err = p.commit(tx)
	}
	return cp, at, err
}

// fold is attempt without the commit.
func (p *Projector) fold(how manner) (tx *sqlite.Tx, cp sqlite.Checkpoint, at uint64, err error) {
	items := p.batch.items
	at = items[0].ev.Seq
	if tx, err = p.cfg.DB.Begin(); err != nil {
		return nil, cp, at, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.rollBack(tx))
		}
	}()
	authority, owes := p.authority, false
	p.batch.outcomes = p.batch.outcomes[:0]
	for _, it := range items {
		at = it.ev.Seq
		authority = authorityAfter(authority, it.ev)
		out, err := p.apply(tx, it, authority, how)
		if err != nil {
			return tx, cp, at, err
		}
		owes = owes || owesRejection(out.effect)
		p.batch.outcomes = append(p.batch.outcomes, out)
	}
	cp = p.cp
	last := items[len(items)-1].ev
	cp.Seq, cp.EventID = last.Seq, last.ID
	if err := tx.SetCheckpoint(cp); err != nil {
		return tx, cp, at, err
	}
	if owes {
		p.gate.shut() // Before anybody can read what is committed.
	}
	cp.Change = tx.Change()
	return tx, cp, at, nil
}

// commit commits what was folded, or leaves everything as it was.
func (p *Projector) commit(tx *sqlite.Tx) error {
	err := p.crash(fault.ProjectCrashBeforeCommit)
	if err == nil {
		err = tx.Commit()
	}
	if err != nil {
		err = errors.Join(err, p.rollBack(tx))
	}
	return err
}

// rollBack leaves everything as it was before the fold.
func (p *Projector) rollBack(tx *sqlite.Tx) error {
	err := tx.Rollback()
	p.reopenGate()
	return err
}

// authorityAfter returns the build that is the authority after ev.
func authorityAfter(authority uint64, ev event.Event) uint64 {
	if ev.Kind == event.Epoch {
		return max(authority, ev.Build)
	}
	return authority
}

// owesRejection reports whether the log must be told of what happened.
func owesRejection(e projection.Effect) bool {
	return e.Fell.Status == projection.Rejected && !e.Fell.Logged
}

// apply folds one event. Apart, it does so in a savepoint, and gives the event
// up if the database refuses it for good.
func (p *Projector) apply(tx *sqlite.Tx, it item, authority uint64, how manner) (outcome, error) {
	ev, void := projection.Heard(it.ev, authority), p.voids.At(it.ev.Seq)
	if how == together {
		effect, err := projection.Apply(tx, ev, void, it.fail)
		if err != nil {
			return outcome{}, err
		}
		return afterwards(tx, ev, effect)
	}
	if err := tx.Savepoint(); err != nil {
		return outcome{}, err
	}
	effect, err := projection.Apply(tx, ev, void, it.fail)
	if err != nil && sqlite.IsPermanent(err) && ev.Kind.Changes() {
		if err := tx.RollbackTo(); err != nil {
			return outcome{}, err
		}
		effect, err = projection.Apply(tx, ev, void, err.Error())
	}
	if err != nil {
		return outcome{}, err
	}
	if err := tx.Release(); err != nil {
		return outcome{}, err
	}
	return afterwards(tx, ev, effect)
}

// afterwards returns what became of ev with what the transaction then knows.
func afterwards(tx *sqlite.Tx, ev event.Event, effect projection.Effect) (out outcome, err error) {
	out = outcome{effect: effect, change: tx.Change()}
	if owesRejection(effect) {
		out.claims, err = projection.Touch(tx, ev, effect.Record)
	}
	return out, err
}

// committed takes note of what the batch did, appends the rejections and
// publishes what changed.
func (p *Projector) committed(ctx context.Context, cp sqlite.Checkpoint) error {
	if err := p.crash(fault.ProjectCrashAfterCommit); err != nil {
		return err
	}
	p.cp = cp
	p.checkpoint.Store(cp.Seq)
	for i, out := range p.batch.outcomes {
		it := p.batch.items[i]
		p.authority = authorityAfter(p.authority, it.ev)
		p.feed.Add(it.ev, out.effect, out.change)
		switch {
		case owesRejection(out.effect):
			p.owe(it.ev, out.effect.Fell, out.effect.Record, out.claims)
		case out.effect.Logged != 0:
			p.owed.ReadBack(out.effect.Logged)
		}
		p.cfg.Observe(it.ev)
	}
	p.reopenGate() // Not before all is owed that the batch rejected.
	p.feed.Reach(cp.Seq, cp.Change)
	p.say(Status{State: protocol.Running})
	if !p.serving {
		return nil
	}
	if p.owed.Len() > 0 {
		p.pay(ctx)
		if err := p.crash(fault.ProjectCrashAfterReject); err != nil {
			return err
		}
	}
	p.publish()
	return nil
}

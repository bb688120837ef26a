package projector

import (
	"context"
	"errors"
	"fmt"

	"optimist/server/sqlite"
	"optimist/shared/event"
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
	record projection.Record // As it was written last.
}

// batch is what one transaction applies. Its slices are used again.
type batch struct {
	items    []item
	outcomes []outcome
}

// witness is the transaction as projection.Apply sees it; it remembers the
// record that was written, which the feed needs.
type witness struct {
	*sqlite.Tx
	record projection.Record
}

// PutRecord writes the record and remembers it.
func (w *witness) PutRecord(r projection.Record) error {
	w.record = r
	return w.Tx.PutRecord(r)
}

// project applies the batch, however often it takes, and then does what a
// commit calls for.
func (p *Projector) project(ctx context.Context) error {
	for attempt := 1; ; attempt++ {
		cp, at, err := p.try()
		if err == nil {
			p.committed(ctx, cp)
			return nil
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
	items := p.batch.items
	at = items[0].ev.Seq
	tx, err := p.cfg.DB.Begin()
	if err != nil {
		return cp, at, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, tx.Rollback())
			p.reopenGate()
		}
	}()
	authority, owes := p.authority, false
	p.batch.outcomes = p.batch.outcomes[:0]
	for _, it := range items {
		at = it.ev.Seq
		authority = authorityAfter(authority, it.ev)
		out, err := p.apply(tx, it, authority, how)
		if err != nil {
			return cp, at, err
		}
		owes = owes || owesRejection(out.effect)
		p.batch.outcomes = append(p.batch.outcomes, out)
	}
	cp = p.cp
	last := items[len(items)-1].ev
	cp.Seq, cp.EventID = last.Seq, last.ID
	if err := tx.SetCheckpoint(cp); err != nil {
		return cp, at, err
	}
	if owes {
		p.gate.shut() // Before anybody can read what is committed.
	}
	cp.Change = tx.Change()
	return cp, at, tx.Commit()
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
	store := witness{Tx: tx}
	ev, void := projection.Heard(it.ev, authority), p.voids.At(it.ev.Seq)
	if how == together {
		effect, err := projection.Apply(&store, ev, void, it.fail)
		return outcome{effect, store.record}, err
	}
	if err := tx.Savepoint(); err != nil {
		return outcome{}, err
	}
	effect, err := projection.Apply(&store, ev, void, it.fail)
	if err != nil && sqlite.IsPermanent(err) && ev.Kind.Changes() {
		if err := tx.RollbackTo(); err != nil {
			return outcome{}, err
		}
		effect, err = projection.Apply(&store, ev, void, err.Error())
	}
	if err != nil {
		return outcome{}, err
	}
	return outcome{effect, store.record}, tx.Release()
}

// committed takes note of what the batch did, appends the rejections and
// publishes what changed.
func (p *Projector) committed(ctx context.Context, cp sqlite.Checkpoint) {
	p.cp = cp
	p.checkpoint.Store(cp.Seq)
	for i, out := range p.batch.outcomes {
		it := p.batch.items[i]
		p.authority = authorityAfter(p.authority, it.ev)
		p.feed.add(it.ev, out)
		switch {
		case owesRejection(out.effect):
			p.owe(it.ev, out)
		case out.effect.Logged != 0:
			p.readBack(out.effect.Logged)
		}
		p.cfg.Observe(it.ev)
	}
	p.reopenGate() // Not before all is owed that the batch rejected.
	p.feed.to, p.feed.change = cp.Seq, cp.Change
	p.say(Status{State: protocol.Running})
	if p.serving {
		p.pay(ctx)
		p.publish()
	}
}

package projection

import (
	"errors"
	"fmt"

	"optimist/shared/event"
	"optimist/shared/user"
)

// ErrStale says that the record was changed since it was read: decide again.
var ErrStale = errors.New("the record has changed since it was read")

// Written returns the record after a change that goes to the rows before it
// goes to the log, and the command's fate. ev must be legal on rec; it has no
// sequence yet, so neither has the fate. Apply fills it in when it meets the
// event. An event that never comes leaves a row that no rebuild makes.
func Written(rec Record, ev event.Event) (Record, Fate) {
	rec.ID = ev.Record
	rec.State = user.Evolve(rec.State, ev.Change())
	rec.Changed, rec.Direct = ev.Ref, true
	if ev.Op == user.Create {
		rec.Born = 0
	}
	return rec, Fate{Ref: ev.Ref, Record: ev.Record, Op: ev.Op, Status: Applied, Version: rec.Version}
}

// WriteDirect writes what Written returned. It returns ErrStale if the record is
// not the one that Written was given, and user.ErrEmailTaken with the reason in
// words if another living user has its email; then it wrote nothing.
func WriteDirect(store Store, rec Record, fate Fate) error {
	now, _, err := store.Record(rec.ID)
	if err != nil {
		return err
	}
	if now.Change != rec.Change {
		return fmt.Errorf("write %s: %w", rec.ID, ErrStale)
	}
	if rec.Exists {
		owner, found, err := store.EmailOwner(rec.Email)
		if err != nil {
			return err
		}
		if found && owner != rec.ID {
			why, err := takenWhy(store, owner, rec.Email)
			return errors.Join(err, fmt.Errorf("%w: %s", user.ErrEmailTaken, why))
		}
	}
	if err := store.PutRecord(rec); err != nil {
		return err
	}
	return store.PutFate(fate)
}

// fillIn gives a change that was written first its place in the log. The row is
// final already; nothing else changes.
func fillIn(store Store, rec Record, fate Fate, ev event.Event) (Effect, error) {
	rec.Seq, rec.Newest = ev.Seq, ev.Seq
	if ev.Patch.Set.Has(user.FieldName) {
		rec.NameSeq = ev.Seq
	}
	if ev.Patch.Set.Has(user.FieldEmail) {
		rec.EmailSeq = ev.Seq
	}
	if ev.Op == user.Create {
		rec.Born = ev.Seq
	}
	if rec.Changed == ev.Ref {
		rec.Direct = false
	}
	fate.Seq = ev.Seq
	if err := store.PutRecord(rec); err != nil {
		return Effect{}, err
	}
	return Effect{Changed: true, Record: rec}, store.PutFate(fate)
}

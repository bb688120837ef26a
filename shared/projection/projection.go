// Package projection folds the log into the read model, one event at a time. It
// decides what an event does to the rows and which events must fall; where the
// rows are kept is the Store's business. The SQLite projector, the in-memory
// model and a rebuild all run this one fold, so they cannot disagree.
//
// Two sentences explain most of it. A rejection that is not in the log comes
// back to life at the next rebuild; a confirmation given before the commit is a
// lie after a crash.
package projection

import (
	"errors"
	"fmt"

	"optimist/shared/event"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// Record is one user in the read model: a row, a tombstone, or the mark of a
// user that never came to be (State.Version 0).
type Record struct {
	ID string
	user.State
	Seq     uint64   // Of the last event folded into it; 0: none yet.
	Last    uint64   // Of the last event on the record's subjects, void ones and rejections included.
	Newest  uint64   // Of the last event that changed it or was meant to; its fate is under it.
	Born    uint64   // Of the create that made the living or last living user.
	Changed user.Ref // The command of the last change.
	Direct  bool     // Changed was written before its event; the log may never have it. See Written.
	Change  uint64   // The Store's own number of the last change; PutRecord gives it.
}

// Status is the fate of a command in the read model.
type Status uint8

// Fates. The zero Status is invalid.
const (
	Applied  Status = iota + 1 // Its event is in the rows.
	Rejected                   // Its event is void.
	Refused                    // It never became an event that changes a user.
)

// Fate is what became of a command, kept for ever, so that a command that is
// sent again gets the same answer.
type Fate struct {
	user.Ref
	Record  string
	Op      user.Op
	Status  Status
	Seq     uint64 // Of its event; of the refusal, if Refused. 0: the row came first, and its event is not known yet.
	Version uint64 // Applied: the record's version after it.
	Code    user.Code
	Why     string
	Fallen  bool     // Whatever was typed on it falls with it; see Falls.
	Root    user.Ref // Fallen: the create that fell first, possibly itself.
	RootSeq uint64   // Fallen: the sequence of that create, or of its refusal.
	Logged  bool     // Rejected: the log has the rejection, or needs none.
	Silent  bool     // Rejected: nobody is told, by its strategy; see strategy.NoFeedback.
	Change  uint64   // Rejected and not Silent: the Store's own number of the rejection; PutFate gives it.
}

// Store is where the read model is kept. Methods return errors of I/O only, and
// whoever calls Apply must then discard everything since the last commit.
type Store interface {
	// Record returns the record, also a tombstone, or false.
	Record(id string) (Record, bool, error)
	// PutRecord writes the record whole, as a change with a new number if Seq or
	// Version changed.
	PutRecord(Record) error
	// EmailOwner returns the living record that has the email, by EmailKey.
	EmailOwner(email string) (id string, found bool, err error)
	// Fate returns what became of a command, or false.
	Fate(ref user.Ref) (Fate, bool, error)
	// FateAt returns the fate of the command whose event is at seq, or false.
	FateAt(seq uint64) (Fate, bool, error)
	// PutFate writes the fate of a command whole.
	PutFate(Fate) error
	// Claim returns the claim of the email with this event.EmailToken, also one
	// that has ended, or false.
	Claim(token string) (Claim, bool, error)
	// PutClaim writes the claim whole.
	PutClaim(Claim) error
}

// Void is a rejection that the log already holds.
type Void struct {
	Code user.Code
	Why  string
	Root user.Ref
}

// Effect says what Apply did with an event.
type Effect struct {
	// Changed is true when a row changed.
	Changed bool
	// Record is the record as it was written last, if Changed or Fell. Its Change
	// means nothing.
	Record Record
	// Fell is the fate of a command whose event was rejected just now. Unless
	// Fell.Logged, the caller owes the log a rejection. The zero Fate: none. Its
	// Change means nothing.
	Fell Fate
	// Logged is the sequence of an event whose rejection was read back. 0: none.
	Logged uint64
}

// Apply folds ev into store. void is the rejection that the log already holds
// for ev, if any (a rebuild knows them all beforehand). fail, if not empty, is a
// failure for good of the read model itself: the reason to give ev up.
func Apply(store Store, ev event.Event, void *Void, fail string) (Effect, error) {
	switch ev.Kind {
	case event.Created, event.Edited, event.Deleted:
		return applyChange(store, ev, void, fail)
	case event.Rejected:
		return applyRejected(store, ev)
	case event.Refused:
		return Effect{}, applyRefused(store, ev)
	case event.Reserved, event.Released:
		return Effect{}, applyClaim(store, ev)
	case event.Opened, event.Epoch:
		return Effect{}, nil
	}
	panic(fmt.Sprintf("projection: unknown %v", ev.Kind))
}

// applyChange makes the change, or rejects it.
func applyChange(store Store, ev event.Event, void *Void, fail string) (Effect, error) {
	rec, _, err := store.Record(ev.Record)
	if err != nil {
		return Effect{}, err
	}
	rec.ID, rec.Last = ev.Record, ev.Seq
	if known, seen, err := store.Fate(ev.Ref); err != nil {
		return Effect{}, err
	} else if seen && known.Seq == 0 {
		return fillIn(store, rec, known, ev)
	} else if seen && known.Seq != ev.Seq {
		return Effect{}, store.PutRecord(rec) // A second append of one command has no effect.
	}
	fate, err := judge(store, rec, ev, void, fail)
	if err != nil {
		return Effect{}, err
	}
	rec.Newest = ev.Seq
	if fate.Status == Applied {
		rec = rec.fold(ev)
		fate.Version = rec.Version
	}
	if err := store.PutRecord(rec); err != nil {
		return Effect{}, err
	}
	if err := store.PutFate(fate); err != nil {
		return Effect{}, err
	}
	if fate.Status == Rejected {
		return Effect{Record: rec, Fell: fate}, nil
	}
	return Effect{Changed: true, Record: rec}, nil
}

// judge decides the fate of ev, which stands next in the log.
func judge(store Store, rec Record, ev event.Event, void *Void, fail string) (Fate, error) {
	fate := Fate{Ref: ev.Ref, Record: ev.Record, Op: ev.Op, Seq: ev.Seq, Status: Applied}
	if void != nil {
		fate.Logged = true
		return fall(store, fate, ev, void.Code, void.Why)
	}
	code, why, err := flaw(store, rec, ev, fail)
	if err != nil {
		return Fate{}, err
	}
	if code == "" {
		return fate, nil
	}
	fate.Logged = !strategy.Of(ev.Strategy).Compensates()
	return fall(store, fate, ev, code, why)
}

// flaw returns why ev cannot stand, or no code. A fallen cause comes first:
// whatever rows exist, what was typed on a create that fell falls with it.
func flaw(store Store, rec Record, ev event.Event, fail string) (user.Code, string, error) {
	cause, fallen, err := fallenCause(store, ev.Cause)
	if err != nil {
		return "", "", err
	}
	if fallen && strategy.Of(ev.Strategy).Compensates() {
		return user.ErrCascade, CascadeWhy(cause), nil
	}
	if fail != "" {
		return user.ErrProjectionFailed, fmt.Sprintf("the database gave up on #%d: %s", ev.Seq, fail), nil
	}
	switch err := user.Legal(rec.State, ev.Op); {
	case errors.Is(err, user.ErrExists):
		return user.ErrExists, fmt.Sprintf("%s was created at #%d already", ev.Record, rec.Born), nil
	case errors.Is(err, user.ErrNotFound):
		return user.ErrNotFound, fmt.Sprintf("the database has no %s at #%d", ev.Record, ev.Seq), nil
	}
	return emailTaken(store, ev)
}

// emailTaken returns ErrEmailTaken if ev sets an email that another living user
// has.
func emailTaken(store Store, ev event.Event) (user.Code, string, error) {
	if !ev.Patch.Set.Has(user.FieldEmail) {
		return "", "", nil
	}
	owner, found, err := store.EmailOwner(ev.Patch.Email)
	if err != nil || !found || owner == ev.Record {
		return "", "", err
	}
	why, err := takenWhy(store, owner, ev.Patch.Email)
	return user.ErrEmailTaken, why, err
}

// takenWhy says in words who has the email.
func takenWhy(store Store, owner, email string) (string, error) {
	holder, _, err := store.Record(owner)
	if holder.Born == 0 {
		return fmt.Sprintf("%s has the email %s", holder.Name, email), err
	}
	return fmt.Sprintf("%s (created at #%d) has the email %s", holder.Name, holder.Born, email), err
}

// fall makes fate a rejection. A create that is rejected is a root: what was
// typed on it falls. A rejected edit is none: its dependents inherit its cause.
func fall(store Store, fate Fate, ev event.Event, code user.Code, why string) (Fate, error) {
	fate.Status, fate.Code, fate.Why = Rejected, code, why
	fate.Silent = strategy.Of(ev.Strategy).Feedback == strategy.NoFeedback
	cause, fallen, err := fallenCause(store, ev.Cause)
	switch {
	case err != nil:
		return Fate{}, err
	case fallen:
		fate.Fallen, fate.Root, fate.RootSeq = true, cause.Root, cause.RootSeq
	case ev.Op == user.Create:
		fate.Fallen, fate.Root, fate.RootSeq = true, ev.Ref, ev.Seq
	}
	return fate, nil
}

// fallenCause returns the fate of cause if a create fell under it.
func fallenCause(store Store, cause user.Ref) (Fate, bool, error) {
	if cause.IsZero() {
		return Fate{}, false, nil
	}
	fate, found, err := store.Fate(cause)
	return fate, found && fate.Fallen, err
}

// CascadeWhy says in words why what was typed on cause falls.
func CascadeWhy(cause Fate) string {
	return fmt.Sprintf("it was typed on %s, whose create (#%d) was rolled back", cause.Record, cause.RootSeq)
}

// fold returns rec after ev, which is legal there.
func (r Record) fold(ev event.Event) Record {
	r.State = user.Evolve(r.State, ev.Change())
	r.Seq, r.Changed, r.Direct = ev.Seq, ev.Ref, false
	if ev.Op == user.Create {
		r.Born = ev.Seq
	}
	return r
}

// applyRejected notes that the log holds a rejection.
func applyRejected(store Store, ev event.Event) (Effect, error) {
	rec, _, err := store.Record(ev.Record)
	if err != nil {
		return Effect{}, err
	}
	rec.ID, rec.Last = ev.Record, ev.Seq
	if err := store.PutRecord(rec); err != nil {
		return Effect{}, err
	}
	fate, found, err := store.FateAt(ev.Target)
	if err != nil || !found || fate.Status != Rejected || fate.Logged {
		return Effect{}, err
	}
	fate.Logged = true
	return Effect{Logged: ev.Target}, store.PutFate(fate)
}

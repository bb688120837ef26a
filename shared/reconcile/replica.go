// Package reconcile is the client's core: confirmed rows, the person's own
// pending mutations over them, and the rules by which a mutation is confirmed
// or rolled back. It does no I/O: Step takes what happened and returns what to
// do, in order, and whoever drives it (a person's program, a script, a search
// over every schedule) carries that out.
//
// The rules, each learnt from where a known engine fails:
//
//  1. What a record shows is its confirmed row with its pending mutations laid
//     over it as patches of fields. Other people's changes show at once, under
//     the overlay. A pending edit over somebody's delete stays, marked.
//  2. A mutation leaves the overlay when the read position reaches its accepted
//     sequence, or on a verdict; never at the acknowledgement, never on a
//     timeout.
//  3. Verdicts come in any order, and none blocks another mutation. Transport
//     errors and "retry" are not verdicts.
//  4. What was typed on a create falls with it, wherever it is by then.
//  5. Nothing a person typed is lost: it stays in a tray until it is retried or
//     dismissed.
//  6. One Changed per record and step; what comes late or twice changes nothing.
//  7. Only the touched record is looked at, however much else is pending.
//  8. Any history shows what a naive replay of all of it shows.
//
// A mutation goes by its own strategy, which may hold it back, refuse it, have
// its fate asked for, or take Accepted for success (rule 2's exception, and the
// price of it). How the client reads, it is told by Follow. A change that was
// written to the rows first has no sequence when it is confirmed: its answer
// brings the row.
//
// A replica is flat: CopyFrom is a few moves, AppendBinary names its state, and
// Next says when the passing of time would change it. So a search can hold
// millions of them, and a script jump from timer to timer.
package reconcile

import (
	"fmt"

	"optimist/shared/protocol"
	"optimist/shared/strategy"
)

// Limits and intervals, in milliseconds where they are times.
const (
	SlowAfter   = 2_000  // Without news for this long a mutation is marked slow.
	ResendAfter = 2_000  // The first wait before an unanswered command is sent again.
	ResendMax   = 10_000 // The longest.
	RetryAfter  = 50     // The first wait after the server asked for a retry; doubles to ResendMax.
	PollAfter   = 500    // Between two questions for a fate that nobody tells.
	SyncAfter   = 1_000  // Between two attempts to resync.
	MaxEarly    = 256    // Feed messages kept while a resync is under way.
	MaxUndo     = 100    // Records whose last confirmed mutation can still be undone.
)

// Replica is one client's view of all records. It has one owner and is not safe
// for concurrent use.
type Replica struct {
	client string
	base   Base

	book   book
	open   int        // Mutations that are pending.
	trays  int        // Mutations in trays.
	number int        // Of the newest mutation.
	done   []undoable // Confirmed lately, by number: one a record.

	read     strategy.Read
	identity strategy.Identity

	online  bool
	syncing source   // What is being asked for; one at a time.
	link    position // In what the projector tells.
	logs    position // In what the log makes of the records, for who reads that.

	now    int64
	step   uint64
	out    []Effect
	fallen []int32 // Scratch.
	early  early   // Scratch.
}

// New returns a replica for client over base, which it owns from then on.
func New(client string, base Base) *Replica {
	return &Replica{
		client: client, base: base, book: newBook(),
		link: position{source: fromRows, asked: never}, logs: position{source: fromLog, asked: never},
	}
}

// Step takes one input and appends to out what the driver must do, in order.
func (r *Replica) Step(in Input, out []Effect) []Effect {
	r.step++
	r.now = max(r.now, in.At)
	r.out = out
	switch in.Kind {
	case Restore:
		r.restore(in.Mutation)
	case Submit:
		r.submit(&in)
	case Retry:
		r.retry(&in)
	case Undo:
		r.undo(&in)
	case Dismiss:
		r.dismiss(in.Record)
	case Stored:
		r.stored(in.ID)
	case Connected:
		r.connected()
	case Disconnected:
		r.disconnected()
	case Answered:
		r.answered(&in.Reply)
	case Fed:
		r.fed(in.Feed)
	case Synced:
		first := len(r.out)
		r.synced(in.Sync)
		r.out = onceEach(r.out, first)
	case SyncFailed:
		r.syncFailed()
	case Tick:
		r.tick()
	case Follow:
		r.follow(in.Strategy)
	default:
		panic(fmt.Sprintf("reconcile: unknown input %d", in.Kind))
	}
	out, r.out = r.out, nil
	return out
}

// emit appends an effect to the step's, and returns it for what else it says.
func (r *Replica) emit(kind EffectKind, id, record string) *Effect {
	r.out = append(r.out, Effect{}) // In its place: an effect is too large to be moved.
	e := &r.out[len(r.out)-1]
	e.Kind, e.ID, e.Record = kind, id, record
	return e
}

// tell appends an effect about m to the step's.
func (r *Replica) tell(kind EffectKind, m *Mutation) { r.emit(kind, m.ID, m.Record).Mutation = *m }

// changed says once per step that what m's record shows may differ.
func (r *Replica) changed(m *cell) { r.changedLane(r.book.laneOf(m)) }

// changedLane says once per step that what l's record shows may differ.
func (r *Replica) changedLane(l lane) {
	first := l.first()
	if first.told == r.step {
		return
	}
	for c := first; c != nil; c = l.next(c) {
		c.told = r.step
	}
	r.emit(Changed, "", first.Record)
}

// Client returns whose replica this is.
func (r *Replica) Client() string { return r.client }

// Pending returns how many mutations have no verdict yet.
func (r *Replica) Pending() int { return r.open }

// RolledBack returns how many mutations lie in trays.
func (r *Replica) RolledBack() int { return r.trays }

// Mutation returns a pending or rolled-back mutation.
func (r *Replica) Mutation(id string) (Mutation, bool) {
	if m := r.book.find(id); m != nil && m.Phase != Confirmed {
		return m.Mutation, true
	}
	return Mutation{}, false
}

// Mutations calls yield with each mutation under way in the order typed, until
// it returns false: Writing, pending, in a tray, and those that were taken for
// success before the rows hold them, which are Confirmed. The pointer is good
// until the next step; nobody may write through it.
func (r *Replica) Mutations(yield func(m *Mutation) bool) {
	for m := r.book.first(); m != nil; m = r.book.next(m) {
		if !yield(&m.Mutation) {
			return
		}
	}
}

// Position says how far a replica has read.
type Position struct {
	Epoch   string
	To      uint64 // Everything up to this sequence is confirmed.
	Online  bool
	Syncing bool
}

// Position returns how far r has read.
func (r *Replica) Position() Position {
	return Position{Epoch: r.link.epoch, To: r.link.to, Online: r.online, Syncing: r.syncing != nowhere}
}

// row returns the confirmed row under what is under way on record. Before the
// first sync that is what the outbox remembers of it.
func (r *Replica) row(record string, l lane) protocol.Row {
	row, ok := r.base.Get(record)
	if !ok && r.rows().epoch == "" {
		return l.before()
	}
	return row
}

// View returns what record shows, or false if it shows nothing.
func (r *Replica) View(record string) (View, bool) {
	var v View
	shows := r.ViewInto(record, &v)
	return v, shows
}

// ViewInto is View into v, whose lists it uses again: what v held is gone.
func (r *Replica) ViewInto(record string, v *View) bool {
	l := r.book.lane(record)
	row := r.row(record, l)
	v.plain(record, row)
	v.under(l)
	o := startOverlay(row)
	if r.read == strategy.OverlaidProjection {
		o, v.Shown = l.overlay(row, v.Shown)
	}
	v.lay(o)
	v.Twin = r.identity == strategy.ByServer && l.twin(row, r.client)
	if r.read == strategy.FoldedLog {
		v.lag(row, r.link.to)
	}
	// Without an overlay, what is only typed shows nothing.
	return v.Exists || len(v.Tray) > 0 || len(v.Pending) > 0 && r.read == strategy.OverlaidProjection
}

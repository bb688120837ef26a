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
package reconcile

import (
	"fmt"

	"github.com/tidwall/btree"

	"optimist/shared/protocol"
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
	MaxUndo     = 100    // Confirmed mutations that can still be undone.
)

// Replica is one client's view of all records. It has one owner and is not safe
// for concurrent use.
type Replica struct {
	client string
	base   Base

	lanes    map[string]*lane             // By record; only where something is under way.
	byID     map[string]*Mutation         // Pending and tray; never iterated.
	pending  btree.Map[int, *Mutation]    // By number.
	accepted btree.Map[uint64, *Mutation] // By sequence: those that the read position will confirm.
	done     []Mutation                   // Confirmed lately, for undo: a ring.
	oldest   int                          // Where the ring's oldest is, once it is full.
	trays    int                          // Mutations in trays.
	number   int                          // Of the newest mutation.

	online bool
	link   position

	now  int64
	step uint64
	out  []Effect
}

// position is how far this client has read.
type position struct {
	epoch   string // "" until the first sync.
	to      uint64 // The watermark: everything up to here is confirmed.
	change  uint64 // The database's change number there.
	syncing bool
	wanted  bool  // A sync must follow.
	asked   int64 // When the last sync was asked for.
	early   []protocol.Feed
	lost    bool // Early messages were dropped.
}

// New returns a replica for client over base, which it owns from then on.
func New(client string, base Base) *Replica {
	return &Replica{
		client: client, base: base,
		lanes: map[string]*lane{}, byID: map[string]*Mutation{},
	}
}

// Step takes one input and appends to out what the driver must do, in order.
func (r *Replica) Step(in Input, out []Effect) []Effect {
	r.step++
	r.now = max(r.now, in.At)
	r.out = out
	switch in.Kind {
	case Restore:
		r.restore(*in.Mutation)
	case Submit:
		r.submit(in)
	case Retry:
		r.retry(in)
	case Undo:
		r.undo(in)
	case Dismiss:
		r.dismiss(in.Record)
	case Stored:
		r.stored(in.ID)
	case Connected:
		r.connected()
	case Disconnected:
		r.disconnected()
	case Answered:
		r.answered(in.Reply)
	case Fed:
		r.fed(*in.Feed)
	case Synced:
		first := len(r.out)
		r.synced(in.Sync)
		r.out = onceEach(r.out, first)
	case SyncFailed:
		r.syncFailed()
	case Tick:
		r.tick()
	case Follow:
	default:
		panic(fmt.Sprintf("reconcile: unknown input %d", in.Kind))
	}
	out, r.out = r.out, nil
	return out
}

// emit appends an effect to the step's.
func (r *Replica) emit(e Effect) { r.out = append(r.out, e) }

// changed says once per step that what record shows may differ.
func (r *Replica) changed(l *lane) {
	if l.told != r.step {
		l.told = r.step
		r.emit(Effect{Kind: Changed, Record: l.record})
	}
}

// lane returns the record's lane, made if need be.
func (r *Replica) lane(record string) *lane {
	l := r.lanes[record]
	if l == nil {
		l = &lane{record: record, client: r.client}
		r.lanes[record] = l
	}
	return l
}

// tidy forgets a lane with nothing under way.
func (r *Replica) tidy(l *lane) {
	if l.empty() {
		delete(r.lanes, l.record)
	}
}

// Client returns whose replica this is.
func (r *Replica) Client() string { return r.client }

// Pending returns how many mutations have no verdict yet.
func (r *Replica) Pending() int { return r.pending.Len() }

// RolledBack returns how many mutations lie in trays.
func (r *Replica) RolledBack() int { return r.trays }

// Mutation returns a pending or rolled-back mutation.
func (r *Replica) Mutation(id string) (Mutation, bool) {
	if m := r.byID[id]; m != nil {
		return *m, true
	}
	return Mutation{}, false
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
	return Position{Epoch: r.link.epoch, To: r.link.to, Online: r.online, Syncing: r.link.syncing}
}

// row returns the confirmed row under l. Before the first sync that is what the
// outbox remembers of it.
func (r *Replica) row(l *lane) protocol.Row {
	row, ok := r.base.Get(l.record)
	if !ok && r.link.epoch == "" {
		return l.before()
	}
	return row
}

// View returns what record shows, or false if it shows nothing.
func (r *Replica) View(record string) (View, bool) {
	l := r.lanes[record]
	if l == nil {
		row, _ := r.base.Get(record)
		return plainView(row), row.ID != "" && !row.Deleted
	}
	v := l.view(record, r.row(l))
	return v, v.Exists || v.Status != StatusConfirmed
}

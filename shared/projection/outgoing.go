package projection

import (
	"cmp"
	"slices"

	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/strategy"
)

// FeedCap is how large a feed message may get, in bytes, so that it stays under
// the transport's limit of 1 MiB. What does not fit is left out with its
// position, so that everybody sees a gap and asks.
const FeedCap = 768 << 10

// Estimates of a row and a rejection in JSON.
const (
	rowOverhead = 340 // Bytes of names, ids and numbers.
	worstEscape = 6   // Bytes of JSON for a byte of text.
)

// Outgoing is everything that changed since the last published position: the
// feed message that is being made. The zero Outgoing stands before the log.
type Outgoing struct {
	From, To uint64       // The last published position, and the one to publish.
	Told     uint64       // The Store's change number at From,
	Change   uint64       // and at To.
	Target   fault.Target // The first event that changed or lost something, at which faults aim.

	rows     []protocol.Row
	order    []int32 // Where in rows a record is, by id.
	rejected []protocol.Rejection
	size     int // Bytes, at most.
}

// Start empties it at the position that was published. What Message returned
// stays the caller's.
func (o *Outgoing) Start(seq, change uint64) {
	*o = Outgoing{From: seq, To: seq, Told: change, Change: change, order: o.order[:0]}
}

// Add takes what became of ev. change is the last change number that the Store
// gave, which is that of the row if one changed.
func (o *Outgoing) Add(ev event.Event, effect Effect, change uint64) {
	switch {
	case effect.Changed:
		row := RowOf(effect.Record)
		row.Change = change
		o.addRow(row)
	case effect.Fell.Status != 0 && pushes(ev):
		r := RejectionOf(effect.Fell)
		o.rejected = append(o.rejected, r)
		o.size += rowOverhead + worstEscape*len(r.Why)
	default:
		return
	}
	if o.Target.Kind == 0 {
		o.Target = fault.TargetOf(ev)
	}
}

// Reach says how far the batch that was added goes.
func (o *Outgoing) Reach(seq, change uint64) { o.To, o.Change = seq, change }

// Empty reports whether the position is the one that was published.
func (o *Outgoing) Empty() bool { return o.To == o.From }

// Message returns the feed message, and whether it fits the transport. One that
// does not fit is not sent: a heartbeat at its To makes everybody ask.
func (o *Outgoing) Message(epoch string) (protocol.Feed, bool) {
	return protocol.Feed{
		Epoch: epoch, From: o.From, To: o.To, Change: o.Change, Rows: o.rows, Rejected: o.rejected,
	}, o.size <= FeedCap
}

// Heartbeat returns the message that tells the published position.
func (o *Outgoing) Heartbeat(epoch string) protocol.Feed {
	return protocol.Feed{Epoch: epoch, From: o.From, To: o.From, Change: o.Told}
}

// addRow adds the row, or replaces an older one of the same record.
func (o *Outgoing) addRow(row protocol.Row) {
	i, found := slices.BinarySearchFunc(o.order, row.ID, func(at int32, id string) int {
		return cmp.Compare(o.rows[at].ID, id)
	})
	if found {
		old := &o.rows[o.order[i]]
		o.size += RowSize(row) - RowSize(*old)
		*old = row
		return
	}
	o.order = slices.Insert(o.order, i, int32(len(o.rows)))
	o.rows = append(o.rows, row)
	o.size += RowSize(row)
}

// RowSize is how many bytes of a message a row may take at most.
func RowSize(row protocol.Row) int { return rowOverhead + worstEscape*(len(row.Name)+len(row.Email)) }

// pushes reports whether clients are told when ev is rejected.
func pushes(ev event.Event) bool {
	return strategy.Of(ev.Strategy).Feedback == strategy.Push
}

// CopyFrom makes o what src is, in the memory it has.
func (o *Outgoing) CopyFrom(src *Outgoing) {
	rows, order, rejected := o.rows[:0], o.order[:0], o.rejected[:0]
	*o = *src
	o.rows = append(rows, src.rows...)
	o.order = append(order, src.order...)
	o.rejected = append(rejected, src.rejected...)
}

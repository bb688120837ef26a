package projector

import (
	"optimist/server/sqlite"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/strategy"
)

// feedCap is how large a feed message may get, in bytes, so that it stays under
// the transport's limit of 1 MiB. What does not fit is left out with its
// position, so that everybody sees a gap and asks.
const feedCap = 768 << 10

// Estimates of a row and a rejection in JSON.
const (
	rowOverhead = 320 // Bytes of names, ids and numbers.
	worstEscape = 6   // Bytes of JSON for a byte of text.
)

// outgoing is everything that changed since the last published position.
type outgoing struct {
	from, to uint64
	told     uint64 // The database's change number at from,
	change   uint64 // and at to.
	rows     []protocol.Row
	index    map[string]int // Where in rows a record is.
	rejected []protocol.Rejection
	size     int          // Bytes, at most.
	target   fault.Target // The first event that changed or lost something.
}

// start empties it; the position that was published is its beginning.
func (o *outgoing) start(seq, change uint64) {
	clear(o.index)
	*o = outgoing{from: seq, to: seq, told: change, change: change, index: o.index}
}

// add takes what became of ev.
func (o *outgoing) add(ev event.Event, out outcome) {
	switch {
	case out.effect.Changed:
		o.addRow(sqlite.RowOf(out.record))
	case out.effect.Fell.Status != 0 && pushes(ev):
		r := sqlite.RejectionOf(out.effect.Fell)
		o.rejected = append(o.rejected, r)
		o.size += rowOverhead + worstEscape*len(r.Why)
	default:
		return
	}
	if o.target.Kind == 0 {
		o.target = fault.Target{Kind: ev.Kind, Record: ev.Record}
	}
}

// addRow adds the row, or replaces an older one of the same record.
func (o *outgoing) addRow(row protocol.Row) {
	if i, found := o.index[row.ID]; found {
		o.size += rowSize(row) - rowSize(o.rows[i])
		o.rows[i] = row
		return
	}
	if o.index == nil {
		o.index = make(map[string]int)
	}
	o.index[row.ID] = len(o.rows)
	o.rows = append(o.rows, row)
	o.size += rowSize(row)
}

// rowSize is how many bytes of a message a row may take at most.
func rowSize(row protocol.Row) int { return rowOverhead + worstEscape*(len(row.Name)+len(row.Email)) }

// pushes reports whether clients are told when ev is rejected.
func pushes(ev event.Event) bool {
	return strategy.Of(ev.Strategy).Feedback == strategy.Push
}

// publish sends everything since the last published position in one message,
// unless the log is owed a rejection.
func (p *Projector) publish() {
	if len(p.owed) > 0 || p.feed.to == p.feed.from {
		return
	}
	msg := protocol.Feed{
		Epoch: p.epoch, From: p.feed.from, To: p.feed.to, Change: p.feed.change,
		Rows: p.feed.rows, Rejected: p.feed.rejected,
	}
	target, size := p.feed.target, p.feed.size
	p.feed.start(msg.To, msg.Change)
	p.watermark.Store(msg.To)
	if size > feedCap {
		p.heartbeat() // It tells the position that nobody else has.
		return
	}
	for range p.deliveries(target) {
		p.cfg.Publish(msg)
	}
}

// deliveries returns how often a message is sent, as the faults have it.
func (p *Projector) deliveries(t fault.Target) int {
	if p.cfg.Faults == nil || t.Kind == 0 {
		return 1
	}
	if _, struck := p.cfg.Faults.Strike(fault.FeedDrop, t); struck {
		return 0
	}
	if _, struck := p.cfg.Faults.Strike(fault.FeedRepeat, t); struck {
		return 2
	}
	return 1
}

// heartbeat tells the published position, so that a lost last message shows.
func (p *Projector) heartbeat() {
	if p.serving {
		at := p.feed.from
		p.cfg.Publish(protocol.Feed{Epoch: p.epoch, From: at, To: at, Change: p.feed.told})
	}
}

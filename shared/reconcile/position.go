package reconcile

import (
	"math"

	"optimist/shared/protocol"
	"optimist/shared/strategy"
)

// source is who tells of rows.
type source uint8

const (
	nowhere  source = iota
	fromRows        // The projector, of the read model.
	fromLog         // The log's fold.
)

// never is long before any time, and far from the end of numbers.
const never = math.MinInt64 / 2

// position is how far this client has read in one source.
type position struct {
	source source
	epoch  string // "" until the first sync.
	to     uint64 // The watermark. In the projector's: everything up to here is confirmed.
	change uint64 // The source's change number there.
	wanted bool   // A sync must follow.
	asked  int64  // When the last sync was asked for; never at first.
	early  early
	lost   bool // Early messages were dropped.
}

// early is feed messages that cannot be taken yet, flat, so that it owns what it
// holds and is copied in a few moves.
type early struct {
	feeds    []protocol.Feed // Without rows and rejections.
	counts   []counts        // How many of each follow, by feed.
	rows     []protocol.Row
	rejected []protocol.Rejection
}

type counts struct{ rows, rejected int }

// keep holds f, and returns false if there is no room.
func (e *early) keep(f *protocol.Feed) bool {
	if len(e.feeds) >= MaxEarly {
		return false
	}
	e.rows = append(e.rows, f.Rows...)
	e.rejected = append(e.rejected, f.Rejected...)
	e.counts = append(e.counts, counts{rows: len(f.Rows), rejected: len(f.Rejected)})
	e.feeds = append(e.feeds, *f)
	last := &e.feeds[len(e.feeds)-1]
	last.Rows, last.Rejected = nil, nil
	return true
}

// clear drops everything.
func (e *early) clear() {
	e.feeds, e.counts, e.rows, e.rejected = e.feeds[:0], e.counts[:0], e.rows[:0], e.rejected[:0]
}

// each calls take with each message in the order they came. It is good until
// take returns.
func (e *early) each(take func(f *protocol.Feed)) {
	rows, rejected := e.rows, e.rejected
	for i := range e.feeds {
		f, n := e.feeds[i], e.counts[i]
		f.Rows, rows = rows[:n.rows], rows[n.rows:]
		f.Rejected, rejected = rejected[:n.rejected], rejected[n.rejected:]
		take(&f)
	}
}

// copyFrom makes e what other is.
func (e *early) copyFrom(other *early) {
	if len(e.feeds) == 0 && len(other.feeds) == 0 {
		return
	}
	e.feeds = append(e.feeds[:0], other.feeds...)
	e.counts = append(e.counts[:0], other.counts...)
	e.rows = append(e.rows[:0], other.rows...)
	e.rejected = append(e.rejected[:0], other.rejected...)
}

// copyFrom makes p what other is.
func (p *position) copyFrom(other *position) {
	p.source, p.epoch, p.to, p.change = other.source, other.epoch, other.to, other.change
	p.wanted, p.asked, p.lost = other.wanted, other.asked, other.lost
	p.early.copyFrom(&other.early)
}

// in returns the position in the log's fold, or in the read model.
func (r *Replica) in(log bool) *position {
	if log {
		return &r.logs
	}
	return &r.link
}

// rows returns the position in the source that this client takes rows from.
func (r *Replica) rows() *position { return r.in(r.read == strategy.FoldedLog) }

// follow reads as the strategy says. Rows of one source say nothing about those
// of the other: they are forgotten, and loaded anew.
func (r *Replica) follow(text string) {
	s := strategy.Of(text)
	if s.Read == r.read && s.Identity == r.identity {
		return
	}
	before := r.rows()
	r.read, r.identity = s.Read, s.Identity
	if now := r.rows(); now != before {
		r.letGo()
		now.epoch, now.change = "", 0
		r.want(now)
	}
	r.emit(Changed, "", "")
}

// sync asks for what changed since p.
func (r *Replica) sync(p *position) {
	r.syncing, p.wanted, p.asked = p.source, false, r.now
	e := r.emit(Sync, "", "")
	e.Epoch, e.Since, e.Log = p.epoch, p.change, p.source == fromLog
}

// want asks for a resync of p: now, or once the other one is done.
func (r *Replica) want(p *position) {
	switch {
	case !r.online || r.syncing == p.source:
	case r.syncing != nowhere:
		p.wanted = true
	default:
		r.sync(p)
	}
}

// syncFailed tries again at the next tick.
func (r *Replica) syncFailed() {
	r.in(r.syncing == fromLog).wanted = true
	r.syncing = nowhere
}

// syncEnded lets the other resync begin, unless p needs one more.
func (r *Replica) syncEnded(p *position) {
	if other := r.in(p.source == fromRows); r.online && r.syncing == nowhere && other.wanted && r.follows(other) {
		r.sync(other)
	}
}

// follows reports whether this client reads at p at all.
func (r *Replica) follows(p *position) bool {
	return p.source == fromRows || r.read == strategy.FoldedLog
}

// synced takes over a resync, whole, and then what came meanwhile.
func (r *Replica) synced(s *protocol.Sync) {
	p := r.in(s.Log)
	if r.syncing == p.source {
		r.syncing = nowhere
	}
	if !r.follows(p) {
		r.syncEnded(p)
		return
	}
	if s.Full {
		r.reload(p, s)
	} else if s.Epoch == p.epoch {
		r.advance(p, s.Rows, s.Rejected, max(s.Change, p.change), max(s.To, p.to))
	}
	r.early, p.early = p.early, r.early
	p.early.clear()
	r.early.each(func(f *protocol.Feed) {
		// One of another epoch is late, or early: in that case more will come.
		if f.Epoch == p.epoch {
			r.fed(f)
		}
	})
	if p.lost || p.epoch == "" {
		p.lost = false
		r.want(p)
	}
	r.syncEnded(p)
}

package anomaly

import (
	"fmt"
	"slices"

	"optimist/shared/trace"
	"optimist/shared/user"
)

// entry is one event of the log that changes a record.
type entry struct {
	seq    uint64
	intent int32
	record int32
	next   int32 // The next one on its record.
	op     user.Op
	patch  user.Patch

	again     bool // A second event of its command.
	void      bool // The log rejects it.
	givenUp   bool // The read model gave it up for good.
	committed bool // It was put into the rows.
}

// record is one record as the stores have it.
type record struct {
	id          string
	first, last int32      // Its entries in the order of the log.
	fold        user.State // What the log makes of it.
	lean        user.State // The same less what was given up.
	rows        user.State // The fold of what was committed, in the log's order.
	row         trace.Value
	newest      uint64 // The newest entry committed.
	news        uint64 // The newest event of the log about it.
	goneAt      uint64 // Rows: the delete that took it out of them.
	direct      int    // Rows written that the log has not confirmed.
	patchy      bool   // Some entry does not count.
	blind       bool   // What was there before the trace is not known.
	dirty       bool   // To be judged at the next quiet.
	moved       bool   // Its row is to be explained when the step ends.
	told        told
}

// lens says which entries a fold counts.
type lens uint8

// The lenses.
const (
	byLog  lens = iota // All that no rejection voids.
	leanly             // Less what was given up.
	byRows             // What was committed.
)

// counts reports whether e may count through the lens.
func (e *entry) counts(l lens) bool {
	if e.again || e.op == 0 {
		return false
	}
	switch l {
	case byLog:
		return !e.void
	case leanly:
		return !e.void && !e.givenUp
	case byRows:
		return e.committed
	}
	panic(fmt.Sprintf("anomaly: unknown lens %d", l))
}

// fold puts e onto s if it counts, is legal there, and does not fall.
func (c *Checker) fold(s *user.State, e *entry, l lens) bool {
	if !e.counts(l) || user.Legal(*s, e.op) != nil || c.falls(e, l) {
		return false
	}
	*s = user.Evolve(*s, user.Change{Seq: e.seq, Client: c.intents[e.intent].client, Op: e.op, Patch: e.patch})
	return true
}

// falls reports whether e was typed on a create that does not count, directly or
// not: then it falls with it, though nothing in the log says so yet. What is in
// the rows is.
func (c *Checker) falls(e *entry, l lens) bool {
	for at := c.intents[e.intent].cause; at != none && l != byRows; at = c.intents[at].cause {
		u := &c.intents[at]
		if u.op == user.Create && u.entry != none && !c.log[u.entry].counts(l) {
			return c.compensates(&c.intents[e.intent])
		}
	}
	return false
}

// foldTo returns the record before the event at seq, and the create that made
// it.
func (c *Checker) foldTo(r *record, l lens, seq uint64) (s user.State, born int32) {
	born = none
	for at := r.first; at != none && c.log[at].seq < seq; at = c.log[at].next {
		if c.fold(&s, &c.log[at], l) && c.log[at].op == user.Create {
			born = at
		}
	}
	return s, born
}

// allOfIt is a place after every event.
const allOfIt = ^uint64(0)

// refold folds the record again: an entry in its middle came or went.
func (c *Checker) refold(r int32) {
	rec := &c.records[r]
	rec.patchy = true
	rec.fold, _ = c.foldTo(rec, byLog, allOfIt)
	rec.lean, _ = c.foldTo(rec, leanly, allOfIt)
	rec.rows, _ = c.foldTo(rec, byRows, allOfIt)
	for at := rec.first; at != none; at = c.log[at].next {
		c.openUp(c.log[at].intent)
	}
	c.soil(r)
}

// effective reports whether the entry takes part in the log's fold.
func (c *Checker) effective(at int32) bool {
	e := &c.log[at]
	r := &c.records[e.record]
	if !r.patchy {
		return true
	}
	s, _ := c.foldTo(r, byLog, e.seq)
	return c.fold(&s, e, byLog)
}

// appended takes an event that is durable.
func (c *Checker) appended(e *trace.Event) {
	c.sighted = true
	if c.entry(e.Seq) != none {
		return
	}
	i := c.intent(e)
	c.describe(i, e)
	r := c.intents[i].record
	at := c.insert(entry{seq: e.Seq, intent: i, record: r, op: e.Op, patch: e.Patch, next: none})
	u, rec := &c.intents[i], &c.records[r]
	rec.news = max(rec.news, e.Seq)
	rec.blind = rec.blind || e.Base != 0 && rec.first == at && e.Op != user.Create
	if u.entry != none {
		c.log[at].again = true
		rec.patchy = true
		c.accuse(duplicateAppend, u, false, "%s is in the log twice, as #%d and #%d", u.id, c.log[u.entry].seq, e.Seq)
	} else {
		u.entry = at
		c.judgeEntry(u, rec, &c.log[at], e.Base)
		c.inOrder(i)
	}
	if rec.last != at {
		c.refold(r)
		return
	}
	if !c.fold(&rec.fold, &c.log[at], byLog) {
		rec.patchy = true
	}
	c.fold(&rec.lean, &c.log[at], leanly)
	c.openUp(i)
	c.soil(r)
}

// describe completes an intent that nobody acted here.
func (c *Checker) describe(i int32, e *trace.Event) {
	u := &c.intents[i]
	if u.number == 0 && u.record == none {
		u.op, u.patch, u.base, u.strategy = e.Op, e.Patch, e.Base, e.Strategy
		u.cause, u.record = c.causeOf(i, e), c.record(e.Record)
	}
}

// insert puts a new entry into the log and its record, in the log's order.
func (c *Checker) insert(e entry) int32 {
	place, _ := c.entryAt(e.seq)
	at := int32(len(c.log))
	c.log = append(c.log, e)
	c.bySeq = slices.Insert(c.bySeq, place, at)
	c.cursor = min(c.cursor, place)
	r := &c.records[e.record]
	switch {
	case r.last == none:
		r.first, r.last = at, at
	case c.log[r.last].seq < e.seq:
		c.log[r.last].next = at
		r.last = at
	case c.log[r.first].seq > e.seq:
		c.log[at].next = r.first
		r.first = at
	default:
		before := r.first
		for c.log[c.log[before].next].seq < e.seq {
			before = c.log[before].next
		}
		c.log[at].next, c.log[before].next = c.log[before].next, at
	}
	return at
}

// voided takes a rejection that is durable.
func (c *Checker) voided(e *trace.Event) {
	at := c.entry(e.Target)
	if at == none {
		return
	}
	c.log[at].void = true
	rec := &c.records[c.log[at].record]
	rec.news = max(rec.news, e.Seq)
	c.refold(c.log[at].record)
}

// skipped takes an event that the projector gave up.
func (c *Checker) skipped(e *trace.Event) {
	at := c.entry(e.Seq)
	if at == none {
		return
	}
	c.log[at].givenUp = true
	r := c.log[at].record
	rec, u := &c.records[r], &c.intents[c.log[at].intent]
	if op := c.log[at].op; op != user.Create && !c.log[at].again && !rec.rows.Exists && !rec.row.Exists && !rec.blind {
		c.accuse(orphanEvent, u, c.compensates(u) && c.createGivenUp(rec, e.Seq),
			"%s is event #%d, but the read model has no %s to %s", c.deed(u), e.Seq, c.called(r), op)
	}
	c.refold(r)
	c.moved(r)
}

// createGivenUp reports whether a create of the record before seq was given up.
func (c *Checker) createGivenUp(r *record, seq uint64) bool {
	for at := r.first; at != none && c.log[at].seq < seq; at = c.log[at].next {
		if c.log[at].op == user.Create && (c.log[at].givenUp || c.log[at].void) {
			return true
		}
	}
	return false
}

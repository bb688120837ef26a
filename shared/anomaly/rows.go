package anomaly

import (
	"optimist/shared/trace"
	"optimist/shared/user"
)

// wrote takes a row that was written before anything was in the log.
func (c *Checker) wrote(e *trace.Event) {
	c.sighted = true
	i, r := c.intent(e), c.record(e.Record)
	u, rec := &c.intents[i], &c.records[r]
	if u.record == none {
		u.record = r
	}
	if !u.wrote {
		u.wrote = true
		rec.direct++
	}
	u.version, rec.row = e.Value.Version, e.Value
	if faceOf(e.Value) != stateFace(rec.fold) {
		c.accuse(unexplainedRow, u, false, "%s's row was written for %s before the log had it, so no prefix of the log explains it",
			c.called(r), u.id)
	}
	if u.op == user.Create {
		rec.goneAt = 0
	}
	c.risen(r)
	c.openUp(i)
	c.soil(r)
	for p := range c.people {
		c.screens[c.screen(int32(p), r)].acts()
	}
}

// committed takes an event that is in the rows.
func (c *Checker) committed(e *trace.Event) {
	r := c.record(e.Record)
	rec := &c.records[r]
	rec.row = e.Value
	c.moved(r)
	c.soil(r)
	at := c.entry(e.Seq)
	if at == none {
		rec.blind = true
		return
	}
	u := &c.intents[c.log[at].intent]
	if u.wrote && !c.log[at].committed && !c.log[at].again {
		rec.direct--
	}
	c.log[at].committed = true
	c.inTurn(rec, r, &c.log[at])
	if c.log[at].op == user.Delete && !e.Value.Exists {
		rec.goneAt = e.Seq
	}
	c.risen(r)
	c.openUp(c.log[at].intent)
}

// inTurn folds a committed entry, and tells if it came out of its turn.
func (c *Checker) inTurn(rec *record, r int32, e *entry) {
	if e.seq < rec.newest {
		c.report(outOfOrderProjection, &rec.told, false, Finding{
			Client: c.intents[e.intent].client, Intent: c.intents[e.intent].id, Record: rec.id,
			Why: c.sentence("the read model put event #%d of %s in after #%d", e.seq, c.called(r), rec.newest),
		})
		c.refold(r)
		return
	}
	rec.newest = e.seq
	c.fold(&rec.rows, e, byRows)
	c.advance()
	if c.cursor < len(c.bySeq) && c.log[c.bySeq[c.cursor]].seq < e.seq {
		c.overtaken = e.seq
	}
}

// advance moves the cursor over what the projector is done with. What does not
// count needs no projection.
func (c *Checker) advance() {
	for c.cursor < len(c.bySeq) {
		e := &c.log[c.bySeq[c.cursor]]
		if !e.committed && !e.givenUp && !e.void && !e.again {
			return
		}
		c.cursor++
	}
}

// risen reports a record that is in the rows although it was deleted and nobody
// created it since.
func (c *Checker) risen(r int32) {
	rec := &c.records[r]
	if rec.goneAt == 0 || !rec.row.Exists || rec.blind {
		return
	}
	if !c.createdSince(rec, rec.goneAt, c.effective) {
		c.report(resurrection, &rec.told, false, Finding{Record: rec.id, Why: c.sentence(
			"%s is back in the read model although it was deleted at #%d and nobody created it since", c.called(r), rec.goneAt)})
	}
	rec.goneAt = 0
}

// createdSince reports whether a create of the record after seq counts, or
// whether the delete at seq does not.
func (c *Checker) createdSince(rec *record, seq uint64, counts func(at int32) bool) bool {
	if gone := c.entry(seq); gone == none || !c.effective(gone) {
		return true
	}
	for at := rec.first; at != none; at = c.log[at].next {
		if c.log[at].seq > seq && c.log[at].op == user.Create && counts(at) {
			return true
		}
	}
	return false
}

// explain compares a row with what the log makes of it as far as it was
// projected, less what was given up.
func (c *Checker) explain(r int32) {
	rec := &c.records[r]
	if rec.blind || rec.direct > 0 {
		return
	}
	got, want := faceOf(rec.row), stateFace(rec.rows)
	var why string
	switch {
	case got != want:
		why = c.sentence("the row of %s is %v, but the log up to #%d makes it %v", c.called(r), got, rec.newest, want)
	case c.overtaken != 0 && c.overtaken == rec.newest && c.cursor < len(c.bySeq):
		why = c.sentence("the rows hold #%d without #%d, so no prefix of the log explains them",
			c.overtaken, c.log[c.bySeq[c.cursor]].seq)
	default:
		return
	}
	c.report(unexplainedRow, &rec.told, false, Finding{Record: rec.id, Why: why})
}

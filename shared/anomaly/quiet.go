package anomaly

import (
	"strings"

	"optimist/shared/trace"
)

// quiet judges what can be judged only when nothing moves any more.
func (c *Checker) quiet(stalled bool) {
	c.advance()
	for _, r := range c.dirty {
		c.settled(r, stalled)
	}
	for _, i := range c.open {
		c.ended(i, stalled)
	}
	if c.cursor < len(c.bySeq) {
		at := c.bySeq[c.cursor]
		u := &c.intents[c.log[at].intent]
		c.accuse(stalledProjection, u, stalled, "the read model stays before #%d (%s) while the log is at #%d, and nothing moves",
			c.log[at].seq, u.id, c.log[c.bySeq[len(c.bySeq)-1]].seq)
	}
	if !stalled {
		for _, r := range c.dirty {
			c.records[r].dirty = false
		}
		c.dirty = c.dirty[:0]
	}
	kept := c.open[:0]
	for _, i := range c.open {
		if c.intents[i].open = stalled || c.intents[i].pending(); c.intents[i].open {
			kept = append(kept, i)
		}
	}
	c.open = kept
}

// ended judges an intent.
func (c *Checker) ended(i int32, stalled bool) {
	u := &c.intents[i]
	if u.left && !u.over() {
		c.unannounced(u)
	}
	if u.pending() && u.record != none {
		p := &c.people[c.person(u.client)]
		c.accuse(stuckPending, u, stalled || p.cut || p.down, "%s is still %v, and nothing is left that could settle it", c.deed(u), u.fate)
	}
	if !c.sighted || u.record == none || c.records[u.record].blind && u.entry == none {
		return
	}
	stands := u.entry != none && c.effective(u.entry)
	if u.failed && u.over() && stands {
		c.accuse(zombie, u, false, "%s was told that %s failed, but event #%d stands in the log and nothing there takes it back",
			u.client, u.id, c.log[u.entry].seq)
	}
	if u.fate != trace.FateConfirmed || stands && !c.log[u.entry].givenUp || stalled && stands {
		return
	}
	c.accuse(phantomConfirm, u, false, "%s sees %s as confirmed, but %s", u.client, u.id, c.lossOf(u))
	if !u.failed && (u.entry == none || !c.log[u.entry].committed) {
		c.accuse(silentLoss, u, false, "%s is lost (%s), and nobody told %s", c.deed(u), c.lossOf(u), u.client)
	}
}

// lossOf says how an intent was lost.
func (c *Checker) lossOf(u *intent) string {
	if u.entry == none {
		return "it is not in the log"
	}
	e := &c.log[u.entry]
	switch {
	case e.void:
		return c.sentence("the log rejects its event #%d", e.seq)
	case e.givenUp:
		return c.sentence("the read model gave its event #%d up", e.seq)
	}
	return c.sentence("its event #%d is not legal where it stands in the log", e.seq)
}

// settled judges a record.
func (c *Checker) settled(r int32, stalled bool) {
	rec := &c.records[r]
	if !stalled { // The projector, once it goes on, may reject one of them.
		c.uniqueEmail(r)
	}
	for at := rec.first; at != none && rec.patchy; at = c.log[at].next {
		c.onceOnly(at)
	}
	got, want := faceOf(rec.row), stateFace(rec.fold)
	if stalled || rec.blind || got == want {
		return
	}
	c.report(divergence, &rec.told, false, Finding{Record: rec.id, Why: c.sentence(
		"the log makes %s %v, the read model has it %v, and nothing is left to do", c.called(r), want, got)})
}

// onceOnly looks for a second event of a command that was put into the rows.
func (c *Checker) onceOnly(at int32) {
	e := &c.log[at]
	u := &c.intents[e.intent]
	if first := &c.log[u.entry]; e.again && e.committed && first.committed {
		c.accuse(doubleEffect, u, false, "%s took effect twice, as #%d and as #%d", u.id, first.seq, e.seq)
	}
}

// uniqueEmail looks for another living record with the record's email.
func (c *Checker) uniqueEmail(r int32) {
	rec := &c.records[r]
	if !rec.fold.Exists || rec.fold.Email == "" {
		return
	}
	for o := range c.records {
		other := &c.records[o]
		if int32(o) == r || !other.fold.Exists || !strings.EqualFold(other.fold.Email, rec.fold.Email) {
			continue
		}
		one, two := c.entry(rec.fold.EmailSeq), c.entry(other.fold.EmailSeq)
		if one == none || two == none {
			continue
		}
		if c.log[one].seq > c.log[two].seq {
			one, two = two, one
		}
		first, second := &c.intents[c.log[one].intent], &c.intents[c.log[two].intent]
		c.accuse(uniquenessViolation, second, false, "#%d (%s) and #%d (%s) both stand in the log, so %s and %s share the email %s",
			c.log[one].seq, first.id, c.log[two].seq, second.id, c.called(first.record), c.called(second.record), rec.fold.Email)
	}
}

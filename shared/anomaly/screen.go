package anomaly

import (
	"slices"

	"optimist/shared/trace"
	"optimist/shared/user"
)

// screen is what one person sees of one record, and what must be remembered of
// it.
type screen struct {
	person, record int32

	base     uint64 // The position of the row that the client took.
	version  uint64 // Of that row.
	face     face
	row      uint64 // Of the row under what is shown.
	drawn    bool
	shown    []int32 // Own intents laid over the row.
	older    glance  // What was shown before, if nothing was done since.
	now      glance  // What is shown.
	plain    uint64  // The row last shown as confirmed; 0: none.
	goneAt   uint64  // The delete that took the record off the screen, confirmed.
	rendered bool    // In this step.
	touched  bool    // To be looked at when the step ends.

	watched int32 // The first of the own intents that must be seen here.
	ahead   int32 // Of those in the log, the one acted last.
	reached int32 // The number of the last one that the row under the screen held.
	told    told
}

// forget drops what a client's memory held.
func (s *screen) forget() {
	s.base, s.version, s.face, s.row, s.drawn, s.plain, s.goneAt = 0, 0, face{}, 0, false, 0, 0
	s.shown, s.older, s.now = s.shown[:0], glance{}, glance{}
}

// watch has an own intent looked for on the screen from now on.
func (c *Checker) watch(s, i int32) {
	c.touch(s)
	if c.intents[i].watched {
		return
	}
	c.intents[i].watched = true
	last := &c.screens[s].watched
	for *last != none {
		last = &c.intents[*last].next
	}
	*last = i
}

// based takes a row that a client took.
func (c *Checker) based(e *trace.Event) {
	p, r := c.person(e.Client), c.record(e.Record)
	i := c.screen(p, r)
	c.touch(i)
	s := &c.screens[i]
	if before := c.entry(s.base); e.Seq != 0 && e.Seq < s.base && (before == none || c.stands(before)) {
		c.blame(staleOverwrite, s, c.sentence("%s's client took %s as of #%d over #%d, which it had", e.Client, c.called(r), e.Seq, s.base))
	}
	s.base, s.version = e.Seq, e.Value.Version
	c.adopt(r, e)
}

// adopt takes a row for given that is older than the trace.
func (c *Checker) adopt(r int32, e *trace.Event) {
	rec := &c.records[r]
	if rec.first != none || e.Value.Seq == 0 || rec.blind || c.entry(e.Value.Seq) != none {
		return
	}
	rec.row = e.Value
	if !e.Value.Exists {
		return
	}
	i := c.intent(&trace.Event{Intent: "#" + e.Record})
	at := c.insert(entry{
		seq: e.Value.Seq, intent: i, record: r, op: user.Create, next: none,
		patch: user.SetBoth(e.Value.Name, e.Value.Email), committed: true,
	})
	c.intents[i].entry, c.intents[i].record = at, r
	c.fold(&rec.fold, &c.log[at], byLog)
	rec.lean, rec.rows = rec.fold, rec.fold
	rec.newest = e.Value.Seq
	c.advance()
}

// blame reports an anomaly of a screen.
func (c *Checker) blame(n number, s *screen, why string) {
	c.report(n, &s.told, false, Finding{Client: c.people[s.person].name, Record: c.recordID(s.record), Why: why})
}

// rendered takes what a screen says now.
func (c *Checker) rendered(e *trace.Event) {
	r := c.record(e.Record)
	i := c.screen(c.person(e.Client), r)
	c.touch(i)
	s := &c.screens[i]
	f, row := faceOf(e.Value), e.Value.Seq
	c.flickers(s, e, f)
	c.vanishes(s, e)
	c.rises(s, e)
	if e.Twin {
		c.blame(identitySwap, s, c.sentence("%s sees %s twice, under a temporary id and under the server's", e.Client, c.called(r)))
	}
	s.face, s.row, s.drawn, s.rendered = f, row, true, true
	c.lay(s, e)
}

// stands reports whether an entry still counts everywhere.
func (c *Checker) stands(at int32) bool { return !c.log[at].givenUp && c.effective(at) }

// vanishes looks for somebody else's change that was confirmed here and is
// gone.
func (c *Checker) vanishes(s *screen, e *trace.Event) {
	if at := c.entry(s.plain); s.plain != 0 && s.plain != e.Value.Seq && at != none && !c.log[at].committed && !c.stands(at) {
		if u := &c.intents[c.log[at].intent]; u.client != e.Client {
			c.accuse(vanishingObservation, u, false, "%s saw %s (event #%d) on %s as confirmed, and now it is gone",
				e.Client, u.id, s.plain, c.called(s.record))
		}
	}
	switch {
	case e.Mark == trace.Plain:
		s.plain = e.Value.Seq
	case !e.Value.Exists:
		s.plain = 0
	default: // What its person laid over it takes nothing away.
	}
}

// rises looks for a record that is back on a screen.
func (c *Checker) rises(s *screen, e *trace.Event) {
	rec, own := &c.records[s.record], e.Mark == trace.Pending || e.Mark == trace.Failed
	at := c.entry(max(e.Value.Seq, s.base))
	switch {
	case !e.Value.Exists && at != none && c.log[at].op == user.Delete:
		s.goneAt = c.log[at].seq
	case e.Value.Exists && s.goneAt != 0 && !own:
		// One that was rejected meanwhile may be on its way to the screen.
		if rec.direct == 0 && !rec.blind && !c.createdSince(rec, s.goneAt, func(int32) bool { return true }) {
			c.blame(resurrection, s, c.sentence("%s is back on %s's screen although it was deleted at #%d and nobody created it since",
				c.called(s.record), e.Client, s.goneAt))
		}
		s.goneAt = 0
	}
}

// lay takes which own intents are shown, and notes which left unexplained.
func (c *Checker) lay(s *screen, e *trace.Event) {
	was := len(s.shown)
	for _, id := range e.Shown {
		if at, found := c.intentAt(e.Client, id); found {
			s.shown = append(s.shown, c.byIntent[at])
		}
	}
	now := s.shown[was:]
	if !e.Value.Exists && !slices.ContainsFunc(now, c.deletes) {
		now = nil // What is laid over nothing cannot be seen.
	}
	for _, i := range s.shown[:was] {
		u := &c.intents[i]
		if u.watched && u.number > s.reached && !u.over() && !slices.Contains(now, i) && !c.holds(s, u) {
			u.left, u.leftAt = true, c.step
		}
	}
	for _, i := range now {
		c.intents[i].left = false
	}
	s.shown = s.shown[:copy(s.shown, now)]
}

// deletes reports whether an intent takes its record away.
func (c *Checker) deletes(i int32) bool { return c.intents[i].op == user.Delete }

// look judges a screen at the end of a step that touched it.
func (c *Checker) look(at int32) {
	s := &c.screens[at]
	if c.people[s.person].down {
		return
	}
	c.reach(s)
	c.absent(s)
	for link := &s.watched; *link != none; {
		u := &c.intents[*link]
		if u.over() || c.holds(s, u) {
			*link, u.next, u.watched, u.left = u.next, none, false, false
			continue
		}
		c.missing(s, *link)
		link = &u.next
	}
	c.covered(s)
	for _, i := range s.shown {
		if cause := c.fallenCause(i); cause != none {
			u := &c.intents[i]
			c.accuse(effectWithoutCause, u, false, "%s's screen shows %s of %s although %s, on which it was typed, was rolled back",
				u.client, u.id, c.called(s.record), c.intents[cause].id)
		}
	}
}

// reach notes how many of the own intents the row under the screen has reached:
// what was done before the last of them is shown by it.
func (c *Checker) reach(s *screen) {
	for i := s.watched; i != none; i = c.intents[i].next {
		if u := &c.intents[i]; !u.over() && c.holds(s, u) {
			s.reached = max(s.reached, u.number)
		}
	}
}

// covered reports an own intent that the row has as its newest change and that
// the screen nevertheless does not show: something older is laid over it.
func (c *Checker) covered(s *screen) {
	at := c.entry(s.row)
	if at == none || c.log[at].again || !s.drawn {
		return
	}
	u := &c.intents[c.log[at].intent]
	if u.wrote || c.records[s.record].direct > 0 {
		return // What was written after it may be in the row, and in no place of the log yet.
	}
	later := func(i int32) bool { return c.intents[i].number > u.number }
	if u.number == 0 || u.client != c.people[s.person].name || s.face.holds(u.op, u.patch) ||
		slices.ContainsFunc(s.shown, later) || c.placedLater(s) {
		return
	}
	c.accuse(ownWriteMissing, u, false, "%s is in the row, but %s's screen shows something older over it", c.deed(u), u.client)
}

// placedLater reports whether the row under the screen has a change that was
// written first, and whose event came behind the one that it is as of.
func (c *Checker) placedLater(s *screen) bool {
	return slices.ContainsFunc(c.intents, func(u intent) bool {
		return u.wrote && u.record == s.record && u.version <= s.version && u.entry != none && c.log[u.entry].seq > s.row
	})
}

// holds reports whether the row under the screen has an intent's effect, or
// that of a later event.
func (c *Checker) holds(s *screen, u *intent) bool {
	if u.entry != none && max(s.row, s.base) >= c.log[u.entry].seq {
		return true
	}
	if !u.wrote {
		return false
	}
	// The row may have come before its event, and so before it has a place.
	return u.version != 0 && s.version >= u.version ||
		u.fate == trace.FateConfirmed && s.drawn && s.face.holds(u.op, u.patch)
}

// missing reports an own intent that the screen lacks.
func (c *Checker) missing(s *screen, i int32) {
	u := &c.intents[i]
	later := func(j int32) bool { return c.intents[j].number >= u.number }
	if u.number <= s.reached {
		u.left = false // The row that it made way for tells of what was done after it.
		return
	}
	if u.fate == 0 || slices.ContainsFunc(s.shown, later) {
		return
	}
	c.accuse(ownWriteMissing, u, false, "%s is %v, but %s's screen does not show it", c.deed(u), u.fate, u.client)
	if u.left && s.rendered && u.leftAt < c.step {
		c.unannounced(u)
	}
}

// unannounced reports an effect that went without a word.
func (c *Checker) unannounced(u *intent) {
	u.left = false
	c.accuse(silentRollback, u, false, "%s left %s's screen, and nothing there says why", c.deed(u), u.client)
}

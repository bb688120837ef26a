package anomaly

import (
	"slices"

	"optimist/shared/trace"
	"optimist/shared/user"
)

// intent is one act of a person and what its client believes of it.
type intent struct {
	client, id string
	strategy   string // "": the run's.
	record     int32  // none: not known yet.
	op         user.Op
	patch      user.Patch
	base       uint64
	seen       uint64 // The version of the row that its person saw.
	version    uint64 // Of the row that was written for it; see wrote.
	cause      int32
	number     int32 // Counts the acts of its person; 0: nobody acted it here.
	entry      int32 // Its first event in the log.
	next       int32 // The next one that its screen watches.

	fate      trace.Fate
	code      user.Code // Why it was rolled back.
	root      string    // With what it fell.
	promised  bool      // An answer called it accepted or confirmed.
	confirmed bool      // It was believed to be confirmed.
	failed    bool      // It was believed to be rolled back.
	refused   bool      // Its refusal is durable.
	wrote     bool      // Its row was written before the log had it.
	left      bool      // Its effect left the screen, and nobody said why.
	leftAt    int       // In that step.
	watched   bool
	open      bool // To be judged at the next quiet.
	told      told
}

// pending reports whether its client still waits for a verdict.
func (u *intent) pending() bool {
	return u.fate == trace.FateHeld || u.fate == trace.FateSent || u.fate == trace.FateAccepted
}

// over reports whether its client knows that it has no effect.
func (u *intent) over() bool { return u.fate == trace.FateRolledBack || u.fate == trace.FateWithdrawn }

// acted takes what a person did.
func (c *Checker) acted(e *trace.Event) {
	i := c.intent(e)
	p := &c.people[c.person(e.Client)]
	p.acts++
	u := &c.intents[i]
	u.number, u.strategy, u.cause = p.acts, e.Strategy, c.causeOf(i, e)
	u.op, u.patch, u.base, u.record = e.Op, e.Patch, e.Base, c.record(e.Record)
	s := c.screen(c.person(e.Client), u.record)
	u.seen = c.screens[s].version
	c.screens[s].acts()
	c.watch(s, i)
}

// causeOf returns the intent that i, the fact's, was typed on, or none. A cause
// was heard of before what was typed on it, so causes make no circle.
func (c *Checker) causeOf(i int32, e *trace.Event) int32 {
	at, found := c.intentAt(e.Client, e.Cause)
	if e.Cause == "" || !found || c.byIntent[at] >= i {
		return none
	}
	return c.byIntent[at]
}

// believes takes a fate that is no verdict.
func (c *Checker) believes(i int32, fate trace.Fate) {
	u := &c.intents[i]
	if u.fate == 0 || u.pending() {
		u.fate = fate
		c.openUp(i)
	}
}

// believed takes what a client now thinks of its intent.
func (c *Checker) believed(e *trace.Event) {
	i := c.intent(e)
	u := &c.intents[i]
	before := u.fate
	u.fate = e.Fate
	c.takenOff(i)
	c.openUp(i)
	switch e.Fate {
	case trace.FateConfirmed:
		if u.failed {
			c.accuse(zombie, u, false, "%s was told that %s failed, and later that it is confirmed", u.client, u.id)
		}
		u.confirmed = true
	case trace.FateRolledBack:
		c.rolledBack(u, e)
		if e.Code == user.ErrCascade && (before == trace.FateAccepted || before == trace.FateConfirmed) {
			c.cascaded = append(c.cascaded, i)
		}
	case trace.FateWithdrawn:
		u.left = false
	case trace.FateHeld, trace.FateSent, trace.FateAccepted:
	}
	if u.record != none {
		c.touch(c.screen(c.person(u.client), u.record))
	}
}

// takenOff notes that the screen changes because an own intent that it shows is
// over: that was withdrawn or rolled back by name, so no wonder.
func (c *Checker) takenOff(i int32) {
	u := &c.intents[i]
	if !u.over() || u.record == none {
		return
	}
	if s := &c.screens[c.screen(c.person(u.client), u.record)]; slices.Contains(s.shown, i) {
		s.acts()
	}
}

// rolledBack takes the bad verdict of an intent.
func (c *Checker) rolledBack(u *intent, e *trace.Event) {
	if u.promised {
		c.accuse(brokenPromise, u, c.compensates(u), "the server told %s that %s was accepted%s, and then took it back (%s)",
			u.client, u.id, c.asEvent(u.entry), e.Code)
	}
	if u.confirmed {
		c.accuse(phantomConfirm, u, false, "%s saw %s as confirmed, and then it was rolled back (%s)", u.client, u.id, e.Code)
	}
	u.failed, u.left, u.code, u.root = true, false, e.Code, e.Root
}

// cascades reports what fell with something else in this step, once for each
// root.
func (c *Checker) cascades() {
	for n, i := range c.cascaded {
		root := c.rootOf(i)
		sameRoot := func(j int32) bool { return c.rootOf(j) == root }
		if slices.ContainsFunc(c.cascaded[:n], sameRoot) {
			continue
		}
		var fell []string
		for _, j := range c.cascaded[n:] {
			if sameRoot(j) {
				fell = append(fell, c.intents[j].id)
			}
		}
		u, told := &c.intents[root], len(c.found)
		c.accuse(cascade, u, c.compensates(u), "rolling back %s also rolled back %s, which %s had seen accepted",
			u.id, listed(fell), c.intents[i].client)
		for at := told; at < len(c.found); at++ {
			c.found[at].Fell = len(fell)
		}
	}
}

// rootOf returns what an intent fell with: the one that its client was told of,
// or else the create that it was typed on.
func (c *Checker) rootOf(i int32) int32 {
	for j := range c.intents {
		if c.intents[i].root != "" && c.intents[j].id == c.intents[i].root {
			return int32(j)
		}
	}
	root := i
	for c.intents[root].cause != none {
		root = c.intents[root].cause
	}
	return root
}

// fallenCause returns the create that an intent was typed on, directly or not,
// and that its client knows to be rolled back; or none.
func (c *Checker) fallenCause(i int32) int32 {
	for j := c.intents[i].cause; j != none; j = c.intents[j].cause {
		if u := &c.intents[j]; u.op == user.Create && u.fate == trace.FateRolledBack {
			return j
		}
	}
	return none
}

package anomaly

import (
	"slices"

	"optimist/shared/trace"
	"optimist/shared/user"
)

// All that a checker remembers between two steps falls into parts: what it knows
// of log and rows, and what it knows of each person. Most steps change few of
// them. Unlike AppendBinary, which says only what decides, the parts hold
// everything but what was told already.

// Part is a part of what a checker remembered at one moment. Nobody changes it.
type Part struct {
	stores         // Of log and rows,
	person  person // or of a person: this one.
	screens []screen
	intents []placed
}

// placed is an intent at its place among all.
type placed struct {
	at int32
	intent
}

// Everybody is said of facts that have to do with every part.
const Everybody = -1

// Heeds returns which part besides the stores a fact looks at or changes; 0 if
// none does. What a client tells is about its own person's screens and intents.
// So is what befalls an intent in the stores, if each row comes after its event,
// and each event is the last: else Skipped, Voided and the like look at whatever
// there is of a record.
func (c *Checker) Heeds(e *trace.Event) int {
	switch e.Kind {
	case trace.Acted, trace.Held, trace.Sent, trace.Answered, trace.Believed, trace.Based, trace.Rendered,
		trace.Disconnected, trace.Reconnected:
	case trace.Decided, trace.Appended, trace.Refused, trace.Committed:
		if c.rowsFirst() {
			return Everybody
		}
	default:
		return Everybody
	}
	return 1 + slices.IndexFunc(c.people, func(p person) bool { return p.name == e.Client })
}

// Foresee makes room for an intent before anybody acted it, and for its record
// on every screen, so that the order in which persons act leaves no trace. The
// persons are there already.
func (c *Checker) Foresee(client, id, record string) {
	c.intent(&trace.Event{Client: client, Intent: id})
	r := c.record(record)
	for p := range c.people {
		c.screen(int32(p), r)
	}
}

// Parts returns of how many parts it consists: the stores, then each person.
func (c *Checker) Parts() int { return 1 + len(c.people) }

// Save returns what is remembered in a part. The checker stands between two steps:
// Flush was called.
func (c *Checker) Save(part int) *Part {
	var p Part
	if part == 0 {
		p.stores.copyFrom(&c.stores)
		for i := range p.records {
			p.records[i].told = told{}
		}
	} else {
		p.person = c.people[part-1]
	}
	rowsFirst := c.rowsFirst()
	for _, i := range c.byScreen {
		if s := &c.screens[i]; int(s.person) == part-1 {
			kept := s.kept(rowsFirst)
			kept.shown = slices.Clone(kept.shown)
			p.screens = append(p.screens, kept)
		}
	}
	for i := range c.intents {
		if u := &c.intents[i]; c.partOf(u) == part {
			p.intents = append(p.intents, placed{int32(i), u.kept(rowsFirst)})
		}
	}
	return &p
}

// AppendPart appends what Save returns: parts with one form are one.
func (c *Checker) AppendPart(b []byte, part int) []byte {
	rowsFirst := c.rowsFirst()
	if part == 0 {
		b = c.appendStores(b)
	} else {
		b = c.appendPerson(b, int32(part-1), rowsFirst)
	}
	for i := range c.intents {
		if u := &c.intents[i]; c.partOf(u) == part {
			u := u.kept(rowsFirst)
			b = u.appendWhole(appendNumber(b, uint64(i)))
		}
	}
	return b
}

// Holds reports whether what is remembered of log and rows is surely still what it
// was in these stores. It costs much less than AppendPart.
func (c *Checker) Holds(stores *Part) bool {
	if !stores.stores.equal(&c.stores) {
		return false
	}
	rowsFirst := c.rowsFirst()
	for i := range stores.intents {
		if u := &stores.intents[i]; c.intents[u.at].kept(rowsFirst) != u.intent {
			return false
		}
	}
	return true
}

func (s *stores) equal(other *stores) bool {
	return s.sighted == other.sighted && s.cursor == other.cursor &&
		slices.Equal(s.records, other.records) && slices.Equal(s.log, other.log) &&
		slices.Equal(s.byIntent, other.byIntent) && slices.Equal(s.byRecord, other.byRecord) && slices.Equal(s.bySeq, other.bySeq)
}

// partOf returns to which part an intent belongs.
func (c *Checker) partOf(u *intent) int {
	return 1 + slices.IndexFunc(c.people, func(p person) bool { return p.name == u.client })
}

// Restore makes the checker what it was when the parts were saved, the stores
// first, but that nothing was told yet. It stands before step 1. A part that is nil
// may be any: what comes next has nothing to do with it.
func (c *Checker) Restore(parts []*Part) {
	c.looked, c.rows, c.cascaded, c.overtaken, c.found = c.looked[:0], c.rows[:0], c.cascaded[:0], 0, c.found[:0]
	c.step = 0
	c.stores.copyFrom(&parts[0].stores)
	c.intents = slices.Grow(c.intents[:0], len(c.byIntent))[:len(c.byIntent)]
	c.people = slices.Grow(c.people[:0], len(parts)-1)[:len(parts)-1]
	c.screens, c.byScreen = c.screens[:0], c.byScreen[:0]
	for i, p := range parts {
		if p == nil {
			continue
		}
		for n := range p.intents {
			c.intents[p.intents[n].at] = p.intents[n].intent
		}
		if i > 0 {
			c.people[i-1] = p.person
			c.restoreScreens(p.screens)
		}
	}
	c.reopen()
}

// restoreScreens puts those of one more person behind all others.
func (c *Checker) restoreScreens(screens []screen) {
	first := len(c.screens)
	c.screens = appendScreens(c.screens, screens)
	for i := first; i < len(c.screens); i++ {
		at, _ := c.screenAt(c.screens[i].person, c.screens[i].record)
		c.byScreen = slices.Insert(c.byScreen, at, int32(i))
	}
}

// reopen lists again what is to be judged at the next quiet.
func (c *Checker) reopen() {
	c.open, c.dirty = c.open[:0], c.dirty[:0]
	for i := range c.intents {
		if c.intents[i].open {
			c.open = append(c.open, int32(i))
		}
	}
	for i := range c.records {
		if c.records[i].dirty {
			c.dirty = append(c.dirty, int32(i))
		}
	}
}

func (c *Checker) appendStores(b []byte) []byte {
	b = append(b, bits(c.sighted))
	b = appendNumber(b, uint64(c.cursor))
	b = appendIndex(appendIndex(appendIndex(b, c.byIntent), c.byRecord), c.bySeq)
	for i := range c.records {
		b = c.records[i].appendWhole(b)
	}
	for i := range c.log {
		b = c.log[i].appendWhole(b)
	}
	return b
}

func (c *Checker) appendPerson(b []byte, p int32, rowsFirst bool) []byte {
	person := &c.people[p]
	b = append(appendText(b, person.name), bits(person.cut, person.down))
	b = appendNumber(b, uint64(person.acts))
	for _, at := range c.byScreen {
		if s := &c.screens[at]; s.person == p {
			s := s.kept(rowsFirst)
			b = s.appendWhole(append(b, 1))
		}
	}
	return append(b, 0)
}

// kept returns what is remembered of an intent.
func (u *intent) kept(rowsFirst bool) intent {
	kept := *u
	kept.base, kept.seen = u.basis(rowsFirst)
	kept.leftAt, kept.told = 0, told{}
	return kept
}

func (u *intent) appendWhole(b []byte) []byte {
	for _, t := range [...]string{u.client, u.id, u.strategy, string(u.code), u.root} {
		b = appendText(b, t)
	}
	b = append(b, byte(u.op), byte(u.fate),
		bits(u.promised, u.confirmed, u.failed, u.refused, u.wrote, u.left, u.watched, u.open))
	for _, n := range [...]uint64{u.base, u.seen, u.version, uint64(u.number)} {
		b = appendNumber(b, n)
	}
	for _, at := range [...]int32{u.record, u.cause, u.entry, u.next} {
		b = appendPlace(b, at)
	}
	return appendPatch(b, u.patch)
}

func (rec *record) appendWhole(b []byte) []byte {
	b = appendText(b, rec.id)
	for _, s := range [...]*user.State{&rec.fold, &rec.lean, &rec.rows} {
		b = append(b, bits(s.Exists))
		b = appendNumber(appendNumber(appendNumber(b, s.Version), s.NameSeq), s.EmailSeq)
		for _, t := range [...]string{s.Name, s.Email, s.NameBy, s.EmailBy} {
			b = appendText(b, t)
		}
	}
	b = append(b, bits(rec.row.Exists, rec.patchy, rec.blind, rec.dirty))
	b = appendText(appendText(b, rec.row.Name), rec.row.Email)
	for _, n := range [...]uint64{rec.row.Version, rec.row.Seq, rec.newest, rec.news, rec.goneAt, uint64(rec.direct)} {
		b = appendNumber(b, n)
	}
	return appendPlace(appendPlace(b, rec.first), rec.last)
}

func (e *entry) appendWhole(b []byte) []byte {
	b = append(b, byte(e.op), bits(e.again, e.void, e.givenUp, e.committed))
	b = appendPlace(appendPlace(appendPlace(appendNumber(b, e.seq), e.intent), e.record), e.next)
	return appendPatch(b, e.patch)
}

// kept returns what is remembered of a screen: of what it showed before only what
// is looked at still. Its lists are shared.
func (s *screen) kept(rowsFirst bool) screen {
	kept := *s
	if !s.older.valid {
		kept.older = glance{}
	}
	if !rowsFirst {
		kept.version = 0
	}
	kept.told = told{}
	return kept
}

func (s *screen) appendWhole(b []byte) []byte {
	b = append(b, bits(s.drawn, s.older.valid, s.older.stale, s.now.valid, s.now.stale))
	b = appendIndex(b, s.shown)
	for _, n := range [...]uint64{s.base, s.version, s.row, s.older.row, s.now.row, s.plain, s.goneAt, uint64(s.reached)} {
		b = appendNumber(b, n)
	}
	for _, f := range [...]*face{&s.face, &s.older.face, &s.now.face} {
		b = f.appendBinary(b)
	}
	for _, at := range [...]int32{s.record, s.watched, s.ahead} {
		b = appendPlace(b, at)
	}
	return b
}

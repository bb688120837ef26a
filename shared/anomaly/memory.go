package anomaly

import (
	"cmp"
	"slices"

	"optimist/shared/trace"
	"optimist/shared/user"
)

// All that a checker remembers between two steps falls into parts: what it knows
// of log and rows, and what it knows of each person. Most steps change few of
// them. Unlike AppendBinary, which says only what decides, the parts hold
// everything but what was told already.

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

// AppendPart appends what is remembered in a part. The checker stands between two
// steps: Flush was called.
func (c *Checker) AppendPart(b []byte, part int) []byte {
	owner := ""
	if part == 0 {
		b = c.appendStores(b)
	} else {
		b = c.appendPerson(b, int32(part-1))
		owner = c.people[part-1].name
	}
	rowsFirst := c.rowsFirst()
	for i := range c.intents {
		if u := &c.intents[i]; c.owner(u) == owner {
			b = u.appendWhole(appendNumber(b, uint64(i)), rowsFirst)
		}
	}
	return b
}

// owner returns to which person's part an intent belongs; "": to the stores'.
func (c *Checker) owner(u *intent) string {
	if slices.ContainsFunc(c.people, func(p person) bool { return p.name == u.client }) {
		return u.client
	}
	return ""
}

// Restore makes the checker what it was when AppendPart made the parts, but that
// nothing was told yet. It stands before step 1.
func (c *Checker) Restore(parts []string) {
	var r reader
	c.looked, c.rows, c.cascaded, c.overtaken, c.found = c.looked[:0], c.rows[:0], c.cascaded[:0], 0, c.found[:0]
	c.screens, c.step = c.screens[:0], 0
	for i, part := range parts {
		r.b = part
		if i == 0 {
			c.readStores(&r)
		} else {
			c.readPerson(&r, int32(i-1))
		}
		for len(r.b) > 0 {
			c.intents[r.number()].read(&r)
		}
	}
	slices.SortFunc(c.screens, func(a, b screen) int { return cmp.Or(cmp.Compare(a.record, b.record), cmp.Compare(a.person, b.person)) })
	c.byScreen = c.byScreen[:0]
	for i := range c.screens {
		c.byScreen = append(c.byScreen, int32(i))
	}
	c.reopen()
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
	b = appendNumber(b, uint64(len(c.people)))
	b = appendIndex(appendIndex(appendIndex(b, c.byIntent), c.byRecord), c.bySeq)
	for i := range c.records {
		b = c.records[i].appendWhole(b)
	}
	for i := range c.log {
		b = c.log[i].appendWhole(b)
	}
	return b
}

func (c *Checker) readStores(r *reader) {
	r.bits(&c.sighted)
	c.cursor = int(r.number())
	people := int(r.number())
	c.byIntent, c.byRecord, c.bySeq = r.index(c.byIntent), r.index(c.byRecord), r.index(c.bySeq)
	c.people = slices.Grow(c.people[:0], people)[:people]
	c.intents = slices.Grow(c.intents[:0], len(c.byIntent))[:len(c.byIntent)]
	c.records = slices.Grow(c.records[:0], len(c.byRecord))[:len(c.byRecord)]
	c.log = slices.Grow(c.log[:0], len(c.bySeq))[:len(c.bySeq)]
	for i := range c.records {
		c.records[i].read(r)
	}
	for i := range c.log {
		c.log[i].read(r)
	}
}

func (c *Checker) appendPerson(b []byte, p int32) []byte {
	person := &c.people[p]
	b = append(appendText(b, person.name), bits(person.cut, person.down))
	b = appendNumber(b, uint64(person.acts))
	rowsFirst := c.rowsFirst()
	for _, at := range c.byScreen {
		if s := &c.screens[at]; s.person == p {
			b = s.appendWhole(append(b, 1), rowsFirst)
		}
	}
	return append(b, 0)
}

func (c *Checker) readPerson(r *reader, p int32) {
	person := &c.people[p]
	person.name = r.text()
	r.bits(&person.cut, &person.down)
	person.acts = int32(r.number())
	for r.byte() != 0 {
		c.screens = slices.Grow(c.screens, 1)[:len(c.screens)+1]
		s := &c.screens[len(c.screens)-1]
		*s = screen{person: p, shown: s.shown[:0]}
		s.read(r)
	}
}

func (u *intent) appendWhole(b []byte, rowsFirst bool) []byte {
	base, seen := u.basis(rowsFirst)
	for _, t := range [...]string{u.client, u.id, u.strategy, string(u.code), u.root} {
		b = appendText(b, t)
	}
	b = append(b, byte(u.op), byte(u.fate),
		bits(u.promised, u.confirmed, u.failed, u.refused, u.wrote, u.left, u.watched, u.open))
	for _, n := range [...]uint64{base, seen, u.version, uint64(u.number)} {
		b = appendNumber(b, n)
	}
	for _, at := range [...]int32{u.record, u.cause, u.entry, u.next} {
		b = appendPlace(b, at)
	}
	return appendPatch(b, u.patch)
}

func (u *intent) read(r *reader) {
	*u = intent{client: r.text(), id: r.text(), strategy: r.text(), code: user.Code(r.text()), root: r.text()}
	u.op, u.fate = user.Op(r.byte()), trace.Fate(r.byte())
	r.bits(&u.promised, &u.confirmed, &u.failed, &u.refused, &u.wrote, &u.left, &u.watched, &u.open)
	u.base, u.seen, u.version, u.number = r.number(), r.number(), r.number(), int32(r.number())
	u.record, u.cause, u.entry, u.next = r.place(), r.place(), r.place(), r.place()
	u.patch = r.patch()
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

func (rec *record) read(r *reader) {
	*rec = record{id: r.text()}
	for _, s := range [...]*user.State{&rec.fold, &rec.lean, &rec.rows} {
		r.bits(&s.Exists)
		s.Version, s.NameSeq, s.EmailSeq = r.number(), r.number(), r.number()
		s.Name, s.Email, s.NameBy, s.EmailBy = r.text(), r.text(), r.text(), r.text()
	}
	r.bits(&rec.row.Exists, &rec.patchy, &rec.blind, &rec.dirty)
	rec.row.Name, rec.row.Email = r.text(), r.text()
	rec.row.Version, rec.row.Seq = r.number(), r.number()
	rec.newest, rec.news, rec.goneAt, rec.direct = r.number(), r.number(), r.number(), int(r.number())
	rec.first, rec.last = r.place(), r.place()
}

func (e *entry) appendWhole(b []byte) []byte {
	b = append(b, byte(e.op), bits(e.again, e.void, e.givenUp, e.committed))
	b = appendPlace(appendPlace(appendPlace(appendNumber(b, e.seq), e.intent), e.record), e.next)
	return appendPatch(b, e.patch)
}

func (e *entry) read(r *reader) {
	*e = entry{op: user.Op(r.byte())}
	r.bits(&e.again, &e.void, &e.givenUp, &e.committed)
	e.seq, e.intent, e.record, e.next = r.number(), r.place(), r.place(), r.place()
	e.patch = r.patch()
}

func (s *screen) appendWhole(b []byte, rowsFirst bool) []byte {
	older, version := s.older, s.version
	if !older.valid { // It is looked at no more.
		older = glance{}
	}
	if !rowsFirst {
		version = 0
	}
	b = append(b, bits(s.drawn, older.valid, older.stale, s.now.valid, s.now.stale))
	b = appendIndex(b, s.shown)
	for _, n := range [...]uint64{s.base, version, s.row, older.row, s.now.row, s.plain, s.goneAt, uint64(s.reached)} {
		b = appendNumber(b, n)
	}
	for _, f := range [...]face{s.face, older.face, s.now.face} {
		b = f.appendBinary(b)
	}
	for _, at := range [...]int32{s.record, s.watched, s.ahead} {
		b = appendPlace(b, at)
	}
	return b
}

func (s *screen) read(r *reader) {
	r.bits(&s.drawn, &s.older.valid, &s.older.stale, &s.now.valid, &s.now.stale)
	s.shown = r.index(s.shown)
	for _, n := range [...]*uint64{&s.base, &s.version, &s.row, &s.older.row, &s.now.row, &s.plain, &s.goneAt} {
		*n = r.number()
	}
	s.reached = int32(r.number())
	for _, f := range [...]*face{&s.face, &s.older.face, &s.now.face} {
		r.bits(&f.exists)
		f.name, f.email = r.text(), r.text()
	}
	s.record, s.watched, s.ahead = r.place(), r.place(), r.place()
}

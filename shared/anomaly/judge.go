package anomaly

import (
	"cmp"

	"optimist/shared/protocol"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// decided looks at a refusal: whether the log, as it stands, allows the change.
func (c *Checker) decided(e *trace.Event) {
	c.sighted = true
	i := c.intent(e)
	u := &c.intents[i]
	if e.Verdict != protocol.Refused || u.refused || u.entry != none || u.record == none {
		return
	}
	rec := &c.records[u.record]
	if rec.blind || !c.allowed(rec.fold, u) || !c.allowed(rec.lean, u) || !c.allowed(c.written(rec), u) {
		return
	}
	although, ok := c.although(u, rec, e.Code)
	if ok {
		c.accuse(spuriousRejection, u, false, "%s was refused (%s) although %s", c.deed(u), e.Code, although)
	}
}

// allowed reports whether the domain allows u on s, the unique email included.
func (c *Checker) allowed(s user.State, u *intent) bool {
	return user.Decide(s, c.command(u, u.base)) == nil && (u.op == user.Delete || c.holder(u.record, u.patch) == none)
}

// holder returns another record with the email that p sets, living in the log or
// written before it, or none.
func (c *Checker) holder(r int32, p user.Patch) int32 {
	if !p.Set.Has(user.FieldEmail) {
		return none
	}
	for other := range c.records {
		s := c.records[other].fold
		if rec := &c.records[other]; rec.direct > 0 && rec.row.Exists {
			s.Exists, s.Email = true, rec.row.Email
		}
		if int32(other) != r && s.Exists && user.EmailKey(s.Email) == user.EmailKey(p.Email) {
			return int32(other)
		}
	}
	return none
}

// written returns the record with the rows over it that were written and are
// not in the log yet, in the order of their versions.
func (c *Checker) written(rec *record) user.State {
	s := rec.fold
	if rec.direct == 0 {
		return s
	}
	for i := c.nextWritten(rec, none); i != none; i = c.nextWritten(rec, i) {
		if u := &c.intents[i]; user.Legal(s, u.op) == nil {
			s = user.Evolve(s, user.Change{Seq: rec.news + 1, Client: u.client, Op: u.op, Patch: u.patch})
		}
	}
	return s
}

// nextWritten returns the intent whose row was written after that of the intent at,
// or first, and has no place in the log; or none.
func (c *Checker) nextWritten(rec *record, at int32) int32 {
	follows := func(i, at int32) bool {
		return at == none || cmp.Or(cmp.Compare(c.intents[i].version, c.intents[at].version), cmp.Compare(i, at)) > 0
	}
	next := none
	for i := range int32(len(c.intents)) {
		u := &c.intents[i]
		if u.wrote && u.entry == none && c.recordID(u.record) == rec.id && follows(i, at) && (next == none || follows(next, i)) {
			next = i
		}
	}
	return next
}

// although says what speaks against a refusal with that code; false if such a
// refusal rests on other things than the log's state.
func (c *Checker) although(u *intent, rec *record, code user.Code) (string, bool) {
	switch code {
	case user.ErrNotFound:
		if _, born := c.foldTo(rec, byLog, allOfIt); born != none {
			return c.sentence("event #%d already made the record", c.log[born].seq), true
		}
		return "the log has the record", true
	case user.ErrExists:
		return "the log has no such record now", true
	case user.ErrConflict:
		return c.sentence("nobody else changed the %s since %s saw it", field(u.patch), u.client), true
	case user.ErrEmailTaken:
		return "nobody in the log has that email", true
	case user.ErrEmailFixed, user.ErrCascade, user.ErrProjectionFailed, user.ErrRefusedByStore,
		user.ErrInvalidID, user.ErrInvalidName, user.ErrInvalidEmail:
	}
	return "", false
}

// judgeEntry looks at an event against the log before it.
func (c *Checker) judgeEntry(u *intent, r *record, e *entry, base uint64) {
	if e.op == user.Create || r.blind {
		return
	}
	log, lean := r.fold, r.lean
	if r.first != none && c.log[r.last].seq > e.seq {
		log, _ = c.foldTo(r, byLog, e.seq)
		lean, _ = c.foldTo(r, leanly, e.seq)
	}
	if !log.Exists {
		c.accuse(orphanEvent, u, false, "%s became event #%d although the log before it has no %s",
			c.deed(u), e.seq, c.called(e.record))
		return
	}
	command := c.command(u, base)
	if user.Decide(log, command) != nil && user.Decide(lean, command) != nil {
		by, seq := lean.NameBy, lean.NameSeq
		if !e.patch.Set.Has(user.FieldName) || seq <= command.Base || by == u.client {
			by, seq = lean.EmailBy, lean.EmailSeq
		}
		if at := c.entry(seq); at != none && c.sawWritten(u, &c.intents[c.log[at].intent]) {
			return
		}
		c.accuse(lostUpdate, u, false, "%s (event #%d) overwrote the %s that %s set at #%d, which %s had not seen",
			c.deed(u), e.seq, changed(e.patch, lean, seq), by, seq, u.client)
	}
}

// sawWritten reports whether the row that u's person saw held what was written
// for other: such a row has no place in the log yet that could tell.
func (c *Checker) sawWritten(u, other *intent) bool {
	return other.wrote && other.version != 0 && other.version <= u.seen
}

// changed names the field of p that was set at seq.
func changed(p user.Patch, s user.State, seq uint64) string {
	if p.Set.Has(user.FieldName) && s.NameSeq == seq {
		return "name"
	}
	return "email"
}

// command returns the intent as the domain judges it. One without a base of its
// own was typed on what its cause made.
func (c *Checker) command(u *intent, base uint64) user.Command {
	at := u.cause
	for at != none && c.fellAlone(at) && c.intents[at].cause != none {
		at = c.intents[at].cause // What was typed on it inherits that.
	}
	cmd := user.Command{Ref: user.Ref{Client: u.client, Command: u.id}, Record: c.recordID(u.record), Op: u.op, Patch: u.patch, Base: base}
	if at == none {
		return cmd
	}
	cause := &c.intents[at]
	cmd.Cause = user.Ref{Client: cause.client, Command: cause.id}
	if base == 0 && cause.record == u.record && cause.entry != none && !c.fellAlone(at) {
		cmd.Base = c.log[cause.entry].seq
	}
	return cmd
}

// fellAlone reports whether an intent's event has no effect and what was typed on
// it may have one nevertheless.
func (c *Checker) fellAlone(i int32) bool {
	u := &c.intents[i]
	return u.op != user.Create && u.entry != none && !c.effective(u.entry)
}

// inOrder compares an intent's place in the log with that of what its person
// did later on the same record.
func (c *Checker) inOrder(i int32) {
	u := &c.intents[i]
	if u.number == 0 {
		return
	}
	s := &c.screens[c.screen(c.person(u.client), u.record)]
	if s.ahead != none && c.intents[s.ahead].number > u.number {
		later := &c.intents[s.ahead]
		if c.log[later.entry].seq < c.log[u.entry].seq {
			c.accuse(reorderedIntents, u, false, "%s did %s before %s, but the log has them the other way round (#%d and #%d)",
				u.client, u.id, later.id, c.log[u.entry].seq, c.log[later.entry].seq)
		}
		return
	}
	s.ahead = i
}

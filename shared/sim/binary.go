package sim

import (
	"encoding/binary"

	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/strategy"
)

// AppendBinary appends the world's canonical form: from worlds with equal forms
// on, equal actions do and show the same. Times are relative to the clock, and
// counters that only name things are left out. Nor are the strategy and the
// epoch in it: worlds that are compared have the same.
//
// Most steps change little: what a part has not been changed since is not made
// again. (The property tests compare with what is made anew.)
func (w *World) AppendBinary(b []byte) []byte {
	b = appendNumber(b, uint64(len(w.clients)))
	for _, c := range w.clients {
		b = c.appendWays(append(b, flag(c.cut)))
		b = w.appendProgram(b, c)
	}
	return w.appendForms(w.plan.AppendBinary(b))
}

// appendForms writes log, rows and server.
func (w *World) appendForms(b []byte) []byte {
	for ; w.formed < len(w.log); w.formed++ {
		w.logForm = appendEvent(w.logForm, &w.log[w.formed])
	}
	b = append(appendNumber(b, uint64(len(w.log))), w.logForm...)
	s := &w.server
	if !s.rowsForm.fresh {
		s.rowsForm.bytes, s.rowsForm.fresh = s.rows.AppendBinary(s.rowsForm.bytes[:0]), true
	}
	b = append(b, s.rowsForm.bytes...)
	if !s.form.fresh {
		s.form.bytes, s.form.fresh = w.appendServer(s.form.bytes[:0], s.core.AppendBinary), true
	}
	return append(b, s.form.bytes...)
}

// form is the canonical form of a part, kept as long as it is that.
type form struct {
	bytes []byte
	fresh bool
}

func (f *form) copyFrom(other *form) {
	f.fresh = other.fresh
	if other.fresh {
		f.bytes = append(f.bytes[:0], other.bytes...)
	}
}

// appendProgram writes a client's program, and what is remembered of it.
func (w *World) appendProgram(b []byte, c *client) []byte {
	if !c.form.fresh {
		c.form.bytes, c.form.fresh = w.makeProgram(c.form.bytes[:0], c), true
	}
	return append(b, c.form.bytes...)
}

func (w *World) makeProgram(b []byte, c *client) []byte {
	b = append(appendText(b, c.name), flag(c.down))
	b = appendNumber(b, uint64(len(c.outbox)))
	for i := range c.outbox {
		b = c.outbox[i].AppendBinary(b, w.now)
	}
	b = c.beliefs.appendBinary(b)
	if c.down {
		return b
	}
	return c.replica.AppendBinary(b)
}

// appendWays writes what is on its way from and to a client.
func (c *client) appendWays(b []byte) []byte {
	b = appendNumber(b, uint64(len(c.commands)))
	for i := range c.commands {
		b = c.commands[i].appendBinary(append(b, flag(c.commands[i].life == c.life)))
	}
	b = appendNumber(b, uint64(len(c.replies)))
	for i := range c.replies {
		b = appendReply(b, &c.replies[i])
	}
	b = appendNumber(b, uint64(len(c.parcels)))
	for i := range c.parcels {
		b = c.parcels[i].appendBinary(b, true)
	}
	return b
}

func (b *Beliefs) appendBinary(out []byte) []byte {
	out = appendNumber(out, uint64(len(b.intents)))
	for i := range b.intents {
		s := &b.intents[i]
		out = append(out, byte(s.Op), byte(s.Phase), flag(s.Tray), flag(s.Withdrawn))
		out = appendNumber(out, s.Seq)
		for _, t := range [...]string{s.ID, s.Record, string(s.Code), s.Cause, s.Root, s.Why} {
			out = appendText(out, t)
		}
	}
	return out
}

func (l *letter) appendBinary(b []byte) []byte {
	c := &l.command
	b = append(b, byte(c.Op), byte(c.Patch.Set))
	b = appendNumber(b, c.Base)
	for _, t := range [...]string{c.Command, c.Record, c.Patch.Name, c.Patch.Email, c.Cause.Command} {
		b = appendText(b, t)
	}
	return b
}

func appendReply(b []byte, r *protocol.Reply) []byte {
	b = appendNumber(appendNumber(b, r.Seq), r.Version)
	for _, t := range [...]string{r.Command, string(r.Verdict), string(r.Code), r.Why, r.Root} {
		b = appendText(b, t)
	}
	if r.Row == nil {
		return append(b, 0)
	}
	return appendRow(append(b, 1), r.Row)
}

// appendBinary writes a message, with all words or without.
func (p *parcel) appendBinary(b []byte, words bool) []byte {
	if !p.resync {
		return appendFeed(append(b, 0), &p.feed, words)
	}
	s := &p.sync
	b = append(b, 1, flag(s.Full), flag(s.Log))
	b = appendNumber(appendNumber(b, s.To), s.Change)
	return appendNews(b, s.Rows, s.Rejected, words)
}

func appendFeed(b []byte, f *protocol.Feed, words bool) []byte {
	b = append(b, flag(f.Log))
	b = appendNumber(appendNumber(appendNumber(b, f.From), f.To), f.Change)
	return appendNews(b, f.Rows, f.Rejected, words)
}

func appendNews(b []byte, rows []protocol.Row, rejected []protocol.Rejection, words bool) []byte {
	b = appendNumber(b, uint64(len(rows)))
	for i := range rows {
		b = appendRow(b, &rows[i])
	}
	b = appendNumber(b, uint64(len(rejected)))
	for i := range rejected {
		r := &rejected[i]
		b = appendNumber(b, r.Seq)
		for _, t := range [...]string{r.Client, r.Command, r.Record, string(r.Code), r.Root} {
			b = appendText(b, t)
		}
		if words {
			b = appendText(b, r.Why)
		}
	}
	return b
}

func appendRow(b []byte, r *protocol.Row) []byte {
	b = append(b, flag(r.Deleted))
	for _, n := range [...]uint64{r.Version, r.Seq, r.Born, r.Change} {
		b = appendNumber(b, n)
	}
	for _, t := range [...]string{r.ID, r.Name, r.Email, r.By, r.Command} {
		b = appendText(b, t)
	}
	return b
}

// appendServer writes the server but its rows. Of a job it matters only who hears
// the answer. The core tells the others in the order of the jobs, but those whose
// answer waits for the projection in the order of the log.
func (w *World) appendServer(b []byte, core func(b []byte, now int64) []byte) []byte {
	s := &w.server
	b = appendNumber(b, uint64(len(s.outbox)))
	for i := range s.outbox {
		b = appendEvent(b, &s.outbox[i])
	}
	b = append(b, flag(s.down))
	if s.down {
		return b
	}
	b = core(b, w.now)
	b = appendNumber(b, uint64(len(s.jobs)))
	for i := range s.jobs {
		b = append(b, flag(w.client(s.jobs[i].client).life == s.jobs[i].life))
		b = appendText(b, s.jobs[i].client)
		if w.strategy.Reply == strategy.WhenProjected {
			b = appendText(b, s.jobs[i].intent)
		}
	}
	b = appendNumber(b, uint64(len(s.appends)))
	for i := range s.appends {
		a := &s.appends[i]
		b = append(b, flag(a.lose))
		b = appendNumber(b, uint64(max(a.due-w.now, 0)))
		b = appendText(appendText(b, a.client), a.intent)
	}
	b = s.projector.appendBinary(b, w.now)
	b = s.debts.AppendBinary(b, w.now)
	b = s.feed.AppendBinary(b)
	b = appendNumber(b, uint64(len(s.late)))
	for i := range s.late {
		b = appendFeed(appendNumber(b, uint64(s.late[i].due-w.now)), &s.late[i].feed, true)
	}
	return appendNumber(appendNumber(b, s.watermark), uint64(s.beat-w.now))
}

func (p *projector) appendBinary(b []byte, now int64) []byte {
	for _, n := range [...]uint64{p.taken, p.from, p.to, p.stalled, p.retrying} {
		b = appendNumber(b, n)
	}
	if p.retrying != 0 {
		b = appendNumber(b, uint64(p.retryAt-now))
	}
	b = appendNumber(b, uint64(len(p.failures)))
	for _, f := range p.failures {
		b = appendText(appendNumber(b, f.seq), f.why)
	}
	b = append(b, flag(p.held), flag(p.struck != fault.Fault{}))
	if p.struck != (fault.Fault{}) {
		b = append(b, flag(p.struck.Forever))
		b = appendText(appendNumber(b, uint64(p.struck.Struck)), p.struck.Reason)
	}
	return b
}

// appendEvent writes an event. Its id says nothing new, and when it was decided
// decides nothing. Of the texts, most are empty: a number says which are not.
func appendEvent(b []byte, ev *event.Event) []byte {
	b = append(b, byte(ev.Kind), byte(ev.Op), byte(ev.Patch.Set))
	b = appendNumber(appendNumber(appendNumber(b, ev.Base), ev.Version), ev.Target)
	texts := [...]*string{
		&ev.Client, &ev.Command, &ev.Record, &ev.Patch.Name, &ev.Patch.Email, &ev.Cause.Client, &ev.Cause.Command,
		(*string)(&ev.Code), &ev.Why, &ev.Root.Client, &ev.Root.Command,
	}
	at, which := len(b), 0
	b = append(b, 0, 0)
	for i, t := range texts {
		if *t != "" {
			which |= 1 << i
			b = appendText(b, *t)
		}
	}
	b[at], b[at+1] = byte(which), byte(which>>8)
	return b
}

func flag(on bool) byte {
	if on {
		return 1
	}
	return 0
}

// appendNumber writes a number; most take one byte.
func appendNumber(b []byte, n uint64) []byte {
	if n < 0x80 {
		return append(b, byte(n))
	}
	return binary.AppendUvarint(b, n)
}

// appendText writes a text after its length.
func appendText(b []byte, s string) []byte {
	return append(appendNumber(b, uint64(len(s))), s...)
}

package decide

import (
	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// Outcome returns what became of a command so far: Unknown if the log never
// took it. What the read model decided counts once it is published: until then
// a rejection may still be missing from the log, and the command is accepted.
func (c *Core) Outcome(ref user.Ref) (protocol.Reply, error) {
	reply, _, err := c.outcome(ref)
	return reply, err
}

// outcome is Outcome, and reports whether the command is known.
func (c *Core) outcome(ref user.Ref) (protocol.Reply, bool, error) {
	ev, ahead := c.tail.command(ref)
	if ahead && (ev.Kind == event.Refused || strategy.Of(ev.Strategy).Write == strategy.EventFirst) {
		return c.replyOf(*ev), true, nil
	}
	fate, found, err := c.cfg.Rows.Fate(ref)
	switch {
	case err != nil:
		return c.verdict(ref, protocol.Unknown), false, err
	case found:
		reply, err := c.replyTo(fate)
		return reply, true, err
	case ahead:
		return c.replyOf(*ev), true, nil
	}
	return c.verdict(ref, protocol.Unknown), false, nil
}

// replyTo answers with what the read model holds of a command.
func (c *Core) replyTo(fate projection.Fate) (protocol.Reply, error) {
	r := c.verdict(fate.Ref, protocol.Confirmed)
	r.Seq, r.Version = fate.Seq, fate.Version
	switch {
	case fate.Status == projection.Refused:
		r.Verdict = protocol.Refused
	case fate.Seq == 0:
		rec, _, err := c.cfg.Rows.Record(fate.Record)
		return withRow(r, rec), err
	case fate.Seq > c.watermark:
		r.Verdict = protocol.Accepted
		return r, nil
	case fate.Status == projection.Rejected:
		r.Verdict = protocol.RolledBack
	}
	r.Code, r.Why = fate.Code, fate.Why
	if fate.Code == user.ErrCascade {
		r.Root = fate.Root.Command
	}
	return r, nil
}

// replyOf answers with an event that the log holds.
func (c *Core) replyOf(ev event.Event) protocol.Reply {
	r := c.verdict(ev.Ref, protocol.Accepted)
	r.Seq, r.Version = ev.Seq, ev.Version
	if ev.Kind == event.Refused {
		r.Verdict, r.Version = protocol.Refused, 0
		r.Code, r.Why, r.Root = ev.Code, ev.Why, ev.Root.Command
	}
	return r
}

// withRow adds the row to an answer about a change that has no sequence yet.
func withRow(r protocol.Reply, rec projection.Record) protocol.Reply {
	row := projection.RowOf(rec)
	r.Row = &row
	return r
}

// verdict returns a reply about a command.
func (c *Core) verdict(ref user.Ref, v protocol.Verdict) protocol.Reply {
	return protocol.Reply{Command: ref.Command, Verdict: v, Epoch: c.cfg.Epoch}
}

// retry answers without a verdict: the client sends the command again.
func (c *Core) retry(ref user.Ref, why string) protocol.Reply {
	r := c.verdict(ref, protocol.Retry)
	r.Why = why
	return r
}

// fate returns what became of a command as far as it decides what becomes of
// others: whether it is known, where it is, and whether it fell.
func (c *Core) fate(ref user.Ref) (projection.Fate, bool, error) {
	ev, found := c.tail.command(ref)
	if !found {
		return c.cfg.Rows.Fate(ref)
	}
	fate := projection.RefusalFate(*ev)
	if ev.Kind != event.Refused {
		fate = projection.Fate{Ref: ev.Ref, Record: ev.Record, Op: ev.Op, Seq: ev.Seq}
	}
	if ev.Cause.IsZero() {
		return fate, true, nil
	}
	cause, _, err := c.fate(ev.Cause)
	if cause.Fallen {
		fate.Fallen, fate.Root, fate.RootSeq = true, cause.Root, cause.RootSeq
	}
	return fate, true, err
}

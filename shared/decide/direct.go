package decide

import (
	"fmt"

	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// writeFirst writes the row of a command before its event. The row is what the
// command was checked against; see strategy.Check.
func (c *Core) writeFirst(j *job, cmd user.Command, b basis) {
	j.ev, j.expect, j.phase = c.accept(j, cmd, b), b.last, writing
	e := Effect{Kind: WriteRow, Job: j.id, Event: j.ev, Outbox: j.strategy.Write == strategy.RowAndOutbox}
	e.Record, e.Fate = projection.Written(b.row, j.ev)
	c.emit(e)
}

// written answers for a row that is there, and sees to its event: once, or by
// the relay until the log has it.
func (c *Core) written(in Input) {
	j := c.jobs.find(in.Job)
	if j == nil || j.phase != writing {
		return
	}
	r := c.verdict(j.cmd.Ref, protocol.Confirmed)
	r.Version = in.Record.Version
	c.answer(j, withRow(r, in.Record))
	if j.strategy.Write == strategy.RowAndOutbox {
		c.relay.list = append(c.relay.list, parcel{job: j.id, ev: j.ev})
		c.leave(j)
		return
	}
	if _, struck := c.strike(fault.AppendRefuse, targetOf(j.cmd)); struck {
		c.leave(j) // It is never tried again.
		return
	}
	c.publish(j)
}

// barred refuses a command whose row the database would not have.
func (c *Core) barred(in Input) {
	if j := c.jobs.find(in.Job); j != nil && j.phase == writing {
		c.refuse(j, j.cmd, j.expect, in.Code, in.Why, user.Ref{})
	}
}

// relay is the events whose rows are written already, in the order of the
// outbox. The first is on its way into the log, the others wait: at least once,
// and by looking for the own command before each append, not twice.
type relay struct{ list []parcel }

// parcel is one entry of the outbox.
type parcel struct {
	job    uint64
	ev     event.Event
	expect uint64
	tries  int
	phase  phase
}

// first returns the first entry if it is that one, or nil.
func (r *relay) first(job uint64) *parcel {
	if len(r.list) == 0 || r.list[0].job != job {
		return nil
	}
	return &r.list[0]
}

// relayed takes an entry that a server before this one left.
func (c *Core) relayed(in Input) {
	c.relay.list = append(c.relay.list, parcel{job: in.Job, ev: in.Event})
}

// relayOn takes in what became of the first entry's append or fetch.
func (c *Core) relayOn(in Input) {
	p := c.relay.first(in.Job)
	if p == nil {
		return // Of a job that has ended.
	}
	switch in.Kind {
	case Stored:
		p.ev.Seq = in.Seq
		c.know(p.ev)
		c.deliver(p)
	case Conflicted:
		p.phase = fetching
		e := Effect{Kind: Fetch, Job: p.job, After: p.expect}
		e.Record.ID = p.ev.Record
		c.emit(e)
	case Unanswered:
		c.send(p)
	case Reread:
		for _, ev := range in.Events {
			c.know(ev)
		}
		p.phase = queued
	case Failed:
		p.phase = queued
	default:
		panic(fmt.Sprintf("decide: input %d is no answer to an append", in.Kind))
	}
}

// pump sends the first entry on its way, unless it is. What the log has already
// goes out of the outbox.
func (c *Core) pump() {
	for len(c.relay.list) > 0 && c.relay.list[0].phase == queued {
		p := &c.relay.list[0]
		known, err := c.inLog(p.ev.Ref)
		if err == nil && known {
			c.deliver(p)
			continue
		}
		var b basis
		if err == nil {
			b, err = c.read(p.ev.Record, unlimited)
		}
		if err != nil {
			c.emit(Effect{Kind: Report, Job: p.job, Err: fmt.Errorf("relay %s: %w", p.ev.Ref, err)})
			return // The next step tries again.
		}
		p.expect, p.tries = b.last, 0
		c.send(p)
	}
}

// send appends the first entry. A store that refuses it for now is asked again.
func (c *Core) send(p *parcel) {
	p.phase = appending
	p.tries++
	target := fault.TargetOf(p.ev)
	e := Effect{Kind: Append, Job: p.job}
	for struck := p.tries == 1; struck; {
		_, struck = c.strike(fault.AppendRefuse, target)
	}
	if p.tries == 1 {
		_, e.LoseAck = c.strike(fault.AppendLoseAck, target)
		if slow, struck := c.strike(fault.AppendSlow, target); struck {
			e.Delay = slow.Delay
		}
	}
	first := len(c.events)
	c.events, c.expect = append(c.events, p.ev), append(c.expect, p.expect)
	e.Events, e.Expect = c.events[first:], c.expect[first:]
	c.emit(e)
}

// deliver takes the first entry out of the outbox.
func (c *Core) deliver(p *parcel) {
	c.emit(Effect{Kind: Remove, Job: p.job, Event: p.ev})
	n := copy(c.relay.list, c.relay.list[1:])
	c.relay.list[n] = parcel{}
	c.relay.list = c.relay.list[:n]
}

// inLog reports whether the log has the event of a row that was written first.
func (c *Core) inLog(ref user.Ref) (bool, error) {
	if _, ahead := c.tail.command(ref); ahead {
		return true, nil
	}
	fate, found, err := c.cfg.Rows.Fate(ref)
	return found && fate.Seq != 0, err
}

package decide

import (
	"errors"
	"fmt"

	"optimist/shared/event"
	"optimist/shared/fault"
)

// errUnanswered says that the store was asked MaxAppends times.
var errUnanswered = errors.New("append was not answered")

// publish appends what the job decided.
func (c *Core) publish(j *job) {
	j.phase = appending
	j.appends++
	e := Effect{Kind: Append, Job: j.id, Once: j.answered}
	if j.appends == 1 {
		c.hinder(&e, j)
	}
	first := len(c.events)
	c.batch(j)
	e.Events, e.Expect = c.events[first:], c.expect[first:]
	c.emit(e)
}

// hinder lets the faults that are armed strike an append.
func (c *Core) hinder(e *Effect, j *job) {
	target := targetOf(j.cmd)
	_, e.LoseAck = c.strike(fault.AppendLoseAck, target)
	if slow, struck := c.strike(fault.AppendSlow, target); struck {
		e.Delay = slow.Delay
	}
}

// batch puts the job's events, and what each expects, behind the step's others.
// All expectations of a batch are checked against the log before it, so they
// stand on the subjects of the record and of the emails and nowhere twice.
func (c *Core) batch(j *job) {
	if j.release.Held() {
		c.events = append(c.events, claimEvent(event.Released, j.ev, j.release.Email, j.release.Seq))
		c.expect = append(c.expect, j.release.Last)
	}
	if j.reserve.Token != "" {
		c.events = append(c.events, claimEvent(event.Reserved, j.ev, j.ev.Patch.Email, 0))
		c.expect = append(c.expect, j.reserve.After)
	}
	c.events = append(c.events, j.ev)
	c.expect = append(c.expect, j.expect)
}

// Pending returns the events of the job's append, if one is under way, and what
// each expects, appended to events and expect. It is for drivers that let an
// append wait.
func (c *Core) Pending(id uint64, events []event.Event, expect []uint64) ([]event.Event, []uint64) {
	c.events, c.expect = c.events[:0], c.expect[:0]
	if j := c.jobs.find(id); j != nil && j.phase == appending {
		c.batch(j)
	} else if e := c.relay.first(id); e != nil && e.phase == appending {
		c.events, c.expect = append(c.events, e.ev), append(c.expect, e.expect)
	}
	return append(events, c.events...), append(expect, c.expect...)
}

// goOn takes in what became of an append or a fetch.
func (c *Core) goOn(in Input) {
	j := c.jobs.find(in.Job)
	if j == nil {
		c.relayOn(in)
		return
	}
	switch in.Kind {
	case Stored:
		c.stored(j, in.Seq)
	case Conflicted:
		c.conflicted(j)
	case Unanswered:
		c.unanswered(j)
	case Reread:
		c.reread(j, in.Events)
	case Failed:
		c.giveUp(j, "the log could not be read")
	default:
		panic(fmt.Sprintf("decide: input %d is no answer to an append", in.Kind))
	}
}

// stored answers with the event that the log has now.
func (c *Core) stored(j *job, seq uint64) {
	c.events, c.expect = c.events[:0], c.expect[:0]
	c.batch(j)
	for i := range c.events {
		c.events[i].Seq = seq + uint64(i)
		c.know(c.events[i])
	}
	ev := c.events[len(c.events)-1]
	c.events, c.expect = c.events[:0], c.expect[:0]
	if !j.answered {
		c.settle(j, c.replyOf(ev))
	}
	c.leave(j)
}

// conflicted finds out what came in between. A row that was written first keeps
// its one try.
func (c *Core) conflicted(j *job) {
	switch {
	case j.phase == writing:
		c.again(j)
	case j.answered:
		c.leave(j)
	default:
		c.fetch(j)
	}
}

// unanswered tries again, as long as there is a point in it. A refusal's
// expectation does not tell whether it is stored: it is looked for.
func (c *Core) unanswered(j *job) {
	switch {
	case j.phase == writing:
		c.giveUp(j, "the read model could not be written")
	case j.answered:
		c.leave(j)
	case j.ev.Kind == event.Refused && j.decided < MaxDecisions:
		c.fetch(j)
	case j.appends < MaxAppends:
		c.publish(j)
	default:
		c.emit(Effect{Kind: Report, Job: j.id, Err: fmt.Errorf("append %s: %w", j.cmd.Ref, errUnanswered)})
		c.giveUp(j, "the event store did not answer")
	}
}

// fetch reads what may have been stored since the command was decided.
func (c *Core) fetch(j *job) {
	j.phase = fetching
	e := Effect{Kind: Fetch, Job: j.id, After: j.expect}
	e.Record.ID = j.cmd.Record
	if j.ev.Kind == event.Refused {
		e.Refusal = j.cmd.Ref
	}
	if j.release.Held() {
		e.Claims = append(e.Claims, EmailAfter{Token: j.release.Token, After: j.release.Last})
	}
	if j.reserve.Token != "" {
		e.Claims = append(e.Claims, j.reserve)
	}
	c.emit(e)
}

// reread decides a command anew, knowing what came in between. If that is its
// own event, its acknowledgement was lost, and the decision finds it accepted.
func (c *Core) reread(j *job, events []event.Event) {
	for _, ev := range events {
		c.know(ev)
	}
	c.again(j)
}

// again decides a command once more, unless that was done too often.
func (c *Core) again(j *job) {
	if j.decided >= MaxDecisions {
		c.giveUp(j, fmt.Sprintf("others changed %s each of %d times", j.cmd.Record, MaxDecisions))
		return
	}
	if c.begin(j) {
		c.leave(j)
	}
}

package decide

import (
	"errors"
	"fmt"

	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/projection"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// begin decides a job. It reports whether it ended with that.
func (c *Core) begin(j *job) (ended bool) {
	j.decided++
	j.phase, j.appends = queued, 0
	j.release, j.reserve = projection.Claim{}, EmailAfter{}
	ended, err := c.decide(j)
	if err != nil {
		c.emit(Effect{Kind: Report, Job: j.id, Err: fmt.Errorf("decide %s: %w", j.cmd.Ref, err)})
		c.answer(j, c.retry(j.cmd.Ref, "the read model could not be read"))
		return true
	}
	return ended
}

// decide looks at the command as if it had just come.
func (c *Core) decide(j *job) (ended bool, err error) {
	if known, found, err := c.outcome(j.cmd.Ref); err != nil || found {
		if err == nil {
			c.settle(j, known)
		}
		return true, err
	}
	if c.tail.full() {
		c.answer(j, c.retry(j.cmd.Ref, tooFarBehind))
		return true, nil
	}
	cmd := j.cmd
	cause, waits, err := c.cause(&cmd, j.strategy)
	if err != nil {
		return true, err
	}
	if waits {
		c.answer(j, c.retry(cmd.Ref, causeUnknown(cmd.Cause)))
		return true, nil
	}
	b, err := c.read(cmd.Record, unlimited)
	if err != nil {
		return true, err
	}
	return c.judge(j, cmd, b, cause)
}

// cause returns the fate of the command's cause, and whether the command must
// wait for it: one that is in neither log nor read model may still come. A
// command without a base was typed on what its cause made. Who checks nothing
// waits for nothing.
func (c *Core) cause(cmd *user.Command, s strategy.Strategy) (fate projection.Fate, waits bool, err error) {
	if cmd.Cause.IsZero() {
		return projection.Fate{}, false, nil
	}
	fate, found, err := c.fate(cmd.Cause)
	if err != nil || !found {
		return projection.Fate{}, s.Validate != strategy.ByNothing, err
	}
	if cmd.Base == 0 && fate.Record == cmd.Record && fate.Status != projection.Refused {
		cmd.Base = fate.Seq
	}
	return fate, false, nil
}

// judge refuses the command or carries it on. The reasons come in a fixed
// order: what fell, what the strategy checks, the email.
func (c *Core) judge(j *job, cmd user.Command, b basis, cause projection.Fate) (ended bool, err error) {
	if j.strategy.Validate == strategy.ByNothing {
		return c.carryOn(j, cmd, b)
	}
	if cause.Fallen && j.strategy.Compensates() {
		c.refuse(j, cmd, b.last, user.ErrCascade, projection.CascadeWhy(cause), cause.Root)
		return false, nil
	}
	if code := check(j.strategy, b, cmd); code != "" {
		c.refuse(j, cmd, b.last, code, why(j.strategy, b, cmd, code), user.Ref{})
		return false, nil
	}
	return c.carryOn(j, cmd, b)
}

// carryOn is judge after the record was checked.
func (c *Core) carryOn(j *job, cmd user.Command, b basis) (ended bool, err error) {
	if code, why := checkIdentity(j.strategy, cmd); code != "" {
		c.refuse(j, cmd, b.last, code, why, user.Ref{})
		return false, nil
	}
	if why := c.outOfTurn(j.strategy, cmd, b); why != "" {
		c.answer(j, c.retry(cmd.Ref, why))
		return true, nil
	}
	if j.strategy.UniqueEmail == strategy.ReservedInLog {
		code, why, err := c.claim(j, cmd, b)
		if err != nil {
			return true, err
		}
		switch {
		case code != "":
			c.refuse(j, cmd, b.last, code, why, user.Ref{})
			return false, nil
		case j.phase == fetching:
			return false, nil // It is decided anew.
		}
	}
	if j.strategy.Write != strategy.EventFirst {
		c.writeFirst(j, cmd, b)
		return false, nil
	}
	return c.acceptUnlessStruck(j, cmd, b), nil
}

// check returns why the command may not happen, or no code.
func check(s strategy.Strategy, b basis, cmd user.Command) user.Code {
	var code user.Code
	if err := user.Decide(b.by(s).State, cmd); err != nil && !errors.As(err, &code) {
		panic(fmt.Sprintf("decide: a refusal without a code: %v", err))
	}
	return code
}

// acceptUnlessStruck appends the command's event unless a fault makes the store
// refuse it: for good as a verdict, else as a retry.
func (c *Core) acceptUnlessStruck(j *job, cmd user.Command, b basis) (ended bool) {
	f, struck := c.strike(fault.AppendRefuse, targetOf(cmd))
	switch {
	case !struck:
		j.ev, j.expect = c.accept(j, cmd, b), b.last
		c.publish(j)
		return false
	case f.Forever:
		c.refuse(j, cmd, b.last, user.ErrRefusedByStore, reason(f, refusedForGood), user.Ref{})
		return false
	}
	c.answer(j, c.retry(cmd.Ref, reason(f, refusedForNow)))
	return true
}

// accept returns the event that the command becomes. A command that names no
// cause and no base was typed on what the log holds: if the create is not
// projected yet, it falls with it.
func (c *Core) accept(j *job, cmd user.Command, b basis) event.Event {
	if cmd.Op != user.Create && cmd.Base == 0 {
		if cmd.Cause.IsZero() && j.strategy.Validate == strategy.ByLog && b.created != 0 {
			cmd.Cause = b.newest
		}
		cmd.Base = b.by(j.strategy).Seq
	}
	ev := eventOf(event.Of(cmd.Op), cmd, j)
	ev.Version = b.by(j.strategy).Version + 1
	return ev
}

// refuse appends the refusal of the command. It is an event like others, and it
// expects what it was decided on.
func (c *Core) refuse(j *job, cmd user.Command, expect uint64, code user.Code, why string, root user.Ref) {
	ev := eventOf(event.Refused, cmd, j)
	ev.Code, ev.Why, ev.Root = code, why, root
	j.ev, j.expect = ev, expect
	j.release, j.reserve = projection.Claim{}, EmailAfter{}
	c.publish(j)
}

// eventOf returns the command as an event of that kind.
func eventOf(kind event.Kind, cmd user.Command, j *job) event.Event {
	ev := event.Event{
		Kind: kind, Time: j.at,
		Ref: cmd.Ref, Record: cmd.Record, Op: cmd.Op, Patch: cmd.Patch,
		Cause: cmd.Cause, Base: cmd.Base, Strategy: j.text,
	}
	ev.ID = ev.Identify()
	return ev
}

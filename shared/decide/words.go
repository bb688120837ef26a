package decide

import (
	"fmt"

	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/projection"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// Words of an armed fault that was given none.
const (
	refusedForNow  = "the event store refused the append"
	refusedForGood = "the event store refused the event for good"
)

// strike asks the faults that are armed, if there are any.
func (c *Core) strike(kind fault.Kind, target fault.Target) (fault.Fault, bool) {
	if c.cfg.Faults == nil {
		return fault.Fault{}, false
	}
	return c.cfg.Faults.Strike(kind, target)
}

// targetOf is the command as faults aim at it.
func targetOf(cmd user.Command) fault.Target {
	return fault.Target{Kind: event.Of(cmd.Op), Record: cmd.Record, Client: cmd.Client, Command: cmd.Ref.Command}
}

func reason(f fault.Fault, none string) string {
	if f.Reason == "" {
		return none
	}
	return f.Reason
}

// why says in words, with the sequences they rest on, why the command may not
// happen.
func why(s strategy.Strategy, b basis, cmd user.Command, code user.Code) string {
	checked := b.by(s)
	switch code {
	case user.ErrExists:
		if checked.Born == 0 {
			return fmt.Sprintf("%s was created already", cmd.Record)
		}
		return fmt.Sprintf("%s was created at #%d already", cmd.Record, checked.Born)
	case user.ErrConflict:
		return conflictWhy(checked.State, cmd)
	case user.ErrNotFound:
		if s.Validate == strategy.ByProjection {
			return missingRowWhy(b)
		}
		return missingWhy("the log", *checked)
	default:
		panic(fmt.Sprintf("decide: no words for %s", code))
	}
}

// missingRowWhy tells the race of all event-first designs: what the command was
// checked against is behind what its author has been told.
func missingRowWhy(b basis) string {
	checked := fmt.Sprintf("checked against the projection at #%d; ", b.committed)
	if b.created > b.row.Last {
		return checked + fmt.Sprintf("the create is #%d, accepted but not yet projected", b.created)
	}
	return checked + missingWhy("it", b.row)
}

// missingWhy says why there is no such user in what where names.
func missingWhy(where string, r projection.Record) string {
	switch {
	case r.Version > 0 && r.Direct:
		return fmt.Sprintf("%s deleted %s", r.Changed.Client, r.ID)
	case r.Version > 0:
		return fmt.Sprintf("%s deleted %s at #%d", r.Changed.Client, r.ID, r.Seq)
	case r.Last > 0:
		return fmt.Sprintf("%s never came to be: its create was rolled back", r.ID)
	}
	return fmt.Sprintf("%s has no create of %s", where, r.ID)
}

// conflictWhy names the first field that another client changed.
func conflictWhy(s user.State, cmd user.Command) string {
	field, by, seq := "email", s.EmailBy, s.EmailSeq
	if cmd.Patch.Set.Has(user.FieldName) && s.NameSeq > cmd.Base && s.NameBy != cmd.Client {
		field, by, seq = "name", s.NameBy, s.NameSeq
	}
	return fmt.Sprintf("%s changed the %s at #%d after your base #%d", by, field, seq, cmd.Base)
}

// takenWhy says who has the email: the user it is claimed for, or one that nobody
// claimed it for.
func takenWhy(held projection.Claim, r projection.Record, email string) string {
	switch {
	case held.Record == r.ID:
		return fmt.Sprintf("%s reserved the email %s for %s at #%d", held.Ref.Client, email, r.ID, held.Seq)
	case r.Born == 0:
		return fmt.Sprintf("%s has the email %s", r.Name, email)
	}
	return fmt.Sprintf("%s (created at #%d) has the email %s", r.Name, r.Born, email)
}

// Words of answers without a verdict.
var (
	tooFarBehind = fmt.Sprintf("the read model is %d events behind the log", MaxAhead)
	rowsFirst    = "a row was written before its event, which must be in the log first"
	eventsFirst  = "an event came before its row, which must be there first"
	waitedLong   = fmt.Sprintf("not projected within %d ms; it may still be", WaitFor)
)

func crowded(record string) string {
	return fmt.Sprintf("%d commands on %s wait already", MaxQueued, record)
}

// causeUnknown says what must come first.
func causeUnknown(cause user.Ref) string {
	return fmt.Sprintf("it was typed on %s, which the log does not have yet: send that first", cause.Command)
}

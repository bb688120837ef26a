package command

import (
	"fmt"

	"optimist/shared/projection"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// why says in words, with the sequences they rest on, why the command may not
// happen.
func (r rules) why(s state, cmd user.Command, code user.Code) string {
	basis := r.basis(s)
	switch code {
	case user.ErrExists:
		return fmt.Sprintf("%s was created at #%d already", cmd.Record, basis.Born)
	case user.ErrConflict:
		return conflictWhy(basis.State, cmd)
	case user.ErrNotFound:
		if r.Validate == strategy.ByProjection {
			return missingRowWhy(s)
		}
		return missingWhy("the log", basis)
	default:
		panic(fmt.Sprintf("command: no words for %s", code))
	}
}

// missingRowWhy tells the race of all event-first designs: what the command was
// checked against is behind what its author has been told.
func missingRowWhy(s state) string {
	checked := fmt.Sprintf("checked against the projection at #%d; ", s.checkpoint)
	if s.created > s.row.Last {
		return checked + fmt.Sprintf("the create is #%d, accepted but not yet projected", s.created)
	}
	return checked + missingWhy("it", s.row)
}

// missingWhy says why there is no such user in what where names.
func missingWhy(where string, r projection.Record) string {
	switch {
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

// tooFarBehind says why nothing more is taken.
var tooFarBehind = fmt.Sprintf("the read model is %d events behind the log", maxAhead)

// causeUnknown says what must come first.
func causeUnknown(cause user.Ref) string {
	return fmt.Sprintf("it was typed on %s, which the log does not have yet: send that first", cause.Command)
}

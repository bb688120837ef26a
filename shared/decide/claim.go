package decide

import (
	"fmt"
	"slices"

	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// checkIdentity returns why the command breaks the rule that the email is the
// id, where it is.
func checkIdentity(s strategy.Strategy, cmd user.Command) (user.Code, string) {
	if s.Identity != strategy.ByEmail || !cmd.Patch.Set.Has(user.FieldEmail) {
		return "", ""
	}
	token := event.EmailToken(cmd.Patch.Email)
	switch {
	case token == cmd.Record:
		return "", ""
	case cmd.Op == user.Create:
		return user.ErrInvalidID, fmt.Sprintf("the email is the id: that of %s is %s", cmd.Patch.Email, token)
	}
	return user.ErrEmailFixed, "the email is the user's id and cannot change"
}

// claim decides what happens to the claims of emails with the command, or why it
// may not happen: somebody else has the email. A claim is worth what its user is.
// One whose user does not have the email by the log keeps it from nobody: a change
// by another strategy may have moved the user on. And a user keeps an email that
// nobody claims: it came by another strategy, or a rejection gave it back when
// others had claimed it.
func (c *Core) claim(j *job, cmd user.Command, b basis) (user.Code, string, error) {
	wants := cmd.Op != user.Delete && cmd.Patch.Set.Has(user.FieldEmail)
	keeps := wants && b.log.Exists && user.EmailKey(cmd.Patch.Email) == user.EmailKey(b.log.Email)
	if wants && !keeps {
		if code, why, err := c.take(j, cmd); err != nil || code != "" || j.phase == fetching {
			return code, why, err
		}
	}
	if b.log.Exists && (cmd.Op == user.Delete || wants && !keeps) {
		return "", "", c.give(j, b)
	}
	return "", "", nil
}

// take has j claim the email that cmd sets, unless another user has it.
func (c *Core) take(j *job, cmd user.Command) (user.Code, string, error) {
	held, err := c.claimOf(cmd.Patch.Email)
	if err != nil {
		return "", "", err
	}
	owner, _, err := c.cfg.Rows.EmailOwner(cmd.Patch.Email)
	if err != nil {
		return "", "", err
	}
	for _, other := range [...]string{held.Record, owner} {
		if other == "" || other == cmd.Record {
			continue
		}
		theirs, err := c.read(other, unlimited)
		if err != nil || c.doubts(j, doubt{EmailAfter{held.Token, held.Last}, other, theirs.last}) {
			return "", "", err
		}
		if theirs.log.Exists && user.EmailKey(theirs.log.Email) == user.EmailKey(cmd.Patch.Email) {
			return user.ErrEmailTaken, takenWhy(held, theirs.log, cmd.Patch.Email), nil
		}
	}
	// If the user's own claim is known, it may have just ended beside a rejection.
	j.reserve = EmailAfter{Token: held.Token, After: held.Last}
	return "", "", nil
}

// give has j release the claim of the email that its user has, if there is one.
func (c *Core) give(j *job, b basis) error {
	held, err := c.claimOf(b.log.Email)
	if err != nil {
		return err
	}
	switch {
	case held.Record == b.log.ID:
		j.release = held
	case held.Last != 0: // It may have just been made again beside a rejection.
		c.doubts(j, doubt{EmailAfter{held.Token, held.Last}, b.log.ID, b.last})
	}
	return nil
}

// doubt is what a decision about an email rests on and does not expect when it is
// appended: what is known of its claim, and of a user.
type doubt struct {
	claim  EmailAfter
	record string
	last   uint64 // The last event about the user.
}

// doubts reads the log once more for what j is to rest on, and reports whether it
// does: nothing else would tell that others have just got the email or let it go.
func (c *Core) doubts(j *job, d doubt) bool {
	if slices.Contains(j.settled[:], d) {
		return false
	}
	copy(j.settled[1:], j.settled[:])
	j.settled[0], j.phase = d, fetching
	c.emit(Effect{
		Kind: Fetch, Job: j.id, Record: projection.Record{ID: d.record}, After: d.last, Claims: []EmailAfter{d.claim},
	})
	return true
}

// claimOf returns who holds the email by the log: as the rows have it, and what
// comes after.
func (c *Core) claimOf(email string) (projection.Claim, error) {
	token := event.EmailToken(email)
	held, _, err := c.cfg.Rows.Claim(token)
	if err != nil {
		return projection.Claim{}, err
	}
	held.Token = token
	c.fold.tail = c.tail.of(topic{email: true, id: token}, c.fold.tail[:0])
	for _, ev := range c.fold.tail {
		if ev.Seq > held.Last {
			held = held.After(*ev)
		}
	}
	return held, nil
}

// claimEvent returns the event about the claim of an email that goes with ev.
func claimEvent(kind event.Kind, ev event.Event, email string, target uint64) event.Event {
	out := event.Event{
		Kind: kind, Time: ev.Time, Ref: ev.Ref, Record: ev.Record, Op: ev.Op,
		Patch: user.SetEmail(email), Cause: ev.Cause, Base: ev.Base, Strategy: ev.Strategy, Target: target,
	}
	out.ID = out.Identify()
	return out
}

package decide

import (
	"fmt"

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
// may not happen: somebody else holds the email. An email that nobody claimed,
// since its user came by another strategy, is not released.
func (c *Core) claim(j *job, cmd user.Command, b basis) (user.Code, string, error) {
	wants := cmd.Op != user.Delete && cmd.Patch.Set.Has(user.FieldEmail)
	keeps := wants && b.log.Exists && user.EmailKey(cmd.Patch.Email) == user.EmailKey(b.log.Email)
	if wants && !keeps {
		held, err := c.claimOf(cmd.Patch.Email)
		if err != nil {
			return "", "", err
		}
		if held.Held() && held.Record != cmd.Record {
			if c.doubts(j, held, b.last) {
				return "", "", nil
			}
			why := fmt.Sprintf("%s reserved the email %s for %s at #%d", held.Ref.Client, cmd.Patch.Email, held.Record, held.Seq)
			return user.ErrEmailTaken, why, nil
		}
		// If the user's own claim is known, it may have just ended beside a rejection.
		j.reserve = EmailAfter{Token: held.Token, After: held.Last}
	}
	gives := b.log.Exists && (cmd.Op == user.Delete || wants && !keeps)
	if gives {
		held, err := c.claimOf(b.log.Email)
		if err != nil {
			return "", "", err
		}
		switch ours := held.Held() && held.Record == cmd.Record; {
		case ours:
			j.release = held
		case held.Last != 0 && c.doubts(j, held, b.last):
			return "", "", nil // It may have just been made again beside a rejection.
		}
	}
	return "", "", nil
}

// doubts reads the log once more before another's claim refuses j, or before
// nothing is released that the user had a claim of, and reports whether it does.
// Neither expects anything of the email's subjects, so nothing else would tell
// that the claim has just ended or been made again.
func (c *Core) doubts(j *job, held projection.Claim, last uint64) bool {
	claim := EmailAfter{Token: held.Token, After: held.Last}
	if j.taken == claim {
		return false
	}
	j.taken, j.phase = claim, fetching
	c.emit(Effect{
		Kind: Fetch, Job: j.id, Record: projection.Record{ID: j.cmd.Record}, After: last, Claims: []EmailAfter{claim},
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

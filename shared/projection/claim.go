package projection

import (
	"optimist/shared/event"
	"optimist/shared/user"
)

// Claim is who holds an email by the log: a reservation, or what one that ended
// left behind. Appends about it expect Last under event.EmailFilter.
type Claim struct {
	Token  string   // event.EmailToken of the email.
	Email  string   // As it was typed.
	Record string   // The user it is claimed for; empty: nobody holds it.
	Ref    user.Ref // The command that claimed it; its change falls: so does the claim.
	Seq    uint64   // Of the Reserved event; 0: nobody holds it.
	Last   uint64   // Of the last event about it.
}

// Held reports whether somebody holds the email.
func (c Claim) Held() bool { return c.Seq != 0 }

// After returns the claim after ev, which is about its email. A release ends the
// claim that it names and no other.
func (c Claim) After(ev event.Event) Claim {
	c.Last = ev.Seq
	switch {
	case ev.Kind == event.Reserved:
		c.Token, c.Email = event.EmailToken(ev.Patch.Email), ev.Patch.Email
		c.Record, c.Ref, c.Seq = ev.Record, ev.Ref, ev.Seq
	case ev.Target != 0 && ev.Target == c.Seq:
		c.Record, c.Ref, c.Seq = "", user.Ref{}, 0
	}
	return c
}

// applyClaim keeps who holds an email.
func applyClaim(store Store, ev event.Event) error {
	token := event.EmailToken(ev.Patch.Email)
	claim, _, err := store.Claim(token)
	if err != nil {
		return err
	}
	claim.Token = token
	return store.PutClaim(claim.After(ev))
}

package sim_test

import (
	"fmt"
	"testing"

	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/projection"
	"optimist/shared/sim"
	"optimist/shared/user"
)

// Whatever the projector gives up, at rest every user under reserve holds the
// claim of the email that its row has, and nobody holds another. One claim may be
// nobody's: somebody else had taken it before the change that let it go fell, and
// then fell too. What that is worth, TestEmailsAreTakenOrFree says.
func TestClaimsFollowTheRows(t *testing.T) {
	const seeds = 300
	for seed := range uint64(seeds) {
		w := mustRandom(t, "reserve", nil)
		p := newPlayer(seed, true, w.Strategy())
		on := []string{"created", "edited", "deleted"}[seed%3]
		mustDo(t, w, sim.Action{Verb: sim.Arm, Fault: fault.Fault{Kind: fault.ProjectFail, On: on, Forever: true}})
		var story []sim.Action
		for range steps {
			story = append(story, p.step(t, w))
		}
		why := converges(t, w)
		if why == "" {
			why = strayClaim(w.State())
		}
		if why != "" {
			t.Errorf("seed %d: %s\n%s\n%s", seed, why, tell(story), w.AppendText(nil))
		}
	}
}

// strayClaim says whose claim is not what its row says, or "".
func strayClaim(s *sim.State) string {
	var claims projection.Memory
	for _, ev := range s.Log {
		if ev.Kind.Claims() {
			_, _ = projection.Apply(&claims, ev, nil, "") // In memory, nothing fails.
		}
	}
	owners := make(map[string]string) // Of emails, by their tokens.
	for _, r := range s.Rows {
		if r.Deleted {
			continue
		}
		token := event.EmailToken(r.Email)
		owners[token] = r.ID
		c, _, _ := claims.Claim(token)
		last := s.Log[max(c.Last, 1)-1]
		if lost := last.Kind == event.Released && last.Build != 0 && last.Record != r.ID; c.Record != r.ID && !lost {
			return fmt.Sprintf("%s has the email %s, and %q claims it", r.ID, user.EmailKey(r.Email), c.Record)
		}
	}
	for _, c := range claims.Claims() {
		if c.Held() && owners[c.Token] != c.Record {
			return fmt.Sprintf("%s claims the email %s, and %q has it", c.Record, c.Email, owners[c.Token])
		}
	}
	return ""
}

// Whatever strategies came before, and whatever failed: at rest, who reserves an
// email is told at once that a living user has it, and gets it otherwise.
func TestEmailsAreTakenOrFree(t *testing.T) {
	const seeds = 300
	for seed := range uint64(seeds) {
		w, spare := mustRandom(t, "reserve", nil), mustRandom(t, "reserve", nil)
		p := newPlayer(seed, true, w.Strategy())
		mustDo(t, w, sim.Action{Verb: sim.Arm, Fault: fault.Fault{Kind: fault.ProjectFail, On: failsOn[seed%3], Forever: true}})
		for range steps {
			if seed%2 == 1 {
				stepMixed(t, w, p, mixed)
			} else {
				p.step(t, w)
			}
		}
		repair(t, w)
		stabilize(t, w)
		w.Switch("reserve")
		for _, email := range emails {
			spare.CopyFrom(w)
			if why := misjudged(t, spare, email); why != "" {
				t.Fatalf("seed %d: %s\n%s", seed, why, w.AppendText(nil))
			}
		}
	}
}

// failsOn is what one of the kinds of event fails for good.
var failsOn = [...]string{"created", "edited", "deleted"}

// misjudged has somebody reserve the email in a world at rest, and says what is
// wrong with what comes of it, or "".
func misjudged(t *testing.T, w *sim.World, email string) string {
	t.Helper()
	has := ""
	for _, r := range w.State().Rows {
		if !r.Deleted && user.EmailKey(r.Email) == user.EmailKey(email) {
			has = r.ID
		}
	}
	at := len(w.State().Log)
	mustDo(t, w, sim.Action{Verb: sim.Create, Client: people[0], Intent: "new", Record: "new", Patch: user.SetBoth("New", email)})
	stabilize(t, w)
	s := w.State()
	news := s.Log[at:]
	last := news[len(news)-1]
	switch taken := len(news) == 1 && last.Kind == event.Refused && last.Code == user.ErrEmailTaken; {
	case has != "" && !taken:
		return fmt.Sprintf("%s has the email %s, and another was accepted: %+v", has, email, news)
	case has == "" && last.Kind != event.Created:
		return fmt.Sprintf("nobody has the email %s, and nobody gets it: %+v", email, news)
	}
	return ""
}

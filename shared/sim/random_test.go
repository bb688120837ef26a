package sim_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/sim"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// dice is a sequence of numbers that is the same for a seed for ever.
type dice uint64

func (d *dice) roll(n int) int {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) % uint64(n))
}

// player makes random actions for a world with the clients alice and carol.
type player struct {
	dice
	made   map[string]int // Intents of each client.
	chaos  bool           // The environment acts too: crashes, cuts, faults.
	budget int            // Faults that may still be armed.
	email  bool           // The email is the id.
	silent bool           // The log does not hear of what the projector gives up.
}

func newPlayer(seed uint64, chaos bool, s strategy.Strategy) *player {
	p := &player{dice: dice(seed), made: map[string]int{}, chaos: chaos, email: s.Identity == strategy.ByEmail, silent: !s.Compensates()}
	if chaos {
		p.budget = 3
	}
	return p
}

var (
	people  = []string{"alice", "carol"}
	records = []string{"ada", "bob", "cyd"}
	emails  = []string{"ada@example.org", "bob@example.org", "cyd@example.org", "dan@example.org"}
	kinds   = []fault.Kind{
		fault.AppendRefuse, fault.AppendLoseAck, fault.AppendSlow, fault.ReplyDrop, fault.ProjectFail, fault.ProjectStall,
		fault.ProjectCrashBeforeCommit, fault.ProjectCrashAfterCommit, fault.ProjectCrashAfterReject,
		fault.FeedDrop, fault.FeedRepeat, fault.FeedLate,
	}
)

// next returns an action: mostly of the system, and now and then of a person, of
// the environment or of the clock.
func (p *player) next(w *sim.World, acts []sim.Action) sim.Action {
	at := slices.IndexFunc(acts, func(a sim.Action) bool { return a.Verb < sim.Handle })
	system, others := acts[:at], acts[at:] // Somebody can always be crashed.
	switch n := p.roll(100); {
	case n < 12:
		return p.person(w)
	case n < 15 && p.budget > 0:
		p.budget--
		return p.fault()
	case n < 20 && p.chaos:
		return others[p.roll(len(others))]
	case n < 95 && len(system) > 0:
		return system[p.roll(len(system))]
	}
	if _, ok := w.Next(); ok {
		return acts[len(acts)-1]
	}
	return p.person(w)
}

// person returns what somebody types: mostly a change of what is on the screen.
func (p *player) person(w *sim.World) sim.Action {
	client := people[p.roll(len(people))]
	at := p.roll(len(records))
	a := sim.Action{Client: client, Record: records[at]}
	email := emails[at]
	if p.email {
		a.Record = event.EmailToken(email)
	} else if p.roll(4) == 0 {
		email = emails[p.roll(len(emails))]
	}
	name := fmt.Sprintf("N%d", p.roll(1000))
	n := p.roll(10)
	if !sees(w, client, a.Record) && p.roll(8) != 0 {
		n = 0
	}
	switch n {
	case 0:
		a.Verb, a.Patch = sim.Create, user.SetBoth(name, email)
	case 1, 2, 3, 4, 5:
		a.Verb, a.Patch = sim.Edit, user.SetName(name)
	case 6:
		a.Verb, a.Patch = sim.Edit, user.SetEmail(email)
	case 7:
		a.Verb = sim.Delete
	case 8:
		a.Verb = sim.Retry
		if p.roll(2) == 0 {
			a.Patch = user.SetEmail(emails[p.roll(len(emails))])
		}
	default:
		a.Verb = []sim.Verb{sim.Dismiss, sim.Undo}[p.roll(2)]
	}
	p.made[client]++
	a.Intent = fmt.Sprintf("%s.%d", client, p.made[client])
	return a
}

// sees reports whether the record is on the client's screen.
func sees(w *sim.World, client, record string) bool {
	for _, c := range w.State().Clients {
		if c.Name == client {
			return slices.ContainsFunc(c.Records, func(r sim.RecordState) bool { return r.ID == record })
		}
	}
	return false
}

func (p *player) fault() sim.Action {
	f := fault.Fault{Kind: kinds[p.roll(len(kinds))]}
	if f.Kind.Delays() {
		f.Delay = int64(1 + p.roll(3000))
	}
	if f.Kind == fault.ProjectFail {
		f.Times = 1 + p.roll(3)
	}
	if f.Kind.MayLast() && p.roll(2) == 0 && (!p.silent || f.Kind != fault.ProjectFail) {
		f.Forever, f.Times = true, 0
	}
	return sim.Action{Verb: sim.Arm, Fault: f}
}

// step takes one random action in w and returns it. What is not enabled must say
// so.
func (p *player) step(tb testing.TB, w *sim.World) sim.Action {
	tb.Helper()
	acts := w.Enabled(nil)
	a := p.next(w, acts)
	err := w.Do(a)
	refused := a.Verb <= sim.Undo && (errors.Is(err, sim.ErrIdle) || errors.Is(err, sim.ErrDeclined))
	if err != nil && !refused {
		tb.Fatalf("%+v: %v\n%s", a, err, w.AppendText(nil))
	}
	return a
}

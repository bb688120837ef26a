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
}

func newPlayer(seed uint64, chaos bool, s strategy.Strategy) *player {
	p := &player{dice: dice(seed), made: map[string]int{}, chaos: chaos, email: s.Identity == strategy.ByEmail}
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

// next returns an action: of a person, of the environment, or of the system.
func (p *player) next(w *sim.World, acts []sim.Action) sim.Action {
	system := slices.DeleteFunc(slices.Clone(acts), func(a sim.Action) bool { return a.Verb < sim.Handle && a.Verb != sim.Advance })
	switch n := p.roll(20); {
	case n < 4:
		return p.person()
	case n == 4 && p.budget > 0:
		p.budget--
		return p.fault()
	case n < 7 && p.chaos:
		return acts[p.roll(len(acts))]
	case len(system) > 0:
		return system[p.roll(len(system))]
	}
	return p.person()
}

func (p *player) person() sim.Action {
	client := people[p.roll(len(people))]
	at := p.roll(len(records))
	a := sim.Action{Client: client, Record: records[at]}
	email := emails[p.roll(len(emails))]
	if p.email {
		email = emails[at]
		a.Record = event.EmailToken(email)
	}
	name := fmt.Sprintf("N%d", p.roll(1000))
	switch p.roll(10) {
	case 0, 1, 2:
		a.Verb, a.Patch = sim.Create, user.SetBoth(name, email)
	case 3, 4, 5:
		a.Verb, a.Patch = sim.Edit, user.SetName(name)
	case 6:
		a.Verb, a.Patch = sim.Edit, user.SetEmail(email)
	case 7:
		a.Verb = sim.Delete
	case 8:
		a.Verb = sim.Retry
	default:
		a.Verb = []sim.Verb{sim.Dismiss, sim.Undo}[p.roll(2)]
	}
	p.made[client]++
	a.Intent = fmt.Sprintf("%s.%d", client, p.made[client])
	return a
}

func (p *player) fault() sim.Action {
	f := fault.Fault{Kind: kinds[p.roll(len(kinds))]}
	if f.Kind.Delays() {
		f.Delay = int64(1 + p.roll(3000))
	}
	if f.Kind == fault.ProjectFail {
		f.Times = 1 + p.roll(3)
	}
	if f.Kind.MayLast() && p.roll(2) == 0 {
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
	personal := a.Verb <= sim.Undo
	if err != nil && !(personal && (errors.Is(err, sim.ErrIdle) || errors.Is(err, sim.ErrDeclined))) {
		tb.Fatalf("%+v: %v\n%s", a, err, w.AppendText(nil))
	}
	return a
}

package anomaly_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"optimist/shared/anomaly"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/sim"
	"optimist/shared/strategy"
	"optimist/shared/trace"
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

// How rough a schedule is.
type weather int

const (
	calm  weather = iota // Only persons and the system move, in any order.
	rough                // Clients are cut and crash, the server crashes, faults that pass strike.
	harsh                // And the projector gives events up for good.
)

// schedule is one random run.
type schedule struct {
	dice
	testing.TB
	world   *sim.World
	weather weather
	faults  int // That may still be armed.
	made    int
	log     []string
}

var (
	persons = []string{"alice", "bob"}
	aliases = []string{"ada", "eve", "max"}
	passing = []fault.Kind{
		fault.AppendRefuse, fault.AppendLoseAck, fault.ReplyDrop, fault.FeedDrop, fault.FeedRepeat,
		fault.ProjectCrashBeforeCommit, fault.ProjectCrashAfterCommit, fault.ProjectCrashAfterReject, fault.ProjectFail,
	}
)

// mustSchedule runs one random schedule to its end and returns what happened.
func mustSchedule(tb testing.TB, text string, seed uint64, w weather, steps int) *trace.Trace {
	tb.Helper()
	s := &schedule{dice: dice(seed), TB: tb, weather: w, faults: 3}
	cfg := sim.Config{Strategy: text}
	if !s.natural(text) {
		cfg.Given = []sim.Given{{Record: "ada", Patch: user.SetBoth("Ada", "ada@x.org")}}
	}
	var err error
	if s.world, err = sim.New(cfg); err != nil {
		tb.Fatal(err)
	}
	t := &trace.Trace{}
	s.world.Record(t)
	for _, name := range persons {
		s.do(sim.Action{Verb: sim.Join, Client: name})
	}
	for range steps {
		s.step()
	}
	s.repair()
	return t
}

// natural reports whether the email is the id.
func (s *schedule) natural(text string) bool { return strategy.Of(text).Identity == strategy.ByEmail }

// do takes an action; a person may be refused.
func (s *schedule) do(a sim.Action) {
	s.Helper()
	err := s.world.Do(a)
	if err != nil && a.Verb > sim.Undo && !errors.Is(err, sim.ErrIdle) {
		s.Fatalf("%+v: %v", a, err)
	}
	if err == nil {
		s.log = append(s.log, fmt.Sprintf("%+v", a))
	}
}

// step takes one random action.
func (s *schedule) step() {
	acts := s.world.Enabled(nil)
	at := slices.IndexFunc(acts, func(a sim.Action) bool { return a.Verb < sim.Handle })
	system, others := acts[:at], acts[at:]
	switch n := s.roll(100); {
	case n < 15:
		s.do(s.person())
	case n < 20 && s.weather > calm && s.faults > 0:
		s.faults--
		s.do(sim.Action{Verb: sim.Arm, Fault: s.fault()})
	case n < 24 && s.weather > calm:
		s.do(others[s.roll(len(others))])
	case n < 96 && len(system) > 0:
		s.do(system[s.roll(len(system))])
	default:
		if last := acts[len(acts)-1]; last.Verb == sim.Advance {
			s.do(last)
		}
	}
}

// fault returns a fault that the weather allows.
func (s *schedule) fault() fault.Fault {
	f := fault.Fault{Kind: passing[s.roll(len(passing))]}
	if f.Kind == fault.ProjectFail {
		f.Times = 1 + s.roll(2)
		if s.weather == harsh {
			f.Forever, f.Times = true, 0
		}
	}
	return f
}

// person returns what somebody types.
func (s *schedule) person() sim.Action {
	at := s.roll(len(aliases))
	s.made++
	a := sim.Action{Client: persons[s.roll(len(persons))], Record: aliases[at]}
	a.Intent = fmt.Sprintf("%s.%d", a.Client, s.made)
	email := aliases[at] + "@x.org"
	if s.natural(s.world.Strategy().Text()) {
		a.Record = event.EmailToken(email)
	} else if s.roll(4) == 0 {
		email = aliases[s.roll(len(aliases))] + "@x.org"
	}
	name := fmt.Sprintf("N%d", s.roll(4))
	switch n := s.roll(12); {
	case n < 3:
		a.Verb, a.Patch = sim.Create, user.SetBoth(name, email)
	case n < 7:
		a.Verb, a.Patch = sim.Edit, user.SetName(name)
	case n < 8:
		a.Verb, a.Patch = sim.Edit, user.SetEmail(email)
	case n < 9:
		a.Verb = sim.Delete
	default:
		a.Verb = []sim.Verb{sim.Retry, sim.Undo, sim.Dismiss}[n-9]
	}
	return a
}

// repair ends every fault and lets everything move, timers included.
func (s *schedule) repair() {
	s.do(sim.Action{Verb: sim.Disarm})
	for _, a := range s.world.Enabled(nil) {
		if a.Verb == sim.RestartServer || a.Verb == sim.RestartClient || a.Verb == sim.Reconnect {
			s.do(a)
		}
	}
	for range 5000 {
		if a, ok := s.world.Permit(); ok {
			s.do(a)
			continue
		}
		at, timer := s.world.Next()
		if !timer {
			return
		}
		s.do(sim.Action{Verb: sim.Advance, For: max(at-s.world.Now(), 0)})
	}
	s.Fatalf("nothing settles:\n%s", strings.Join(s.log, "\n"))
}

// tally counts the schedules that show each anomaly; prices apart.
func tally(found []anomaly.Finding, into map[string]int) {
	seen := map[string]bool{}
	for _, f := range found {
		id := f.ID
		if f.Price {
			id += "*"
		}
		if !seen[id] {
			into[id]++
		}
		seen[id] = true
	}
}

package live

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"optimist/shared/fault"
	"optimist/shared/sim"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// Sizes of a random walk.
const (
	walkSteps        = 120
	walkCrashSteps   = 150
	walkCombinations = 8 * walks
)

// walkRecords is what a random walk is about.
var walkRecords = [...]string{"ada", "grace", "alan"}

// walk takes random actions, each of which can be taken, in both worlds.
type walk struct {
	*rand.Rand
	w       *World
	crashes bool
	names   []string
	typed   map[string]int
}

// TestRandomWalk drives both worlds at random under each strategy: after each
// step they must be equal.
func TestRandomWalk(t *testing.T) {
	for _, s := range strategy.All() {
		t.Run(s.Name, func(t *testing.T) {
			for seed := range uint64(walks) {
				t.Run(fmt.Sprint(seed), func(t *testing.T) { mustWalk(t, s.Name, seed, false, walkSteps) })
			}
		})
	}
}

// mustWalk takes a random walk, beside others: most of its time it waits for the
// disk.
func mustWalk(t *testing.T, strategy string, seed uint64, crashes bool, steps int) {
	t.Helper()
	t.Parallel()
	w := mustOpen(t, Config{
		Strategy: strategy, Crashes: crashes,
		Given: []sim.Given{{Record: "grace", Patch: user.SetBoth("Grace", "grace@example.org")}},
	})
	k := &walk{Rand: rand.New(rand.NewPCG(seed, 7)), w: w, crashes: crashes, names: []string{"alice", "bob"}, typed: map[string]int{}}
	for _, name := range k.names {
		w.mustDo(t, sim.Action{Verb: sim.Join, Client: name})
	}
	for n := range steps {
		a, ok := k.next()
		if !ok {
			continue
		}
		err := w.Do(a)
		if errors.Is(err, sim.ErrIdle) || errors.Is(err, sim.ErrDeclined) || errors.Is(err, sim.ErrNotTyped) {
			continue
		}
		if err != nil {
			t.Fatalf("%s, step %d: %v", strategy, n, err)
		}
	}
}

// next picks an action: of the system mostly, of a person often, and now and
// then of the environment.
func (k *walk) next() (sim.Action, bool) {
	enabled := k.w.sim.Enabled(nil)
	var system, environment []sim.Action
	for _, a := range enabled {
		switch a.Verb {
		case sim.CrashClient, sim.CrashServer:
			if k.crashes {
				environment = append(environment, a)
			}
		case sim.Disconnect, sim.Reconnect, sim.RestartClient, sim.RestartServer, sim.Disarm:
			environment = append(environment, a)
		default:
			system = append(system, a)
		}
	}
	switch p := k.IntN(100); {
	case p < 22:
		return k.person(), true
	case p < 27 && !k.w.down:
		return sim.Action{Verb: sim.Arm, Fault: k.fault()}, true
	case p < 35 && len(environment) > 0:
		return environment[k.IntN(len(environment))], true
	case len(system) > 0:
		return system[k.IntN(len(system))], true
	}
	return sim.Action{}, false
}

// person picks what somebody does.
func (k *walk) person() sim.Action {
	name := k.names[k.IntN(len(k.names))]
	a := sim.Action{Client: name, Record: walkRecords[k.IntN(len(walkRecords))]}
	k.typed[name]++
	a.Intent = fmt.Sprintf("%s.%d", name, k.typed[name])
	switch k.IntN(8) {
	case 0, 1:
		a.Verb, a.Patch = sim.Create, user.SetBoth("N"+a.Intent, k.email())
	case 2, 3:
		a.Verb, a.Patch = sim.Edit, user.SetName("N"+a.Intent)
	case 4:
		a.Verb, a.Patch = sim.Edit, user.SetEmail(k.email())
	case 5:
		a.Verb = sim.Delete
	case 6:
		if a.Verb = [...]sim.Verb{sim.Retry, sim.Dismiss}[k.IntN(2)]; a.Verb == sim.Retry && k.IntN(2) == 0 {
			a.Patch = user.SetEmail(walkEmails[k.IntN(len(walkEmails))]) // What is none, no form lets through.
		}
	case 7:
		a.Verb = sim.Undo
	}
	return a
}

// walkEmails are few, so that two records want the same.
var walkEmails = [...]string{"ada@example.org", "x@example.org", "alan@example.org"}

// email returns one of them, or none.
func (k *walk) email() string {
	if at := k.IntN(len(walkEmails) + 1); at < len(walkEmails) {
		return walkEmails[at]
	}
	return "no email"
}

// fault picks one of those that crash nothing, unless crashes are wanted.
func (k *walk) fault() fault.Fault {
	f := fault.Fault{Kind: fault.Kinds[k.IntN(len(fault.Kinds))]}
	if f.Kind.Crashes() && !k.crashes {
		return k.fault()
	}
	switch f.Kind {
	case fault.AppendSlow, fault.FeedLate:
		f.Delay = 1 + k.Int64N(3000)
	case fault.ProjectFail:
		f.Times = 1 + k.IntN(3)
	default:
	}
	if f.Kind.MayLast() {
		f.Forever = k.IntN(2) == 0
	}
	k.aim(&f)
	if f.Validate() != nil {
		return k.fault()
	}
	return f
}

// aim narrows a fault down, now and then.
func (k *walk) aim(f *fault.Fault) {
	switch k.IntN(6) {
	case 0:
		f.On = [...]string{"created", "edited", "deleted"}[k.IntN(3)]
	case 1:
		f.On = walkRecords[k.IntN(len(walkRecords))]
	case 2:
		f.On = fmt.Sprintf("alice.%d", k.typed["alice"]+1)
	case 3:
		f.Nth = 1 + k.IntN(3)
	case 4:
		f.P, f.Seed = 0.5, k.Uint64()>>12
	default:
	}
}

// TestRandomCrashes drives both worlds at random, with servers and clients that
// are killed and come back.
func TestRandomCrashes(t *testing.T) {
	for i, s := range strategy.All() {
		t.Run(s.Name, func(t *testing.T) { mustWalk(t, s.Name, uint64(i), true, walkCrashSteps) })
	}
}

// TestRandomCombinations drives both worlds at random under strategies that
// nobody has named.
func TestRandomCombinations(t *testing.T) {
	for seed := range uint64(walkCombinations) {
		text := combination(rand.New(rand.NewPCG(seed, 11)))
		t.Run(text, func(t *testing.T) { mustWalk(t, text, seed, false, walkSteps) })
	}
}

// combination returns a strategy that makes sense and differs from reconcile on
// a few axes.
func combination(r *rand.Rand) string {
	for {
		text := strategy.Default
		axes := strategy.Axes()
		for range 1 + r.IntN(4) {
			axis := axes[r.IntN(len(axes))]
			text += " " + axis.Name + "=" + axis.Values[r.IntN(len(axis.Values))].Name
		}
		if s, err := strategy.Parse(text); err == nil {
			return s.Text()
		}
	}
}

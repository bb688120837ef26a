package anomaly_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/anomaly"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/sim"
	"optimist/shared/strategy"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// watches is how many states are looked at of each strategy and each kind of
// trouble.
const watches = 250

// watched is a world with all that the checker that has watched it remembers.
type watched struct {
	world  sim.World
	memory []*anomaly.Part
	told   string // The form of that.
	done   int    // What its person has done.
	struck bool   // By the trouble there may be.
}

// future is what one step from a watched world shows, and leads to.
type future struct {
	Action string
	Found  []string
	Form   string
}

// watcher steps watched worlds, and tells what it finds as if nothing was told
// before.
type watcher struct {
	testing.TB
	checker *anomaly.Checker
	trace   trace.Trace
	record  string
	trouble sim.Action // May strike once.
}

// A search takes worlds of one form whose checkers have one form for one. So each
// step must show the same in both and lead to one form again, whatever else the
// checkers remember: then nothing is missed, however far they go.
func TestOneFormIsOneFuture(t *testing.T) {
	for _, name := range strategy.Names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			again := 0
			for _, trouble := range troubles() {
				w, first := mustWatch(t, name)
				w.trouble = trouble
				again += w.compare(first)
			}
			if again == 0 {
				t.Error("no state has the form of another")
			}
		})
	}
}

// troubles returns what may strike once, nothing among them.
func troubles() []sim.Action {
	all := []sim.Action{
		{}, {Verb: sim.Disconnect, Client: persons[0]}, {Verb: sim.CrashClient, Client: persons[0]}, {Verb: sim.CrashServer},
	}
	for _, kind := range passing {
		all = append(all, sim.Action{Verb: sim.Arm, Fault: fault.Fault{Kind: kind, Forever: kind == fault.ProjectFail}})
	}
	return all
}

// compare goes every way from a watched world, nearest first, and compares the
// futures of those of one form. It returns how many there were.
func (w *watcher) compare(first *watched) int {
	known, futures, again := map[string]bool{}, map[string][]future{}, 0
	queue := []*watched{first}
	for len(queue) > 0 && len(known) < watches {
		at := queue[0]
		queue = queue[1:]
		next, got := w.steps(at)
		for _, n := range next {
			if id := n.identity(); !known[id] {
				known[id] = true
				queue = append(queue, n)
			}
		}
		form := w.form(at)
		want, met := futures[form]
		if !met {
			futures[form] = got
			continue
		}
		again++
		if diff := cmp.Diff(want, got); diff != "" {
			w.Fatalf("one form, two futures: %s\n%s", diff, at.world.AppendText(nil))
		}
	}
	return again
}

// mustWatch returns a world in which two persons are there, and what watches it.
func mustWatch(t *testing.T, name string) (*watcher, *watched) {
	t.Helper()
	w := &watcher{TB: t, checker: anomaly.New(name), record: "ada"}
	if strategy.Of(name).Identity == strategy.ByEmail {
		w.record = event.EmailToken("ada@x.org")
	}
	world, err := sim.New(sim.Config{Strategy: name})
	if err != nil {
		t.Fatal(err)
	}
	world.Record(&w.trace)
	for _, person := range persons {
		if err := world.Do(sim.Action{Verb: sim.Join, Client: person}); err != nil {
			t.Fatal(err)
		}
	}
	for _, e := range w.trace.Events {
		w.checker.Step(e)
	}
	w.checker.Flush()
	for n := range deeds {
		w.checker.Foresee(persons[0], intentOf(n), w.record)
	}
	first := &watched{}
	w.remember(first)
	first.world.CopyFrom(world)
	return w, first
}

// deeds are what the person does, in this order.
var deeds = []sim.Action{
	{Verb: sim.Create, Patch: user.SetBoth("Ada", "ada@x.org")},
	{Verb: sim.Edit, Patch: user.SetName("A")},
	{Verb: sim.Edit, Patch: user.SetName("Ada")},
}

func intentOf(n int) string { return fmt.Sprintf("alice.%d", n+1) }

// remember keeps all that the checker remembers.
func (w *watcher) remember(at *watched) {
	var form []byte
	for i := range w.checker.Parts() {
		at.memory = append(at.memory, w.checker.Save(i))
		form = w.checker.AppendPart(form, i)
	}
	at.told = string(form)
	w.checker.Restore(at.memory)
	var again []byte
	for i := range w.checker.Parts() {
		again = w.checker.AppendPart(again, i)
	}
	if string(again) != at.told {
		w.Fatalf("what was restored has the form %q, not %q", again, at.told)
	}
}

// form returns by what a search tells watched worlds from each other.
func (w *watcher) form(at *watched) string {
	w.checker.Restore(at.memory)
	b := append(w.checker.AppendBinary(nil), byte(at.done))
	if at.struck {
		b = append(b, 1)
	}
	return string(at.world.AppendBinary(b))
}

// identity tells watched worlds from each other by all that is remembered.
func (at *watched) identity() string {
	return fmt.Sprint(string(at.world.AppendBinary(nil)), at.told, at.done, at.struck)
}

// steps takes every step from a watched world.
func (w *watcher) steps(at *watched) (next []*watched, futures []future) {
	for _, a := range w.actions(at) {
		to := &watched{done: at.done, struck: at.struck}
		to.world.CopyFrom(&at.world)
		to.world.Resume(&w.trace)
		w.trace.Events = w.trace.Events[:0]
		if err := to.world.Do(a); err != nil {
			if a.Verb > sim.Undo {
				w.Fatalf("%v: %v", a, err)
			}
			continue
		}
		if a.Verb.Personal() {
			to.done++
		}
		to.struck = to.struck || a.Verb == w.trouble.Verb
		f := future{Action: fmt.Sprint(a), Found: w.judge(at)}
		w.remember(to)
		f.Form = w.form(to)
		next, futures = append(next, to), append(futures, f)
	}
	return next, futures
}

// judge shows the step to the checker that watched until then.
func (w *watcher) judge(at *watched) []string {
	w.checker.Restore(at.memory)
	var found []anomaly.Finding
	for _, e := range w.trace.Events {
		e.Step = 1
		found = append(found, w.checker.Step(e)...)
	}
	found = append(found, w.checker.Flush()...)
	var all []string
	for i := range found {
		f := &found[i]
		all = append(all, fmt.Sprint(f.ID, f.Price, f.Client, f.Intent, f.Record, f.Why))
	}
	return all
}

// actions returns what a search takes: every step of the system, or else time,
// what mends the environment, what the person does next, and what may strike.
func (w *watcher) actions(at *watched) []sim.Action {
	var acts []sim.Action
	for _, a := range at.world.Enabled(nil) {
		mends := a.Verb == sim.Reconnect || a.Verb == sim.RestartServer || a.Verb == sim.RestartClient
		idle := len(acts) == 0 || acts[0].Verb < sim.Handle
		if a.Verb >= sim.Handle || mends || a.Verb == sim.Advance && idle {
			acts = append(acts, a)
		}
	}
	if at.done < len(deeds) {
		a := deeds[at.done]
		a.Client, a.Record, a.Intent = persons[0], w.record, intentOf(at.done)
		acts = append(acts, a)
	}
	if w.trouble.Verb != 0 && !at.struck {
		acts = append(acts, w.trouble)
	}
	return acts
}

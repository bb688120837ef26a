package sim_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/reconcile"
	"optimist/shared/sim"
	"optimist/shared/strategy"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// mustWorld returns a world with the given record bob and these clients.
func mustWorld(tb testing.TB, text string, clients ...string) *sim.World {
	tb.Helper()
	w, err := sim.New(sim.Config{
		Strategy: text,
		Given:    []sim.Given{{Record: "bob", Patch: user.SetBoth("Bob", "bob@example.org")}},
	})
	if err != nil {
		tb.Fatal(err)
	}
	for _, name := range clients {
		mustDo(tb, w, sim.Action{Verb: sim.Join, Client: name})
	}
	return w
}

func mustDo(tb testing.TB, w *sim.World, actions ...sim.Action) {
	tb.Helper()
	for _, a := range actions {
		if err := w.Do(a); err != nil {
			tb.Fatalf("%+v: %v\n%s", a, err, w.AppendText(nil))
		}
	}
}

// settle lets everything move that can.
func settle(tb testing.TB, w *sim.World) {
	tb.Helper()
	for range 10_000 {
		a, ok := w.Permit()
		if !ok {
			return
		}
		mustDo(tb, w, a)
	}
	tb.Fatalf("it does not settle:\n%s", w.AppendText(nil))
}

// stabilize settles and lets time pass until no timer is left.
func stabilize(tb testing.TB, w *sim.World) {
	tb.Helper()
	for range 100 {
		settle(tb, w)
		at, ok := w.Next()
		if !ok {
			return
		}
		mustDo(tb, w, sim.Action{Verb: sim.Advance, For: max(at-w.Now(), 0)})
	}
	tb.Fatalf("timers do not end:\n%s", w.AppendText(nil))
}

func create(client, intent, record, name string) sim.Action {
	return sim.Action{
		Verb: sim.Create, Client: client, Intent: intent, Record: record,
		Patch: user.SetBoth(name, strings.ToLower(name)+"@example.org"),
	}
}

func rename(client, intent, record, name string) sim.Action {
	return sim.Action{Verb: sim.Edit, Client: client, Intent: intent, Record: record, Patch: user.SetName(name)}
}

// fates is what a client believes of its intents, in a line.
func fates(s *sim.State, client string) string {
	var words []string
	for _, c := range s.Clients {
		if c.Name != client {
			continue
		}
		for _, x := range c.Intents {
			word := fmt.Sprintf("%s %s", x.ID, x.Phase)
			if x.Code != "" {
				word += " " + string(x.Code)
			}
			words = append(words, word)
		}
	}
	return strings.Join(words, ", ")
}

// The race of all event-first designs: an edit of a record that its author has
// made and the database does not have yet.
func TestEditBeforeTheRowExists(t *testing.T) {
	want := map[string]string{
		"check-projection": "alice.1 confirmed, alice.2 rolled-back not_found",
		"wait":             "alice.1 confirmed, alice.2 rolled-back not_found",
	}
	for _, name := range strategy.Names() {
		t.Run(name, func(t *testing.T) {
			w := mustWorld(t, name, "alice", "carol")
			ada := "ada"
			if w.Strategy().Identity == strategy.ByEmail {
				ada = event.EmailToken("ada@example.org")
			}
			mustDo(t, w,
				create("alice", "alice.1", ada, "Ada"),
				sim.Action{Verb: sim.Handle, Client: "alice"})
			if _, ok := first(w, sim.AppendGate); ok {
				mustDo(t, w, sim.Action{Verb: sim.Append, Client: "alice", Intent: "alice.1"})
			}
			if err := w.Do(rename("alice", "alice.2", ada, "Ada Lovelace")); err != nil {
				if !errors.Is(err, sim.ErrDeclined) {
					t.Fatal(err)
				}
			}
			stabilize(t, w)
			expect := want[name]
			if expect == "" {
				expect = "alice.1 confirmed, alice.2 confirmed"
			}
			if got := fates(w.State(), "alice"); got != expect {
				t.Errorf("got %s, want %s\n%s", got, expect, w.AppendText(nil))
			}
		})
	}
}

func first(w *sim.World, g sim.Gate) (sim.Waiting, bool) {
	if list := w.Waiting(g); len(list) > 0 {
		return list[0], true
	}
	return sim.Waiting{}, false
}

func TestTraceOfARejectedCreate(t *testing.T) {
	w := mustWorld(t, "reconcile")
	var tr trace.Trace
	w.Record(&tr)
	mustDo(t, w,
		sim.Action{Verb: sim.Join, Client: "alice"},
		sim.Action{Verb: sim.Arm, Fault: fault.Fault{Kind: fault.ProjectFail, Forever: true, Reason: "disk full"}},
		create("alice", "alice.1", "ada", "Ada"),
		rename("alice", "alice.2", "ada", "Ada L."))
	stabilize(t, w)
	for _, e := range tr.Events {
		t.Logf("%d %v %s %s %s %v #%d %s %s %v", e.Step, e.Kind, e.Actor, e.Intent, e.Record, e.Fate, e.Seq, e.Code, e.Why, e.Value)
	}
	t.Logf("\n%s", w.AppendText(nil))
	if got := w.State().Clients[0].Records[0].Status; got != reconcile.StatusRolledBack {
		t.Errorf("status %v", got)
	}
}

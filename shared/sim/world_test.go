package sim_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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

// fates is what alice believes of her intents, in a line.
func fates(s *sim.State) string {
	var words []string
	for _, c := range s.Clients {
		if c.Name != "alice" {
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
			if got := fates(w.State()); got != expect {
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

// A change of the same field by another client is a conflict, one of another
// field is merged; both show in what everybody sees in the end.
func TestTwoClientsEditOneRecord(t *testing.T) {
	w := mustWorld(t, "reconcile", "alice", "carol")
	email := rename("alice", "alice.2", "bob", "")
	email.Patch = user.SetEmail("robert@example.org")
	mustDo(t, w, rename("carol", "carol.1", "bob", "Robert"), rename("alice", "alice.1", "bob", "Bobby"), email)
	mustDo(t, w, sim.Action{Verb: sim.Handle, Client: "carol"}, sim.Action{Verb: sim.Append, Client: "carol", Intent: "carol.1"})
	stabilize(t, w)
	s := w.State()
	if got, want := fates(s), "alice.1 rolled-back conflict, alice.2 confirmed"; got != want {
		t.Errorf("alice believes %s, want %s", got, want)
	}
	if r := s.Rows[0]; r.Name != "Robert" || r.Email != "robert@example.org" {
		t.Errorf("row %+v", r)
	}
}

// facts is a trace without its screens, a line each.
func facts(t *trace.Trace) string {
	var b strings.Builder
	for _, e := range t.Events {
		if e.Kind == trace.Rendered || e.Kind == trace.Believed && e.Fate < trace.FateConfirmed {
			continue
		}
		fmt.Fprintf(&b, "%d %s %s", e.Step, e.Actor, e.Kind)
		if e.Intent != "" {
			b.WriteString(" " + e.Intent)
		}
		if e.Seq != 0 {
			fmt.Fprintf(&b, " #%d", e.Seq)
		}
		if e.Code != "" {
			b.WriteString(" " + string(e.Code))
		}
		b.WriteByte('\n')
	}
	return b.String()
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
	want := `0 log appended given.1 #2
0 projector committed given.1 #2
1 alice reconnected
1 alice based #2
1  quiet
3 alice acted alice.1
3 alice sent alice.1
4 alice acted alice.2
4 alice sent alice.2
5 server decided alice.1
7 log appended alice.1 #4
7 server decided alice.2
8 log appended alice.2 #5
9 projector faulted alice.1 #4
10 projector skipped alice.1 #4 projection_failed
10 log voided alice.1 #6 projection_failed
10 projector published #4
12 projector skipped alice.2 #5 cascade
12 log voided alice.2 #7 cascade
12 projector published #5
14 projector published #6
16 projector published #7
17 alice answered alice.1 #4
18 alice answered alice.2 #5
19 alice believed alice.1 #4 projection_failed
19 alice believed alice.2 #5 cascade
22  quiet
`
	if diff := cmp.Diff(want, facts(&tr)); diff != "" {
		t.Error(diff)
	}
	if got := w.State().Clients[0].Records[0].Status; got != reconcile.StatusRolledBack {
		t.Errorf("status %v", got)
	}
}

// Random runs write every kind of fact, and no screen and no belief twice.
func TestTraceKnowsEveryKind(t *testing.T) {
	seen := map[trace.Kind]bool{}
	for _, name := range []string{"reconcile", "dual-write"} {
		for seed := range uint64(30) {
			var tr trace.Trace
			w := mustRandom(t, name, &tr)
			p := newPlayer(seed, true, w.Strategy())
			for range steps {
				p.step(t, w)
			}
			last := map[string]trace.Event{}
			for _, e := range tr.Events {
				seen[e.Kind] = true
				key := fmt.Sprint(e.Kind, e.Client, e.Intent, e.Record)
				if e.Kind == trace.Crashed {
					clear(last) // Screens are drawn anew.
				}
				e.Step, e.At = 0, 0
				if old, ok := last[key]; ok && (e.Kind == trace.Rendered || e.Kind == trace.Believed) && cmp.Equal(old, e) {
					t.Errorf("%s, seed %d: told twice: %+v", name, seed, e)
				}
				last[key] = e
			}
		}
	}
	for k := trace.Acted; k <= trace.Quiet; k++ {
		if !seen[k] {
			t.Errorf("no fact of kind %s", k)
		}
	}
}

package live

import (
	"testing"

	"optimist/shared/sim"
	"optimist/shared/user"
)

// mustOpen opens a world that ends with the test.
func mustOpen(t testing.TB, cfg Config) *World {
	t.Helper()
	cfg.Dir = t.TempDir()
	w, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return w
}

func (w *World) mustDo(t testing.TB, actions ...sim.Action) {
	t.Helper()
	for _, a := range actions {
		if err := w.Do(a); err != nil {
			t.Fatal(err)
		}
	}
}

// mustSettle gives permits until nothing can move.
func (w *World) mustSettle(t testing.TB) {
	t.Helper()
	for {
		a, ok := w.sim.Permit()
		if !ok {
			return
		}
		w.mustDo(t, a)
	}
}

// create is what alice does.
func create(intent, record, name string) sim.Action {
	return sim.Action{
		Verb: sim.Create, Client: "alice", Intent: intent, Record: record,
		Patch: user.SetBoth(name, record+"@example.org"),
	}
}

// A create and an edit that is typed before the row exists go through every gate,
// one permit each.
func TestEveryGate(t *testing.T) {
	w := mustOpen(t, Config{})
	w.mustDo(t,
		sim.Action{Verb: sim.Join, Client: "alice"},
		create("alice.1", "ada", "Ada"),
		sim.Action{Verb: sim.Edit, Client: "alice", Intent: "alice.2", Record: "ada", Patch: user.SetName("Ada Lovelace")},
		sim.Action{Verb: sim.Handle, Client: "alice"},
		sim.Action{Verb: sim.Append, Client: "alice", Intent: "alice.1"},
		sim.Action{Verb: sim.Project, N: 1},
		sim.Action{Verb: sim.Commit},
		sim.Action{Verb: sim.DeliverReply, Client: "alice"},
		sim.Action{Verb: sim.DeliverFeed, Client: "alice"},
	)
	w.mustSettle(t)
	if rows := w.State().Rows; len(rows) != 1 || rows[0].Name != "Ada Lovelace" {
		t.Errorf("the rows are %+v", rows)
	}
}

package live

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/sim"
	"optimist/shared/user"
)

// What happens in one of the two worlds alone is found at the next step, and the
// error says where.
func TestADifferenceIsFound(t *testing.T) {
	for _, c := range []struct {
		name   string
		behind func(*World) error // Moves the simulation alone.
		want   string
	}{
		{"on a screen", func(w *World) error { return w.sim.Do(create("alice.9", "alan", "Alan")) }, "Clients[0 alice].Records[1 alan]: live nothing, simulated"},
		{"at a gate", func(w *World) error { return w.sim.Do(sim.Action{Verb: sim.Handle, Client: "alice"}) }, "Waiting[0 alice].Gate: live command, simulated append"},
		{"of time", func(w *World) error { return w.sim.Do(sim.Action{Verb: sim.Advance, For: 7}) }, "Now: live 0, simulated 7"},
		{"of a connection", func(w *World) error { return w.sim.Do(sim.Action{Verb: sim.Disconnect, Client: "alice"}) }, "Clients[0 alice].Online: live true, simulated false"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := mustOpen(t, Config{})
			w.mustDo(t, sim.Action{Verb: sim.Join, Client: "alice"}, create("alice.1", "ada", "Ada"))
			if err := c.behind(w); err != nil {
				t.Fatal(err)
			}
			step := sim.Action{Verb: sim.Arm, Fault: fault.Fault{Kind: fault.ReplyDrop}}
			err := w.Do(step)
			if !errors.Is(err, ErrDiffers) || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "the last steps: ") {
				t.Errorf("the error is %v, without %q", err, c.want)
			}
			if again := w.Do(step); !errors.Is(again, ErrDiffers) {
				t.Errorf("it went on with %v", again)
			}
		})
	}
}

// What the simulation refuses must be refused here, and leaves all as it was.
func TestWhatIsRefusedIsRefusedOnBothSides(t *testing.T) {
	w := mustOpen(t, Config{Strategy: "reconcile dependents=refuse"})
	w.mustDo(t, sim.Action{Verb: sim.Join, Client: "alice"}, create("alice.1", "ada", "Ada"))
	edit := func(p user.Patch) sim.Action {
		return sim.Action{Verb: sim.Edit, Client: "alice", Intent: "alice.2", Record: "ada", Patch: p}
	}
	for _, c := range []struct {
		action sim.Action
		want   error
	}{
		{edit(user.SetName("Ada Lovelace")), sim.ErrDeclined},
		{edit(user.SetEmail("nowhere")), sim.ErrNotTyped},
		{sim.Action{Verb: sim.Commit}, sim.ErrIdle},
	} {
		if err := w.Do(c.action); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, not %v", c.action, err, c.want)
		}
	}
	w.mustSettle(t)
	w.mustDo(t, edit(user.SetName("Ada Lovelace")))
	w.mustSettle(t)
	if rows := w.State().Rows; len(rows) != 1 || rows[0].Name != "Ada Lovelace" {
		t.Errorf("the rows are %+v", rows)
	}
}

// An event keeps its place between processes, although its own JSON has none.
func TestEventsKeepTheirPlaces(t *testing.T) {
	want := events{
		{Kind: event.Opened, Seq: 1, ID: "opened/story", Stream: "story"},
		{Kind: event.Created, Seq: 2, ID: "alice/alice.1", Ref: user.Ref{Client: "alice", Command: "alice.1"}, Record: "ada",
			Op: user.Create, Patch: user.SetBoth("Ada", "ada@example.org"), Version: 1, Strategy: "reconcile"},
	}
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got events
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("other events came (-want +got):\n%s", diff)
	}
}

// Nothing in this process can crash: that takes a world of processes.
func TestOnlyProcessesCrash(t *testing.T) {
	w := mustOpen(t, Config{})
	if err := w.Do(sim.Action{Verb: sim.CrashServer}); err == nil || !strings.Contains(err.Error(), "Crashes") {
		t.Errorf("the error is %v", err)
	}
}

package sim_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/sim"
	"optimist/shared/trace"
)

// A record that a delete takes off the screen leaves it because of that delete,
// which the trace names before any row does.
func TestTraceOfADeleteTakenForSuccess(t *testing.T) {
	w := mustWorld(t, "fire-and-forget", "alice")
	var tr trace.Trace
	w.Record(&tr)
	mustDo(t, w,
		sim.Action{Verb: sim.Delete, Client: "alice", Record: "bob", Intent: "alice.1"},
		sim.Action{Verb: sim.Handle, Client: "alice"},
		sim.Action{Verb: sim.Append, Client: "alice", Intent: "alice.1"},
		sim.Action{Verb: sim.DeliverReply, Client: "alice"},
	)
	last := tr.Events[len(tr.Events)-1]
	last.Step, last.At = 0, 0
	want := trace.Event{
		Kind: trace.Rendered, Actor: "alice", Client: "alice", Record: "bob", Mark: trace.Plain, Shown: []string{"alice.1"},
	}
	if diff := cmp.Diff(want, last); diff != "" {
		t.Errorf("the last fact (-want +got):\n%s", diff)
	}
}

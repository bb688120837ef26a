package trace_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/shared/protocol"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// fallen is a create that is given up and rejected, under an edit of somebody
// else's living record.
func fallen() *trace.Trace {
	ada, eve := user.SetBoth("Ada", "a@x"), user.SetBoth("Eve", "a@x")
	return &trace.Trace{Events: []trace.Event{
		{Step: 0, Kind: trace.Appended, Client: "given", Intent: "given.1", Op: user.Create, Record: "ada", Patch: ada, Seq: 2},
		{Step: 0, Kind: trace.Committed, Client: "given", Intent: "given.1", Record: "ada", Seq: 2},
		{Step: 1, Kind: trace.Acted, Client: "alice", Intent: "alice.1", Op: user.Create, Record: "eve", Patch: eve},
		{Step: 1, Kind: trace.Sent, Client: "alice", Intent: "alice.1", Attempt: 1},
		{Step: 2, Kind: trace.Decided, Client: "alice", Intent: "alice.1", Verdict: protocol.Accepted},
		{Step: 3, Kind: trace.Appended, Client: "alice", Intent: "alice.1", Op: user.Create, Record: "eve", Patch: eve, Seq: 3},
		{Step: 4, Kind: trace.Sent, Client: "alice", Intent: "alice.1", Attempt: 2},
		{Step: 5, Kind: trace.Appended, Client: "alice", Intent: "alice.1", Op: user.Create, Record: "eve", Patch: eve, Seq: 4},
		{Step: 6, Kind: trace.Skipped, Client: "alice", Intent: "alice.1", Record: "eve", Seq: 3, Code: user.ErrEmailTaken},
		{Step: 7, Kind: trace.Voided, Client: "alice", Intent: "alice.1", Record: "eve", Seq: 5, Target: 3},
		{Step: 8, Kind: trace.Believed, Client: "alice", Intent: "alice.1", Fate: trace.FateRolledBack, Code: user.ErrEmailTaken},
	}}
}

func TestIndex(t *testing.T) {
	x := trace.NewIndex(fallen())
	want := trace.Intent{
		Client: "alice", ID: "alice.1", Op: user.Create, Record: "eve", Patch: user.SetBoth("Eve", "a@x"),
		Acted: 2, Sent: []int{3, 6}, Decided: 4, Answered: trace.Never, Ended: 10,
		Verdict: protocol.Accepted, Seq: 3, Fate: trace.FateRolledBack, Code: user.ErrEmailTaken,
	}
	got, _ := x.Intent("alice.1")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if given, found := x.Intent("given.1"); !found || given.Acted != trace.Never || given.Record != "ada" {
		t.Errorf("given.1: %+v, %v", given, found)
	}
	if _, found := x.Intent("alice.2"); found {
		t.Error("an intent that never was")
	}
	if diff := cmp.Diff([]string{"ada", "eve"}, x.Records); diff != "" {
		t.Error(diff)
	}
	if n, found := x.Entry(3); !found || n.Skipped != 6 || n.Voided != 7 || n.Committed != trace.Never {
		t.Errorf("#3: %+v, %v", n, found)
	}
}

func TestFoldAsOfAStep(t *testing.T) {
	x := trace.NewIndex(fallen())
	eve := trace.Value{Exists: true, Name: "Eve", Email: "a@x", Version: 1, Seq: 3}
	for step, want := range map[int]trace.Value{0: {}, 2: {}, 3: eve, 6: eve, 7: {}, 8: {}} {
		if diff := cmp.Diff(want, x.Fold("eve", step)); diff != "" {
			t.Errorf("eve after step %d: %s", step, diff)
		}
	}
	if got := x.Fold("ada", 0); got.Name != "Ada" || got.Seq != 2 {
		t.Errorf("ada: %+v", got)
	}
	for step, want := range map[int]int{0: 1, 3: 2, 4: 2, 5: 3} {
		if got := len(x.LogAt(step)); got != want {
			t.Errorf("%d events after step %d, want %d", got, step, want)
		}
	}
}

package reconcile

import (
	"fmt"
	"testing"

	"optimist/shared/protocol"
	"optimist/shared/user"
)

// BenchmarkWorld times what a search does at each state: copy a replica as small
// as a scenario's, take one input, and name the state that comes of it.
func BenchmarkWorld(b *testing.B) {
	from, to := worldReplica(), New("ann", NewShort())
	feed := protocol.Feed{Epoch: "e1", From: 8, To: 9, Change: 9, Rows: []protocol.Row{
		{ID: "ada", Name: "Ada L.", Email: "ada@example.org", Version: 3, Seq: 9, Change: 9, By: "ann", Command: "ann.3"},
	}}
	in := Input{Kind: Fed, At: 40, Feed: &feed}
	var out []Effect
	var state []byte
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		to.CopyFrom(from)
		out = to.Step(in, out[:0])
		state = to.AppendBinary(state[:0])
	}
	if len(out) == 0 || len(state) == 0 {
		b.Fatal("nothing happened")
	}
	fmt.Println()
	fmt.Printf("figure replica_world_transition %.0f ns (goal <=300)\n", float64(b.Elapsed().Nanoseconds())/float64(b.N))
}

// worldReplica returns a replica with two records and three mutations.
func worldReplica() *Replica {
	r := New("ann", NewShort())
	var out []Effect
	step := func(in Input) { out = r.Step(in, out[:0]) }
	step(Input{Kind: Connected})
	step(Input{Kind: Synced, Sync: &protocol.Sync{Epoch: "e1", Full: true, To: 7, Change: 7, Rows: []protocol.Row{
		{ID: "bob", Name: "Bob", Email: "bob@example.org", Version: 1, Seq: 5, Change: 5, By: "given", Command: "given.1"},
	}}})
	typed := func(id, record string, op user.Op, p user.Patch) {
		step(Input{Kind: Submit, At: 10, ID: id, Record: record, Op: op, Patch: p, Strategy: "reconcile"})
		step(Input{Kind: Stored, At: 10, ID: id})
	}
	typed("ann.1", "ada", user.Create, user.SetBoth("Ada", "ada@example.org"))
	typed("ann.2", "bob", user.Edit, user.SetName("Robert"))
	typed("ann.3", "ada", user.Edit, user.SetName("Ada L."))
	accepted := func(id string, seq uint64) {
		step(Input{Kind: Answered, At: 20, Reply: protocol.Reply{Command: id, Verdict: protocol.Accepted, Epoch: "e1", Seq: seq, Version: 1}})
	}
	accepted("ann.1", 8)
	step(Input{Kind: Fed, At: 30, Feed: &protocol.Feed{Epoch: "e1", From: 7, To: 8, Change: 8, Rows: []protocol.Row{
		{ID: "ada", Name: "Ada", Email: "ada@example.org", Version: 1, Seq: 8, Change: 8, By: "ann", Command: "ann.1"},
	}}})
	accepted("ann.3", 9)
	return r
}

package sim_test

import (
	"fmt"
	"hash/maphash"
	"testing"

	"optimist/shared/sim"
)

// scope returns worlds on the way of a create and an edit of it, beside a
// client that looks on, and what can happen in each.
func scope(tb testing.TB, text string) (worlds []*sim.World, next []sim.Action) {
	w := mustWorld(tb, text, people...)
	mustDo(tb, w, create("alice", "alice.1", "ada", "Ada"), rename("alice", "alice.2", "ada", "Ada Lovelace"))
	for {
		permit, ok := w.Permit()
		if !ok {
			return worlds, next
		}
		for _, a := range w.Enabled(nil) {
			if a.Verb < sim.Handle {
				continue
			}
			at := &sim.World{}
			at.CopyFrom(w)
			at.AppendBinary(nil) // As a search did when it found this one.
			worlds, next = append(worlds, at), append(next, a)
		}
		mustDo(tb, w, permit)
	}
}

// BenchmarkTransition measures what a search pays for one step: a copy, the
// step, the canonical form and its fingerprint.
func BenchmarkTransition(b *testing.B) {
	worlds, next := scope(b, "reconcile")
	var scratch sim.World
	var state []byte
	seed := maphash.MakeSeed()
	var sum uint64
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		at := i % len(worlds)
		scratch.CopyFrom(worlds[at])
		if err := scratch.Do(next[at]); err != nil {
			b.Fatal(err)
		}
		state = scratch.AppendBinary(state[:0])
		sum = sum*31 + maphash.Bytes(seed, state)
	}
	if sum == 0 {
		b.Fatal("every state has the same fingerprint")
	}
	fmt.Println()
	fmt.Printf("figure sim_transitions %.3f M/s (goal >=1)\n", float64(b.N)/b.Elapsed().Seconds()/1e6)
	fmt.Printf("figure sim_state %d bytes (goal by ratio)\n", len(state))
}

func BenchmarkParts(b *testing.B) {
	worlds, _ := scope(b, "reconcile")
	var scratch sim.World
	b.Run("copy", func(b *testing.B) {
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			scratch.CopyFrom(worlds[i%len(worlds)])
		}
	})
	b.Run("form", func(b *testing.B) {
		b.ReportAllocs()
		var state []byte
		for i := 0; b.Loop(); i++ {
			state = worlds[i%len(worlds)].AppendBinary(state[:0])
		}
	})
}

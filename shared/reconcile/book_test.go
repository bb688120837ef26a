package reconcile

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestBook plays random additions, in any order of numbers, and removals, and
// looks everything up in every way.
func TestBook(t *testing.T) {
	for seed := range uint64(20) {
		rnd := rand.New(rand.NewPCG(seed, 2))
		b := newBook()
		held := map[string]Mutation{}
		for range 200 {
			n := 1 + rnd.IntN(60)
			id := fmt.Sprintf("m%d", n)
			if c := b.find(id); c != nil {
				b.remove(c)
				delete(held, id)
			} else {
				m := Mutation{ID: id, Number: n, Record: fmt.Sprintf("r%d", n%7), Seq: uint64(1 + n%9)}
				held[id] = m
				b.accept(b.add(&m))
			}
			checkBook(t, &b, held)
		}
	}
}

func checkBook(t *testing.T, b *book, held map[string]Mutation) {
	t.Helper()
	var want, got []Mutation
	for id, m := range held {
		want = append(want, m)
		if c := b.find(id); c == nil || c.Mutation != m {
			t.Fatalf("%s is not found", id)
		}
	}
	slices.SortFunc(want, func(x, y Mutation) int { return x.Number - y.Number })
	for c := b.first(); c != nil; c = b.next(c) {
		got = append(got, c.Mutation)
	}
	if !slices.Equal(want, got) {
		t.Fatalf("by number: %v, not %v", got, want)
	}
	for n := range 7 {
		record := fmt.Sprintf("r%d", n)
		lane := slices.DeleteFunc(slices.Clone(want), func(m Mutation) bool { return m.Record != record })
		var run []Mutation
		for l, c := b.lane(record), b.lane(record).first(); c != nil; c = l.next(c) {
			run = append(run, c.Mutation)
		}
		if !slices.Equal(lane, run) {
			t.Fatalf("of %s: %v, not %v", record, run, lane)
		}
	}
	slices.SortFunc(want, func(x, y Mutation) int { return cmp.Or(cmp.Compare(x.Seq, y.Seq), x.Number-y.Number) })
	got = got[:0]
	for _, slot := range b.accepted {
		got = append(got, b.cells[slot].Mutation)
	}
	if !slices.Equal(want, got) {
		t.Fatalf("by sequence: %v, not %v", got, want)
	}
}

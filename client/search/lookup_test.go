package search

import (
	"sync"
	"testing"
)

// All who look for a key at once find one value, whoever of them was the first to
// learn it; and nothing that was found is lost or moves while the lookup grows.
func TestAllFindWhatOneLearned(t *testing.T) {
	const workers, keys = 4, 20_000
	l := newLookup[pair, uint32]()
	found := make([][keys]*uint32, workers)
	var all sync.WaitGroup
	for worker := range workers {
		all.Go(func() {
			for at := range uint32(keys) {
				found[worker][at] = learned(l, pair{at, 7}, uint32(worker))
			}
		})
	}
	all.Wait()
	for at := range keys {
		k := pair{uint32(at), 7}
		want := l.find(k.hash(), &k)
		for worker := range workers {
			if found[worker][at] != want || want == nil {
				t.Fatalf("worker %d has key %d at %p, the lookup at %p", worker, at, found[worker][at], want)
			}
		}
	}
}

// learned returns the value of a key, which becomes that one if it has none.
func learned(l *lookup[pair, uint32], k pair, value uint32) *uint32 {
	if v := l.find(k.hash(), &k); v != nil {
		return v
	}
	return l.learn(k.hash(), &k, func() uint32 { return value })
}

// What was fetched, or was not there to be, is found or not as before.
func TestFetchChangesNothing(t *testing.T) {
	l := newLookup[pair, uint32]()
	r := reader[pair, uint32]{lookup: l}
	for at := range uint32(3_000) {
		k := pair{at, at}
		r.await(k.hash())
		if r.fetch(); r.find(k.hash(), &k) != nil {
			t.Fatalf("%v is there before it was learned", k)
		}
		learned(l, k, at)
		r.await(k.hash())
		if r.fetch(); *r.find(k.hash(), &k) != at {
			t.Fatalf("%v has another value", k)
		}
	}
	if len(r.awaited) > 0 {
		t.Errorf("%d are still awaited", len(r.awaited))
	}
}

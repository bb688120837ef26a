package search

import (
	"sync"
	"sync/atomic"
	"unsafe"
)

// lookup finds values by keys: a map that only grows, by open addressing. What it
// holds never changes. All workers share it: who reads waits for nobody, and sees
// all that was there before, or else learns it.
type lookup[K hashed, V any] struct {
	slots atomic.Pointer[[]atomic.Uint32] // Each a slot.
	pages atomic.Pointer[[]*page[K, V]]   // They grow without being copied; all full but the last.

	mu sync.Mutex // For whoever adds to it.
	n  int
}

// hashed is a key that brings its hash.
type hashed interface {
	comparable
	hash() uint64
}

// slot leads to an entry: its number, from 1, below the first bits of its hash,
// so that it is seldom looked at in vain. 0: free.
type slot = uint32

type entry[K hashed, V any] struct {
	key   K
	value V
}

type page[K hashed, V any] [pageSize]entry[K, V]

// Sizes of a lookup: of its slots in the beginning, of a page, of the number in a
// slot, and how many entries there can be.
const (
	firstSlots = 1 << 10
	pageSize   = 1 << 9
	numberBits = 26
	maxEntries = 1<<numberBits - 1
)

// slotOf returns the slot of the entry of that number and hash.
func slotOf(hash uint64, number int) slot {
	return slot(hash>>(32+numberBits))<<numberBits | slot(number)
}

// newLookup returns one in which nothing is.
func newLookup[K hashed, V any]() *lookup[K, V] {
	l := &lookup[K, V]{}
	slots := make([]atomic.Uint32, firstSlots)
	l.slots.Store(&slots)
	l.pages.Store(&[]*page[K, V]{})
	return l
}

// find returns the value of a key, nil if it is not there.
func (l *lookup[K, V]) find(hash uint64, key *K) *V {
	slots, bits := *l.slots.Load(), slotOf(hash, 0)
	for at := hash; ; at++ {
		s := slots[at&uint64(len(slots)-1)].Load()
		if s == 0 {
			return nil
		}
		if s&^maxEntries == bits {
			if e := l.entry(s & maxEntries); e.key == *key {
				return &e.value
			}
		}
	}
}

// entry returns the one of a number that stood in a slot.
func (l *lookup[K, V]) entry(number slot) *entry[K, V] {
	return &(*l.pages.Load())[number/pageSize][number%pageSize]
}

// learn adds a key that was not found, with what find makes of it, and returns its
// value.
func (l *lookup[K, V]) learn(hash uint64, key *K, find func() V) *V {
	found := find()
	l.mu.Lock()
	defer l.mu.Unlock()
	if value := l.find(hash, key); value != nil {
		return value // Another worker has found out the same meanwhile.
	}
	if l.n == maxEntries {
		return &found
	}
	return l.put(hash, key, &found)
}

// put adds a key that is not there and returns its value.
func (l *lookup[K, V]) put(hash uint64, key *K, value *V) *V {
	l.n++
	if pages := *l.pages.Load(); l.n >= len(pages)*pageSize { // The entry 0 stays free.
		pages = append(pages, new(page[K, V]))
		l.pages.Store(&pages)
	}
	e := l.entry(slot(l.n))
	e.key, e.value = *key, *value
	if slots := *l.slots.Load(); 2*l.n < len(slots) {
		putSlot(slots, hash, l.n)
	} else {
		l.grow(2 * len(slots))
	}
	return &e.value
}

// grow makes so many slots.
func (l *lookup[K, V]) grow(n int) {
	slots := make([]atomic.Uint32, n)
	for number := 1; number <= l.n; number++ {
		putSlot(slots, l.entry(slot(number)).key.hash(), number)
	}
	l.slots.Store(&slots)
}

// putSlot puts the entry of that number into a slot.
func putSlot(slots []atomic.Uint32, hash uint64, number int) {
	mask := uint64(len(slots) - 1)
	at := hash & mask
	for slots[at].Load() != 0 {
		at = (at + 1) & mask
	}
	slots[at].Store(slotOf(hash, number))
}

// reader is how one worker reads a lookup when it knows early what it will look
// for.
type reader[K hashed, V any] struct {
	*lookup[K, V]
	awaited []uint64 // Hashes.
	touched uint8    // Keeps the compiler from dropping what touches memory.
}

// await has what a hash leads to be fetched by the next fetch.
func (r *reader[K, V]) await(hash uint64) { r.awaited = append(r.awaited, hash) }

// fetch has the processor fetch all that is awaited: first the slots, then the
// entries to which they lead, many at a time.
func (r *reader[K, V]) fetch() {
	slots, awaited, sum := *r.slots.Load(), r.awaited, uint8(0)
	for i, hash := range awaited {
		awaited[i] = uint64(slots[hash&uint64(len(slots)-1)].Load() & maxEntries)
	}
	for _, number := range awaited {
		if number != 0 { // Its first byte, whatever a key consists of, brings all.
			sum += *(*uint8)(unsafe.Pointer(r.entry(slot(number))))
		}
	}
	r.awaited, r.touched = awaited[:0], sum
}

package search

import "sync"

// lookup finds values by keys: a map that only grows, by open addressing. What it
// holds never changes.
type lookup[K hashed, V any] struct {
	slots []slot
	pages [][]entry[K, V] // They grow without being copied; all full but the last.
	n     int
}

// hashed is a key that brings its hash.
type hashed interface {
	comparable
	hash() uint64
}

// slot leads to an entry: its number, from 1, below the first bits of its hash,
// so that it is seldom looked at in vain. 0: free.
type slot uint32

type entry[K hashed, V any] struct {
	key   K
	value V
}

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

// touch has the processor fetch where a hash leads to, and returns something that
// depends on it.
func (l *lookup[K, V]) touch(hash uint64) uint32 {
	if len(l.slots) == 0 {
		return 0
	}
	return uint32(l.slots[hash&uint64(len(l.slots)-1)])
}

// find returns the value of a key, nil if it is not there.
func (l *lookup[K, V]) find(hash uint64, key *K) *V {
	if len(l.slots) == 0 {
		return nil
	}
	mask, bits := uint64(len(l.slots)-1), slotOf(hash, 0)
	for at := hash & mask; l.slots[at] != 0; at = (at + 1) & mask {
		if s := l.slots[at]; s&^maxEntries == bits {
			if e := l.entry(int(s & maxEntries)); e.key == *key {
				return &e.value
			}
		}
	}
	return nil
}

// entry returns the one of that number.
func (l *lookup[K, V]) entry(number int) *entry[K, V] {
	return &l.pages[(number-1)/pageSize][(number-1)%pageSize]
}

// put adds a key that is not there, if there is room, and returns its value.
func (l *lookup[K, V]) put(hash uint64, key *K, value *V) *V {
	if l.n == maxEntries {
		return value
	}
	if l.n == len(l.pages)*pageSize {
		l.pages = append(l.pages, make([]entry[K, V], pageSize))
	}
	l.n++
	e := l.entry(l.n)
	*e = entry[K, V]{*key, *value}
	if 2*l.n < len(l.slots) {
		l.place(hash, l.n)
		return &e.value
	}
	l.slots = make([]slot, max(2*len(l.slots), firstSlots))
	for number := 1; number <= l.n; number++ {
		l.place(l.entry(number).key.hash(), number)
	}
	return &e.value
}

// place puts the entry of that number into a slot.
func (l *lookup[K, V]) place(hash uint64, number int) {
	mask := uint64(len(l.slots) - 1)
	at := hash & mask
	for l.slots[at] != 0 {
		at = (at + 1) & mask
	}
	l.slots[at] = slotOf(hash, number)
}

// lore is a lookup that all workers share; each keeps what it knows of it in a
// lookup of its own.
type lore[K hashed, V any] struct {
	mu  sync.Mutex
	all lookup[K, V]
}

// learn returns the value of a key that the worker's own lookup lacks, and adds
// it there: what another worker has found out, or else what find does.
func (s *lore[K, V]) learn(own *lookup[K, V], hash uint64, key *K, find func() V) *V {
	s.mu.Lock()
	value := s.all.find(hash, key)
	s.mu.Unlock()
	if value == nil {
		found := find()
		s.mu.Lock()
		if value = s.all.find(hash, key); value == nil { // Else both have found out the same.
			value = s.all.put(hash, key, &found)
		}
		s.mu.Unlock()
	}
	return own.put(hash, key, value)
}

package search

import "sync"

// lookup finds values by keys that bring their hash: a map that only grows, by
// open addressing.
type lookup[K comparable, V any] struct {
	slots   []int32 // Places of entries, from 1; 0: free.
	entries []entry[K, V]
}

type entry[K comparable, V any] struct {
	key   K
	hash  uint64
	value V
}

// firstSlots is how many slots a lookup begins with.
const firstSlots = 1 << 10

// find returns the value of a key.
func (l *lookup[K, V]) find(hash uint64, key K) (value V, known bool) {
	if len(l.slots) == 0 {
		return value, false
	}
	mask := uint64(len(l.slots) - 1)
	for at := hash & mask; l.slots[at] != 0; at = (at + 1) & mask {
		if e := &l.entries[l.slots[at]-1]; e.key == key {
			return e.value, true
		}
	}
	return value, false
}

// put adds a key that is not there.
func (l *lookup[K, V]) put(hash uint64, key K, value V) {
	l.entries = append(l.entries, entry[K, V]{key, hash, value})
	if 2*len(l.entries) < len(l.slots) {
		l.place(len(l.entries))
		return
	}
	l.slots = make([]int32, max(2*len(l.slots), firstSlots))
	for i := range l.entries {
		l.place(i + 1)
	}
}

// place puts the entry of that number into a slot.
func (l *lookup[K, V]) place(number int) {
	mask := uint64(len(l.slots) - 1)
	at := l.entries[number-1].hash & mask
	for l.slots[at] != 0 {
		at = (at + 1) & mask
	}
	l.slots[at] = int32(number)
}

// lore is a lookup that all workers share; each keeps what it knows of it in a
// lookup of its own.
type lore[K comparable, V any] struct {
	mu  sync.Mutex
	all lookup[K, V]
}

// learn returns the value of a key that the worker's own lookup lacks, and adds
// it there: what another worker has found out, or else what find does.
func (s *lore[K, V]) learn(own *lookup[K, V], hash uint64, key K, find func() V) V {
	s.mu.Lock()
	value, known := s.all.find(hash, key)
	s.mu.Unlock()
	if !known {
		value = find()
		s.mu.Lock()
		if other, known := s.all.find(hash, key); known {
			value = other // Both have found out the same.
		} else {
			s.all.put(hash, key, value)
		}
		s.mu.Unlock()
	}
	own.put(hash, key, value)
	return value
}

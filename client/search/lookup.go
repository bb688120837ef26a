package search

import "sync"

// lookup finds values by keys that bring their hash: a map that only grows, by
// open addressing. What it holds never changes.
type lookup[K comparable, V any] struct {
	slots []slot
	pages [][]entry[K, V] // They grow without being copied; all full but the last.
	n     int
}

// slot leads to an entry. By half of its hash, seldom to one in vain.
type slot struct {
	half   uint32
	number uint32 // From 1; 0: free.
}

type entry[K comparable, V any] struct {
	key   K
	value V
	hash  uint64
}

// Sizes of a lookup: of its slots in the beginning, and of a page.
const (
	firstSlots = 1 << 10
	pageSize   = 1 << 9
)

// touch has the processor fetch where a hash leads to, and returns something that
// depends on it.
func (l *lookup[K, V]) touch(hash uint64) uint32 {
	if len(l.slots) == 0 {
		return 0
	}
	return l.slots[hash&uint64(len(l.slots)-1)].number
}

// find returns the value of a key, nil if it is not there.
func (l *lookup[K, V]) find(hash uint64, key *K) *V {
	if len(l.slots) == 0 {
		return nil
	}
	mask := uint64(len(l.slots) - 1)
	for at := hash & mask; ; at = (at + 1) & mask {
		s := l.slots[at]
		if s.number == 0 {
			return nil
		}
		if s.half == uint32(hash>>32) {
			if e := l.entry(int(s.number)); e.key == *key {
				return &e.value
			}
		}
	}
}

// entry returns the one of that number.
func (l *lookup[K, V]) entry(number int) *entry[K, V] {
	return &l.pages[(number-1)/pageSize][(number-1)%pageSize]
}

// put adds a key that is not there and returns its value.
func (l *lookup[K, V]) put(hash uint64, key *K, value *V) *V {
	if l.n == len(l.pages)*pageSize {
		l.pages = append(l.pages, make([]entry[K, V], pageSize))
	}
	l.n++
	e := l.entry(l.n)
	*e = entry[K, V]{*key, *value, hash}
	if 2*l.n < len(l.slots) {
		l.place(l.n)
		return &e.value
	}
	l.slots = make([]slot, max(2*len(l.slots), firstSlots))
	for i := range l.n {
		l.place(i + 1)
	}
	return &e.value
}

// place puts the entry of that number into a slot.
func (l *lookup[K, V]) place(number int) {
	mask, hash := uint64(len(l.slots)-1), l.entry(number).hash
	at := hash & mask
	for l.slots[at].number != 0 {
		at = (at + 1) & mask
	}
	l.slots[at] = slot{uint32(hash >> 32), uint32(number)}
}

// lore is a lookup that all workers share; each keeps what it knows of it in a
// lookup of its own.
type lore[K comparable, V any] struct {
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

package search

import (
	"hash/maphash"
	"sync"
)

// shelf keeps each part of one kind once. What is on it never changes. All workers
// share it, each through a view of its own. Two parts whose forms have one hash are
// taken for one, as two states are; parts are far fewer.
type shelf[T any] struct {
	seed  maphash.Seed
	mu    sync.Mutex
	ids   map[uint64]uint32 // By the hashes of their forms.
	parts []T               // By id.
}

func newShelf[T any]() *shelf[T] {
	return &shelf[T]{seed: maphash.MakeSeed(), ids: map[uint64]uint32{}}
}

// view is what one worker has seen of a shelf: it looks again only for what it
// has not.
type view[T any] struct {
	shelf *shelf[T]
	parts []T
}

// put returns the id of the part of that form. One that is new is made by fill.
func (v *view[T]) put(form []byte, fill func() T) uint32 {
	s, hash := v.shelf, v.hash(form)
	s.mu.Lock()
	defer s.mu.Unlock()
	id, known := s.ids[hash]
	if !known {
		id = uint32(len(s.parts))
		s.ids[hash] = id
		s.parts = append(s.parts, fill())
	}
	v.parts = s.parts
	return id
}

// hash returns the number by which the shelf knows a form.
func (v *view[T]) hash(form []byte) uint64 { return maphash.Bytes(v.shelf.seed, form) }

// part returns the part of an id. Nobody may write through the pointer.
func (v *view[T]) part(id uint32) *T {
	if int(id) >= len(v.parts) {
		v.refresh()
	}
	return &v.parts[id]
}

// refresh takes in what others have put there.
func (v *view[T]) refresh() {
	s := v.shelf
	s.mu.Lock()
	defer s.mu.Unlock()
	v.parts = s.parts
}

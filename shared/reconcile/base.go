package reconcile

import (
	"slices"

	"github.com/tidwall/btree"

	"optimist/shared/protocol"
)

// Base is where the replica keeps confirmed rows, tombstones included. It is
// given from outside, so that each driver can pay for what it needs: a B-tree
// holds a million rows, a short slice copies fast. (As raft is given its
// Storage.)
type Base interface {
	Get(id string) (protocol.Row, bool)
	Put(row protocol.Row)
	Clear()
}

// Tree is a Base for many rows.
type Tree struct {
	rows *btree.BTreeG[protocol.Row]
}

// NewTree returns an empty Tree.
func NewTree() *Tree {
	return &Tree{rows: btree.NewBTreeGOptions(rowLess, btree.Options{NoLocks: true})}
}

func rowLess(a, b protocol.Row) bool { return a.ID < b.ID }

// Get returns the row with that id.
func (t *Tree) Get(id string) (protocol.Row, bool) {
	return t.rows.Get(protocol.Row{ID: id})
}

// Put writes the row whole.
func (t *Tree) Put(row protocol.Row) { t.rows.Set(row) }

// Clear forgets every row.
func (t *Tree) Clear() { t.rows.Clear() }

// Len returns how many rows there are, tombstones included.
func (t *Tree) Len() int { return t.rows.Len() }

// Scan calls yield with each row in the order of ids until it returns false.
func (t *Tree) Scan(yield func(protocol.Row) bool) { t.rows.Scan(yield) }

// Short is a Base for a few rows: a slice sorted by id, copied in one go.
type Short struct {
	rows []protocol.Row
}

// NewShort returns an empty Short.
func NewShort() *Short { return &Short{} }

// Get returns the row with that id.
func (s *Short) Get(id string) (protocol.Row, bool) {
	at, ok := s.find(id)
	if !ok {
		return protocol.Row{}, false
	}
	return s.rows[at], true
}

// Put writes the row whole.
func (s *Short) Put(row protocol.Row) {
	at, ok := s.find(row.ID)
	if ok {
		s.rows[at] = row
		return
	}
	s.rows = slices.Insert(s.rows, at, row)
}

// find returns where the row with that id is or would be.
func (s *Short) find(id string) (int, bool) {
	for i := range s.rows {
		if s.rows[i].ID >= id {
			return i, s.rows[i].ID == id
		}
	}
	return len(s.rows), false
}

// Clear forgets every row.
func (s *Short) Clear() { s.rows = s.rows[:0] }

// Len returns how many rows there are, tombstones included.
func (s *Short) Len() int { return len(s.rows) }

// Scan calls yield with each row in the order of ids until it returns false.
func (s *Short) Scan(yield func(protocol.Row) bool) {
	for i := range s.rows {
		if !yield(s.rows[i]) {
			return
		}
	}
}

// CopyFrom makes s what other is.
func (s *Short) CopyFrom(other *Short) { s.rows = append(s.rows[:0], other.rows...) }

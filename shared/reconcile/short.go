package reconcile

import (
	"slices"

	"optimist/shared/protocol"
)

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

// CopyFrom makes s what other is, a *Short.
func (s *Short) CopyFrom(other Base) { s.rows = append(s.rows[:0], other.(*Short).rows...) }

// AppendBinary appends the canonical form of the rows.
func (s *Short) AppendBinary(b []byte) []byte {
	b = appendNumber(b, uint64(len(s.rows)))
	for i := range s.rows {
		b = appendRow(b, &s.rows[i])
	}
	return b
}

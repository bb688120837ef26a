package sim

import (
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
)

// shelf is a client's confirmed rows. It keeps account of what was put.
type shelf struct {
	reconcile.Short
	taken []string // Records whose rows were put since it was emptied.
}

// Put writes the row whole.
func (s *shelf) Put(row protocol.Row) {
	s.Short.Put(row)
	s.taken = append(s.taken, row.ID)
}

// CopyFrom makes s what other is, a *shelf.
func (s *shelf) CopyFrom(other reconcile.Base) { s.Short.CopyFrom(&other.(*shelf).Short) }

package reconcile

import (
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
	// CopyFrom makes it what other is, which is of the same kind.
	CopyFrom(other Base)
	// AppendBinary appends the canonical form of the rows, in the order of ids.
	AppendBinary(b []byte) []byte
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

// CopyFrom makes t what other is, a *Tree. Rows are shared until one of the two
// changes them.
func (t *Tree) CopyFrom(other Base) { t.rows = other.(*Tree).rows.Copy() }

// AppendBinary appends the canonical form of the rows.
func (t *Tree) AppendBinary(b []byte) []byte {
	b = appendNumber(b, uint64(t.Len()))
	t.rows.Scan(func(row protocol.Row) bool {
		b = appendRow(b, &row)
		return true
	})
	return b
}

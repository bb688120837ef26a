package reconcile

import (
	"cmp"
	"slices"
)

// cell is a mutation and the book's own notes on it.
type cell struct {
	Mutation
	slot int32  // Its own place in the book's cells.
	told uint64 // The last step that said Changed of its record: the same for a whole lane.
}

// book holds every mutation under way by value, and knows it by id, by record,
// by age and by its place in the log. All of it is flat, so that it is copied
// in a few moves; each order is a sorted list of places in cells.
//
// A cell stays where it is until the next add: then all may lie elsewhere.
type book struct {
	cells []cell
	free  []int32 // Places in cells that hold nothing.

	byID     []int32
	byRecord []int32 // Then by number: a lane is one run of it.
	byNumber []int32
	accepted []int32 // By sequence, then by number: those that the read position will end.
}

// add takes m in and returns its cell.
func (b *book) add(m Mutation) *cell {
	var slot int32
	if n := len(b.free); n > 0 {
		slot, b.free = b.free[n-1], b.free[:n-1]
	} else {
		slot = int32(len(b.cells))
		b.cells = append(b.cells, cell{})
	}
	c := &b.cells[slot]
	c.Mutation, c.slot, c.told = m, slot, 0
	at, _ := b.idAt(m.ID)
	b.byID = slices.Insert(b.byID, at, slot)
	b.byRecord = slices.Insert(b.byRecord, b.recordAt(m.Record, m.Number), slot)
	b.byNumber = slices.Insert(b.byNumber, b.numberAt(m.Number), slot)
	return c
}

// remove takes c out; its cell may be used again at the next add.
func (b *book) remove(c *cell) {
	b.unaccept(c)
	at, _ := b.idAt(c.ID)
	b.byID = slices.Delete(b.byID, at, at+1)
	at = b.recordAt(c.Record, c.Number)
	b.byRecord = slices.Delete(b.byRecord, at, at+1)
	at = b.numberAt(c.Number)
	b.byNumber = slices.Delete(b.byNumber, at, at+1)
	b.free = append(b.free, c.slot)
	c.Mutation = Mutation{}
	if len(b.byID) == 0 {
		b.cells, b.free = b.cells[:0], b.free[:0]
	}
}

// find returns the mutation of that id, or nil.
func (b *book) find(id string) *cell {
	if at, ok := b.idAt(id); ok {
		return &b.cells[b.byID[at]]
	}
	return nil
}

// lane returns everything under way on record. It is good until the next add or
// remove.
func (b *book) lane(record string) lane {
	from := b.recordAt(record, 0)
	to := from
	for to < len(b.byRecord) && b.cells[b.byRecord[to]].Record == record {
		to++
	}
	return lane{cells: b.cells, run: b.byRecord[from:to]}
}

// accept notes that the read position will end c.
func (b *book) accept(c *cell) {
	at := b.seqAt(c.Seq, c.Number)
	if at == len(b.accepted) || b.accepted[at] != c.slot {
		b.accepted = slices.Insert(b.accepted, at, c.slot)
	}
}

// unaccept takes c out of those that the read position will end.
func (b *book) unaccept(c *cell) {
	at := b.seqAt(c.Seq, c.Number)
	if at < len(b.accepted) && b.accepted[at] == c.slot {
		b.accepted = slices.Delete(b.accepted, at, at+1)
	}
}

// oldest returns the accepted mutation of the lowest sequence, or nil.
func (b *book) oldest() *cell {
	if len(b.accepted) == 0 {
		return nil
	}
	return &b.cells[b.accepted[0]]
}

// copyFrom makes b what other is.
func (b *book) copyFrom(other *book) {
	b.cells = append(b.cells[:0], other.cells...)
	b.free = append(b.free[:0], other.free...)
	b.byID = append(b.byID[:0], other.byID...)
	b.byRecord = append(b.byRecord[:0], other.byRecord...)
	b.byNumber = append(b.byNumber[:0], other.byNumber...)
	b.accepted = append(b.accepted[:0], other.accepted...)
}

func (b *book) idAt(id string) (int, bool) {
	return slices.BinarySearchFunc(b.byID, id, func(slot int32, id string) int {
		return cmp.Compare(b.cells[slot].ID, id)
	})
}

func (b *book) recordAt(record string, number int) int {
	at, _ := slices.BinarySearchFunc(b.byRecord, record, func(slot int32, record string) int {
		c := &b.cells[slot]
		if c.Record == record {
			return cmp.Compare(c.Number, number)
		}
		return cmp.Compare(c.Record, record)
	})
	return at
}

func (b *book) numberAt(number int) int {
	at, _ := slices.BinarySearchFunc(b.byNumber, number, func(slot int32, number int) int {
		return cmp.Compare(b.cells[slot].Number, number)
	})
	return at
}

func (b *book) seqAt(seq uint64, number int) int {
	at, _ := slices.BinarySearchFunc(b.accepted, seq, func(slot int32, seq uint64) int {
		c := &b.cells[slot]
		if c.Seq == seq {
			return cmp.Compare(c.Number, number)
		}
		return cmp.Compare(c.Seq, seq)
	})
	return at
}

package reconcile

import "slices"

// none is no cell.
const none = int32(-1)

// cell is a mutation and the book's own notes on it.
type cell struct {
	Mutation
	told uint64 // The last step that said Changed of its record: the same for a whole lane.
	held bool   // Without a sequence: the base's row is at or past a change typed no earlier. It has this one, or never will.

	slot          int32     // Its own place in the book's cells.
	older, newer  int32     // Its neighbours by number.
	before, after int32     // Its neighbours in the lane, by number.
	hashes        [2]uint32 // Of its id and its record.
}

// What the book finds cells by.
const (
	byID     = 0
	byRecord = 1 // Only the first of each lane.
)

// book holds every mutation under way by value, and knows it by id, by record,
// by age and by its place in the log. It is flat, so that it is copied in a few
// moves, and the cost of an operation depends on its lane only.
//
// A cell stays where it is until the next add: then all may lie elsewhere.
type book struct {
	cells  []cell
	free   int32 // The first cell that holds nothing, linked by newer; none.
	oldest int32
	newest int32
	count  int

	found    [2]table
	accepted []int32 // By sequence, then by number: those that the read position will end.
}

// newBook returns an empty book.
func newBook() book { return book{free: none, oldest: none, newest: none} }

// add takes m in and returns its cell.
func (b *book) add(m *Mutation) *cell {
	c := b.room()
	*c = cell{Mutation: *m, slot: c.slot, before: none, after: none}
	c.hashes = [2]uint32{hash(m.ID), hash(m.Record)}
	b.count++
	b.found[byID].insert(b, byID, c.slot)
	b.linkLane(c)
	b.linkAge(c)
	return c
}

// room returns a cell that holds nothing.
func (b *book) room() *cell {
	if b.free != none {
		c := &b.cells[b.free]
		b.free = c.newer
		return c
	}
	b.cells = append(b.cells, cell{slot: int32(len(b.cells))})
	return &b.cells[len(b.cells)-1]
}

// linkAge puts c among all by its number: nearly always at the end.
func (b *book) linkAge(c *cell) {
	c.older, c.newer = b.newest, none
	for c.older != none && b.cells[c.older].Number > c.Number {
		c.newer, c.older = c.older, b.cells[c.older].older
	}
	if c.older == none {
		b.oldest = c.slot
	} else {
		b.cells[c.older].newer = c.slot
	}
	if c.newer == none {
		b.newest = c.slot
	} else {
		b.cells[c.newer].older = c.slot
	}
}

// linkLane puts c into its lane by its number.
func (b *book) linkLane(c *cell) {
	at := b.found[byRecord].find(b, byRecord, c.hashes[byRecord], c.Record)
	if at < 0 {
		b.found[byRecord].insert(b, byRecord, c.slot)
		return
	}
	first := &b.cells[b.found[byRecord][at]-1]
	if first.Number > c.Number {
		c.after, first.before = first.slot, c.slot
		b.found[byRecord][at] = c.slot + 1
		return
	}
	prev := first
	for prev.after != none && b.cells[prev.after].Number < c.Number {
		prev = &b.cells[prev.after]
	}
	c.before, c.after = prev.slot, prev.after
	prev.after = c.slot
	if c.after != none {
		b.cells[c.after].before = c.slot
	}
}

// remove takes c out; its cell may be used again at the next add.
func (b *book) remove(c *cell) {
	b.unaccept(c)
	b.found[byID].remove(b, byID, b.found[byID].find(b, byID, c.hashes[byID], c.ID))
	b.unlinkLane(c)
	if c.older == none {
		b.oldest = c.newer
	} else {
		b.cells[c.older].newer = c.newer
	}
	if c.newer == none {
		b.newest = c.older
	} else {
		b.cells[c.newer].older = c.older
	}
	b.count--
	*c = cell{slot: c.slot, newer: b.free}
	b.free = c.slot
	if b.count == 0 {
		b.cells, b.free = b.cells[:0], none
	}
}

// unlinkLane takes c out of its lane.
func (b *book) unlinkLane(c *cell) {
	if c.after != none {
		b.cells[c.after].before = c.before
	}
	if c.before != none {
		b.cells[c.before].after = c.after
		return
	}
	found := &b.found[byRecord]
	at := found.find(b, byRecord, c.hashes[byRecord], c.Record)
	if c.after == none {
		found.remove(b, byRecord, at)
	} else {
		(*found)[at] = c.after + 1
	}
}

// find returns the mutation of that id, or nil.
func (b *book) find(id string) *cell {
	if b.count == 0 || id == "" {
		return nil
	}
	if at := b.found[byID].find(b, byID, hash(id), id); at >= 0 {
		return &b.cells[b.found[byID][at]-1]
	}
	return nil
}

// lane returns everything under way on record. It is good until the next add.
func (b *book) lane(record string) lane {
	if b.count > 0 {
		if at := b.found[byRecord].find(b, byRecord, hash(record), record); at >= 0 {
			return lane{book: b, head: b.found[byRecord][at] - 1}
		}
	}
	return lane{book: b, head: none}
}

// laneOf returns the lane of c.
func (b *book) laneOf(c *cell) lane {
	for c.before != none {
		c = &b.cells[c.before]
	}
	return lane{book: b, head: c.slot}
}

// at returns the cell in slot, or nil for none.
func (b *book) at(slot int32) *cell {
	if slot == none {
		return nil
	}
	return &b.cells[slot]
}

// first returns the oldest mutation of all, or nil.
func (b *book) first() *cell { return b.at(b.oldest) }

// next returns the one typed after c, or nil.
func (b *book) next(c *cell) *cell { return b.at(c.newer) }

// accept notes that the read position will end c.
func (b *book) accept(c *cell) {
	at := b.seqAt(c)
	if at == len(b.accepted) || b.accepted[at] != c.slot {
		b.accepted = slices.Insert(b.accepted, at, c.slot)
	}
}

// unaccept takes c out of those that the read position will end.
func (b *book) unaccept(c *cell) {
	at := 0 // It mostly is the first one.
	if len(b.accepted) == 0 || c.Seq == 0 {
		return
	}
	if b.accepted[0] != c.slot {
		at = b.seqAt(c)
	}
	if at < len(b.accepted) && b.accepted[at] == c.slot {
		b.accepted = slices.Delete(b.accepted, at, at+1)
	}
}

// reached returns the accepted mutation of the lowest sequence, or nil if that
// lies after to.
func (b *book) reached(to uint64) *cell {
	if len(b.accepted) == 0 || b.cells[b.accepted[0]].Seq > to {
		return nil
	}
	return &b.cells[b.accepted[0]]
}

// seqAt returns where c is or would be among the accepted.
func (b *book) seqAt(c *cell) int {
	from, to := 0, len(b.accepted)
	for from < to {
		mid := int(uint(from+to) >> 1)
		if o := &b.cells[b.accepted[mid]]; o.Seq < c.Seq || o.Seq == c.Seq && o.Number < c.Number {
			from = mid + 1
		} else {
			to = mid
		}
	}
	return from
}

// copyFrom makes b what other is.
func (b *book) copyFrom(other *book) {
	b.cells = append(b.cells[:0], other.cells...)
	b.free, b.oldest, b.newest, b.count = other.free, other.oldest, other.newest, other.count
	b.found[byID] = append(b.found[byID][:0], other.found[byID]...)
	b.found[byRecord] = append(b.found[byRecord][:0], other.found[byRecord]...)
	b.accepted = append(b.accepted[:0], other.accepted...)
}

package reconcile

// table finds cells by a hash: open addressing with linear probing. Its length
// is a power of two and it is at most half full. An entry is a slot plus one,
// or 0 for none. Nothing depends on its order.
type table []int32

// fewEntries is the least length of a table.
const fewEntries = 8

// hash is FNV-1a of 32 bits.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// key returns what a table of that kind finds c by.
func (c *cell) key(kind int) string {
	if kind == byID {
		return c.ID
	}
	return c.Record
}

// find returns where the entry of that key is, or -1.
func (t table) find(b *book, kind int, h uint32, key string) int {
	if len(t) == 0 {
		return -1
	}
	mask := uint32(len(t) - 1)
	for at := h & mask; ; at = (at + 1) & mask {
		entry := t[at]
		if entry == 0 {
			return -1
		}
		if c := &b.cells[entry-1]; c.hashes[kind] == h && c.key(kind) == key {
			return int(at)
		}
	}
}

// insert adds the cell in slot, whose key is not in t.
func (t *table) insert(b *book, kind int, slot int32) {
	if 2*b.count > len(*t) {
		t.grow(b, kind)
	}
	t.put(b.cells[slot].hashes[kind], slot+1)
}

// put writes an entry into the first free place for its hash.
func (t table) put(h uint32, entry int32) {
	mask := uint32(len(t) - 1)
	at := h & mask
	for t[at] != 0 {
		at = (at + 1) & mask
	}
	t[at] = entry
}

// grow doubles t.
func (t *table) grow(b *book, kind int) {
	old := *t
	*t = make(table, max(fewEntries, 2*len(old)))
	for _, entry := range old {
		if entry != 0 {
			t.put(b.cells[entry-1].hashes[kind], entry)
		}
	}
}

// remove takes out the entry at a place, and closes the gap: whatever was put
// after it because it was in the way moves up.
func (t table) remove(b *book, kind, gap int) {
	mask := len(t) - 1
	for at := (gap + 1) & mask; t[at] != 0; at = (at + 1) & mask {
		home := int(b.cells[t[at]-1].hashes[kind]) & mask
		if (at-home)&mask >= (at-gap)&mask {
			t[gap] = t[at]
			gap = at
		}
	}
	t[gap] = 0
}

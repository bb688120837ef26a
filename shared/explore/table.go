package explore

// table is a set of fingerprints by open addressing.
type table struct {
	keys []uint64 // 0: free.
	used int
}

// firstSlots is how many slots a table begins with.
const firstSlots = 1 << 12

func newTable() table { return table{keys: make([]uint64, firstSlots)} }

// slot returns where a fingerprint stands, or else must, and whether it does.
func (t *table) slot(key uint64) (at uint64, known bool) {
	mask := uint64(len(t.keys) - 1)
	at = key & mask
	for t.keys[at] != 0 && t.keys[at] != key {
		at = (at + 1) & mask
	}
	return at, t.keys[at] == key
}

// touch has the processor fetch the slots of keys and returns something that
// depends on them.
func (t *table) touch(keys []uint64) uint64 {
	mask, sum := uint64(len(t.keys)-1), uint64(0)
	for _, key := range keys {
		sum += t.keys[key&mask]
	}
	return sum
}

// put fills the slot of a fingerprint that is not there. Slots may move.
func (t *table) put(at, key uint64) {
	t.keys[at] = key
	t.used++
	if t.used*4 >= len(t.keys)*3 { // Fuller, what is not there is looked for too long.
		t.grow()
	}
}

func (t *table) grow() {
	old := t.keys
	t.keys = make([]uint64, 2*len(old))
	for _, key := range old {
		if key != 0 {
			at, _ := t.slot(key)
			t.keys[at] = key
		}
	}
}

// bytes returns how much memory the table takes.
func (t *table) bytes() int64 { return int64(len(t.keys)) * 8 }

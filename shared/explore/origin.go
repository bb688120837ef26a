package explore

// origin is where a state was first reached from.
type origin struct {
	parent uint32
	action Action
}

// origins are those of all states, by number. They are many: they lie in pages,
// so that they grow without being copied.
type origins struct {
	pages [][]origin // All full but the last.
	n     int
}

// pageSize is how many origins a page holds.
const pageSize = 1 << 16

func (o *origins) add(from origin) {
	if o.n == len(o.pages)*pageSize {
		o.pages = append(o.pages, make([]origin, 0, pageSize))
	}
	p := &o.pages[o.n/pageSize]
	*p = append(*p, from)
	o.n++
}

// of returns where the state with a number was reached from.
func (o *origins) of(id uint32) origin { return o.pages[id/pageSize][id%pageSize] }

// bytes returns how much memory they take.
func (o *origins) bytes() int64 { return int64(len(o.pages)) * pageSize * 8 }

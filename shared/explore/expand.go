package explore

// Chunk is some states of one layer, and what they lead to.
type Chunk[S any] struct {
	parents []node[S]
	faults  int // Of the parents' paths.
	budget  int

	kids   []kid[S]  // By parent.
	firsts []Finding // The first of each mark, by parent; without Steps.
	found  Marks
	counts []int32 // Transitions of each parent.
}

// kid is a successor that was not known when it was looked up.
type kid[S any] struct {
	key    uint64
	state  S
	parent uint32
	action Action
}

// group is how many successors are looked up together.
const group = 32

// Expander expands chunks. Each is used by one at a time.
type Expander[S any] struct {
	model   Model[S]
	free    []S
	actions []Action
	form    []byte
	kids    [group]kid[S]
	keys    [group]uint64
	n       int
	touched uint64 // Keeps the compiler from dropping what touches memory.
}

// NewExpander returns an expander with a model of its own.
func NewExpander[S any](m Model[S]) *Expander[S] { return &Expander[S]{model: m} }

// Expand finds the successors of a chunk's states.
func (x *Expander[S]) Expand(s *Search[S], c *Chunk[S]) {
	scratch := x.room()
	for i := range c.parents {
		p := &c.parents[i]
		c.counts = append(c.counts, 0)
		x.actions = x.model.Actions(p.state, x.actions[:0])
		for _, a := range x.actions {
			if a.IsFault() && c.faults == c.budget {
				continue
			}
			marks, ok := x.model.Step(scratch, p.state, a)
			if !ok {
				continue
			}
			x.count(c, p.id, a, marks)
			x.form = x.model.AppendBinary(scratch, x.form[:0])
			x.keys[x.n] = Fingerprint(x.form)
			x.kids[x.n] = kid[S]{x.keys[x.n], scratch, p.id, a}
			x.n++
			if x.n == group {
				x.probe(s, c)
			}
			scratch = x.room()
		}
	}
	x.probe(s, c)
	x.free = append(x.free, scratch)
}

func (x *Expander[S]) room() S {
	if n := len(x.free); n > 0 {
		room := x.free[n-1]
		x.free = x.free[:n-1]
		return room
	}
	return x.model.New()
}

// count counts a transition that this round is the first to make, and notes
// what is new about it.
func (x *Expander[S]) count(c *Chunk[S], parent uint32, a Action, marks Marks) {
	faults := c.faults
	if a.IsFault() {
		faults++
	}
	if faults != c.budget {
		return
	}
	c.counts[len(c.counts)-1]++
	for fresh := marks &^ c.found; fresh != 0; fresh &= fresh - 1 {
		c.firsts = append(c.firsts, Finding{Mark: fresh & -fresh, Faults: faults, parent: parent, action: a})
	}
	c.found |= marks
}

// probe looks up what was gathered and keeps what must be merged.
func (x *Expander[S]) probe(s *Search[S], c *Chunk[S]) {
	x.touched += s.table.touch(x.keys[:x.n])
	for i := range x.n {
		k := &x.kids[i]
		faults := c.faults
		if k.action.IsFault() {
			faults++
		}
		id, known := s.table.find(k.key)
		if known && (s.laneOf(id) != faults || faults == s.budget || s.hasPassed(id)) {
			x.free = append(x.free, k.state)
			continue
		}
		c.kids = append(c.kids, *k)
	}
	x.n = 0
}

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
	free    []S // Room for what is kept.
	actions []Action
	form    []byte
	kids    [group]kid[S] // Their states are steps' scratch.
	keys    [group]uint64
	n       int
	touched uint64 // Keeps the compiler from dropping what touches memory.
}

// NewExpander returns an expander with a model of its own.
func NewExpander[S any](m Model[S]) *Expander[S] {
	x := &Expander[S]{model: m}
	for i := range x.kids {
		x.kids[i].state = m.New()
	}
	return x
}

// Expand finds the successors of a chunk's states.
func (x *Expander[S]) Expand(s *Search[S], c *Chunk[S]) {
	for i := range c.parents {
		p := &c.parents[i]
		c.counts = append(c.counts, 0)
		x.actions = x.model.Actions(p.state, x.actions[:0])
		for _, a := range x.actions {
			if !a.IsFault() || c.faults < c.budget {
				x.step(s, c, p, a)
			}
		}
	}
	x.probe(s, c)
}

// step takes one step from a parent.
func (x *Expander[S]) step(s *Search[S], c *Chunk[S], p *node[S], a Action) {
	k := &x.kids[x.n]
	marks, ok := x.model.Step(k.state, p.state, a)
	if !ok {
		return
	}
	x.count(c, p.id, a, marks)
	x.form = x.model.AppendBinary(k.state, x.form[:0])
	k.key, k.parent, k.action = Fingerprint(x.form), p.id, a
	x.keys[x.n] = k.key
	if x.n++; x.n == group {
		x.probe(s, c)
	}
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
			continue
		}
		kept := *k
		kept.state = x.room()
		x.model.Copy(kept.state, k.state)
		c.kids = append(c.kids, kept)
	}
	x.n = 0
}

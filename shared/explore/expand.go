package explore

// Chunk is some states of one layer, and what they lead to.
type Chunk struct {
	parents layer // A part of the layer.
	faults  int   // Of the parents' paths.
	budget  int

	kids   []kid     // By parent.
	states []uint32  // Of the kids.
	firsts []Finding // The first of each mark, by parent; without Steps.
	found  Marks
	counts []int32 // Transitions of each parent.
}

// kid is a successor that was not known when it was looked up.
type kid struct {
	key    uint64
	parent uint32
	action Action
}

// group is how many successors are looked up together.
const group = 32

// Expander expands chunks. Each is used by one at a time.
type Expander struct {
	model   Model
	words   int
	actions []Action
	kids    [group]kid
	keys    [group]uint64
	states  []uint32 // Of the kids.
	n       int
	touched uint64 // Keeps the compiler from dropping what touches memory.
}

// NewExpander returns an expander with a model of its own.
func NewExpander(m Model) *Expander {
	return &Expander{model: m, words: m.Words(), states: make([]uint32, group*m.Words())}
}

// Expand finds the successors of a chunk's states.
func (x *Expander) Expand(s *Search, c *Chunk) {
	for i, id := range c.parents.ids {
		from := c.parents.state(i, x.words)
		c.counts = append(c.counts, 0)
		x.actions = x.model.Actions(from, c.faults < c.budget, x.actions[:0])
		for _, a := range x.actions {
			x.step(s, c, id, from, a)
		}
	}
	x.probe(s, c)
}

// step takes one step from a parent.
func (x *Expander) step(s *Search, c *Chunk, parent uint32, from State, a Action) {
	to := State(x.states[x.n*x.words : (x.n+1)*x.words])
	marks, ok := x.model.Step(to, from, a)
	if !ok {
		return
	}
	x.count(c, parent, a, marks)
	key := x.model.Fingerprint(to)
	x.kids[x.n], x.keys[x.n] = kid{key, parent, a}, key
	if x.n++; x.n == group {
		x.probe(s, c)
	}
}

// count counts a transition that this round is the first to make, and notes
// what is new about it.
func (x *Expander) count(c *Chunk, parent uint32, a Action, marks Marks) {
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
func (x *Expander) probe(s *Search, c *Chunk) {
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
		c.kids = append(c.kids, *k)
		c.states = append(c.states, x.states[i*x.words:(i+1)*x.words]...)
	}
	x.n = 0
}

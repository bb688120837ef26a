package explore

// Chunk is some states of one layer, and what they lead to.
type Chunk struct {
	parents block // A part of a layer.
	faults  int   // Of the parents' paths.
	budget  int

	kids   []origin  // Successors that were not known when they were looked up, by parent.
	keys   []uint64  // Their fingerprints,
	states []uint32  // and they themselves.
	firsts []Finding // The first of each mark, by parent; without Steps.
	found  Marks
	counts []int32 // Transitions of each parent.
}

// group is how many steps are taken, and successors looked up, together.
const group = 64

// Expander expands chunks. Each is used by one at a time.
type Expander struct {
	model   Model
	words   int
	actions []Action
	steps   [group]Step
	parents [group]int // Of the steps, in their chunk.
	keys    [group]uint64
	n       int
	touched uint64 // Keeps the compiler from dropping what touches memory.
}

// NewExpander returns an expander with a model of its own.
func NewExpander(m Model) *Expander {
	x := &Expander{model: m, words: m.Words()}
	states := block{words: make([]uint32, group*x.words)}
	for i := range x.steps {
		x.steps[i].To = states.state(i, x.words)
	}
	return x
}

// Expand finds the successors of a chunk's states.
func (x *Expander) Expand(s *Search, c *Chunk) {
	for i := range c.parents.ids {
		from := c.parents.state(i, x.words)
		c.counts = append(c.counts, 0)
		x.actions = x.model.Actions(from, c.faults < c.budget, x.actions[:0])
		for _, a := range x.actions {
			x.steps[x.n].From, x.steps[x.n].Action, x.parents[x.n] = from, a, i
			if x.n++; x.n == group {
				x.take(s, c)
			}
		}
	}
	x.take(s, c)
}

// take takes the steps that were gathered, and keeps what must be merged.
func (x *Expander) take(s *Search, c *Chunk) {
	x.model.Take(x.steps[:x.n])
	for i := range x.n {
		if st := &x.steps[i]; st.Happens {
			x.count(c, st, x.parents[i])
			x.keys[i] = Fingerprint(st.To)
		}
	}
	x.touched += s.known.touch(x.keys[:x.n])
	for i := range x.n {
		if st := &x.steps[i]; st.Happens && s.wanted(x.keys[i], c.faultsAfter(st.Action)) {
			c.kids = append(c.kids, origin{c.parents.ids[x.parents[i]], st.Action})
			c.keys = append(c.keys, x.keys[i])
			c.states = append(c.states, st.To...)
		}
	}
	x.n = 0
}

// count counts a transition that this round is the first to make, and notes
// what is new about it.
func (x *Expander) count(c *Chunk, st *Step, parent int) {
	faults := c.faultsAfter(st.Action)
	if faults != c.budget {
		return
	}
	c.counts[parent]++
	for fresh := st.Marks &^ c.found; fresh != 0; fresh &= fresh - 1 {
		c.firsts = append(c.firsts, Finding{Mark: fresh & -fresh, Faults: faults, parent: c.parents.ids[parent], action: st.Action})
	}
	c.found |= st.Marks
}

// faultsAfter returns how many faults a path to a parent has with one action more.
func (c *Chunk) faultsAfter(a Action) int {
	if a.IsFault() {
		return c.faults + 1
	}
	return c.faults
}

// wanted reports whether a successor with so many faults has to be merged.
func (s *Search) wanted(key uint64, faults int) bool {
	if faults < s.budget {
		_, awaited := s.awaits(key, faults)
		return awaited
	}
	_, known := s.known.slot(key)
	return !known
}

package explore

import "slices"

// Chunk is some states of one layer, and what they lead to.
type Chunk struct {
	first   uint32   // The number of the first state.
	parents []uint32 // The states, side by side.
	faults  bool     // They are expanded by faults, or else by all but those.

	kids   []origin  // Successors, by parent.
	keys   []uint64  // Their fingerprints, 0 for one that cannot be after all,
	states []uint32  // and they themselves.
	firsts []Finding // The first of each mark, by parent; without Faults and Steps.
	found  Marks
}

// group is how many steps are taken together.
const group = 64

// Expander expands chunks. Each is used by one at a time.
type Expander struct {
	model   Model
	words   int
	actions []Action
	steps   [group]Step
	n       int // Of the steps: how many are gathered.
}

// NewExpander returns an expander with a model of its own.
func NewExpander(m Model) *Expander { return &Expander{model: m, words: m.Words()} }

// Expand finds the successors of a chunk's states.
func (x *Expander) Expand(c *Chunk) {
	id := c.first
	for at := 0; at < len(c.parents); at += x.words {
		from := State(c.parents[at : at+x.words : at+x.words])
		x.actions = x.model.Actions(from, c.faults, x.actions[:0])
		for _, a := range x.actions {
			c.kids = append(c.kids, origin{id, a})
			x.steps[x.n].From, x.steps[x.n].Action = from, a
			if x.n++; x.n == group {
				x.take(c)
			}
		}
		id++
	}
	x.take(c)
}

// take takes the steps that were gathered, each to its place in the chunk.
func (x *Expander) take(c *Chunk) {
	steps, at := x.steps[:x.n], len(c.states)
	c.states = slices.Grow(c.states, x.n*x.words)[:at+x.n*x.words]
	for i := range steps {
		steps[i].To = c.states[at : at+x.words : at+x.words]
		at += x.words
	}
	x.model.Take(steps)
	for i := range steps {
		key, kid := uint64(0), c.kids[len(c.keys)]
		if st := &steps[i]; st.Happens {
			key = Fingerprint(st.To)
			c.note(kid, st.Marks)
		}
		c.keys = append(c.keys, key)
	}
	x.n = 0
}

// note notes what is new about a transition.
func (c *Chunk) note(kid origin, marks Marks) {
	for fresh := marks &^ c.found; fresh != 0; fresh &= fresh - 1 {
		c.firsts = append(c.firsts, Finding{Mark: fresh & -fresh, parent: kid.parent, action: kid.action})
	}
	c.found |= marks
}

package explore

// Merge takes in what expanded chunks found, in their order. A search that ends
// meanwhile ends behind a state, wherever its chunk does.
func (s *Search[S]) Merge(chunks []*Chunk[S]) {
	for _, c := range chunks {
		for i := range c.parents {
			s.mergeParent(c, i)
			s.free = append(s.free, c.parents[i].state)
		}
		for i := range c.kids { // Of states behind the end.
			s.free = append(s.free, c.kids[i].state)
		}
	}
}

// mergeParent takes in what the next state of a chunk leads to.
func (s *Search[S]) mergeParent(c *Chunk[S], i int) {
	if s.over {
		return
	}
	id := c.parents[i].id
	s.counts.Transitions += int64(c.counts[i])
	for len(c.firsts) > 0 && c.firsts[0].parent == id {
		s.note(c.firsts[0])
		c.firsts = c.firsts[1:]
	}
	for len(c.kids) > 0 && c.kids[0].parent == id {
		s.add(&c.kids[0], c.faults)
		c.kids = c.kids[1:]
	}
	if s.enough() {
		s.Stop()
	}
}

// enough reports whether one of each of the marks that were asked for is found.
func (s *Search[S]) enough() bool {
	for _, marks := range s.until {
		if s.found&marks == 0 {
			return false
		}
	}
	return len(s.until) > 0
}

// Lend gives room that the search has no use for to an expander, until it has
// room for n states.
func (s *Search[S]) Lend(x *Expander[S], n int) {
	n = max(min(n-len(x.free), len(s.free)), 0)
	x.free = append(x.free, s.free[len(s.free)-n:]...)
	s.free = s.free[:len(s.free)-n]
}

// note takes over a mark that was not set before.
func (s *Search[S]) note(f Finding) {
	if s.found&f.Mark == 0 {
		s.found |= f.Mark
		f.Steps = s.depth + 1
		s.firsts = append(s.firsts, f)
	}
}

// add puts a successor into the next layer, unless another was merged before it
// that is the same.
func (s *Search[S]) add(k *kid[S], faults int) {
	if k.action.IsFault() {
		faults++
	}
	id, known := s.table.find(k.key)
	switch {
	case known && faults < s.budget && s.laneOf(id) == faults && s.pass(id):
	case known || s.over || faults < s.budget:
		s.free = append(s.free, k.state)
		return
	case int64(len(s.from)) >= s.limit:
		s.free = append(s.free, k.state)
		s.Stop()
		return
	default:
		id = uint32(len(s.from))
		s.table.put(k.key, id)
		s.from = append(s.from, origin{k.parent, k.action})
		s.counts.States++
	}
	l := &s.lanes[faults]
	l.next = append(l.next, node[S]{id, k.state})
}

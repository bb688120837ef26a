package explore

// Merge takes in what expanded chunks found, in their order. A search that ends
// meanwhile ends behind a state, wherever its chunk does.
func (s *Search) Merge(chunks []*Chunk) {
	for _, c := range chunks {
		m := merging{Chunk: c, words: s.words}
		for i := range c.parents.ids {
			if s.over {
				break
			}
			s.mergeParent(&m, i)
		}
		s.spare = append(s.spare, c)
	}
}

// merging is a chunk and how much of it is merged.
type merging struct {
	*Chunk
	words, kid, first int
}

// mergeParent takes in what the next state of a chunk leads to.
func (s *Search) mergeParent(m *merging, i int) {
	id := m.parents.ids[i]
	s.counts.Transitions += int64(m.counts[i])
	for ; m.first < len(m.firsts) && m.firsts[m.first].parent == id; m.first++ {
		s.note(m.firsts[m.first])
	}
	for ; m.kid < len(m.kids) && m.kids[m.kid].parent == id; m.kid++ {
		s.add(&m.kids[m.kid], m.states[m.kid*m.words:(m.kid+1)*m.words], m.faults)
	}
	if s.enough() {
		s.Stop()
	}
}

// enough reports whether one of each of the marks that were asked for is found.
func (s *Search) enough() bool {
	for _, marks := range s.until {
		if s.found&marks == 0 {
			return false
		}
	}
	return len(s.until) > 0
}

// note takes over a mark that was not set before.
func (s *Search) note(f Finding) {
	if s.found&f.Mark == 0 {
		s.found |= f.Mark
		f.Steps = s.depth + 1
		s.firsts = append(s.firsts, f)
	}
}

// add puts a successor into the next layer, unless another was merged before it
// that is the same.
func (s *Search) add(k *kid, state State, faults int) {
	if k.action.IsFault() {
		faults++
	}
	id, known := s.table.find(k.key)
	switch {
	case known && faults < s.budget && s.laneOf(id) == faults && s.pass(id):
	case known || s.over || faults < s.budget:
		return
	case int64(len(s.from)) >= s.limit:
		s.Stop()
		return
	default:
		id = uint32(len(s.from))
		s.table.put(k.key, id)
		s.from = append(s.from, origin{k.parent, k.action})
		s.counts.States++
	}
	s.lanes[faults].next.add(id, state)
}

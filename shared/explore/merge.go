package explore

// Merge takes in what expanded chunks found, in their order. A search that ends
// meanwhile ends behind a state, wherever its chunk does.
func (s *Search) Merge(chunks []*Chunk) {
	for _, c := range chunks {
		s.touched += s.known.touch(c.keys)
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
		k := m.kids[m.kid]
		s.take(m.keys[m.kid], k, m.states[m.kid*m.words:(m.kid+1)*m.words], m.faultsAfter(k.action))
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

// take puts a successor into the next layer, unless another was merged before it
// that is the same.
func (s *Search) take(key uint64, from origin, state State, faults int) {
	id := uint32(s.from.n)
	if faults < s.budget {
		early, awaited := s.awaits(key, faults)
		if !awaited {
			return
		}
		id = early
		s.pass(id)
	} else {
		at, known := s.known.slot(key)
		if known || s.over {
			return
		}
		if int64(id) >= s.limit {
			s.Stop()
			return
		}
		s.learn(at, key, from)
	}
	s.add(&s.lanes[faults].next, id, state)
}

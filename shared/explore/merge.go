package explore

// Merge takes in what a chunk was expanded to: first that which Next returned
// first. A search that ends meanwhile ends behind a state, wherever its chunk does.
func (s *Search) Merge(c *Chunk) {
	m := merging{Chunk: c, words: s.words}
	s.touched += s.known.touch(c.keys)
	for m.kid < len(m.kids) && !s.over {
		s.mergeParent(&m)
	}
	s.out--
	s.spare = append(s.spare, c)
}

// merging is a chunk and how much of it is merged.
type merging struct {
	*Chunk
	words, kid, first int
}

// mergeParent takes in what the next state of a chunk leads to.
func (s *Search) mergeParent(m *merging) {
	id := m.kids[m.kid].parent
	for ; m.first < len(m.firsts) && m.firsts[m.first].parent == id; m.first++ {
		s.note(m.firsts[m.first])
	}
	for ; m.kid < len(m.kids) && m.kids[m.kid].parent == id; m.kid++ {
		if key := m.keys[m.kid]; key != 0 {
			s.take(m, key)
		}
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
		f.Faults, f.Steps = s.budget, s.depth+1
		s.firsts = append(s.firsts, f)
	}
}

// take counts the next transition of a chunk and puts what it leads to into the next
// layer, unless that is known.
func (s *Search) take(m *merging, key uint64) {
	s.counts.Transitions++
	at, known := s.known.slot(key)
	if known || s.over {
		return
	}
	if int64(s.from.n) >= s.limit {
		s.Stop()
		return
	}
	s.learn(at, key, m.kids[m.kid])
	s.add(&s.now, m.states[m.kid*m.words:(m.kid+1)*m.words])
}

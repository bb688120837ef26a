package explore

// lane is the states with one number of faults, of this layer and the next.
type lane struct{ now, next layer }

// layer is whole states, side by side in blocks: it grows without being copied.
type layer struct {
	blocks []*block // All full but the last.
	n      int      // States.
}

// block is some states of a layer.
type block struct {
	ids   []uint32
	words []uint32
}

// blockStates is how many states a full block has.
const blockStates = 256

// part returns the states from begin on, up to end or the end of their block.
func (l *layer) part(begin, end, words int) block {
	b, at := l.blocks[begin/blockStates], begin%blockStates
	to := min(at+end-begin, len(b.ids))
	return block{b.ids[at:to], b.words[at*words : to*words]}
}

// state returns the state at i.
func (b *block) state(i, words int) State { return b.words[i*words : (i+1)*words : (i+1)*words] }

// add puts a state at a layer's end.
func (s *Search) add(l *layer, id uint32, state State) {
	if l.n == len(l.blocks)*blockStates {
		l.blocks = append(l.blocks, s.block())
	}
	b := l.blocks[l.n/blockStates]
	b.ids, b.words = append(b.ids, id), append(b.words, state...)
	l.n++
}

// block returns an empty block.
func (s *Search) block() *block {
	if n := len(s.blocks); n > 0 {
		b := s.blocks[n-1]
		s.blocks = s.blocks[:n-1]
		return b
	}
	return &block{make([]uint32, 0, blockStates), make([]uint32, 0, blockStates*s.words)}
}

// clear removes all states of a layer and keeps their room for others.
func (s *Search) clear(l *layer) {
	for _, b := range l.blocks {
		b.ids, b.words = b.ids[:0], b.words[:0]
	}
	s.blocks = append(s.blocks, l.blocks...)
	*l = layer{blocks: l.blocks[:0]}
}

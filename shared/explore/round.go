package explore

// round is the whole states that are first reached with so many faults, in the order
// of their numbers and so layer after layer. They lie side by side in blocks: they
// grow without being copied.
type round struct {
	first  uint32     // The number of the first.
	blocks [][]uint32 // All full but the last; nil once nobody needs them.
	kept   int        // The first that is.
	n      int        // States.
	ends   []int      // Of each layer that is complete: how many states there are up to its end.
}

// blockStates is how many states a full block has.
const blockStates = 256

// layer returns where the states with so many steps begin and end.
func (r *round) layer(steps int) (begin, end int) {
	if steps >= len(r.ends) {
		return r.n, r.n
	}
	if steps > 0 {
		begin = r.ends[steps-1]
	}
	return begin, r.ends[steps]
}

// part returns the words of the states from begin on, up to end or the end of their
// block.
func (r *round) part(begin, end, words int) []uint32 {
	b, at := r.blocks[begin/blockStates], begin%blockStates
	return b[at*words : min((at+end-begin)*words, len(b))]
}

// add puts a state behind all others of a round.
func (s *Search) add(r *round, state State) {
	if r.n == len(r.blocks)*blockStates {
		r.blocks = append(r.blocks, s.block())
	}
	b := &r.blocks[r.n/blockStates]
	*b = append(*b, state...)
	r.n++
}

// block returns an empty block.
func (s *Search) block() []uint32 {
	if n := len(s.blocks); n > 0 {
		b := s.blocks[n-1]
		s.blocks = s.blocks[:n-1]
		return b
	}
	return make([]uint32, 0, blockStates*s.words)
}

// drop has the room of the states before that place be used for others.
func (s *Search) drop(r *round, before int) {
	for ; r.kept < min(before/blockStates, len(r.blocks)); r.kept++ {
		s.blocks = append(s.blocks, r.blocks[r.kept][:0])
		r.blocks[r.kept] = nil
	}
}

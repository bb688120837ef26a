package explore

import "math"

// Search is one search: what is known so far and where it goes on. It has one
// owner; Expanders know nothing of it.
type Search struct {
	model Model
	words int // Of a state.
	until []Marks

	known  table // All states.
	from   origins
	firsts []Finding
	found  Marks

	budget  int   // Faults of every path of this round.
	most    int   // In the last round.
	whole   int   // The budget of the last round that was searched to its end; -1: none.
	last    round // That with one fault less: its states are expanded by faults,
	now     round // those of this one by all but those.
	strike  int   // The first state of each
	next    int   // that is not dealt out yet.
	depth   int   // Steps of the states being expanded.
	counts  Counts
	limit   int64
	cut     bool
	over    bool
	out     int        // How many chunks are not merged yet.
	spare   []*Chunk   // Those to be used again,
	blocks  [][]uint32 // as these are.
	touched uint64     // Keeps the compiler from dropping what touches memory.
}

// none is the number of no state.
const none = math.MaxUint32

// Config bounds a search.
type Config struct {
	Budget int     // Faults that a path may have.
	States int64   // The most states; 0: as many as can be numbered.
	Until  []Marks // The search is over once one of each is found; none: at its end.
}

// Finding is a mark and where it was first set.
type Finding struct {
	Mark   Marks // One.
	Faults int
	Steps  int // Faults included.

	parent uint32
	action Action
}

// Counts is how far a search is.
type Counts struct {
	States      int64
	Transitions int64
	Frontier    int64 // States of the layer under way.
	Depth       int   // Its steps.
	Faults      int   // The round's budget.
	Deepest     int   // The most steps of any state.
}

// New returns a search that knows the root only.
func New(m Model, cfg Config) *Search {
	s := &Search{model: m, words: m.Words(), until: cfg.Until, most: cfg.Budget, whole: -1, known: newTable(), limit: none - 1}
	if cfg.States > 0 {
		s.limit = min(s.limit, cfg.States)
	}
	root := make(State, s.words)
	m.Root(root)
	key := Fingerprint(root)
	at, _ := s.known.slot(key)
	s.learn(at, key, origin{parent: none})
	s.add(&s.now, root)
	s.now.ends = []int{1}
	s.counts.Frontier = 1
	return s
}

// learn adds a state that is not known, whose slot is at.
func (s *Search) learn(at, key uint64, from origin) {
	s.known.put(at, key)
	s.from.add(from)
	s.counts.States++
}

// Next returns the next states to expand, at most size of them. None means that
// what is being expanded has to be merged first or, if nothing is, that the search
// is over.
func (s *Search) Next(size int) *Chunk {
	for !s.over {
		if _, end := s.last.layer(s.depth); s.strike < end {
			return s.chunk(&s.last, &s.strike, min(s.strike+size, end), true)
		}
		if _, end := s.now.layer(s.depth); s.next < end {
			return s.chunk(&s.now, &s.next, min(s.next+size, end), false)
		}
		if s.out > 0 {
			return nil // What they lead to belongs to the next layer.
		}
		s.turn()
	}
	return nil
}

// chunk returns a chunk of the next states of a round, up to end.
func (s *Search) chunk(r *round, next *int, end int, faults bool) *Chunk {
	c := &Chunk{}
	if n := len(s.spare); n > 0 {
		c, s.spare = s.spare[n-1], s.spare[:n-1]
	}
	*c = Chunk{
		first: r.first + uint32(*next), parents: r.part(*next, end, s.words), faults: faults,
		kids: c.kids[:0], keys: c.keys[:0], states: c.states[:0], firsts: c.firsts[:0],
	}
	*next += len(c.parents) / s.words
	s.out++
	return c
}

// turn goes on to the next layer or the next round.
func (s *Search) turn() {
	s.now.ends = append(s.now.ends, s.now.n)
	s.depth++
	strike, struck := s.last.layer(s.depth)
	next, end := s.now.layer(s.depth)
	s.strike, s.next = strike, next
	s.counts.Depth, s.counts.Frontier = s.depth, int64(struck-strike+end-next)
	switch {
	case s.counts.Frontier > 0:
		s.counts.Deepest = max(s.counts.Deepest, s.depth)
	case s.depth >= len(s.last.ends):
		s.whole = s.budget
		s.begin()
		return
	}
	s.drop(&s.last, strike)
	if s.budget == s.most {
		s.drop(&s.now, next)
	}
}

// begin begins the next round, if there is one.
func (s *Search) begin() {
	if s.over = s.budget == s.most; s.over {
		return
	}
	s.drop(&s.last, s.last.n+blockStates)
	s.last, s.now = s.now, round{first: uint32(s.from.n), ends: []int{0}}
	s.budget++
	s.depth, s.strike, s.next = 0, 0, 0
	_, end := s.last.layer(0)
	s.counts.Faults, s.counts.Depth, s.counts.Frontier = s.budget, 0, int64(end)
}

// Stop ends the search before its end.
func (s *Search) Stop() { s.over, s.cut = true, true }

// Cut reports whether the search ended before its end: what it did not find may
// be there all the same.
func (s *Search) Cut() bool { return s.cut }

// Whole returns the budget up to which every schedule was searched; -1 if not
// even those without a fault were.
func (s *Search) Whole() int { return s.whole }

// Counts returns how far the search is.
func (s *Search) Counts() Counts { return s.counts }

// Bytes returns how much memory the search takes, whole states apart.
func (s *Search) Bytes() int64 { return s.known.bytes() + s.from.bytes() }

// Collisions returns how many pairs of different states with one fingerprint
// are to be expected among those found, if fingerprints are as random.
func (s *Search) Collisions() float64 {
	n := float64(s.from.n)
	return n * (n - 1) / 2 / math.Exp2(64)
}

// Findings returns what was found, in the order it was. The caller may keep the
// slice.
func (s *Search) Findings() []Finding { return append([]Finding(nil), s.firsts...) }

// Path returns the actions from the root by which a finding is reached.
func (s *Search) Path(f Finding) []Action {
	path := make([]Action, f.Steps)
	path[f.Steps-1] = f.action
	id := f.parent
	for i := f.Steps - 2; i >= 0; i-- {
		from := s.from.of(id)
		path[i], id = from.action, from.parent
	}
	return path
}

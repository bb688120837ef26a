package explore

import "math"

// Search is one search: what is known so far and where it goes on. It has one
// owner; Expanders know nothing of it.
type Search struct {
	model Model
	words int // Of a state.
	until []Marks

	known  table // All states.
	early  table // Those of the rounds before the last, and which they are.
	from   origins
	firsts []Finding
	found  Marks

	budget  int      // Faults that a path may have in this round.
	most    int      // In the last round.
	ends    []uint32 // Of each round that is over: how many states were known.
	lanes   []lane   // By how many faults the path has.
	passed  []uint64 // Of earlier rounds: which states this round came by.
	at      int      // The lane being dealt out.
	next    int      // Its first state that is not dealt out yet.
	depth   int      // Steps of the states being expanded.
	counts  Counts
	limit   int64
	cut     bool
	over    bool
	out     int      // How many chunks are not merged yet.
	spare   []*Chunk // Those to be used again,
	blocks  []*block // as these are.
	touched uint64   // Keeps the compiler from dropping what touches memory.
	deepest []int    // Of each round.
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
	s := &Search{model: m, words: m.Words(), until: cfg.Until, most: cfg.Budget, known: newTable(false), early: newTable(true), limit: none - 1}
	if cfg.States > 0 {
		s.limit = min(s.limit, cfg.States)
	}
	s.begin()
	return s
}

// begin begins the round of the budget: again from the root, since whole states
// of the rounds before are not kept.
func (s *Search) begin() {
	s.lanes = make([]lane, s.budget+1)
	s.passed = make([]uint64, (s.from.n+63)/64)
	s.at, s.next, s.depth = 0, 0, 0
	root := make(State, s.words)
	s.model.Root(root)
	if s.from.n == 0 {
		key := Fingerprint(root)
		at, _ := s.known.slot(key)
		s.learn(at, key, origin{parent: none})
	} else {
		s.pass(0)
	}
	s.add(&s.lanes[0].now, 0, root)
	s.counts.Faults, s.counts.Frontier, s.counts.Depth = s.budget, 1, 0
	s.deepest = append(s.deepest, 0)
}

// learn adds a state that is not known, whose slot is at.
func (s *Search) learn(at, key uint64, from origin) {
	id := uint32(s.from.n)
	s.known.put(at, key, id)
	if s.budget < s.most { // A later round comes by it again.
		at, _ = s.early.slot(key)
		s.early.put(at, key, id)
	}
	s.from.add(from)
	s.counts.States++
}

// laneOf returns with how many faults a state of an earlier round is reached;
// the budget for one of this round.
func (s *Search) laneOf(id uint32) int {
	for faults, end := range s.ends {
		if id < end {
			return faults
		}
	}
	return s.budget
}

// pass notes that this round came by a state of an earlier one.
func (s *Search) pass(id uint32) { s.passed[id/64] |= 1 << (id % 64) }

func (s *Search) hasPassed(id uint32) bool { return s.passed[id/64]&(1<<(id%64)) != 0 }

// awaits returns the state of an earlier round, if that had so many faults, by
// which this round has still to come.
func (s *Search) awaits(key uint64, faults int) (id uint32, yes bool) {
	at, early := s.early.slot(key)
	id = s.early.ids[at]
	return id, early && s.laneOf(id) == faults && !s.hasPassed(id)
}

// Next returns the next states to expand, at most size of them. None means that
// what is being expanded has to be merged first or, if nothing is, that the search
// is over.
func (s *Search) Next(size int) *Chunk {
	for !s.over {
		l := &s.lanes[s.at].now
		switch {
		case s.next < l.n:
			s.out++
			return s.chunk(l, size)
		case s.at < s.budget:
			s.at, s.next = s.at+1, 0
		case s.out > 0:
			return nil // What they lead to belongs to the next layer.
		default:
			s.turn()
		}
	}
	return nil
}

// chunk returns a chunk of the next states of a layer.
func (s *Search) chunk(l *layer, size int) *Chunk {
	c := &Chunk{}
	if n := len(s.spare); n > 0 {
		c, s.spare = s.spare[n-1], s.spare[:n-1]
	}
	*c = Chunk{
		parents: l.part(s.next, s.next+size, s.words), faults: s.at, budget: s.budget,
		kids: c.kids[:0], keys: c.keys[:0], states: c.states[:0], firsts: c.firsts[:0],
	}
	s.next += len(c.parents.ids)
	return c
}

// turn goes on to the next layer or the next round.
func (s *Search) turn() {
	s.at, s.next = 0, 0
	s.depth++
	s.counts.Depth, s.counts.Frontier = s.depth, 0
	for i := range s.lanes {
		l := &s.lanes[i]
		s.clear(&l.now)
		l.now, l.next = l.next, l.now
		s.counts.Frontier += int64(l.now.n)
	}
	if s.counts.Frontier > 0 {
		s.deepest[s.budget] = s.depth
		s.counts.Deepest = max(s.counts.Deepest, s.depth)
		return
	}
	s.ends = append(s.ends, uint32(s.from.n))
	if s.budget == s.most {
		s.over = true
		return
	}
	s.budget++
	s.begin()
}

// Stop ends the search before its end.
func (s *Search) Stop() { s.over, s.cut = true, true }

// Cut reports whether the search ended before its end: what it did not find may
// be there all the same.
func (s *Search) Cut() bool { return s.cut }

// Whole returns the budget up to which every schedule was searched; -1 if not
// even those without a fault were.
func (s *Search) Whole() int { return len(s.ends) - 1 }

// Counts returns how far the search is.
func (s *Search) Counts() Counts { return s.counts }

// Bytes returns how much memory the search takes, whole states apart.
func (s *Search) Bytes() int64 { return s.known.bytes() + s.early.bytes() + s.from.bytes() }

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

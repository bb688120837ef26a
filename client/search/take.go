package search

import (
	"math/bits"

	"optimist/shared/explore"
)

// taking is what is known of a step while it is taken.
type taking struct {
	key       soloKey
	hash      uint64 // Of the key that is looked up next.
	place     int    // Of the client whose own step it is; none.
	is        trait  // All that can be said of it.
	judges    bool   // There is something to judge:
	judged    verdictKey
	unsettled uint32 // Places at which another mind may have to stand for one.
}

// Take takes steps. Most of what they make was found out before, and lies
// anywhere in memory: all go from stage to stage together, so that the processor
// fetches for the next ones while it waits for the first.
func (m *mosaic) Take(steps []explore.Step) {
	for len(m.taking) < len(steps) {
		m.taking = append(m.taking, taking{})
	}
	for i := range steps {
		m.foresee(&steps[i], &m.taking[i])
	}
	m.memory.solos.fetch()
	m.memory.effects.fetch()
	m.open = m.open[:0]
	for i := range steps {
		if m.begin(&steps[i], &m.taking[i]) {
			m.open = append(m.open, i)
		}
	}
	m.memory.verdicts.fetch()
	for _, i := range m.open {
		m.judge(&steps[i], &m.taking[i])
	}
	m.memory.minds.fetch()
	for _, i := range m.open {
		m.finish(&steps[i], &m.taking[i])
	}
}

// foresee works out by which key it is known what a step makes of the parts.
func (m *mosaic) foresee(s *explore.Step, t *taking) {
	hash, place := m.key(&t.key.stepKey, s.From, s.Action)
	if place == none {
		m.memory.effects.await(hash)
	} else {
		hash = t.key.beside(hash, s.From[m.stores], s.From[m.client(place)+mindWord])
		m.memory.solos.await(hash)
	}
	t.hash, t.place = hash, place
}

// begin does what a step does, but for what the checker makes of it, and reports
// whether there is more to do. Of a solo it does all, unless only persons can move
// then: the checker judges that, too.
func (m *mosaic) begin(s *explore.Step, t *taking) (more bool) {
	if t.place == none {
		e := m.effect(&t.key.stepKey, t.hash, s.From)
		m.affect(s, t, &e.outcome, e.story)
		return s.Happens
	}
	m.affect(s, t, m.solo(&t.key, t.hash, s.From, t.place), 0)
	if t.judges {
		return true
	}
	if s.Happens {
		m.tally(s, t)
	}
	return false
}

// affect makes what becomes of the state by an outcome.
func (m *mosaic) affect(s *explore.Step, t *taking, o *outcome, story uint32) {
	t.is, t.judges = o.is, false
	if s.Happens = o.is&happens != 0 && (o.is&tells == 0 || !m.floods(s.From, o)); !s.Happens {
		return
	}
	copy(s.To, s.From)
	s.Marks = m.become(s.To, o)
	if o.is&echoes != 0 {
		m.spread(s, t, story)
		story = 0 // All of it is judged.
	}
	quiet := m.quiet(s.To)
	if t.judges = story != 0 || quiet != loud; t.judges {
		m.judgement(&t.judged, s.To, story, quiet)
		t.hash = t.judged.hash()
		m.memory.verdicts.await(t.hash)
	}
}

// judge makes the checker in a step what it becomes.
func (m *mosaic) judge(s *explore.Step, t *taking) {
	if t.judges {
		v := m.verdict(&t.judged, t.hash, s.To)
		t.is |= v.is
		s.Marks |= m.become(s.To, v)
	}
	t.unsettled = m.unsettled(s.To, s.From)
	for places := t.unsettled; places != 0; places &= places - 1 {
		at := m.client(bits.TrailingZeros32(places))
		m.memory.minds.await(mindHash(s.To[m.stores], s.To[at+programWord], s.To[at+mindWord]))
	}
}

// finish has one mind stand for all that are alike, where there was a change.
func (m *mosaic) finish(s *explore.Step, t *taking) {
	for places := t.unsettled; places != 0; places &= places - 1 {
		place := bits.TrailingZeros32(places)
		s.To[m.client(place)+mindWord] = m.settled(s.To, place)
	}
	m.tally(s, t)
}

// tally says what is to be counted of the state.
func (m *mosaic) tally(s *explore.Step, t *taking) {
	if t.is&tallies != 0 {
		s.Marks |= m.levels(s.To, t.is&confirms != 0)
	}
}

// unsettled returns at which places another mind may have to stand for one.
func (m *mosaic) unsettled(to, from explore.State) uint32 {
	places, stores := uint32(0), to[m.stores] != from[m.stores]
	for place := range m.model.deeds {
		at := m.client(place)
		if stores || to[at+programWord] != from[at+programWord] || to[at+mindWord] != from[at+mindWord] {
			places |= 1 << place
		}
	}
	return places
}

// floods reports whether an outcome sends more to a client to whom already as much
// is on its way in the feed as may be.
func (m *mosaic) floods(from explore.State, o *outcome) bool {
	for at := m.clients + messagesWord; at < len(from); at += clientWords {
		if m.parts.queues.part(from[at]).length >= m.model.scope.Window && m.lengthens(o, at) {
			return true
		}
	}
	return false
}

// lengthens reports whether an outcome puts more behind a queue than it takes from
// it.
func (m *mosaic) lengthens(o *outcome, queue int) bool {
	more := 0
	for i := range o.n {
		more += longer(queue, int(o.words[i]), o.kinds[i])
	}
	for _, c := range m.parts.rests.part(o.rest).changes {
		more += longer(queue, int(c.word), c.kind)
	}
	return more > 0
}

// longer returns by how much a change of a word makes a queue longer.
func longer(queue, word int, kind changeKind) int {
	switch {
	case word != queue:
		return 0
	case kind == pushes:
		return 1
	default:
		return -1
	}
}

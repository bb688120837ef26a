package search

import (
	"math/bits"

	"optimist/shared/explore"
)

// taking is what is known of a step while it is taken.
type taking struct {
	key     stepKey
	effect  *effect
	judges  bool // There is something to judge:
	judged  verdictKey
	verdict *outcome
	hash    uint64 // Of the key that is looked up next.

	is        trait  // All that can be said of it.
	unsettled uint32 // Places at which another mind may have to stand for one.
}

// Take takes steps. Most of what they make was found out before, and lies
// anywhere in memory: all go from stage to stage together, so that the processor
// fetches for the next ones while it waits for the first.
func (m *mosaic) Take(steps []explore.Step) {
	for len(m.taking) < len(steps) {
		m.taking = append(m.taking, taking{})
	}
	m.findEffects(steps)
	for i := range steps {
		m.affect(&steps[i], &m.taking[i])
	}
	m.findVerdicts(steps)
	for i := range steps {
		m.judge(&steps[i], &m.taking[i])
	}
	for i := range steps {
		m.finish(&steps[i], &m.taking[i])
	}
}

// findEffects finds what the steps make of the parts.
func (m *mosaic) findEffects(steps []explore.Step) {
	touched := uint32(0)
	for i := range steps {
		t := &m.taking[i]
		t.key = m.key(steps[i].From, steps[i].Action)
		t.hash = t.key.hash()
		touched += m.memory.effects.touch(t.hash)
	}
	m.touched += touched
	for i := range steps {
		t := &m.taking[i]
		t.effect = m.effect(&t.key, t.hash, steps[i].From)
	}
}

// affect does what a step does, but for what the checker makes of it.
func (m *mosaic) affect(s *explore.Step, t *taking) {
	e := t.effect
	s.Happens, t.judges, t.is = e.is&happens != 0, false, e.is
	if !s.Happens {
		return
	}
	copy(s.To, s.From)
	s.Marks = m.become(s.To, &e.outcome)
	story := e.story
	if e.is&echoes != 0 {
		m.spread(s, t)
		story = 0 // All of it is judged.
	}
	if t.is&tells != 0 && m.floods(s.To, s.From) {
		s.Happens = false
		return
	}
	quiet := m.quiet(s.To)
	if t.judges = story != 0 || quiet != loud; t.judges {
		t.judged = m.judgement(s.To, story, quiet)
		t.hash = t.judged.hash()
		m.touched += m.memory.verdicts.touch(t.hash)
	}
}

// findVerdicts finds what the checker makes of the steps.
func (m *mosaic) findVerdicts(steps []explore.Step) {
	for i := range steps {
		if t := &m.taking[i]; t.judges {
			t.verdict = m.verdict(&t.judged, t.hash, steps[i].To)
		}
	}
}

// judge makes the checker in a step what it becomes.
func (m *mosaic) judge(s *explore.Step, t *taking) {
	if !s.Happens {
		return
	}
	if t.judges {
		t.is |= t.verdict.is
		s.Marks |= m.become(s.To, t.verdict)
	}
	t.unsettled = m.unsettled(s.To, s.From)
	for places := t.unsettled; places != 0; places &= places - 1 {
		m.touched += m.memory.minds.touch(m.mind(s.To, bits.TrailingZeros32(places)).hash())
	}
}

// finish has one mind stand for all that are alike, where there was a change, and
// says what there is to say of the state.
func (m *mosaic) finish(s *explore.Step, t *taking) {
	if !s.Happens {
		return
	}
	for places := t.unsettled; places != 0; places &= places - 1 {
		place := bits.TrailingZeros32(places)
		s.To[m.client(place)+mindWord] = m.settled(s.To, place)
	}
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

// floods reports whether a step from there sends more to a client to whom already
// as much is on its way in the feed as may be.
func (m *mosaic) floods(to, from explore.State) bool {
	for at := m.clients + messagesWord; at < len(to); at += clientWords {
		before, after := m.parts.queues.part(from[at]).length, m.parts.queues.part(to[at]).length
		if after > before && before >= m.model.scope.Window {
			return true
		}
	}
	return false
}

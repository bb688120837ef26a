package search

import "optimist/shared/explore"

// A client's own step neither looks at another client nor changes the server, so
// its story is about nobody else. All that comes of it, the checker's verdict and
// the mind that then stands included, is found by one key: a solo. Seven of ten
// steps are.

// soloKey is all that a solo depends on.
type soloKey struct {
	stepKey
	stores, mind uint32
}

func (k soloKey) hash() uint64 { return k.beside(k.stepKey.hash(), k.stores, k.mind) }

// beside completes the key of a step that has this hash, and returns that of the whole.
func (k *soloKey) beside(hash uint64, stores, mind uint32) uint64 {
	k.stores, k.mind = stores, mind
	return explore.Fold(hash, uint64(stores)<<32|uint64(mind))
}

// solo returns what comes of a client's own step.
func (m *mosaic) solo(k *soloKey, hash uint64, from explore.State, place int) *outcome {
	o := m.soloOf(k, hash, from, place, nothing)
	for seen := nothing; o.wants > seen; {
		seen = o.wants
		k.with = m.more(from, seen)
		o = m.soloOf(k, k.hash(), from, place, seen)
	}
	return o
}

// soloOf returns what comes of it by what was looked at.
func (m *mosaic) soloOf(k *soloKey, hash uint64, from explore.State, place int, seen want) *outcome {
	if o := m.memory.solos.find(hash, k); o != nil {
		return o
	}
	return m.memory.solos.learn(hash, k, func() outcome { return m.compose(k, from, place, seen) })
}

// compose puts a solo together: of what the step makes of the parts, what the checker
// makes of that, and the mind that stands for the client's then.
func (m *mosaic) compose(k *soloKey, from explore.State, place int, seen want) outcome {
	e := m.effectOf(&k.stepKey, k.stepKey.hash(), from, seen)
	if e.wants > seen || e.is&happens == 0 {
		return e.outcome
	}
	d, to := &m.piece, append(m.composed[:0], from...)
	m.composed = to
	*d = draft{changes: d.changes[:0]}
	m.addTo(d, to, &e.outcome)
	if e.story != 0 {
		var judged verdictKey
		m.judgement(&judged, to, e.story, loud)
		if m.judged(&judged)&^(1<<place) != 0 {
			panic("search: a client's own step is another's, too")
		}
		m.addTo(d, to, m.verdict(&judged, judged.hash(), to))
	}
	if m.unsettled(to, from)&^(1<<place) != 0 {
		panic("search: a client's own step changed more than its own")
	}
	at := m.client(place) + mindWord
	if mind := m.settled(to, place); mind != to[at] {
		d.note(at, sets, mind)
	}
	return m.parts.putOutcome(d)
}

// addTo makes of s what an outcome says, and adds that to a draft.
func (m *mosaic) addTo(d *draft, s explore.State, o *outcome) {
	d.marks |= m.become(s, o)
	d.is |= o.is
	for i := range o.n {
		d.note(int(o.words[i]), o.kinds[i], o.values[i])
	}
	d.changes = append(d.changes, m.parts.rests.part(o.rest).changes...)
}

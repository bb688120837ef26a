package search

import (
	"optimist/shared/explore"
	"optimist/shared/sim"
)

// memory is one worker's access to what all know of steps.
type memory struct {
	solos    reader[soloKey, outcome]
	effects  reader[stepKey, effect]
	verdicts reader[verdictKey, outcome]
	minds    reader[mindKey, uint32]
	pairs    *lookup[pair, uint32]
}

// lore is what all workers know of steps.
type lore struct {
	solos    *lookup[soloKey, outcome]
	effects  *lookup[stepKey, effect]
	verdicts *lookup[verdictKey, outcome]
	minds    *lookup[mindKey, uint32] // Which mind stands for one.
	pairs    *lookup[pair, uint32]    // Numbers of combinations of parts.
}

func newLore() *lore {
	return &lore{
		newLookup[soloKey, outcome](), newLookup[stepKey, effect](), newLookup[verdictKey, outcome](),
		newLookup[mindKey, uint32](), newLookup[pair, uint32](),
	}
}

func newMemory(l *lore) *memory {
	return &memory{
		solos: reader[soloKey, outcome]{lookup: l.solos}, effects: reader[stepKey, effect]{lookup: l.effects},
		verdicts: reader[verdictKey, outcome]{lookup: l.verdicts}, minds: reader[mindKey, uint32]{lookup: l.minds}, pairs: l.pairs,
	}
}

// pair is the numbers of two parts.
type pair struct{ a, b uint32 }

func (p pair) hash() uint64 { return explore.Fold(uint64(p.a)<<32|uint64(p.b), 0) }

// mindKey is a mind, and that by which minds are told apart: its form leaves out
// what they say.
type mindKey struct{ stores, program, mind uint32 }

func (k mindKey) hash() uint64 { return mindHash(k.stores, k.program, k.mind) }

func mindHash(stores, program, mind uint32) uint64 {
	return explore.Fold(uint64(stores)<<32|uint64(program), uint64(mind))
}

// stepKey is all that a step depends on: what is done, who is cut off as far as
// that matters to it, and the parts that it looks at.
type stepKey struct {
	action explore.Action
	links  uint32
	part   uint32 // The program of the client, or the backend.
	item   uint32 // What goes through a gate, or what a person does.
	with   uint32 // More parts, if the step needs them; 0: none.
}

func (k stepKey) hash() uint64 { return stepHash(k.action, k.links, k.part, k.item, k.with) }

func stepHash(a explore.Action, links, part, item, with uint32) uint64 {
	h := explore.Fold(uint64(a)<<32|uint64(links), uint64(part)<<32|uint64(item))
	if with == 0 {
		return h
	}
	return explore.Fold(h, uint64(with))
}

// set makes k a key without more, and returns its hash. What was just written is
// dear to read in another size.
func (k *stepKey) set(a explore.Action, links, part, item uint32) uint64 {
	k.action, k.links, k.part, k.item, k.with = a, links, part, item, 0
	return stepHash(a, links, part, item, 0)
}

// effect is what a step makes of the parts that it changes.
type effect struct {
	outcome
	story uint32
}

// want is what a step depends on beyond what is always looked at.
type want uint8

const (
	nothing    want = iota
	server          // The backend: a program asks it past all gates.
	everything      // The backend and all programs.
)

// verdictKey is all that a checker's judgement depends on.
type verdictKey struct {
	stores uint32
	minds  uint32 // The one that is looked at, or a number for all of them; 0: none.
	story  uint32
	quiet  stillness
}

func (k verdictKey) hash() uint64 {
	return explore.Fold(uint64(k.stores)<<32|uint64(k.minds), uint64(k.story)<<8|uint64(k.quiet))
}

// effect returns what a step makes of from, of which the key has what it looks at
// in any case.
func (m *mosaic) effect(k *stepKey, hash uint64, from explore.State) *effect {
	e := m.effectOf(k, hash, from, nothing)
	for seen := nothing; e.wants > seen; {
		seen = e.wants
		k.with = m.more(from, seen)
		e = m.effectOf(k, k.hash(), from, seen)
	}
	return e
}

// effectOf returns what a step makes of what was looked at.
func (m *mosaic) effectOf(k *stepKey, hash uint64, from explore.State, seen want) *effect {
	if e := m.memory.effects.find(hash, k); e != nil {
		return e
	}
	return m.memory.effects.learn(hash, k, func() effect {
		return m.workshop.try(from, k, seen)
	})
}

// key makes k what a step looks at in any case, and returns its hash and the client
// whose own step it is. Who else is cut off is none of a client's business.
func (m *mosaic) key(k *stepKey, from explore.State, a explore.Action) (hash uint64, place int) {
	st, item := stepOf(a), uint32(0)
	if place = m.own(st); place == none {
		return m.serverKey(k, from, a, st), none
	}
	switch st.verb {
	case act:
		item = uint32(doneOf(from, place))
	case reply, feed:
		item = m.head(from, st)
	default:
	}
	return k.set(a, from[linksAt]&(downBit|cutBit(place)), from[m.client(place)], item), place
}

// serverKey makes k what a step of the server looks at in any case.
func (m *mosaic) serverKey(k *stepKey, from explore.State, a explore.Action, st step) uint64 {
	links, item := from[linksAt], uint32(0)
	if _, echoes := m.model.scope.echo(st); echoes {
		links |= m.allCut
	}
	if st.verb == handle && !m.parts.backends.part(from[m.backend]).offers.stands(st.of) {
		item = 1 + m.head(from, st)
	}
	return k.set(a, links, from[m.backend], item)
}

// head returns the first in the queue from which a step takes something.
func (m *mosaic) head(from explore.State, st step) uint32 {
	return m.parts.queues.part(from[m.client(m.placeOf(st))+wordOf(st.verb)]).head
}

// more returns a number for the parts that a step looks at besides.
func (m *mosaic) more(from explore.State, w want) uint32 {
	n := 1 + from[m.backend]
	if w == everything {
		n = m.pair(n, 0)
		for at := m.clients; at < len(from); at += clientWords {
			n = m.pair(n, from[at])
		}
	}
	return n
}

// pair returns a number for two.
func (m *mosaic) pair(a, b uint32) uint32 {
	p := pair{a, b}
	hash := p.hash()
	if n := m.memory.pairs.find(hash, &p); n != nil {
		return *n
	}
	return *m.memory.pairs.learn(hash, &p, func() uint32 { return m.parts.number(p) })
}

// own returns the client whose own step it is, none if it is the server's.
func (m *mosaic) own(st step) int {
	switch st.verb {
	case act, cut, reconnect, reply, feed:
		return m.placeOf(st)
	default:
		return none
	}
}

// placeOf returns at whose client a step is.
func (m *mosaic) placeOf(st step) int {
	switch st.verb {
	case handle, reply:
		return m.model.scope.deeds[st.of].client
	default:
		return st.of
	}
}

// wordOf returns which queue of its client a step takes something from.
func wordOf(v verb) int {
	switch v {
	case handle:
		return commandsWord
	case reply:
		return repliesWord
	default:
		return messagesWord
	}
}

// gates are where the queues of a client wait, in the order of its words.
var gates = [...]sim.Gate{commandsWord: sim.CommandGate, repliesWord: sim.ReplyGate, messagesWord: sim.FeedGate}

// judgement makes k what the checker looks at to judge a step from there.
func (m *mosaic) judgement(k *verdictKey, from explore.State, story uint32, quiet stillness) {
	k.stores, k.story, k.quiet = from[m.stores], story, quiet
	whose, minds := m.judged(k), uint32(0)
	for place, at := 0, m.clients; at < len(from); place, at = place+1, at+clientWords {
		switch {
		case whose&(1<<place) == 0:
		case minds == 0:
			minds = from[at+mindWord]
		default:
			minds = m.pair(minds, from[at+mindWord])
		}
	}
	k.minds = minds
}

// judged returns the clients whose minds a judgement has to do with.
func (m *mosaic) judged(k *verdictKey) uint64 {
	if k.quiet != loud {
		return everybody
	}
	return m.parts.stories.part(k.story).whose
}

// verdict returns what the checker makes of a step from there.
func (m *mosaic) verdict(k *verdictKey, hash uint64, from explore.State) *outcome {
	if v := m.memory.verdicts.find(hash, k); v != nil {
		return v
	}
	return m.memory.verdicts.learn(hash, k, func() outcome { return m.workshop.judge(from, k) })
}

// settled returns which mind stands, in s, for that of the client at a place.
func (m *mosaic) settled(s explore.State, place int) uint32 {
	at := m.client(place)
	k := mindKey{s[m.stores], s[at+programWord], s[at+mindWord]}
	hash := mindHash(k.stores, k.program, k.mind)
	if id := m.memory.minds.find(hash, &k); id != nil {
		return *id
	}
	return *m.memory.minds.learn(hash, &k, func() uint32 { return m.workshop.settle(s, place, k) })
}

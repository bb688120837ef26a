package search

import "optimist/shared/explore"

// mosaic is the product within a scope, as a search keeps it: a state is the ids
// of its parts. What a step makes of the parts that it looks at is found out
// once, by the very cores; after that, it is remembered.
//
// A state's words are
//
//	links       bit 0: the server is down; bit 1+c: client c is cut off
//	refused     two words: the deeds that were refused although they were legal
//	done        a byte for each client: how many of its deeds it has done
//	backend     the server, its rows and the log
//	stores      what the checker remembers of log and rows
//
// and for each client its program, what the checker remembers of its person, and
// what waits at three gates:
//
//	program     mind     commands     replies     messages
type mosaic struct {
	model    *model
	path     []explore.Action // To where the search begins.
	parts    *parts
	workshop *workshop
	memory   *memory
	outlook  outlook           // Scratch,
	done     [maxClients]uint8 // as is this.
	backend  int
	stores   int
	clients  int
}

// Words of a state that are always there.
const (
	linksAt   = 0
	refusedAt = 1
	doneAt    = 3
)

// Words of a client.
const (
	programWord = iota
	mindWord
	commandsWord
	repliesWord
	messagesWord
	clientWords
)

// downBit is set in a state's links while the server is down.
const downBit = 1

// cutBit is set in a state's links while the client at a place is cut off.
func cutBit(place int) uint32 { return 2 << place }

func newMosaic(s *Scope, shared *shelves, path []explore.Action) *mosaic {
	m := &mosaic{model: newModel(s), path: path, parts: newParts(shared)}
	n := len(m.model.deeds)
	m.backend = doneAt + (n+3)/4
	m.stores = m.backend + 1
	m.clients = m.stores + 1
	m.outlook.clients = make([]clientOutlook, n)
	m.workshop = newWorkshop(m)
	m.memory = &memory{shared: shared.lores}
	return m
}

// client returns where the words of a client begin.
func (m *mosaic) client(place int) int { return m.clients + place*clientWords }

// Words returns of how many words a state consists.
func (m *mosaic) Words() int { return m.client(len(m.model.deeds)) }

// Root makes s the state in which the search begins.
func (m *mosaic) Root(s explore.State) {
	m.workshop.root(s)
	to := make(explore.State, len(s))
	for _, a := range m.path {
		if _, ok := m.Step(to, s, a); !ok {
			panic("search: a path cannot be walked again")
		}
		copy(s, to)
	}
}

// Actions appends what can happen in s.
func (m *mosaic) Actions(s explore.State, faults bool, out []explore.Action) []explore.Action {
	m.unpackDone(s)
	return m.model.actions(m.look(s), &m.done, faults, out)
}

// Fingerprint folds the keys of the parts of s.
func (m *mosaic) Fingerprint(s explore.State) uint64 {
	h := uint64(1)
	for _, word := range s[:m.backend] {
		h = explore.Fold(h, uint64(word))
	}
	h = explore.Fold(h, m.parts.backends.key(s[m.backend]))
	h = explore.Fold(h, m.parts.memories.key(s[m.stores]))
	for at := m.clients; at < len(s); at += clientWords {
		h = explore.Fold(h, m.parts.programs.key(s[at]))
		h = explore.Fold(h, m.mindKey(s, at))
		for _, q := range s[at+commandsWord : at+clientWords] {
			h = explore.Fold(h, m.parts.queues.key(q))
		}
	}
	return h
}

// look returns the outlook of s.
func (m *mosaic) look(s explore.State) *outlook {
	o, links := &m.outlook, s[linksAt]
	o.down = links&downBit != 0
	o.server = m.parts.backends.part(s[m.backend]).offers
	for place := range o.clients {
		c, at := &o.clients[place], m.client(place)
		c.programOffers = m.parts.programs.part(s[at]).offers
		c.cut = links&cutBit(place) != 0
		c.command, c.reply = m.first(s[at+commandsWord]), m.first(s[at+repliesWord])
		c.message = s[at+messagesWord] != emptyQueue
	}
	return o
}

// first returns whose is the first in a queue, or none.
func (m *mosaic) first(q uint32) int {
	if q == emptyQueue {
		return none
	}
	return m.parts.transits.part(m.parts.queues.part(q).head).deed
}

// Step makes to what from becomes by a.
func (m *mosaic) Step(to, from explore.State, a explore.Action) (explore.Marks, bool) {
	e := m.effect(from, a)
	if !e.happens {
		return 0, false
	}
	m.apply(e, to, from)
	marks := e.marks
	if quiet := m.quiet(to); e.story != 0 || quiet != loud {
		v := m.verdict(from, e.story, quiet)
		to[m.stores] = v.stores
		for _, c := range v.minds {
			to[m.client(c.place)+mindWord] = c.part
		}
		m.refuse(to, v.refused)
		marks |= v.marks
	}
	return marks | m.levels(to, e.confirms), true
}

// apply makes to what from becomes by an effect, but what its checker says.
func (m *mosaic) apply(e *effect, to, from explore.State) {
	copy(to, from)
	to[linksAt] = e.links
	m.refuse(to, e.refused)
	if e.act != none {
		to[doneAt+e.act/4] += 1 << (e.act % 4 * 8)
	}
	if e.serves {
		to[m.backend] = e.backend
	}
	for _, p := range e.programs {
		to[m.client(p.place)] = p.part
	}
	for i := range e.ways {
		w := &e.ways[i]
		q := &to[w.word]
		switch {
		case w.clears:
			*q = emptyQueue
		case w.pops:
			*q = m.parts.queues.part(*q).rest
		}
		for _, item := range w.pushes {
			*q = m.parts.push(*q, item)
		}
	}
}

// refuse notes deeds that were refused although they were legal.
func (m *mosaic) refuse(s explore.State, deeds uint64) {
	s[refusedAt] |= uint32(deeds)
	s[refusedAt+1] |= uint32(deeds >> 32)
}

// unpackDone reads how many of its deeds each client has done.
func (m *mosaic) unpackDone(s explore.State) {
	for place := range m.model.deeds {
		m.done[place] = uint8(s[doneAt+place/4] >> (place % 4 * 8))
	}
}

// stillness says whether only persons can move.
type stillness uint8

const (
	loud    stillness = iota
	still             // Only persons can move.
	stalled           // And a fault holds the projector.
)

// quiet says whether only persons can move in s. While somebody is cut off
// something can: they can connect again.
func (m *mosaic) quiet(s explore.State) stillness {
	if s[linksAt] != 0 {
		return loud
	}
	b := m.parts.backends.part(s[m.backend])
	if o := &b.offers; o.ticks || o.batch || o.events > 0 || len(o.appends) > 0 {
		return loud
	}
	for at := m.clients; at < len(s); at += clientWords {
		f := &m.parts.programs.part(s[at+programWord]).offers
		if f.Ticks || f.To < b.offers.watermark || s[at+commandsWord]|s[at+repliesWord]|s[at+messagesWord] != emptyQueue {
			return loud
		}
	}
	if b.stalled {
		return stalled
	}
	return still
}

// levels says what is to be counted of s.
func (m *mosaic) levels(s explore.State, confirms bool) explore.Marks {
	t := tally{refused: uint64(s[refusedAt]) | uint64(s[refusedAt+1])<<32, confirms: confirms, done: &m.done}
	for place, at := 0, m.clients; at < len(s); place, at = place+1, at+clientWords {
		f := &m.parts.programs.part(s[at]).offers
		if s[linksAt]&(downBit|cutBit(place)) == 0 {
			t.held += f.Queued
		}
		t.confirmed += f.Confirmed
	}
	if confirms {
		m.unpackDone(s)
	}
	return m.model.levels(&t)
}

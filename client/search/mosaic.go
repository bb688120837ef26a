package search

import "optimist/shared/explore"

// mosaic is the product within a scope, as a search keeps it: a state is the ids
// of its parts. What a step makes of the parts that it looks at is found out
// once, by the very cores; after that, it is remembered. A part has one id by all
// that it decides from here on, so that states are told apart by their ids alone.
//
// A state's words are
//
//	links       bit 0: the server is down; bit 1+c: client c is cut off
//	refused     two words: the deeds that were refused although they were legal
//	done        a byte for each client: how many of its deeds it has done
//	backend     the server, its rows and the log
//	stores      what the checker remembers of log and rows
//
// and for each client its program, what the checker remembers of its person as
// far as it matters beside these stores, and what waits at three gates:
//
//	program     mind     commands     replies     messages
type mosaic struct {
	model    *model
	path     []explore.Action // To where the search begins.
	parts    *parts
	workshop *workshop
	memory   *memory
	outlook  outlook           // Scratch,
	done     [maxClients]uint8 // as is this
	taking   []taking          // and this,
	open     []int             // and which of them are not all done;
	composed explore.State     // of a solo, too,
	piece    draft             // and what it is so far.
	backend  int
	stores   int
	clients  int
	allCut   uint32 // The links of a state in which all clients are cut off.
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
	for place := range n {
		m.allCut |= cutBit(place)
	}
	m.outlook.clients = make([]clientOutlook, n)
	m.workshop = newWorkshop(m)
	m.memory = newMemory(shared.lore)
	return m
}

// client returns where the words of a client begin.
func (m *mosaic) client(place int) int { return m.clients + place*clientWords }

// Words returns of how many words a state consists.
func (m *mosaic) Words() int { return m.client(len(m.model.deeds)) }

// Root makes s the state in which the search begins.
func (m *mosaic) Root(s explore.State) {
	m.workshop.root(s)
	for _, a := range m.path {
		st := []explore.Step{{From: s, Action: a, To: make(explore.State, len(s))}}
		if m.Take(st); !st[0].Happens {
			panic("search: a path cannot be walked again")
		}
		copy(s, st[0].To)
	}
}

// Actions appends what can happen in s.
func (m *mosaic) Actions(s explore.State, faults bool, out []explore.Action) []explore.Action {
	m.unpackDone(s)
	return m.model.actions(m.look(s), &m.done, faults, out)
}

// look returns the outlook of s.
func (m *mosaic) look(s explore.State) *outlook {
	o, links := &m.outlook, s[linksAt]
	o.down = links&downBit != 0
	o.server = &m.parts.backends.part(s[m.backend]).offers
	for place := range o.clients {
		c, at := &o.clients[place], m.client(place)
		c.programOffers = &m.parts.programs.part(s[at+programWord]).offers
		c.cut = links&cutBit(place) != 0
		c.command, c.reply = m.parts.queues.part(s[at+commandsWord]).deed, m.parts.queues.part(s[at+repliesWord]).deed
		c.message = s[at+messagesWord] != emptyQueue
	}
	return o
}

// unpackDone reads how many of its deeds each client has done.
func (m *mosaic) unpackDone(s explore.State) {
	for place := range m.model.deeds {
		m.done[place] = doneOf(s, place)
	}
}

// doneOf returns how many of its deeds the client at a place has done.
func doneOf(s explore.State, place int) uint8 { return uint8(s[doneAt+place/4] >> (place % 4 * 8)) }

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
	waiting := s[linksAt]
	for at := m.clients; at < len(s); at += clientWords {
		waiting |= s[at+commandsWord] | s[at+repliesWord] | s[at+messagesWord]
	}
	if waiting != emptyQueue {
		return loud
	}
	b := m.parts.backends.part(s[m.backend])
	if o := &b.offers; o.ticks || o.batch || o.events > 0 || len(o.appends) > 0 {
		return loud
	}
	for at := m.clients; at < len(s); at += clientWords {
		if f := &m.parts.programs.part(s[at+programWord]).offers; f.Ticks || f.To < b.offers.watermark {
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
		f := &m.parts.programs.part(s[at+programWord]).offers
		if s[linksAt]&(downBit|cutBit(place)) == 0 {
			t.held += f.Queued
		}
		t.confirmed += f.Confirmed
	}
	m.unpackDone(s)
	return m.model.levels(&t)
}

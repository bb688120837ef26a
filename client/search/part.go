package search

import (
	"encoding/binary"

	"optimist/shared/anomaly"
	"optimist/shared/explore"
	"optimist/shared/sim"
	"optimist/shared/trace"
)

// shelves hold the parts of all worlds of a search.
type shelves struct {
	backends *shelf[backend]
	programs *shelf[program]
	transits *shelf[transit]
	queues   *shelf[queue]
	memories *shelf[string]
	stories  *shelf[story]
	pairs    *shelf[pair]
	lores    *lores
}

func newShelves() *shelves {
	return &shelves{
		newShelf[backend](), newShelf[program](), newShelf[transit](), newShelf[queue](),
		newShelf[string](), newShelf[story](), newShelf[pair](), &lores{},
	}
}

// backend is a server, and what the choice of steps looks at.
type backend struct {
	saved   *sim.Backend
	offers  serverOffers
	stalled bool
}

// program is a client's program, and what the choice of steps looks at.
type program struct {
	saved  *sim.Program
	offers programOffers
}

// transit is one thing on its way.
type transit struct {
	saved *sim.Transit
	deed  int // Whose command or answer it is; -1: nobody's.
}

// queue is what is on its way before one gate to or from one client. The first
// on the shelf is empty.
type queue struct {
	head uint32 // A transit.
	rest uint32 // The queue without it.
}

// emptyQueue is the id of the queue in which nothing is.
const emptyQueue = 0

// story is what happened in a step, as far as a checker heeds it.
type story struct {
	events []trace.Event
	whose  uint64 // The clients whose memories it looks at or changes.
}

// everybody is all clients.
const everybody = ^uint64(0)

// parts is one worker's view of the shelves.
type parts struct {
	backends view[backend]
	programs view[program]
	transits view[transit]
	queues   view[queue]
	memories view[string]
	stories  view[story]
	pairs    view[pair]

	pushed lookup[pair, uint32] // The queues by what was pushed onto which.
	form   []byte               // Scratch.
}

func newParts(s *shelves) *parts {
	p := &parts{
		backends: view[backend]{shelf: s.backends}, programs: view[program]{shelf: s.programs},
		transits: view[transit]{shelf: s.transits}, queues: view[queue]{shelf: s.queues},
		memories: view[string]{shelf: s.memories}, stories: view[story]{shelf: s.stories},
		pairs: view[pair]{shelf: s.pairs},
	}
	p.queues.put(nil, func(string) (queue, uint64) { return queue{}, 1 })
	p.stories.put(nil, func(string) (story, uint64) { return story{}, 1 })
	return p
}

// push returns the queue with one more behind it.
func (p *parts) push(q, item uint32) uint32 {
	onto := pair{q, item}
	hash := onto.hash()
	if id, known := p.pushed.find(hash, onto); known {
		return id
	}
	longer := queue{head: item}
	if q != emptyQueue {
		shorter := *p.queues.part(q)
		longer = queue{head: shorter.head, rest: p.push(shorter.rest, item)}
	}
	key := explore.Fold(p.queues.key(q), p.transits.key(item))
	id := p.queues.put(onto.form(), func(string) (queue, uint64) { return longer, key })
	p.pushed.put(hash, onto, id)
	return id
}

// number returns a number for a pair, that of no part.
func (p *parts) number(of pair) uint32 {
	return 1<<31 | p.pairs.put(of.form(), func(string) (pair, uint64) { return of, 1 })
}

// form is a pair as a shelf knows it.
func (p pair) form() []byte {
	return binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(nil, p.a), p.b)
}

// putTransit keeps one thing that is on its way.
func (p *parts) putTransit(m *model, t *sim.Transit) uint32 {
	p.form = t.AppendBinary(p.form[:0])
	return p.transits.put(p.form, func(string) (transit, uint64) {
		saved := *t
		return transit{&saved, m.scope.deedOf(t.Intent())}, explore.Fingerprint(p.form)
	})
}

// putBackend keeps the server of a world.
func (p *parts) putBackend(m *model, w *sim.World) uint32 {
	p.form = w.AppendBackend(p.form[:0])
	return p.backends.put(p.form, func(string) (backend, uint64) {
		b := backend{saved: &sim.Backend{}, stalled: w.Stalled()}
		w.SaveBackend(b.saved)
		m.serverOffers(w, &b.offers)
		return b, explore.Fingerprint(p.form)
	})
}

// putProgram keeps the program at a place of a world.
func (p *parts) putProgram(m *model, w *sim.World, place int) uint32 {
	p.form = w.AppendProgram(p.form[:0], place)
	return p.programs.put(p.form, func(string) (program, uint64) {
		c := program{saved: &sim.Program{}}
		w.SaveProgram(place, c.saved)
		m.programOffers(w, place, &c.offers)
		return c, explore.Fingerprint(p.form)
	})
}

// putMemory keeps a part of a checker.
func (p *parts) putMemory(c *anomaly.Checker, part int) uint32 {
	p.form = c.AppendPart(append(p.form[:0], byte(part)), part)
	return p.memories.put(p.form, func(form string) (string, uint64) {
		p.form = c.AppendForm(p.form[:0], part)
		return form[1:], explore.Fingerprint(p.form)
	})
}

// putStory keeps what happened in a step, as far as a checker heeds it.
func (p *parts) putStory(c *anomaly.Checker, events []trace.Event) uint32 {
	p.form = p.form[:0]
	for i := range events {
		p.form = events[i].AppendBinary(p.form)
	}
	return p.stories.put(p.form, func(string) (story, uint64) {
		s := story{events: append([]trace.Event(nil), events...)}
		for i := range events {
			switch part := c.Heeds(&events[i]); {
			case part == anomaly.Everybody:
				s.whose = everybody
			case part > 0:
				s.whose |= 1 << (part - 1)
			}
		}
		return s, 1
	})
}

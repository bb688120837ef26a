package search

import (
	"encoding/binary"

	"optimist/shared/anomaly"
	"optimist/shared/sim"
	"optimist/shared/trace"
)

// shelves hold the parts of all worlds of a search.
type shelves struct {
	backends *shelf[backend]
	programs *shelf[program]
	transits *shelf[transit]
	queues   *shelf[queue]
	stores   *shelf[*anomaly.Part] // What a checker remembers of log and rows.
	minds    *shelf[*anomaly.Part] // What it does of a person.
	alike    *shelf[uint32]        // Of minds that will tell the same, one.
	stories  *shelf[story]
	pairs    *shelf[pair]
	rests    *shelf[rest]
	pushed   *lookup[pair, uint32] // The queues by what was pushed onto which.
	forms    *lookup[pair, uint64] // The hashes of the minds' forms, by stores and mind.
	lore     *lore
}

func newShelves() *shelves {
	return &shelves{
		newShelf[backend](), newShelf[program](), newShelf[transit](), newShelf[queue](),
		newShelf[*anomaly.Part](), newShelf[*anomaly.Part](), newShelf[uint32](), newShelf[story](), newShelf[pair](), newShelf[rest](),
		newLookup[pair, uint32](), newLookup[pair, uint64](), newLore(),
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
	deed  int // Whose command or answer it is; none: nobody's.
}

// queue is what is on its way before one gate to or from one client. The first
// on the shelf is empty.
type queue struct {
	head   uint32 // A transit.
	rest   uint32 // The queue without it.
	deed   int    // Whose the head is; none.
	length int
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
	stores   view[*anomaly.Part]
	minds    view[*anomaly.Part]
	alike    view[uint32]
	stories  view[story]
	pairs    view[pair]
	rests    view[rest]

	pushed *lookup[pair, uint32]
	forms  *lookup[pair, uint64]
	form   []byte // Scratch.
}

func newParts(s *shelves) *parts {
	p := &parts{
		backends: view[backend]{shelf: s.backends}, programs: view[program]{shelf: s.programs},
		transits: view[transit]{shelf: s.transits}, queues: view[queue]{shelf: s.queues},
		stores: view[*anomaly.Part]{shelf: s.stores}, minds: view[*anomaly.Part]{shelf: s.minds}, alike: view[uint32]{shelf: s.alike},
		stories: view[story]{shelf: s.stories}, pairs: view[pair]{shelf: s.pairs}, rests: view[rest]{shelf: s.rests},
		pushed: s.pushed, forms: s.forms,
	}
	p.queues.put(nil, func() queue { return queue{deed: none} })
	p.stories.put(nil, func() story { return story{} })
	p.rests.put(nil, func() rest { return rest{} })
	return p
}

// push returns the queue with one more behind it.
func (p *parts) push(q, item uint32) uint32 {
	onto := pair{q, item}
	hash := onto.hash()
	if id := p.pushed.find(hash, &onto); id != nil {
		return *id
	}
	return *p.pushed.learn(hash, &onto, func() uint32 {
		longer := queue{head: item, deed: p.transits.part(item).deed, length: 1}
		if q != emptyQueue {
			shorter := *p.queues.part(q)
			longer = queue{shorter.head, p.push(shorter.rest, item), shorter.deed, shorter.length + 1}
		}
		return p.queues.put(onto.form(), func() queue { return longer })
	})
}

// number returns a number for a pair, that of no part.
func (p *parts) number(of pair) uint32 {
	return 1<<31 | p.pairs.put(of.form(), func() pair { return of })
}

// form is a pair as a shelf knows it.
func (p pair) form() []byte {
	return binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(nil, p.a), p.b)
}

// putTransit keeps one thing that is on its way in a world.
func (p *parts) putTransit(m *model, w *sim.World, t *sim.Transit) uint32 {
	p.form = w.AppendTransit(p.form[:0], t)
	return p.transits.put(p.form, func() transit {
		saved := *t
		return transit{&saved, m.scope.deedOf(t.Intent())}
	})
}

// putBackend keeps the server of a world.
func (p *parts) putBackend(m *model, w *sim.World) uint32 {
	p.form = w.AppendBackend(p.form[:0])
	return p.backends.put(p.form, func() backend {
		b := backend{saved: &sim.Backend{}, stalled: w.Stalled()}
		w.SaveBackend(b.saved)
		m.serverOffers(w, &b.offers)
		return b
	})
}

// putProgram keeps the program at a place of a state.
func (p *parts) putProgram(m *model, s *state, place int) uint32 {
	w := &s.world
	w.DropEarly(place)
	p.form = w.AppendProgram(p.form[:0], place, m.acts(s, place), m.scope.amends)
	return p.programs.put(p.form, func() program {
		c := program{saved: &sim.Program{}}
		w.SaveProgram(place, c.saved)
		m.programOffers(w, place, &c.offers)
		return c
	})
}

// putStores keeps what a checker remembers of log and rows.
func (p *parts) putStores(c *anomaly.Checker) uint32 {
	p.form = c.AppendPart(p.form[:0], 0)
	return p.stores.put(p.form, func() *anomaly.Part { return c.Save(0) })
}

// putMind keeps what a checker remembers of the person at a place.
func (p *parts) putMind(c *anomaly.Checker, place int) uint32 {
	p.form = c.AppendPart(append(p.form[:0], byte(place)), 1+place)
	return p.minds.put(p.form, func() *anomaly.Part { return c.Save(1 + place) })
}

// mindForm returns the hash of what the person's mind at a place will tell, beside
// these stores.
func (p *parts) mindForm(c *anomaly.Checker, place int, stores uint32) uint64 {
	p.form = append(binary.LittleEndian.AppendUint32(p.form[:0], stores), byte(place))
	p.form = c.AppendForm(p.form, 1+place)
	return p.alike.hash(p.form)
}

// settle returns, for a mind of that form, one that will tell the same beside these
// stores and this program: the same for all of them.
func (p *parts) settle(k mindKey, form uint64) uint32 {
	p.form = binary.LittleEndian.AppendUint32(p.form[:0], k.program)
	p.form = binary.LittleEndian.AppendUint64(p.form, form)
	return *p.alike.part(p.alike.put(p.form, func() uint32 { return k.mind }))
}

// putStory keeps what happened in a step, as far as a checker heeds it.
func (p *parts) putStory(c *anomaly.Checker, events []trace.Event) uint32 {
	p.form = p.form[:0]
	for i := range events {
		p.form = events[i].AppendBinary(p.form)
	}
	return p.stories.put(p.form, func() story {
		s := story{events: append([]trace.Event(nil), events...)}
		for i := range events {
			switch part := c.Heeds(&events[i]); {
			case part == anomaly.Everybody:
				s.whose = everybody
			case part > 0:
				s.whose |= 1 << (part - 1)
			}
		}
		return s
	})
}

package search

import (
	"optimist/shared/explore"
	"optimist/shared/sim"
	"optimist/shared/trace"
)

// noon is what the clock says in every state: a step that lets time pass moves
// all times back. It leaves room for all that was before.
const noon = 1 << 40

// workshop is a world that is put together of parts, to find out what a step
// makes of them.
type workshop struct {
	*mosaic
	state  state
	loaded []uint32      // The parts that the world has, as in a state's words; 0 and 1 more.
	handed int           // The word of the state from which something goes through its gate; none.
	events []trace.Event // Scratch.
}

func newWorkshop(m *mosaic) *workshop {
	w := &workshop{mosaic: m, loaded: make([]uint32, m.Words())}
	m.model.Root(&w.state)
	w.state.world.Shift(noon)
	return w
}

// root makes s the state in which everything begins.
func (w *workshop) root(s explore.State) {
	clear(s)
	w.forget()
	w.model.Root(&w.state)
	world := &w.state.world
	world.Shift(noon)
	s[w.backend] = w.parts.putBackend(w.model, world)
	for place, name := range w.model.scope.Script.Clients {
		at := w.client(place)
		s[at] = w.parts.putProgram(w.model, world, place)
		s[at+mindWord] = w.parts.putMemory(&w.state.checker, 1+place)
		for word := commandsWord; word < clientWords; word++ {
			for _, t := range world.Transits(nil, place, gates[word]) {
				s[at+word] = w.parts.push(s[at+word], w.parts.putTransit(w.model, &t))
			}
		}
		if world.IsCut(name) {
			s[linksAt] |= cutBit(place)
		}
	}
	s[w.stores] = w.parts.putMemory(&w.state.checker, 0)
}

// forget has every part be loaded anew.
func (w *workshop) forget() { clear(w.loaded) }

// load makes the world what from is, but for what is on its way.
func (w *workshop) load(from explore.State) {
	world := &w.state.world
	if id := from[w.backend]; w.loaded[w.backend] != id+1 {
		world.LoadBackend(w.parts.backends.part(id).saved)
		w.loaded[w.backend] = id + 1
	}
	for place := range w.model.deeds {
		at := w.client(place)
		if id := from[at]; w.loaded[at] != id+1 {
			world.LoadProgram(place, w.parts.programs.part(id).saved)
			w.loaded[at] = id + 1
		}
		world.SetCut(place, from[linksAt]&cutBit(place) != 0)
	}
	world.Empty()
	w.unpackDone(from)
	w.state.done, w.state.refused = w.done, 0
}

// try takes a step from there and returns what it makes of the parts, or that it
// wants more of them to be looked at than were.
func (w *workshop) try(from explore.State, st step, seen want) effect {
	w.load(from)
	w.handed = w.hand(from, st)
	world := &w.state.world
	m := w.model
	m.trace.Events = m.trace.Events[:0]
	world.Restart(&m.trace)
	happens := m.take(&w.state, st)
	if world.Armed() { // What is armed and did not strike is no fault.
		happens = false
		m.must(world.Do(sim.Action{Verb: sim.Disarm}))
	}
	world.Shift(noon - world.Now())
	reach := world.Reached()
	if wants := w.wants(st, reach); wants > seen {
		w.forget()
		return effect{wants: wants}
	}
	if !happens {
		w.forget()
		return effect{}
	}
	return w.effect(st, reach)
}

// hand puts before its gate what the step lets through, and returns in which word
// of the state that is; none if it is nothing.
func (w *workshop) hand(from explore.State, st step) int {
	switch st.verb {
	case handle:
		if w.parts.backends.part(from[w.backend]).offers.stands(st.of) {
			return none
		}
	case reply, feed:
	default:
		return none
	}
	place := w.placeOf(st)
	at := w.client(place) + wordOf(st.verb)
	w.state.world.PutTransit(place, w.parts.transits.part(w.parts.queues.part(from[at]).head).saved)
	return at
}

// wants returns on what a step depended beyond what is looked at in any case.
func (w *workshop) wants(st step, reach sim.Reach) want {
	mine := uint64(0)
	switch st.verb {
	case act, cut, reconnect, reply, feed:
		mine = 1 << w.placeOf(st)
	case handle, project, restart, pass:
		reach.Server = false // It is looked at in any case.
	}
	switch {
	case reach.Programs&^mine != 0:
		return everything
	case reach.Server:
		return server
	}
	return nothing
}

// effect returns what the step that was taken made of the state before it.
func (w *workshop) effect(st step, reach sim.Reach) effect {
	m, world := w.model, &w.state.world
	e := effect{happens: true, act: none, links: w.links()}
	if st.verb == act {
		e.act = st.of
	}
	switch st.verb {
	case handle, project, restart, pass:
		e.serves, e.backend = true, w.parts.putBackend(m, world)
		w.loaded[w.backend] = e.backend + 1
	case act, cut, reconnect, reply, feed:
	}
	for place := range m.deeds {
		if reach.Programs&(1<<place) != 0 {
			id := w.parts.putProgram(m, world, place)
			e.programs = append(e.programs, change{place, id})
			w.loaded[w.client(place)] = id + 1
		}
		for word := commandsWord; word < clientWords; word++ {
			if way := w.way(reach, place, word); way.clears || way.pops || len(way.pushes) > 0 {
				e.ways = append(e.ways, way)
			}
		}
	}
	e.marks, e.confirms = m.shown(&w.state)
	e.refused = w.state.refused
	e.story = w.parts.putStory(&w.state.checker, w.heeded())
	return e
}

// links returns who is cut off and whether the server is down.
func (w *workshop) links() uint32 {
	var links uint32
	if w.state.world.IsDown() {
		links = downBit
	}
	for place, name := range w.model.scope.Script.Clients {
		if w.state.world.IsCut(name) {
			links |= cutBit(place)
		}
	}
	return links
}

// way returns what the step that was taken made of a queue. All were empty, but
// for what it lets through.
func (w *workshop) way(reach sim.Reach, place, word int) way {
	way := way{word: w.client(place) + word}
	lost := reach.Lost&(1<<place) != 0
	way.clears = word == commandsWord && reach.Crashed || word != commandsWord && lost
	way.pops = way.word == w.handed
	for _, t := range w.state.world.Transits(nil, place, gates[word]) {
		way.pushes = append(way.pushes, w.parts.putTransit(w.model, &t))
	}
	return way
}

// heeded returns what happened as far as a checker heeds it. Steps are counted
// from 1.
func (w *workshop) heeded() []trace.Event {
	w.events = w.events[:0]
	last, n := 0, 0
	for _, e := range w.model.trace.Events {
		switch e.Kind {
		case trace.Quiet, trace.Waited, trace.Published, trace.Faulted:
			continue
		default:
		}
		if e.Step != last {
			last = e.Step
			n++
		}
		e.Step, e.At = n, 0
		w.events = append(w.events, e)
	}
	return w.events
}

// remember makes the checker what it is in s.
func (w *workshop) remember(s explore.State) {
	var memories [1 + maxClients]string
	memories[0] = *w.parts.memories.part(s[w.stores])
	n := 1
	for at := w.clients; at < len(s); at += clientWords {
		memories[n] = *w.parts.memories.part(s[at+mindWord])
		n++
	}
	w.state.checker.Restore(memories[:n])
}

// judge shows the checker what happened.
func (w *workshop) judge(from explore.State, k *verdictKey, whose uint64) *verdict {
	w.remember(from)
	s := &w.state
	s.refused = 0
	w.events = append(w.events[:0], w.parts.stories.part(k.story).events...)
	if k.quiet != loud {
		w.events = append(w.events, trace.Event{Kind: trace.Quiet, Step: 1, Stalled: k.quiet == stalled})
	}
	v := &verdict{marks: w.model.watch(s, w.events)}
	v.refused, v.stores = s.refused, w.parts.putMemory(&s.checker, 0)
	for place := range w.model.deeds {
		if whose&(1<<place) == 0 {
			continue
		}
		if id := w.parts.putMemory(&s.checker, 1+place); id != from[w.client(place)+mindWord] {
			v.minds = append(v.minds, change{place, id})
		}
	}
	return v
}

// mindKey returns by what the mind of a client is told from others in s.
func (w *workshop) mindKey(s explore.State, client int) uint64 {
	w.remember(s)
	w.parts.form = w.state.checker.AppendForm(w.parts.form[:0], 1+(client-w.clients)/clientWords)
	return explore.Fingerprint(w.parts.form)
}

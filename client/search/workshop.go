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
	state    state
	loaded   []uint32      // The parts that the world has, as in a state's words; 0 and 1 more.
	handed   int           // The word of the state from which something goes through its gate; none.
	draft                  // Of the outcome that is being found out.
	transits []sim.Transit // Scratch.
}

func newWorkshop(m *mosaic) *workshop {
	w := &workshop{mosaic: m, loaded: make([]uint32, m.Words())}
	w.begin()
	return w
}

// begin has everything begin.
func (w *workshop) begin() {
	w.model.Root(&w.state)
	w.state.world.Shift(noon)
	w.state.checker.Brief()
}

// root makes s the state in which everything begins.
func (w *workshop) root(s explore.State) {
	clear(s)
	w.begin()
	w.split(s)
}

// split makes the words of s those of the parts of which the workshop's world and
// checker are made.
func (w *workshop) split(s explore.State) {
	w.forget()
	world := &w.state.world
	s[linksAt] = w.links()
	s[w.backend] = w.parts.putBackend(w.model, world)
	for place := range w.model.deeds {
		at := w.client(place)
		s[at] = w.parts.putProgram(w.model, &w.state, place)
		for word := commandsWord; word < clientWords; word++ {
			for _, t := range world.Transits(nil, place, gates[word]) {
				s[at+word] = w.parts.push(s[at+word], w.parts.putTransit(w.model, world, &t))
			}
		}
	}
	s[w.stores] = w.parts.putStores(&w.state.checker)
	for place := range w.model.deeds {
		s[w.client(place)+mindWord] = w.parts.putMind(&w.state.checker, place)
	}
	for place := range w.model.deeds {
		s[w.client(place)+mindWord] = w.settled(s, place)
	}
}

// forget has every part be loaded anew.
func (w *workshop) forget() { clear(w.loaded) }

// load makes the world what from is, but for its links and what is on its way.
// For a step that is one client's own, that client's program is enough, and
// whether the server is there, unless it wants more to be looked at: the rest may
// be any.
func (w *workshop) load(from explore.State, st step, links uint32, seen want) {
	world, own, down := &w.state.world, w.own(st), links&downBit != 0
	if id := from[w.backend]; w.loaded[w.backend] != id+1 && (own == none || seen != nothing || world.IsDown() != down) {
		world.LoadBackend(w.parts.backends.part(id).saved)
		w.loaded[w.backend] = id + 1
	}
	for place := range w.model.deeds {
		at := w.client(place)
		if id := from[at]; w.loaded[at] != id+1 && (own == none || own == place || seen == everything) {
			world.LoadProgram(place, w.parts.programs.part(id).saved)
			w.loaded[at] = id + 1
		}
		world.SetCut(place, links&cutBit(place) != 0)
	}
	world.Empty()
	w.unpackDone(from)
	w.state.done, w.state.refused = w.done, 0
}

// try takes a step from there and returns what it makes of the parts, or that it
// wants more of them to be looked at than were.
func (w *workshop) try(from explore.State, k *stepKey, seen want) effect {
	st := stepOf(k.action)
	w.load(from, st, k.links, seen)
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
		return effect{outcome: outcome{wants: wants}}
	}
	if !happens {
		w.forget()
		return effect{}
	}
	return w.effect(st, k.links, reach)
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
	if own := w.own(st); own != none {
		mine = 1 << own
	} else {
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

// effect returns what the step that was taken made of the state before it, of
// which the links were these as far as they matter.
func (w *workshop) effect(st step, before uint32, reach sim.Reach) effect {
	m, world := w.model, &w.state.world
	w.draft = draft{changes: w.draft.changes[:0], is: happens}
	if links := w.links(); links != before {
		w.note(linksAt, adds, links-before)
		w.is |= tallies
	}
	if _, yes := m.scope.echo(st); yes {
		w.is |= echoes
	}
	switch st.verb {
	case act:
		w.note(doneAt+st.of/4, adds, 1<<(st.of%4*8))
	case handle, project, restart, pass:
		w.keep(w.backend, w.parts.putBackend(m, world))
	case cut, reconnect, reply, feed:
	}
	for place := range m.deeds {
		if reach.Programs&(1<<place) != 0 {
			id := w.parts.putProgram(m, &w.state, place)
			w.keep(w.client(place)+programWord, id)
			if w.parts.programs.part(id).offers.Queued > 0 {
				w.is |= tallies
			}
		}
		for word := commandsWord; word < clientWords; word++ {
			w.way(reach, place, word)
		}
	}
	marks, confirmed := m.shown(&w.state)
	if w.marks = marks; confirmed {
		w.is |= confirms | tallies
	}
	w.refuse(w.state.refused)
	story := w.parts.putStory(&w.state.checker, w.heeded())
	return effect{w.parts.putOutcome(&w.draft), story}
}

// keep notes that a word becomes the part that the world has now.
func (w *workshop) keep(word int, part uint32) {
	w.note(word, sets, part)
	w.loaded[word] = part + 1
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

// way notes what the step that was taken made of a queue. All were empty, but for
// what it lets through.
func (w *workshop) way(reach sim.Reach, place, word int) {
	at, lost := w.client(place)+word, reach.Lost&(1<<place) != 0
	switch {
	case word == commandsWord && reach.Crashed, word != commandsWord && lost:
		w.note(at, sets, emptyQueue)
	case at == w.handed:
		w.note(at, pops, 0)
	}
	w.transits = w.state.world.Transits(w.transits[:0], place, gates[word])
	for i := range w.transits {
		w.note(at, pushes, w.parts.putTransit(w.model, &w.state.world, &w.transits[i]))
	}
	if word == messagesWord && len(w.transits) > 0 {
		w.is |= tells
	}
}

// heeded returns what happened as far as a checker heeds it, in the place of what
// was recorded. Steps are counted from 1.
func (w *workshop) heeded() []trace.Event {
	events := w.model.trace.Events
	kept := events[:0]
	last, n := 0, 0
	for i := range events {
		e := &events[i]
		switch e.Kind {
		case trace.Quiet, trace.Waited, trace.Published, trace.Faulted, trace.Crashed, trace.Restarted:
			continue
		default:
		}
		if e.Step != last {
			last = e.Step
			n++
		}
		e.Step, e.At = n, 0
		kept = append(kept, *e)
	}
	return kept
}

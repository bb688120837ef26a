package search

import (
	"math/bits"

	"optimist/shared/explore"
	"optimist/shared/sim"
)

// outlook is all that the choice of steps looks at.
type outlook struct {
	down    bool // The server is.
	server  *serverOffers
	clients []clientOutlook // As in the script.
}

// clientOutlook is what can go on at one client.
type clientOutlook struct {
	*programOffers
	cut     bool
	command int  // Whose command is the oldest at the server; none.
	reply   int  // Whose answer is the oldest that is on its way; none.
	message bool // Something of the feed is on its way.
}

// none is no deed.
const none = -1

// serverOffers is what a server offers by itself.
type serverOffers struct {
	appends   []int  // Whose events stand before the log.
	unsettled uint64 // The deeds whose change the log or the rows have and the other has not.
	events    int    // How many the projector can take.
	batch     bool   // One can be committed.
	ticks     bool   // A time is waited for, heartbeats apart.
	watermark uint64
}

// programOffers is what a client's program offers by itself.
type programOffers struct {
	sim.Facts
	pending uint64 // The deeds that are, as it believes.
	can     uint64 // Those that its screen lets its person do.
}

// serverOffers fills o for the server of w.
func (m *model) serverOffers(w *sim.World, o *serverOffers) {
	*o = serverOffers{appends: o.appends[:0], ticks: w.Ticks(), watermark: w.Watermark()}
	m.intents = w.AppendUnsettled(m.intents[:0])
	o.unsettled = m.scope.deedsOf(m.intents)
	m.waiting = w.AppendWaiting(m.waiting[:0], sim.AppendGate)
	for i := range m.waiting {
		o.appends = append(o.appends, m.scope.deedOf(m.waiting[i].Intent))
	}
	m.waiting = w.AppendWaiting(m.waiting[:0], sim.EventGate)
	for i := range m.waiting {
		o.events += int(m.waiting[i].To - m.waiting[i].From + 1)
	}
	m.waiting = w.AppendWaiting(m.waiting[:0], sim.CommitGate)
	o.batch = len(m.waiting) > 0
}

// programOffers fills o for the client at a place of w.
func (m *model) programOffers(w *sim.World, place int, o *programOffers) {
	m.intents = w.AppendPending(m.intents[:0], place)
	*o = programOffers{Facts: w.Facts(place), pending: m.scope.deedsOf(m.intents)}
	for _, at := range m.deeds[place] {
		a := &m.scope.deeds[at].action
		shown, tray := w.Shows(a.Client, m.record(w, at))
		can := true
		switch a.Verb {
		case sim.Edit, sim.Delete, sim.Undo:
			can = shown
		case sim.Retry, sim.Dismiss:
			can = tray
		default:
		}
		if can {
			o.can |= 1 << at
		}
	}
}

// look returns the outlook of a world.
func (m *model) look(w *sim.World) *outlook {
	o := &m.outlook
	o.down = w.IsDown()
	if o.server == nil {
		o.server = &serverOffers{}
	}
	m.serverOffers(w, o.server)
	o.clients = o.clients[:0]
	for place, name := range m.scope.Script.Clients {
		c := clientOutlook{
			programOffers: &programOffers{}, cut: w.IsCut(name), command: m.first(w, place, sim.CommandGate), reply: m.first(w, place, sim.ReplyGate),
		}
		m.transits = w.Transits(m.transits[:0], place, sim.FeedGate)
		c.message = len(m.transits) > 0
		m.programOffers(w, place, c.programOffers)
		o.clients = append(o.clients, c)
	}
	return o
}

// first returns whose is the first that waits for a client before a gate, or
// none.
func (m *model) first(w *sim.World, place int, g sim.Gate) int {
	m.transits = w.Transits(m.transits[:0], place, g)
	if len(m.transits) == 0 {
		return none
	}
	return m.scope.deedOf(m.transits[0].Intent())
}

// Actions appends what can happen in s, always in the same order: faults last.
func (m *model) Actions(s *state, out []explore.Action) []explore.Action {
	o := m.look(&s.world)
	return m.actions(o, &s.done, true, m.actions(o, &s.done, false, out))
}

// actions appends what can happen: what persons do, then every step of the system;
// or only faults. Time passes only when nothing of the system can move.
func (m *model) actions(o *outlook, done *[maxClients]uint8, faults bool, out []explore.Action) []explore.Action {
	m.steps = o.system(m.steps[:0])
	if len(m.steps) == 0 && o.ticks() {
		m.steps = append(m.steps, step{verb: pass})
	}
	if faults {
		return m.faults(o, m.steps, out)
	}
	out = m.persons(o, done, out)
	for _, st := range m.steps {
		out = append(out, st.code())
	}
	return out
}

// persons appends what each person may do next: change what the screen shows,
// unless too much is under way.
func (m *model) persons(o *outlook, done *[maxClients]uint8, out []explore.Action) []explore.Action {
	underWay := o.server.unsettled
	for i := range o.clients {
		underWay |= o.clients[i].pending
	}
	if bits.OnesCount64(underWay) >= m.scope.Window {
		return out
	}
	for c := range m.deeds {
		if n := int(done[c]); n < len(m.deeds[c]) && o.clients[c].can&(1<<m.deeds[c][n]) != 0 {
			out = append(out, step{verb: act, of: c}.code())
		}
	}
	return out
}

// system appends every step of the system, and what mends the environment.
func (o *outlook) system(out []step) []step {
	out = o.commands(out)
	for n := range o.server.events {
		out = append(out, step{verb: project, of: n + 1})
	}
	if o.server.batch {
		out = append(out, step{verb: project})
	}
	for i := range o.clients {
		if of := o.clients[i].reply; of != none {
			out = append(out, step{verb: reply, of: of})
		}
	}
	for c := range o.clients {
		if o.clients[c].message {
			out = append(out, step{verb: feed, of: c})
		}
	}
	for c := range o.clients {
		if o.clients[c].cut {
			out = append(out, step{verb: reconnect, of: c})
		}
	}
	if o.down {
		out = append(out, step{verb: restart})
	}
	return out
}

// commands appends the handling of each client's oldest command and of all that
// stands before the log.
func (o *outlook) commands(out []step) []step {
	for _, of := range o.server.appends {
		out = append(out, step{verb: handle, of: of})
	}
	for i := range o.clients {
		if of := o.clients[i].command; of != none && !o.server.stands(of) {
			out = append(out, step{verb: handle, of: of})
		}
	}
	return out
}

// stands reports whether the event of a deed stands before the log.
func (o *serverOffers) stands(deed int) bool {
	for _, of := range o.appends {
		if of == deed {
			return true
		}
	}
	return false
}

// ticks reports whether anything waits for a time: a heartbeat only if somebody
// would learn of it.
func (o *outlook) ticks() bool {
	ticks := o.server.ticks
	for i := range o.clients {
		c := &o.clients[i]
		ticks = ticks || c.Ticks || !o.down && !c.cut && !c.message && c.To < o.server.watermark
	}
	return ticks
}

// faults appends each fault at each step that it can strike, and the loss of
// each connection. Which of them do strike is known once the step is taken.
func (m *model) faults(o *outlook, steps []step, out []explore.Action) []explore.Action {
	for i := range m.scope.Strikes {
		k := &m.scope.Strikes[i]
		if k.Name == disconnect {
			for c := range o.clients {
				if !o.clients[c].cut {
					out = append(out, step{verb: cut, of: c}.code())
				}
			}
			continue
		}
		for _, st := range steps {
			if strikesAt(k, st.verb) {
				st.strike = i + 1
				out = append(out, st.code())
			}
		}
	}
	return out
}

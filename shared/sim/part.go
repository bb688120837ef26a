package sim

import (
	"optimist/shared/decide"
	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/trace"
)

// A world is made of parts: its server with rows and log, each client's program,
// and what is on its way between them. Most steps look at few of them: whoever
// walks many worlds keeps each part once, and what became of it.
//
// The parts of a world are its Backend, a Program for each client, the Transits
// at the gates, which clients are cut off, and what is armed. Parts of worlds
// with the same clients and strategy, at one time, make a world. A part is told
// from others by what it needs of its past: see AppendBackend, AppendProgram and
// AppendTransit.

// Backend is the server with its rows and the log, at one moment. The zero
// Backend is ready for Save.
type Backend struct {
	log    []event.Event
	server server
}

// SaveBackend makes b the server of w.
func (w *World) SaveBackend(b *Backend) {
	b.log = append(b.log[:0], w.log...)
	b.server.copyFrom(&w.server, decide.Config{}) // It never steps.
}

// LoadBackend makes the server of w what b is.
func (w *World) LoadBackend(b *Backend) {
	w.log, w.logForm, w.formed = append(w.log[:0], b.log...), w.logForm[:0], 0
	w.server.copyFrom(&b.server, w.coreConfig())
}

// Program is one client's program at one moment, and what its person is
// remembered to have done. Its outbox is no part of it: that is read by who starts
// again only. The zero Program is ready for Save.
type Program struct{ client client }

// DropEarly has the program at a place drop the messages that it holds until a
// resync comes in. Here, what waits for a client comes in its order, so that the
// resync tells all that they do.
func (w *World) DropEarly(place int) {
	c := w.clients[place]
	c.replica.DropEarly()
	c.form.fresh = false
}

// SaveProgram makes p the program of the client at a place.
func (w *World) SaveProgram(place int, p *Program) {
	c := w.clients[place]
	p.client.copyProgram(c)
	p.client.rendered = append(p.client.rendered[:0], c.rendered...)
}

// LoadProgram makes the program of the client at a place what p is, and what was
// recorded of its screen.
func (w *World) LoadProgram(place int, p *Program) {
	c := w.clients[place]
	c.copyProgram(&p.client)
	c.outbox = c.outbox[:0]
	c.rendered = append(c.rendered[:0], p.client.rendered...)
}

// Facts is what can be told of a program without looking into it.
type Facts struct {
	Confirmed int    // Intents that are, as it believes.
	Queued    int    // Those of the pending that it keeps back.
	To        uint64 // How far it has read.
	Ticks     bool   // It waits for a time.
}

// Facts returns those of the client at a place.
func (w *World) Facts(place int) Facts {
	c := w.clients[place]
	f := Facts{Confirmed: c.confirmed(), Queued: c.queued(), To: c.replica.Position().To}
	_, f.Ticks = c.timer()
	return f
}

// AppendPending appends the intents that are pending, as the client at a place
// believes.
func (w *World) AppendPending(out []string, place int) []string {
	intents := w.clients[place].beliefs.intents
	for i := range intents {
		if s := &intents[i]; !s.Withdrawn && (s.Phase == reconcile.Writing || s.Phase.Pending()) {
			out = append(out, s.ID)
		}
	}
	return out
}

// AppendUnsettled appends the intents, some more than once, whose change the log
// or the rows have and the other has not.
func (w *World) AppendUnsettled(out []string) []string {
	for i := range w.server.appends {
		out = append(out, w.server.appends[i].intent)
	}
	for i := range w.server.outbox {
		out = append(out, w.server.outbox[i].Ref.Command)
	}
	for i := w.server.rows.To; i < uint64(len(w.log)); i++ {
		if ev := &w.log[i]; ev.Kind.Changes() {
			out = append(out, ev.Ref.Command)
		}
	}
	return out
}

// Watermark returns up to where the feed has told.
func (w *World) Watermark() uint64 { return w.server.watermark }

// Ticks reports whether the server waits for a time, heartbeats apart.
func (w *World) Ticks() bool { return w.server.next(false, w.now) != never }

// Stalled reports whether a fault holds the projector.
func (w *World) Stalled() bool { return w.server.projector.stalled != 0 }

// SetCut has the client at a place be cut off by the script, or not. Nobody is
// told: it is a part that is put in its place.
func (w *World) SetCut(place int, cut bool) { w.clients[place].cut = cut }

// Transit is one thing on its way between a client and the server.
type Transit struct {
	Gate   Gate // Before which it waits: CommandGate, ReplyGate or FeedGate.
	letter letter
	reply  protocol.Reply
	parcel parcel
}

// Intent returns whose command or answer it is, or "".
func (t *Transit) Intent() string {
	switch t.Gate {
	case CommandGate:
		return t.letter.command.Command
	case ReplyGate:
		return t.reply.Command
	default:
		return ""
	}
}

// Transits appends what waits for or from the client at a place before a gate,
// the oldest first.
func (w *World) Transits(out []Transit, place int, g Gate) []Transit {
	c := w.clients[place]
	switch g {
	case CommandGate:
		for i := range c.commands {
			out = append(out, Transit{Gate: g, letter: c.commands[i]})
		}
	case ReplyGate:
		for i := range c.replies {
			out = append(out, Transit{Gate: g, reply: c.replies[i]})
		}
	case FeedGate:
		for i := range c.parcels {
			out = append(out, Transit{Gate: g, parcel: c.parcels[i]})
		}
	default:
	}
	return out
}

// PutTransit puts t behind all that waits at its gate for or from the client at
// a place.
func (w *World) PutTransit(place int, t *Transit) {
	c := w.clients[place]
	switch t.Gate {
	case CommandGate:
		c.commands = append(c.commands, t.letter)
	case ReplyGate:
		c.replies = append(c.replies, t.reply)
	default:
		c.parcels = append(c.parcels, t.parcel)
	}
}

// OnTheirWay returns how many messages of the feed are on their way to the client
// at a place.
func (w *World) OnTheirWay(place int) int { return len(w.clients[place].parcels) }

// Empty removes all that is on its way.
func (w *World) Empty() {
	for _, c := range w.clients {
		c.commands, c.replies, c.parcels = c.commands[:0], c.replies[:0], c.parcels[:0]
	}
}

// Reach is which parts steps had to do with beyond what their actions name. All
// of them look at who is cut off and whether the server runs, and those through
// the gates before the server at the Backend.
type Reach struct {
	Programs uint64 // By place, those that took something in: no other has changed.
	Lost     uint64 // By place, for whom all answers and messages on their way were lost.
	Server   bool   // Somebody asked the server past all gates, which only told.
	Crashed  bool   // The server did: all commands were lost.
}

// Reached returns how far the steps since Restart reached.
func (w *World) Reached() Reach { return w.reach }

// Restart has what follows be recorded into t as from step 1, and Reached begin
// anew.
func (w *World) Restart(t *trace.Trace) { w.trace, w.step, w.reach = t, 0, Reach{} }

// Shift moves the clock, and all that was or will be, by so many milliseconds.
func (w *World) Shift(by int64) {
	if by == 0 {
		return
	}
	w.now += by
	s := &w.server
	s.core.Shift(by)
	s.beat += by
	s.projector.retryAt += by
	for i := range s.appends {
		s.appends[i].due += by
	}
	for i := range s.late {
		s.late[i].due += by
	}
	for _, c := range w.clients {
		c.replica.Shift(by)
		for i := range c.outbox {
			c.outbox[i].Shift(by)
		}
	}
}

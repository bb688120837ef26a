package live

import (
	"slices"

	"optimist/shared/sim"
)

// look puts together everything that can be seen.
func (w *World) look() *sim.State {
	s := &sim.State{
		Now: w.now, Log: slices.Clone(w.log), Rows: w.server.Rows, Fates: w.server.Fates,
		Checkpoint: w.server.Checkpoint, Watermark: w.server.Watermark,
		ServerDown: w.down, Stalled: w.server.Stalled, Retrying: w.server.Retrying,
	}
	for _, c := range w.clients {
		s.Clients = append(s.Clients, w.lookAt(c))
	}
	for _, g := range sim.Gates {
		s.Waiting = w.appendWaiting(s.Waiting, g)
	}
	return s
}

// lookAt returns what one person sees.
func (w *World) lookAt(c *client) sim.ClientState {
	s := sim.ClientState{Name: c.name, Cut: c.cut, Down: c.down}
	if c.down {
		return s
	}
	s.Online, s.To, s.Records = c.linked, c.last.To, c.last.Records
	s.Intents = slices.Clone(c.beliefs.Intents())
	return s
}

// appendWaiting appends what waits at a gate: where it waits by client, in the
// order in which those joined.
func (w *World) appendWaiting(out []sim.Waiting, g sim.Gate) []sim.Waiting {
	switch g {
	case sim.EventGate, sim.CommitGate:
		return append(out, w.atServer(g, "")...)
	case sim.CommandGate, sim.AppendGate:
		for _, c := range w.clients {
			out = append(out, w.atServer(g, c.name)...)
		}
	case sim.ReplyGate:
		for _, c := range w.clients {
			for _, p := range c.waiting().Answers {
				out = append(out, sim.Waiting{Gate: g, Client: c.name, Intent: p.Command})
			}
		}
	case sim.FeedGate:
		for _, c := range w.clients {
			for _, p := range c.waiting().Feeds {
				out = append(out, sim.Waiting{Gate: g, Client: c.name, From: p.From, To: p.To, Resync: p.Resync})
			}
		}
	}
	return out
}

// atServer returns what waits at a gate of the server, of one client if it is by
// client there.
func (w *World) atServer(g sim.Gate, client string) []sim.Waiting {
	var list []sim.Waiting
	for _, x := range w.server.Waiting {
		if x.Gate == g && x.Client == client {
			list = append(list, x)
		}
	}
	return list
}

// waiting returns c's last answer, or an empty one if it is down: what waited is
// lost then.
func (c *client) waiting() *seatAnswer {
	if c.down {
		return &seatAnswer{}
	}
	return &c.last
}

// Mail returns what waits to reach each client, word for word.
func (w *World) Mail() []sim.Mail {
	var all []sim.Mail
	for _, c := range w.clients {
		m := sim.Mail{Client: c.name}
		for _, p := range c.waiting().Answers {
			m.Replies = append(m.Replies, *p.Reply)
		}
		for _, p := range c.waiting().Feeds {
			if p.Resync {
				m.Messages = append(m.Messages, sim.Message{Resync: true, Sync: *p.Sync})
			} else {
				m.Messages = append(m.Messages, sim.Message{Feed: *p.Feed})
			}
		}
		all = append(all, m)
	}
	return all
}

package sim

import "fmt"

// Waiting returns what could pass the gate now, in the order in which a world
// that settles lets it.
func (w *World) Waiting(g Gate) []Waiting { return w.appendWaiting(nil, g) }

// AppendWaiting is Waiting into memory that is there.
func (w *World) AppendWaiting(out []Waiting, g Gate) []Waiting { return w.appendWaiting(out, g) }

// moves reports whether anything could pass any gate.
func (w *World) moves() bool {
	for _, c := range w.clients {
		if len(c.commands)+len(c.replies)+len(c.parcels) > 0 {
			return true
		}
	}
	for i := range w.server.appends {
		if w.server.appends[i].due <= w.now {
			return true
		}
	}
	return w.projectable() > 0 || !w.server.down && w.server.projector.to != 0
}

func (w *World) appendWaiting(out []Waiting, g Gate) []Waiting {
	switch g {
	case CommandGate:
		for _, c := range w.clients {
			for i := range c.commands {
				out = append(out, Waiting{Gate: g, Client: c.name, Intent: c.commands[i].command.Command})
			}
		}
	case AppendGate:
		out = w.waitingAppends(out)
	case EventGate:
		if n := w.projectable(); n > 0 {
			taken := w.server.projector.taken
			out = append(out, Waiting{Gate: g, From: taken + 1, To: taken + n})
		}
	case CommitGate:
		if p := &w.server.projector; p.to != 0 && !w.server.down {
			out = append(out, Waiting{Gate: g, From: p.from, To: p.to})
		}
	case ReplyGate:
		for _, c := range w.clients {
			for i := range c.replies {
				out = append(out, Waiting{Gate: g, Client: c.name, Intent: c.replies[i].Command})
			}
		}
	case FeedGate:
		for _, c := range w.clients {
			for i := range c.parcels {
				out = append(out, c.parcels[i].waiting(c.name))
			}
		}
	default:
		panic(fmt.Sprintf("sim: unknown gate %d", g))
	}
	return out
}

func (p *parcel) waiting(client string) Waiting {
	if p.resync {
		return Waiting{Gate: FeedGate, Client: client, To: p.sync.To, Resync: true}
	}
	return Waiting{Gate: FeedGate, Client: client, From: p.feed.From, To: p.feed.To}
}

// waitingAppends lists what is due at the AppendGate by client and age.
func (w *World) waitingAppends(out []Waiting) []Waiting {
	for _, c := range w.clients {
		for i := range w.server.appends {
			a := &w.server.appends[i]
			if a.due <= w.now && a.client == c.name {
				out = append(out, Waiting{Gate: AppendGate, Client: c.name, Intent: a.intent})
			}
		}
	}
	return out
}

// projectable returns how many events the projector could take now.
func (w *World) projectable() uint64 {
	p := &w.server.projector
	if w.server.down || p.to != 0 || p.stalled != 0 || p.retrying != 0 {
		return 0
	}
	return uint64(len(w.log)) - p.taken
}

// Enabled appends every action that the system and the environment can take
// now, always in the same order: that of Verb, from Handle on and then from
// Disconnect on, clients in the order they joined. What persons do, joining and
// arming is the driver's choice.
func (w *World) Enabled(out []Action) []Action {
	out = w.enabledSystem(out)
	for _, c := range w.clients {
		if c.cut {
			out = append(out, Action{Verb: Reconnect, Client: c.name})
		} else {
			out = append(out, Action{Verb: Disconnect, Client: c.name})
		}
		if c.down {
			out = append(out, Action{Verb: RestartClient, Client: c.name})
		} else {
			out = append(out, Action{Verb: CrashClient, Client: c.name})
		}
	}
	if w.server.down {
		out = append(out, Action{Verb: RestartServer})
	} else {
		out = append(out, Action{Verb: CrashServer})
	}
	if w.plan.Len() > 0 {
		out = append(out, Action{Verb: Disarm})
	}
	if at, ok := w.Next(); ok {
		out = append(out, Action{Verb: Advance, For: max(at-w.now, 0)})
	}
	return out
}

// enabledSystem appends every permit that can be given now.
func (w *World) enabledSystem(out []Action) []Action {
	for _, c := range w.clients {
		if len(c.commands) > 0 {
			out = append(out, Action{Verb: Handle, Client: c.name})
		}
	}
	for _, c := range w.clients {
		for i := range w.server.appends {
			if a := &w.server.appends[i]; a.due <= w.now && a.client == c.name {
				out = append(out, Action{Verb: Append, Client: c.name, Intent: a.intent})
			}
		}
	}
	for n := range w.projectable() {
		out = append(out, Action{Verb: Project, N: int(n) + 1})
	}
	if !w.server.down && w.server.projector.to != 0 {
		out = append(out, Action{Verb: Commit})
	}
	for _, c := range w.clients {
		if len(c.replies) > 0 {
			out = append(out, Action{Verb: DeliverReply, Client: c.name})
		}
	}
	for _, c := range w.clients {
		if len(c.parcels) > 0 {
			out = append(out, Action{Verb: DeliverFeed, Client: c.name})
		}
	}
	return out
}

// Permit returns the next permit by which a world settles: the first thing at
// the first gate that has one, or false if nothing can move.
func (w *World) Permit() (Action, bool) {
	for _, g := range Gates {
		if list := w.Waiting(g); len(list) > 0 {
			return list[0].Permit(), true
		}
	}
	return Action{}, false
}

// Permit returns the action that lets one thing through its gate: of events, one.
func (x Waiting) Permit() Action {
	switch x.Gate {
	case CommandGate:
		return Action{Verb: Handle, Client: x.Client}
	case AppendGate:
		return Action{Verb: Append, Client: x.Client, Intent: x.Intent}
	case EventGate:
		return Action{Verb: Project, N: 1}
	case CommitGate:
		return Action{Verb: Commit}
	case ReplyGate:
		return Action{Verb: DeliverReply, Client: x.Client}
	case FeedGate:
		return Action{Verb: DeliverFeed, Client: x.Client}
	}
	panic(fmt.Sprintf("sim: unknown gate %d", x.Gate))
}

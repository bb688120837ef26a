package sim

import (
	"fmt"

	"optimist/shared/reconcile"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// join adds a client, which connects and has loaded all there is when the step
// ends, if the server runs.
func (w *World) join(name string) error {
	if w.client(name) != nil {
		return fmt.Errorf("a client %q is here already", name)
	}
	if err := user.ValidateID(name); err != nil {
		return err
	}
	c := &client{name: name, place: uint(len(w.clients))}
	w.clients = append(w.clients, c)
	w.joined(c)
	w.boot(c)
	for len(c.parcels) > 0 {
		if err := w.deliverFeed(name); err != nil {
			return err
		}
	}
	return nil
}

// move carries out what the environment does to a client.
func (w *World) move(a *Action) error {
	c := w.client(a.Client)
	if c == nil {
		return fmt.Errorf("no client %q", a.Client)
	}
	c.stir()
	switch {
	case a.Verb == Disconnect && !c.cut:
		w.disconnect(c)
	case a.Verb == Reconnect && c.cut:
		c.cut = false
		if w.online(c) {
			w.connect(c)
		}
	case a.Verb == CrashClient && !c.down:
		w.crashClient(c)
	case a.Verb == RestartClient && c.down:
		c.down = false
		w.note(trace.Event{Kind: trace.Restarted, Actor: c.name})
		w.boot(c)
	default:
		return fmt.Errorf("%w: %s is not in the state for that", ErrIdle, c.name)
	}
	return nil
}

// boot starts a client's program: it takes back what its outbox kept and
// connects, if it can.
func (w *World) boot(c *client) {
	c.base.Clear()
	c.replica = reconcile.New(c.name, &c.base)
	c.boot = true
	w.input(c, reconcile.Input{Kind: reconcile.Follow, Strategy: w.text})
	// What is restored may be stored again, but in the same order.
	for i := range c.outbox {
		m := c.outbox[i]
		w.input(c, reconcile.Input{Kind: reconcile.Restore, Mutation: &m})
	}
	c.boot = false
	w.believe(c)
	if w.online(c) {
		w.connect(c)
	}
}

// connect tells a client that it reaches the server.
func (w *World) connect(c *client) {
	w.note(trace.Event{Kind: trace.Reconnected, Actor: c.name, Client: c.name})
	w.input(c, reconcile.Input{Kind: reconcile.Connected})
}

// disconnect cuts a client off by the script. What is at the server already
// stays there.
func (w *World) disconnect(c *client) {
	was := w.online(c)
	c.cut = true
	if was {
		w.lose(c)
	}
}

// lose tells a client that it no longer reaches the server; what was on the way
// to it is gone.
func (w *World) lose(c *client) {
	c.replies, c.parcels = c.replies[:0], c.parcels[:0]
	w.reach.Lost |= 1 << c.place
	w.note(trace.Event{Kind: trace.Disconnected, Actor: c.name, Client: c.name})
	w.input(c, reconcile.Input{Kind: reconcile.Disconnected})
}

// crashClient ends a client's program: its memory is lost, not its outbox.
func (w *World) crashClient(c *client) {
	c.down = true
	c.life++
	c.replies, c.parcels = c.replies[:0], c.parcels[:0]
	w.reach.Programs |= 1 << c.place
	w.reach.Lost |= 1 << c.place
	c.base.Clear()
	w.note(trace.Event{Kind: trace.Crashed, Actor: c.name})
}

// deliverReply hands the oldest answer to a client.
func (w *World) deliverReply(name string) error {
	c := w.client(name)
	if c == nil || len(c.replies) == 0 {
		return fmt.Errorf("%w: no answer waits for %s", ErrIdle, name)
	}
	r := c.replies[0]
	c.replies = pop(c.replies)
	w.answered(c, &r)
	w.input(c, reconcile.Input{Kind: reconcile.Answered, Reply: r})
	return nil
}

// deliverFeed hands the oldest feed message or resync to a client.
func (w *World) deliverFeed(name string) error {
	c := w.client(name)
	if c == nil || len(c.parcels) == 0 {
		return fmt.Errorf("%w: no feed message waits for %s", ErrIdle, name)
	}
	p := &c.parcel
	*p = c.parcels[0]
	c.parcels = pop(c.parcels)
	if p.resync {
		w.input(c, reconcile.Input{Kind: reconcile.Synced, Sync: &p.sync})
	} else {
		w.input(c, reconcile.Input{Kind: reconcile.Fed, Feed: &p.feed})
	}
	return nil
}

// post puts a feed message before c.
func (c *client) post(p parcel) { c.parcels = append(c.parcels, p) }

// pop removes the first of a queue and keeps its memory.
func pop[T any](queue []T) []T {
	copy(queue, queue[1:])
	return queue[:len(queue)-1]
}

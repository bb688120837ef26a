package sim

import (
	"fmt"

	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// client is one person's program: its replica, its outbox, what it believes of
// each intent, and the queues between it and the server.
type client struct {
	name    string
	place   uint // Among those who joined.
	replica *reconcile.Replica
	base    shelf
	outbox  []reconcile.Mutation // In the order first stored; survives a crash.
	beliefs Beliefs              // The script's memory, not the program's.

	cut  bool   // The script disconnected it.
	down bool   // It crashed.
	boot bool   // It starts: its replica does not have all of its outbox yet.
	life uint32 // Counts its restarts: answers to an earlier life are lost.

	commands []letter         // At the CommandGate.
	replies  []protocol.Reply // At the ReplyGate.
	parcels  []parcel         // At the FeedGate.

	form     form
	stirred  bool               // In this step.
	rendered []sight            // What the trace says the screen shows; only while recording.
	before   []sight            // Scratch,
	parcel   parcel             // as is this: what was delivered,
	effects  []reconcile.Effect // and this,
	view     reconcile.View     // and this,
	ids      []string           // and this.
}

// letter is a command on its way to the server.
type letter struct {
	command  user.Command
	strategy string
	life     uint32
}

// parcel is a feed message, or the answer to a resync. The slices in it are
// shared by all that hold it, and nobody changes them.
type parcel struct {
	resync bool
	feed   protocol.Feed
	sync   protocol.Sync
}

// online reports whether c and the server can reach each other.
func (w *World) online(c *client) bool { return !c.cut && !c.down && !w.server.down }

// stir notes that c may have changed.
func (c *client) stir() { c.form.fresh, c.stirred = false, true }

// input has c's replica take in, and carries out what it asks for.
func (w *World) input(c *client, in reconcile.Input) {
	c.stir()
	w.reach.Programs |= 1 << c.place
	in.At = w.now
	c.base.taken = c.base.taken[:0]
	c.effects = c.replica.Step(in, c.effects[:0])
	w.based(c)
	for i := 0; i < len(c.effects); i++ {
		w.carryOut(c, i)
	}
	w.believe(c)
}

// carryOut does what the effect at i asks for. What the replica answers comes
// behind it, as it would over a queue.
func (w *World) carryOut(c *client, i int) {
	e := &c.effects[i]
	switch e.Kind {
	case reconcile.Store:
		c.store(&e.Mutation)
		if e.Mutation.Phase == reconcile.Writing {
			w.acted(c, &e.Mutation)
			stored := reconcile.Input{Kind: reconcile.Stored, At: w.now, ID: e.ID}
			c.effects = c.replica.Step(stored, c.effects)
		}
	case reconcile.Forget:
		c.forget(e.ID)
	case reconcile.Send:
		w.sent(c, &e.Mutation)
		c.commands = append(c.commands, letter{
			command: e.Mutation.Command(c.name), strategy: e.Mutation.Strategy,
			life: c.life,
		})
	case reconcile.Poll:
		w.poll(c, e.ID)
	case reconcile.Sync:
		w.resync(c, e)
	case reconcile.Settled:
		w.believed(c, c.beliefs.settle(&e.Mutation))
	case reconcile.Changed, reconcile.Fell, reconcile.Moved, reconcile.Declined:
	default:
		panic(fmt.Sprintf("sim: unknown effect %d", e.Kind))
	}
}

// store puts m into the outbox.
func (c *client) store(m *reconcile.Mutation) {
	c.beliefs.learn(m)
	for i := range c.outbox {
		if c.outbox[i].ID == m.ID {
			c.outbox[i] = *m
			return
		}
	}
	c.outbox = append(c.outbox, *m)
}

// forget removes a mutation from the outbox.
func (c *client) forget(id string) {
	for i := range c.outbox {
		if c.outbox[i].ID == id {
			c.outbox = append(c.outbox[:i], c.outbox[i+1:]...)
			return
		}
	}
}

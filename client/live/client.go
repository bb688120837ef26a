package live

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"optimist/client/remote"
	"optimist/shared/reconcile"
	"optimist/shared/sim"
)

// client is one person's seat as the world sees it.
type client struct {
	name  string
	seat  carrier[seatRequest, seatAnswer]
	last  seatAnswer
	asked remote.Asked // As far as it was counted.

	linked  bool
	cut     bool // The script disconnected it.
	down    bool // It crashed.
	beliefs sim.Beliefs
}

// client returns the client of that name.
func (w *World) client(name string) (*client, error) {
	for _, c := range w.clients {
		if c.name == name {
			return c, nil
		}
	}
	return nil, fmt.Errorf("no client %q", name)
}

// boot starts a client's program, which takes back what its outbox kept and
// connects, if it can.
func (w *World) boot(c *client) error {
	if err := w.launch(c); err != nil {
		return err
	}
	c.down, c.linked, c.asked = false, false, remote.Asked{}
	err := w.sit(c, seatRequest{
		Do: seatOpen, Client: c.name, Strategy: w.cfg.Strategy, Dir: filepath.Join(w.dir, "clients", c.name),
	})
	if err != nil {
		return err
	}
	return w.link(c)
}

// launch gives c a seat.
func (w *World) launch(c *client) error {
	if w.cfg.Crashes {
		child, err := launch[seatRequest, seatAnswer](seatPart)
		c.seat = child
		return err
	}
	c.seat = near[seatRequest, seatAnswer]{(&seat{connect: w.connect}).do}
	return nil
}

// link connects c unless something keeps it from the server.
func (w *World) link(c *client) error {
	if c.cut || c.down || w.down || c.linked {
		return nil
	}
	c.linked = true
	return w.sit(c, seatRequest{Do: seatLink, URL: w.server.URL})
}

// unlink has c lose its connection, if it has one.
func (w *World) unlink(c *client) error {
	if c.down || !c.linked {
		return nil
	}
	c.linked = false
	return w.sit(c, seatRequest{Do: seatUnlink})
}

// sit has a seat do something, and keeps how it is then.
func (w *World) sit(c *client, req seatRequest) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	req.Now = w.now
	a, err := c.seat.ask(ctx, req)
	if err == nil && a.Error != "" {
		err = errors.New(a.Error)
	}
	if err != nil {
		return fmt.Errorf("%s, %s: %w", c.name, req.Do, err)
	}
	w.sent.commands += a.Asked.Commands - c.asked.Commands
	w.sent.queries += a.Asked.Queries - c.asked.Queries
	c.asked = a.Asked
	c.beliefs.Take(a.Effects, known(a.Known))
	c.last = a
	return nil
}

// known is what a replica knows, as its seat told it.
type known []reconcile.Mutation

// Mutation returns the mutation with that id.
func (k known) Mutation(id string) (reconcile.Mutation, bool) {
	for _, m := range k {
		if m.ID == id {
			return m, true
		}
	}
	return reconcile.Mutation{}, false
}

// leave ends a client's program.
func (w *World) leave(c *client) error {
	if c.seat == nil {
		return nil
	}
	err := w.sit(c, seatRequest{Do: seatClose})
	if w.cfg.Crashes {
		err = errors.Join(err, c.seat.kill())
	}
	return err
}

package live

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"optimist/server/app"
	"optimist/shared/reconcile"
	"optimist/shared/sim"
	"optimist/shared/user"
)

// Do takes exactly one step, here and in the simulation. Errors that say that
// the action cannot be taken are those of sim.World.Do. Any other is a failure of
// something, or the first difference between live and simulated; the world is of
// no use from then on.
func (w *World) Do(a sim.Action) error {
	if w.err != nil {
		return w.err
	}
	refused := w.sim.Do(a)
	if refused != nil && !errors.Is(refused, sim.ErrDeclined) {
		return refused
	}
	what := describe(a)
	if err := w.step(a, refused != nil); err != nil {
		w.err = fmt.Errorf("%s: %w%s", what, err, w.before())
		return w.err
	}
	if w.err = w.compare(what); w.err != nil {
		return w.err
	}
	return refused
}

// step takes the action live and waits until everything is quiet.
func (w *World) step(a sim.Action, declined bool) error {
	if a.Verb == sim.Advance {
		return w.advance(a.For)
	}
	switch a.Verb {
	case sim.Join:
		return w.join(a.Client)
	case sim.CrashServer:
		if err := w.host.kill(); err != nil {
			return err
		}
		return w.lose()
	case sim.RestartServer:
		return w.restart()
	}
	if w.down && a.Verb == sim.Arm {
		_, err := w.plan.Arm(a.Fault)
		return err
	}
	if w.down && a.Verb == sim.Disarm {
		w.plan.Clear(0)
		return nil
	}
	if req, ok := hostStep(a); ok {
		if err := w.ask(req); err != nil {
			return err
		}
		return w.receive()
	}
	c, err := w.client(a.Client)
	if err != nil {
		return err
	}
	if err := w.move(c, a); err != nil {
		return err
	}
	if c.last.Declined != declined {
		return fmt.Errorf("declined: live %t, simulated %t", c.last.Declined, declined)
	}
	return w.quiet()
}

// hostStep returns what the server is asked for by the action, if anything.
func hostStep(a sim.Action) (hostRequest, bool) {
	switch a.Verb {
	case sim.Handle:
		return hostRequest{Do: hostHandle, Client: a.Client}, true
	case sim.Append:
		return hostRequest{Do: hostAppend, Client: a.Client, Command: a.Intent}, true
	case sim.Project:
		return hostRequest{Do: hostProject, N: a.N}, true
	case sim.Commit:
		return hostRequest{Do: hostCommit}, true
	case sim.Arm:
		return hostRequest{Do: hostArm, Fault: a.Fault}, true
	case sim.Disarm:
		return hostRequest{Do: hostDisarm}, true
	}
	return hostRequest{}, false
}

// move takes an action at a client.
func (w *World) move(c *client, a sim.Action) error {
	switch a.Verb {
	case sim.Create:
		return w.typed(c, a, reconcile.Submit, user.Create)
	case sim.Edit:
		return w.typed(c, a, reconcile.Submit, user.Edit)
	case sim.Delete:
		return w.typed(c, a, reconcile.Submit, user.Delete)
	case sim.Retry:
		return w.typed(c, a, reconcile.Retry, 0)
	case sim.Dismiss:
		return w.typed(c, a, reconcile.Dismiss, 0)
	case sim.Undo:
		return w.typed(c, a, reconcile.Undo, 0)
	case sim.Disconnect:
		c.cut = true
		return w.unlink(c)
	case sim.Reconnect:
		c.cut = false
		return w.link(c)
	case sim.CrashClient:
		c.down, c.linked = true, false
		return c.seat.kill()
	case sim.RestartClient:
		return w.boot(c)
	case sim.DeliverReply:
		return w.sit(c, seatRequest{Do: seatReply})
	case sim.DeliverFeed:
		return w.sit(c, seatRequest{Do: seatFeed})
	}
	return fmt.Errorf("unknown verb %d", a.Verb)
}

// typed does what a person does.
func (w *World) typed(c *client, a sim.Action, kind reconcile.InputKind, op user.Op) error {
	return w.sit(c, seatRequest{Do: seatAct, Act: act{Kind: kind, ID: a.Intent, Record: a.Record, Op: op, Patch: a.Patch}})
}

// join adds a client, which has loaded all there is in the end.
func (w *World) join(name string) error {
	c := &client{name: name}
	w.clients = append(w.clients, c)
	if err := w.boot(c); err != nil {
		return err
	}
	if err := w.quiet(); err != nil {
		return err
	}
	for len(c.last.Feeds) > 0 {
		if err := w.sit(c, seatRequest{Do: seatFeed}); err != nil {
			return err
		}
		if err := w.quiet(); err != nil {
			return err
		}
	}
	return nil
}

// quiet waits until the server has taken in what the clients asked, and they
// what it answered.
func (w *World) quiet() error {
	if w.down {
		return nil
	}
	if err := w.ask(hostRequest{Do: hostLook}); err != nil {
		return err
	}
	return w.receive()
}

// receive has every client take in what the server has sent.
func (w *World) receive() error {
	for _, c := range w.clients {
		if c.linked {
			if err := w.sit(c, seatRequest{Do: seatReceive}); err != nil {
				return err
			}
		}
	}
	return nil
}

// died takes note of a server that ended by itself: a fault struck.
func (w *World) died() error {
	if err := w.host.kill(); err != nil {
		return err
	}
	return w.lose()
}

// lose is what follows from the end of the server: nobody reaches it, and what
// it had not written is gone.
func (w *World) lose() error {
	w.down = true
	w.plan.Put(w.server.Faults)
	for _, c := range w.clients {
		if err := w.unlink(c); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	store, err := app.OpenStore(ctx, filepath.Join(w.dir, "server"))
	if err != nil {
		return err
	}
	contents, err := store.Contents(ctx, uint64(len(w.log)))
	if err = errors.Join(err, store.Close()); err != nil {
		return err
	}
	var a hostAnswer
	a.hold(contents)
	w.keep(a)
	return nil
}

// restart opens the server again. Who is not cut off connects at once.
func (w *World) restart() error {
	if err := w.openServer(); err != nil {
		return err
	}
	for _, c := range w.clients {
		if err := w.link(c); err != nil {
			return err
		}
	}
	return w.quiet()
}

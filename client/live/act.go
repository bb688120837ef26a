package live

import (
	"errors"
	"fmt"

	"optimist/shared/reconcile"
	"optimist/shared/sim"
	"optimist/shared/user"
)

// Do takes exactly one step, here and in the simulation. Errors that say that
// the action cannot be taken are those of sim.World.Do. Any other is a failure of
// something, or wraps ErrDiffers and names the first difference between live and
// simulated; the world is of no use from then on.
func (w *World) Do(a sim.Action) error {
	if w.err != nil {
		return w.err
	}
	refused := w.sim.Do(a)
	if refused != nil && !errors.Is(refused, sim.ErrDeclined) && !errors.Is(refused, sim.ErrNotTyped) {
		return refused // There is nothing to do, or nobody to do it.
	}
	if err := w.take(a, refused); err != nil {
		w.err = fmt.Errorf("%s: %w%s", a, err, w.before())
		return w.err
	}
	if w.err = w.compare(a.String()); w.err != nil {
		return w.err
	}
	return refused
}

// take takes the action live and waits until everything is quiet. What the
// simulation refused must be refused here.
func (w *World) take(a sim.Action, refused error) error {
	if err := w.step(a); err != nil {
		return err
	}
	if !a.Verb.Personal() {
		return nil
	}
	c, err := w.client(a.Client)
	if err != nil {
		return err
	}
	want := notRefused
	switch {
	case errors.Is(refused, sim.ErrDeclined):
		want = declined
	case errors.Is(refused, sim.ErrNotTyped):
		want = notTyped
	}
	if c.last.Refused != want {
		return fmt.Errorf("%w: live it was %s, simulated it was %s", ErrDiffers, c.last.Refused, want)
	}
	return nil
}

// step does what the action says.
func (w *World) step(a sim.Action) error {
	switch a.Verb {
	case sim.Advance:
		return w.advance(a.For)
	case sim.Join:
		return w.join(a.Client)
	case sim.CrashServer:
		return w.crash()
	case sim.RestartServer:
		return w.restart()
	case sim.Arm, sim.Disarm:
		if w.down {
			return w.plot(a)
		}
	default:
	}
	if req, ok := hostStep(a); ok {
		return w.ask(req)
	}
	c, err := w.client(a.Client)
	if err != nil {
		return err
	}
	if err := w.move(c, a); err != nil {
		return err
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
	default:
		return hostRequest{}, false
	}
}

// plot arms or disarms while the server is down: what is armed is the story's.
func (w *World) plot(a sim.Action) error {
	if a.Verb == sim.Disarm {
		w.plan.Clear(0)
		return nil
	}
	_, err := w.plan.Arm(a.Fault)
	return err
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
	default:
		return fmt.Errorf("unknown verb %d", a.Verb)
	}
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

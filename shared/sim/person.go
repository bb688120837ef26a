package sim

import (
	"fmt"
	"slices"

	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// act does what the person at a client does.
func (w *World) act(a *Action) error {
	c := w.client(a.Client)
	if c == nil {
		return fmt.Errorf("no client %q", a.Client)
	}
	if c.down {
		return fmt.Errorf("%w: %s has crashed", ErrIdle, c.name)
	}
	in := reconcile.Input{ID: a.Intent, Record: a.Record, Patch: a.Patch, Strategy: w.text}
	in.Kind, in.Op = inputOf(a.Verb)
	if in.Kind == reconcile.Submit {
		if err := typed(c, in); err != nil {
			return err
		}
	}
	w.input(c, in)
	if slices.ContainsFunc(c.effects, func(e reconcile.Effect) bool { return e.Kind == reconcile.Declined }) {
		return ErrDeclined
	}
	return nil
}

// inputOf returns what a person's verb is to a replica.
func inputOf(v Verb) (reconcile.InputKind, user.Op) {
	switch v {
	case Create:
		return reconcile.Submit, user.Create
	case Edit:
		return reconcile.Submit, user.Edit
	case Delete:
		return reconcile.Submit, user.Delete
	case Retry:
		return reconcile.Retry, 0
	case Dismiss:
		return reconcile.Dismiss, 0
	case Undo:
		return reconcile.Undo, 0
	default:
		panic(fmt.Sprintf("sim: verb %d is nobody's", v))
	}
}

// typed checks what is typed as the client's form does.
func typed(c *client, in reconcile.Input) error {
	err := user.Validate(user.Command{
		Ref: user.Ref{Client: c.name, Command: in.ID}, Record: in.Record, Op: in.Op, Patch: in.Patch,
	})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNotTyped, err)
	}
	return nil
}

// Shows reports whether a client's screen shows a record, be it only what is in
// the tray, and whether something of it is in the tray.
func (w *World) Shows(client, record string) (shown, tray bool) {
	c := w.client(client)
	if c == nil || c.down {
		return false, false
	}
	v := &c.view
	found := c.replica.ViewInto(record, v)
	return found && (v.Exists || v.Ghost || len(v.Tray) > 0), found && len(v.Tray) > 0
}

// RecordOf returns which record an intent is of, if its client made it.
func (w *World) RecordOf(client, intent string) (record string, made bool) {
	c := w.client(client)
	if c == nil {
		return "", false
	}
	s := c.beliefs.of(intent)
	if s == nil {
		return "", false
	}
	return s.Record, true
}

// Held returns how many intents are kept back by clients that are connected,
// while the server is there.
func (w *World) Held() int {
	n := 0
	for _, c := range w.clients {
		if !c.cut && !c.down && !w.server.down {
			n += c.queued()
		}
	}
	return n
}

// Unsent returns how many intents of a client were not sent since it made them
// or came back.
func (w *World) Unsent(client string) int {
	c := w.client(client)
	if c == nil {
		return 0
	}
	return c.queued()
}

// queued returns how many intents are believed to be kept back.
func (c *client) queued() int {
	n := 0
	for i := range c.beliefs.intents {
		if s := &c.beliefs.intents[i]; s.Phase == reconcile.Queued && !s.Withdrawn {
			n++
		}
	}
	return n
}

// IsCut reports whether the script disconnected the client.
func (w *World) IsCut(client string) bool {
	c := w.client(client)
	return c != nil && c.cut
}

// IsDown reports whether the server is.
func (w *World) IsDown() bool { return w.server.down }

// Armed reports whether any fault is.
func (w *World) Armed() bool { return w.plan.Len() > 0 }

// Confirmed returns how many intents are confirmed as their clients believe.
func (w *World) Confirmed() int {
	n := 0
	for _, c := range w.clients {
		n += c.confirmed()
	}
	return n
}

// confirmed returns how many intents are believed to be.
func (c *client) confirmed() int {
	n := 0
	for i := range c.beliefs.intents {
		if c.beliefs.intents[i].Phase == reconcile.Confirmed {
			n++
		}
	}
	return n
}

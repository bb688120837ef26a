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

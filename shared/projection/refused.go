package projection

import (
	"optimist/shared/event"
	"optimist/shared/user"
)

// applyRefused keeps the refusal, so that a later attempt gets the same answer.
// A refused create is a root like a rejected one.
func applyRefused(store Store, ev event.Event) error {
	if _, known, err := store.Fate(ev.Ref); err != nil || known {
		return err
	}
	fate := RefusalFate(ev)
	cause, fallen, err := fallenCause(store, ev.Cause)
	if err != nil {
		return err
	}
	if fallen {
		fate.Fallen, fate.Root, fate.RootSeq = true, cause.Root, cause.RootSeq
	}
	return store.PutFate(fate)
}

// RefusalFate returns the fate that a refusal event tells, its cause apart.
func RefusalFate(ev event.Event) Fate {
	fate := Fate{
		Ref: ev.Ref, Record: ev.Record, Op: ev.Op, Status: Refused,
		Seq: ev.Seq, Code: ev.Code, Why: ev.Why, Logged: true,
	}
	if ev.Op == user.Create {
		fate.Fallen, fate.Root, fate.RootSeq = true, ev.Ref, ev.Seq
	}
	return fate
}

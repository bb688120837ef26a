package sim

import (
	"slices"

	"optimist/shared/decide"
	"optimist/shared/event"
	"optimist/shared/user"
)

// about reports whether ev stands on the subjects of a record: those under
// which appends about the record carry their expectation.
func about(ev *event.Event, record string) bool {
	return (ev.Kind.Changes() || ev.Kind == event.Rejected) && ev.Record == record
}

// claims reports whether ev stands on the subjects of an email.
func claims(ev *event.Event, email string) bool {
	return ev.Kind.Claims() && user.EmailKey(ev.Patch.Email) == user.EmailKey(email)
}

// expected reports whether a batch may be appended: each event names the last
// one under its filter, as the log was before the batch.
func (w *World) expected(events []event.Event, expect []uint64) bool {
	for i := range events {
		if w.lastUnder(&events[i]) != expect[i] {
			return false
		}
	}
	return true
}

// lastUnder returns the last event under the filter of ev; 0: there is none.
func (w *World) lastUnder(ev *event.Event) uint64 {
	for i := len(w.log) - 1; i >= 0; i-- {
		old := &w.log[i]
		if ev.Kind.Claims() && claims(old, ev.Patch.Email) || !ev.Kind.Claims() && about(old, ev.Record) {
			return old.Seq
		}
	}
	return 0
}

// stored appends events as one batch and returns the sequence of the first.
func (w *World) stored(events []event.Event) uint64 {
	first := uint64(len(w.log)) + 1
	for i := range events {
		w.log = append(w.log, events[i])
		ev := &w.log[len(w.log)-1]
		ev.Seq = uint64(len(w.log))
		w.appended(ev)
	}
	return first
}

// fetch reads what the core wants to know of the log, in its order.
func (w *World) fetch(e *decide.Effect) []event.Event {
	var out []event.Event
	for i := range w.log {
		ev := &w.log[i]
		wanted := ev.Seq > e.After && about(ev, e.Record.ID) ||
			ev.Kind == event.Refused && ev.Ref == e.Refusal ||
			slices.ContainsFunc(e.Claims, func(c decide.EmailAfter) bool {
				return ev.Seq > c.After && ev.Kind.Claims() && event.EmailToken(ev.Patch.Email) == c.Token
			})
		if wanted {
			out = append(out, *ev)
		}
	}
	return out
}

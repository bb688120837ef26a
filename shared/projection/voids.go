package projection

import "optimist/shared/event"

// Voids reads a log in order and keeps the rejections that count: those of the
// build that was the authority where they stand. A rejection of an older build
// behind the epoch of a newer one is void itself. The zero Voids has read
// nothing.
type Voids struct {
	Build uint64 // The authority at the last event read; 0: none yet.
	at    map[uint64]Void
}

// Read takes the next event of the log, or any later one: only rejections and
// epochs matter.
func (v *Voids) Read(ev event.Event) {
	switch ev.Kind {
	case event.Epoch:
		v.Build = max(v.Build, ev.Build)
	case event.Rejected:
		if ev.Build == v.Build {
			v.Add(ev.Target, Void{Code: ev.Code, Why: ev.Why, Root: ev.Root})
		}
	case event.Created, event.Edited, event.Deleted, event.Refused, event.Opened,
		event.Reserved, event.Released:
	}
}

// Add makes the event at seq void.
func (v *Voids) Add(seq uint64, void Void) {
	if v.at == nil {
		v.at = make(map[uint64]Void)
	}
	v.at[seq] = void
}

// At returns the rejection of the event at seq, or nil.
func (v *Voids) At(seq uint64) *Void {
	void, found := v.at[seq]
	if !found {
		return nil
	}
	return &void
}

// Heard returns ev as a build that is the authority hears it: a rejection that
// does not count names no event, nor does the release beside it, and the claim
// beside it takes nothing: it is a release that names no claim.
func Heard(ev event.Event, authority uint64) event.Event {
	beside := ev.Kind.Claims() && ev.Build != 0
	if (ev.Kind != event.Rejected && !beside) || ev.Build == authority {
		return ev
	}
	ev.Target = 0
	if ev.Kind == event.Reserved {
		ev.Kind = event.Released
	}
	return ev
}

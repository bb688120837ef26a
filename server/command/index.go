package command

import (
	"slices"
	"sync"

	"optimist/shared/event"
	"optimist/shared/user"
)

// maxAhead is how many events the log may be ahead of the read model before
// commands must wait: the index holds each in memory.
const maxAhead = 1 << 20

// Index is what the log holds and the read model does not yet: events that were
// appended and not yet committed, by record and by command. It is safe for
// concurrent use.
//
// Whoever needs the newest state reads the index first and the rows then: an
// event leaves the index only once the rows have it.
type Index struct {
	seen *seen // Also of what the read model has.

	mu        sync.RWMutex
	committed uint64 // Everything up to here is in the read model.
	records   map[string][]event.Event
	commands  map[user.Ref]event.Event
}

// NewIndex returns an empty index.
func NewIndex() *Index {
	return &Index{seen: newSeen(), records: map[string][]event.Event{}, commands: map[user.Ref]event.Event{}}
}

// Observe notes that the read model has committed ev. The projector calls it
// for each event, in order.
func (x *Index) Observe(ev event.Event) {
	x.note(ev)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.committed = max(x.committed, ev.Seq)
	if known, found := x.commands[ev.Ref]; found && known.Seq <= ev.Seq && known.Kind == ev.Kind {
		delete(x.commands, ev.Ref)
	}
	events := x.records[ev.Record]
	n := 0
	for n < len(events) && events[n].Seq <= ev.Seq {
		n++
	}
	switch n {
	case 0:
	case len(events):
		delete(x.records, ev.Record)
	default:
		x.records[ev.Record] = events[n:]
	}
}

// add notes an event of the log. One that the read model has is ignored: the
// projector may be faster than an acknowledgement.
func (x *Index) add(ev event.Event) {
	x.note(ev)
	x.mu.Lock()
	defer x.mu.Unlock()
	if ev.Seq <= x.committed {
		return
	}
	if ev.Kind.Changes() || ev.Kind == event.Refused {
		if _, known := x.commands[ev.Ref]; !known {
			x.commands[ev.Ref] = ev
		}
	}
	if !ev.Kind.Changes() && ev.Kind != event.Rejected {
		return
	}
	events := x.records[ev.Record]
	at, found := slices.BinarySearchFunc(events, ev.Seq, bySeq)
	switch {
	case found:
	case at == len(events):
		x.records[ev.Record] = append(events, ev) // Readers see their own length of it.
	default:
		x.records[ev.Record] = slices.Insert(slices.Clip(events), at, ev)
	}
}

// note remembers what ev is about.
func (x *Index) note(ev event.Event) {
	switch {
	case ev.Kind.Changes():
		x.seen.command(ev.Ref)
		x.seen.record(ev.Record)
	case ev.Kind == event.Refused:
		x.seen.command(ev.Ref)
	case ev.Kind == event.Rejected:
		x.seen.record(ev.Record)
	}
}

func bySeq(ev event.Event, seq uint64) int {
	switch {
	case ev.Seq < seq:
		return -1
	case ev.Seq > seq:
		return 1
	}
	return 0
}

// record returns the events on the record's subjects, in order. Nobody may
// change the slice.
func (x *Index) record(id string) []event.Event {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.records[id]
}

// command returns the event that the command became.
func (x *Index) command(ref user.Ref) (event.Event, bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	ev, found := x.commands[ref]
	return ev, found
}

// full reports whether the read model is too far behind to go on.
func (x *Index) full() bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.commands) >= maxAhead
}

// ids returns the records that the index knows, in order.
func (x *Index) ids() []string {
	x.mu.RLock()
	defer x.mu.RUnlock()
	ids := make([]string, 0, len(x.records))
	for id := range x.records {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}

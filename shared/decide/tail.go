package decide

import (
	"slices"

	"optimist/shared/event"
	"optimist/shared/user"
)

// tail is what the log holds and the read model does not: events that were
// appended and not yet committed, in the order of the log. What has left it at
// the front is behind head.
type tail struct {
	committed uint64 // Everything up to here is in the read model.
	list      []entry
	head      int
	first     int // Of the live, those that came before their rows.

	// Indexes, only ever looked up; nil while the tail is short.
	topics   map[topic]uint64    // The last event of each topic.
	commands map[user.Ref]uint64 // The first event of each command.
}

// entry is an event of the tail.
type entry struct {
	ev     event.Event
	before uint64 // The event before it on its topic; 0: none in the tail when the topics are indexed.
	again  bool   // A second append of its command, which has no effect.
}

// topic is what events stand in a row about: a record, or the claim of an email
// by its token. The zero topic is that of all others.
type topic struct {
	email bool
	id    string
}

// topicOf returns what ev is about.
func topicOf(ev *event.Event) topic {
	switch {
	case ev.Kind.Changes() || ev.Kind == event.Rejected:
		return topic{id: ev.Record}
	case ev.Kind.Claims():
		return topic{email: true, id: event.EmailToken(ev.Patch.Email)}
	}
	return topic{}
}

// becameOf reports whether ev is what a command became.
func becameOf(ev *event.Event) bool { return ev.Kind.Changes() || ev.Kind == event.Refused }

// len returns how many events the tail holds.
func (t *tail) len() int { return len(t.list) - t.head }

// full reports whether the read model is too far behind to go on.
func (t *tail) full() bool { return t.len() >= MaxAhead }

// live returns the events in the order of the log.
func (t *tail) live() []entry { return t.list[t.head:] }

// place returns where seq is or would be among the live.
func (t *tail) place(seq uint64) (int, bool) {
	return slices.BinarySearchFunc(t.live(), seq, func(e entry, seq uint64) int {
		switch {
		case e.ev.Seq < seq:
			return -1
		case e.ev.Seq > seq:
			return 1
		}
		return 0
	})
}

// add takes in an event of the log, unless it is known: the projector may be
// faster than an acknowledgement.
func (t *tail) add(ev event.Event) {
	if ev.Seq <= t.committed {
		return
	}
	at, found := t.place(ev.Seq)
	if found {
		return
	}
	e := entry{ev: ev}
	if becameOf(&ev) {
		_, e.again = t.command(ev.Ref)
	}
	if cameFirst(&ev) {
		t.first++
	}
	if at == t.len() {
		t.list = append(t.list, e)
		t.note(&t.list[len(t.list)-1])
		return
	}
	// Acknowledgements come nearly in order, so this is near the end, and rare.
	t.list = slices.Insert(t.list, t.head+at, e)
	if t.topics != nil {
		t.index()
	}
}

// note takes the last event into the indexes.
func (t *tail) note(e *entry) {
	if t.topics == nil {
		if t.len() > few {
			t.index()
		}
		return
	}
	about := topicOf(&e.ev)
	if about != (topic{}) {
		e.before = t.topics[about]
		t.topics[about] = e.ev.Seq
	}
	if becameOf(&e.ev) && !e.again {
		t.commands[e.ev.Ref] = e.ev.Seq
	}
}

// index builds the indexes.
func (t *tail) index() {
	t.topics, t.commands = make(map[topic]uint64), make(map[user.Ref]uint64)
	for i := t.head; i < len(t.list); i++ {
		t.list[i].before = 0
		t.note(&t.list[i])
	}
}

// observe lets go of what the read model has up to seq.
func (t *tail) observe(seq uint64) {
	t.committed = max(t.committed, seq)
	for t.head < len(t.list) && t.list[t.head].ev.Seq <= seq {
		e := &t.list[t.head]
		if t.topics != nil {
			t.forget(e)
		}
		if cameFirst(&e.ev) {
			t.first--
		}
		*e = entry{}
		t.head++
	}
	t.list, t.head = closeUp(t.list, t.head)
}

// forget takes the first event out of the indexes.
func (t *tail) forget(e *entry) {
	if about := topicOf(&e.ev); t.topics[about] == e.ev.Seq {
		delete(t.topics, about)
	}
	if becameOf(&e.ev) && t.commands[e.ev.Ref] == e.ev.Seq {
		delete(t.commands, e.ev.Ref)
	}
}

// command returns the event that the command became. It holds until the tail
// changes.
func (t *tail) command(ref user.Ref) (*event.Event, bool) {
	if t.commands != nil {
		seq, found := t.commands[ref]
		if !found {
			return nil, false
		}
		at, _ := t.place(seq)
		return &t.live()[at].ev, true
	}
	live := t.live()
	for i := range live {
		if e := &live[i]; e.ev.Ref == ref && !e.again && becameOf(&e.ev) {
			return &e.ev, true
		}
	}
	return nil, false
}

// of appends the events of a topic to out, in the order of the log. They hold
// until the tail changes.
func (t *tail) of(about topic, out []*event.Event) []*event.Event {
	live := t.live()
	if t.topics == nil {
		for i := range live {
			if topicOf(&live[i].ev) == about {
				out = append(out, &live[i].ev)
			}
		}
		return out
	}
	first := len(out)
	for seq := t.topics[about]; seq > t.committed; {
		at, _ := t.place(seq)
		out = append(out, &live[at].ev)
		seq = live[at].before
	}
	slices.Reverse(out[first:])
	return out
}

// records returns the ids of the records that the tail is about, in order.
func (t *tail) records() []string {
	var ids []string
	live := t.live()
	for i := range live {
		if about := topicOf(&live[i].ev); !about.email && about.id != "" {
			ids = append(ids, about.id)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

package decide

import (
	"math"

	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// unlimited is a place behind every event of the log.
const unlimited = math.MaxUint64

// basis is what a decision about one record rests on.
type basis struct {
	row       projection.Record // As the read model has it.
	log       projection.Record // As the log tells it: the row and what comes after.
	committed uint64            // The read model is at least here.
	last      uint64            // The last event on the record's subjects: the expectation.
	created   uint64            // The newest unprojected create that stands; 0: none.
	newest    user.Ref          // The newest unprojected command that stands.
}

// by returns the record that the strategy checks a command against.
func (b *basis) by(s strategy.Strategy) *projection.Record {
	if s.Validate == strategy.ByProjection {
		return &b.row
	}
	return &b.log
}

// read returns what is known of a record up to an event. The row may be newer
// than the tail tells: what it has already counts once.
func (c *Core) read(id string, upTo uint64) (basis, error) {
	row, _, err := c.cfg.Rows.Record(id)
	if err != nil {
		return basis{}, err
	}
	row.ID = id
	b := basis{row: row, log: row, last: row.Last, committed: c.tail.committed}
	f := &c.fold
	f.tail = c.tail.of(topic{id: id}, f.tail[:0])
	if len(f.tail) == 0 {
		return b, nil
	}
	f.begin(upTo)
	for _, ev := range f.tail {
		if ev.Seq <= row.Last || ev.Seq > upTo {
			continue
		}
		b.last = ev.Seq
		if err := c.foldInto(&b, ev); err != nil {
			return basis{}, err
		}
	}
	b.log.Last = b.last
	return b, nil
}

// folding is one fold of a record's tail. Its slices are used again.
type folding struct {
	tail  []*event.Event
	seen  []commandFate
	voids []uint64 // Sequences that a rejection in this tail names.
}

// commandFate says whether what is typed on a command of this tail falls.
type commandFate struct {
	ref    user.Ref
	fallen bool
}

// begin forgets the last fold and finds what is void.
func (f *folding) begin(upTo uint64) {
	f.seen, f.voids = f.seen[:0], f.voids[:0]
	for _, ev := range f.tail {
		if ev.Kind == event.Rejected && ev.Seq <= upTo {
			f.voids = append(f.voids, ev.Target)
		}
	}
}

// of returns what is known of a command of this tail.
func (f *folding) of(ref user.Ref) (fallen, here bool) {
	for i := range f.seen {
		if f.seen[i].ref == ref {
			return f.seen[i].fallen, true
		}
	}
	return false, false
}

// void reports whether a rejection of this tail names the event at seq.
func (f *folding) void(seq uint64) bool {
	for _, target := range f.voids {
		if target == seq {
			return true
		}
	}
	return false
}

// foldInto takes ev into b unless it is void, illegal, typed on a create that
// fell, in the row already, or a second append of one command: what the
// projector will not apply.
func (c *Core) foldInto(b *basis, ev *event.Event) error {
	if !ev.Kind.Changes() {
		return nil
	}
	f := &c.fold
	if _, repeated := f.of(ev.Ref); repeated {
		return nil
	}
	falls, err := c.causeFell(ev)
	if err != nil {
		return err
	}
	written, err := c.writtenFirst(ev)
	if err != nil {
		return err
	}
	stands := written || !falls && !f.void(ev.Seq) && user.Legal(b.log.State, ev.Op) == nil
	f.seen = append(f.seen, commandFate{ev.Ref, !written && (falls || !stands && ev.Op == user.Create)})
	if !stands || written {
		return nil
	}
	b.log.State = user.Evolve(b.log.State, ev.Change())
	b.log.Seq, b.log.Changed, b.log.Direct, b.newest = ev.Seq, ev.Ref, false, ev.Ref
	if ev.Op == user.Create {
		b.log.Born, b.created = ev.Seq, ev.Seq
	}
	return nil
}

// causeFell reports whether ev was typed on a create that fell.
func (c *Core) causeFell(ev *event.Event) (bool, error) {
	if ev.Cause.IsZero() || !strategy.Of(ev.Strategy).Compensates() {
		return false, nil
	}
	if fell, here := c.fold.of(ev.Cause); here {
		return fell, nil
	}
	fate, _, err := c.fate(ev.Cause)
	return fate.Fallen, err
}

// writtenFirst reports whether the rows had ev before the log had.
func (c *Core) writtenFirst(ev *event.Event) (bool, error) {
	if strategy.Of(ev.Strategy).Write == strategy.EventFirst {
		return false, nil
	}
	_, found, err := c.cfg.Rows.Fate(ev.Ref)
	return found, err
}

// Ahead returns what the log makes of a record and the newest command on it, or
// false if the rows have everything.
func (c *Core) Ahead(id string) (projection.Record, user.Ref, bool, error) {
	c.fold.tail = c.tail.of(topic{id: id}, c.fold.tail[:0])
	if len(c.fold.tail) == 0 {
		return projection.Record{}, user.Ref{}, false, nil
	}
	newest := c.fold.tail[len(c.fold.tail)-1].Ref
	b, err := c.read(id, unlimited)
	return b.log, newest, err == nil, err
}

// AheadRecords returns the ids of the records that Ahead knows, in order.
func (c *Core) AheadRecords() []string { return c.tail.records() }

package tui

import (
	"slices"
	"sort"

	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// entry is one event of the log as this session saw it.
type entry struct {
	event.Event
	at   int64     // When it came.
	took int64     // Milliseconds until the database had it; -1: not known.
	void user.Code // Why the read model gave it up, "" if it did not.
}

// events is the newest part of the log, and what of it the database does not
// have yet.
type events struct {
	list    []*entry // In the order of the log.
	ahead   map[string][]*entry
	waiting []*entry // The changes of users after mark, in the order of the log.
	mark    uint64   // The database has everything up to here.

	cursor uint64 // The selected event's sequence; 0: the newest, following.
	fresh  int    // Events since it stopped following.
}

func newEvents() *events { return &events{ahead: map[string][]*entry{}} }

// reset forgets everything: the log is another one.
func (l *events) reset() {
	*l = *newEvents()
}

// last returns the newest sequence, 0 for none.
func (l *events) last() uint64 {
	if n := len(l.list); n > 0 {
		return l.list[n-1].Seq
	}
	return 0
}

// find returns the event at seq, nil if it is not remembered.
func (l *events) find(seq uint64) *entry {
	i := sort.Search(len(l.list), func(i int) bool { return l.list[i].Seq >= seq })
	if i < len(l.list) && l.list[i].Seq == seq {
		return l.list[i]
	}
	return nil
}

// add takes the next event and reports whether it is a new one.
func (l *events) add(e event.Event, now int64) bool {
	if e.Seq <= l.last() {
		return false
	}
	in := &entry{Event: e, at: now, took: -1}
	l.list = append(l.list, in)
	if len(l.list) >= 2*MaxLog {
		l.list = slices.Clone(l.list[len(l.list)-MaxLog:])
	}
	if l.cursor != 0 {
		l.fresh++
	}
	switch {
	case e.Kind == event.Rejected:
		l.void(e)
	case e.Kind.Changes() && e.Seq > l.mark:
		l.wait(in)
	}
	return true
}

// wait notes an event that the database does not have yet.
func (l *events) wait(in *entry) {
	if len(l.waiting) >= MaxWaiting {
		l.arrived(l.waiting[0])
		l.waiting = l.waiting[1:]
	}
	l.waiting = append(l.waiting, in)
	l.ahead[in.Record] = append(l.ahead[in.Record], in)
}

// arrived takes in out of what its record waits for.
func (l *events) arrived(in *entry) {
	left := l.ahead[in.Record]
	if len(left) <= 1 {
		delete(l.ahead, in.Record)
		return
	}
	l.ahead[in.Record] = left[1:]
}

// void notes that the read model gave up the event at e.Target.
func (l *events) void(e event.Event) {
	if target := l.find(e.Target); target != nil {
		target.void = e.Code
	}
}

// reach says that the database has everything up to mark.
func (l *events) reach(mark uint64, now int64) {
	if mark <= l.mark {
		return
	}
	l.mark = mark
	n := 0
	for n < len(l.waiting) && l.waiting[n].Seq <= mark {
		in := l.waiting[n]
		in.took = now - in.at
		l.arrived(in)
		n++
	}
	l.waiting = l.waiting[n:]
}

// version returns the version of v's record by the log, as far as this session
// was told: that of the row, or of the newest event after it that is not void.
// It is what the server lists, and no matter of the strategy of what is done next.
func (l *events) version(v reconcile.View) uint64 {
	seq, version := v.Row.Seq, l.behind(v.Row)
	take := func(s uint64, op user.Op, ver uint64) {
		if s <= seq {
			return
		}
		seq, version = s, ver
		if op == user.Delete {
			version = 0
		}
	}
	for _, in := range l.ahead[v.ID] {
		if in.void == "" {
			take(in.Seq, in.Op, in.Version)
		}
	}
	for _, m := range v.Pending {
		if m.Phase == reconcile.Accepted {
			take(m.Seq, m.Op, m.Version)
		}
	}
	return version
}

// behind returns the version that the log has of a row: the row's, unless that was
// written first and the event of its last change is still to come, or lost. Then
// it is that of the event at which the log and the row were last the same, of
// which the row says where it is. An event of too long ago to be remembered is
// taken for that of the row.
func (l *events) behind(row protocol.Row) uint64 {
	in := l.find(row.Seq)
	deleted, version := row.Deleted, row.Version
	if in != nil && in.Command != row.Command {
		deleted, version = in.Op == user.Delete, in.Version
	}
	if row.Seq == 0 || deleted {
		return 0
	}
	return version
}

// standing returns the version that the log gives a record by an event that the
// read model gave up and no rejection voids, 0 for none.
func (l *events) standing(v reconcile.View) uint64 {
	for i := len(l.list) - 1; i >= 0; i-- {
		in := l.list[i]
		if in.Record == v.ID && in.Kind.Changes() {
			stands := in.Seq <= l.mark && in.void == "" && !strategy.Of(in.Strategy).Compensates()
			if in.Seq > v.Row.Seq && stands && in.Kind != event.Deleted {
				return in.Version
			}
			return 0
		}
	}
	return 0
}

// created returns the sequence of the record's create that waits for the
// database, 0 for none.
func (l *events) created(record string) uint64 {
	for _, in := range l.ahead[record] {
		if in.Kind == event.Created && in.void == "" {
			return in.Seq
		}
	}
	return 0
}

// lines returns what the pane lists.
func (l *events) lines() []*entry {
	return l.list[max(len(l.list)-MaxLog, 0):]
}

// newest returns the newest event about record, nil for none.
func (l *events) newest(record string) *entry {
	for i := len(l.list) - 1; i >= 0; i-- {
		if l.list[i].Record == record {
			return l.list[i]
		}
	}
	return nil
}

// point selects the event at seq and stops following.
func (l *events) point(seq uint64) {
	l.cursor, l.fresh = seq, 0
	if seq == l.last() {
		l.cursor = 0
	}
}

// move selects the event by lines further to the newest.
func (l *events) move(by int) {
	lines := l.lines()
	if len(lines) == 0 {
		return
	}
	at := min(max(l.at(lines)+by, 0), len(lines)-1)
	if at == len(lines)-1 {
		l.follow()
		return
	}
	if l.cursor == 0 {
		l.fresh = 0
	}
	l.cursor = lines[at].Seq
}

// follow goes to the newest event and stays with it.
func (l *events) follow() { l.cursor, l.fresh = 0, 0 }

// at returns the index of the selected line.
func (l *events) at(lines []*entry) int {
	if l.cursor == 0 {
		return len(lines) - 1
	}
	return min(sort.Search(len(lines), func(i int) bool { return lines[i].Seq >= l.cursor }), len(lines)-1)
}

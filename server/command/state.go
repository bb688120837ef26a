package command

import (
	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// state is what a decision about one record rests on.
type state struct {
	row        projection.Record // As the read model has it.
	log        projection.Record // As the log tells it: the row and what comes after.
	checkpoint uint64            // The read model was at least here when the row was read.
	last       uint64            // The last event on the record's subjects: the expectation.
	created    uint64            // The newest unprojected create that stands; 0: none.
	newest     user.Ref          // The newest unprojected command that stands.
}

// read returns the record's state. The tail is read before the row: what leaves
// the tail meanwhile is in the row by then.
func (h *Handler) read(id string) (state, error) {
	tail := h.index.record(id)
	s := state{checkpoint: h.progress.Checkpoint()}
	row := projection.Record{}
	if h.index.seen.mayRecord(id) {
		var err error
		if row, _, err = h.rows.Record(id); err != nil {
			return state{}, err
		}
	}
	row.ID = id
	s.row, s.log, s.last = row, row, row.Last
	if len(tail) == 0 {
		return s, nil
	}
	f := folding{handler: h, fallen: map[user.Ref]bool{}, void: map[uint64]bool{}}
	for _, ev := range tail {
		if ev.Kind == event.Rejected {
			f.void[ev.Target] = true
		}
	}
	for _, ev := range tail {
		if ev.Seq <= row.Last {
			continue
		}
		s.last = ev.Seq
		if err := f.fold(&s, ev); err != nil {
			return state{}, err
		}
	}
	s.log.Last = s.last
	return s, nil
}

// folding is one fold of a record's tail.
type folding struct {
	handler *Handler
	fallen  map[user.Ref]bool // Commands of this tail, and whether they fall.
	void    map[uint64]bool   // Sequences that a rejection in this tail names.
}

// fold takes ev into s unless it is void, illegal, typed on a create that fell,
// or a second append of one command: what the projector will not apply.
func (f folding) fold(s *state, ev event.Event) error {
	if !ev.Kind.Changes() {
		return nil
	}
	if _, repeated := f.fallen[ev.Ref]; repeated {
		return nil
	}
	falls, err := f.causeFell(ev)
	if err != nil {
		return err
	}
	stands := !falls && !f.void[ev.Seq] && user.Legal(s.log.State, ev.Op) == nil
	f.fallen[ev.Ref] = falls || !stands && ev.Op == user.Create
	if !stands {
		return nil
	}
	s.log.State = user.Evolve(s.log.State, ev.Change())
	s.log.Seq, s.log.Changed, s.newest = ev.Seq, ev.Ref, ev.Ref
	if ev.Op == user.Create {
		s.log.Born, s.created = ev.Seq, ev.Seq
	}
	return nil
}

// causeFell reports whether ev was typed on a create that fell.
func (f folding) causeFell(ev event.Event) (bool, error) {
	if ev.Cause.IsZero() || !strategy.Of(ev.Strategy).Compensates() {
		return false, nil
	}
	if fell, here := f.fallen[ev.Cause]; here {
		return fell, nil
	}
	fate, _, err := f.handler.fate(ev.Cause)
	return fate.Fallen, err
}

// Ahead returns what the log makes of a record and the newest command on it, or
// false if the rows have everything.
func (h *Handler) Ahead(record string) (projection.Record, user.Ref, bool) {
	tail := h.index.record(record)
	if len(tail) == 0 {
		return projection.Record{}, user.Ref{}, false
	}
	s, err := h.read(record)
	if err != nil {
		h.logger.Error("record not read", "record", record, "err", err)
		return projection.Record{}, user.Ref{}, false
	}
	return s.log, tail[len(tail)-1].Ref, true
}

// AheadRecords returns the ids of the records that Ahead knows, in order.
func (h *Handler) AheadRecords() []string { return h.index.ids() }

package witness

import (
	"container/list"

	"optimist/shared/anomaly"
	"optimist/shared/event"
	"optimist/shared/trace"
)

// reel is the latest of one record.
type reel struct {
	record string
	events []trace.Event
	found  []anomaly.Finding
}

// reels keeps the latest of the records that something happened to last.
type reels struct {
	byRecord map[string]*list.Element
	order    *list.List // Of *reel, the latest first.
}

func newReels() reels { return reels{byRecord: map[string]*list.Element{}, order: list.New()} }

// add puts a fact into the timeline of its record.
func (l *reels) add(e trace.Event) {
	if e.Record == "" || e.Kind == trace.Rendered {
		return
	}
	at := l.byRecord[e.Record]
	if at == nil {
		if l.order.Len() >= MaxReels {
			oldest := l.order.Back()
			delete(l.byRecord, oldest.Value.(*reel).record)
			l.order.Remove(oldest)
		}
		at = l.order.PushFront(&reel{record: e.Record})
		l.byRecord[e.Record] = at
	}
	l.order.MoveToFront(at)
	r := at.Value.(*reel)
	if len(r.events) >= MaxReel {
		r.events = append(r.events[:0], r.events[MaxReel/4:]...)
	}
	r.events = append(r.events, e)
}

// found puts what was found into the timeline of its record.
func (l *reels) found(f anomaly.Finding) {
	if at := l.byRecord[f.Record]; at != nil {
		r := at.Value.(*reel)
		r.found = append(r.found[max(len(r.found)-MaxReel/4, 0):], f)
	}
}

// Timeline returns what is remembered of a record, as the trace of a run that
// begins with its first fact, and what was found in it. Of a record that the
// client's person did not change in this session, that is what its log says.
func (w *Witness) Timeline(record, name string, heard []event.Event) (*trace.Trace, []anomaly.Finding) {
	t := &trace.Trace{Strategy: w.text, Mode: "interactive", Clients: []string{w.me}}
	t.Names = []trace.Alias{{Name: name, Record: record}}
	var found []anomaly.Finding
	if at := w.reels.byRecord[record]; at != nil {
		r := at.Value.(*reel)
		t.Events, found = append(t.Events, r.events...), r.found
	} else {
		t.Events = logged(heard)
	}
	for i := range t.Events {
		e := &t.Events[i]
		if i > 0 {
			e.At -= t.Events[0].At
		}
		if e.Client != w.me && e.Client != "" && e.Kind == trace.Appended {
			e.Intent = e.Client + "'s"
		}
	}
	if len(t.Events) > 0 {
		t.Events[0].At = 0
	}
	return t, found
}

// logged returns events of the log as facts.
func logged(heard []event.Event) []trace.Event {
	var out []trace.Event
	for i := range heard {
		e := &heard[i]
		fact := trace.Event{Step: i + 1, Actor: trace.Server, Client: e.Client, Record: e.Record, Seq: e.Seq, Op: e.Op, Patch: e.Patch}
		fact.At = max(e.Time-heard[0].Time, 0)
		switch {
		case e.Kind.Changes():
			fact.Kind, fact.Intent = trace.Appended, e.Client+"'s"
		case e.Kind == event.Rejected:
			fact.Kind, fact.Actor, fact.Target, fact.Code = trace.Voided, trace.Projector, e.Target, e.Code
		default:
			continue
		}
		out = append(out, fact)
	}
	return out
}

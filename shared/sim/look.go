package sim

import (
	"slices"

	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
)

// State returns everything that can be seen from outside.
func (w *World) State() *State {
	s := &State{
		Now: w.now, Log: slices.Clone(w.log),
		Checkpoint: w.server.rows.To, Watermark: w.server.watermark,
		ServerDown: w.server.down,
		Stalled:    w.server.projector.stalled, Retrying: w.server.projector.retrying,
	}
	for i := range s.Log {
		s.Log[i].ID = s.Log[i].Identify()
	}
	for _, c := range w.clients {
		s.Clients = append(s.Clients, w.lookAt(c))
	}
	for _, r := range w.server.rows.Records() {
		if r.Version > 0 {
			s.Rows = append(s.Rows, projection.RowOf(r))
		}
	}
	for _, f := range w.server.rows.Fates() {
		s.Fates = append(s.Fates, FateOf(f))
	}
	for _, g := range Gates {
		s.Waiting = w.appendWaiting(s.Waiting, g)
	}
	return s
}

// lookAt returns what one person sees.
func (w *World) lookAt(c *client) ClientState {
	s := ClientState{Name: c.name, Cut: c.cut, Down: c.down}
	if c.down {
		return s
	}
	s.Online = w.online(c)
	s.To = c.replica.Position().To
	s.Records = c.look(nil)
	s.Intents = append([]IntentState(nil), c.beliefs.Intents()...)
	return s
}

// look appends every record that the client's screen shows, by id.
func (c *client) look(out []RecordState) []RecordState {
	for _, id := range c.records() {
		if c.replica.ViewInto(id, &c.view) {
			out = append(out, RecordOf(&c.view))
		}
	}
	return out
}

// records returns the ids of all records that the client's screen may show, in
// their order. The list is good until the next call.
func (c *client) records() []string {
	c.ids = c.ids[:0]
	c.base.Scan(func(row protocol.Row) bool {
		c.ids = append(c.ids, row.ID)
		return true
	})
	for i := range c.beliefs.intents {
		id := c.beliefs.intents[i].Record
		if at, known := slices.BinarySearch(c.ids, id); !known {
			c.ids = slices.Insert(c.ids, at, id)
		}
	}
	return c.ids
}

// RecordOf returns what a screen shows of a record.
func RecordOf(v *reconcile.View) RecordState {
	return RecordState{
		ID: v.ID, Name: v.Name, Email: v.Email, Status: v.Status,
		Exists: v.Exists, Ghost: v.Ghost, Deleting: v.Deleting, Slow: v.Slow, Twin: v.Twin,
		Seen: v.Seen, Log: v.Log, DB: v.DB, Shown: append([]string(nil), v.Shown...),
	}
}

// FateOf returns what can be seen of a fate.
func FateOf(f projection.Fate) FateState {
	return FateState{Ref: f.Ref, Status: statusWord(f.Status), Seq: f.Seq, Code: f.Code, Logged: f.Logged}
}

// rowOf returns the confirmed row of a record, or one without an id.
func (w *World) rowOf(id string) protocol.Row {
	r, found, _ := w.server.rows.Record(id) // In memory, nothing fails.
	if !found || r.Version == 0 {
		return protocol.Row{}
	}
	return projection.RowOf(r)
}

// statusWord returns the word for a fate's status.
func statusWord(s projection.Status) string {
	switch s {
	case projection.Applied:
		return "applied"
	case projection.Rejected:
		return "rejected"
	case projection.Refused:
		return "refused"
	}
	return ""
}

package sim

import (
	"slices"

	"optimist/shared/reconcile"
	"optimist/shared/trace"
)

// sight is what a screen shows of a record, as far as a trace tells.
type sight struct {
	record string
	value  trace.Value
	mark   trace.Mark
	twin   bool
	shown  []string // Nobody changes it.
}

func (s *sight) equal(other *sight) bool {
	return s.value == other.value && s.mark == other.mark && s.twin == other.twin && slices.Equal(s.shown, other.shown)
}

// render notes each record of c whose view has changed since it was noted.
func (w *World) render(c *client) {
	old := c.rendered
	c.rendered, c.before = c.screen(c.before[:0]), old
	now := c.rendered
	for len(now) > 0 || len(old) > 0 {
		switch {
		case len(now) == 0 || len(old) > 0 && old[0].record < now[0].record:
			if !c.down {
				w.note(c.without(old[0].record))
			}
			old = old[1:]
		case len(old) == 0 || now[0].record < old[0].record:
			w.note(c.rendering(&now[0]))
			now = now[1:]
		default:
			if !now[0].equal(&old[0]) {
				w.note(c.rendering(&now[0]))
			}
			now, old = now[1:], old[1:]
		}
	}
}

// screen appends what c's screen shows of each record, by id.
func (c *client) screen(out []sight) []sight {
	if c.down {
		return out
	}
	for _, id := range c.records() {
		if c.replica.ViewInto(id, &c.view) {
			out = append(out, c.sight())
		}
	}
	return out
}

// sight returns what is in view.
func (c *client) sight() sight {
	v := &c.view
	row, _ := c.base.Get(v.ID)
	return sight{
		record: v.ID,
		value:  trace.Value{Exists: v.Exists || v.Ghost, Name: v.Name, Email: v.Email, Version: v.Seen, Seq: row.Seq},
		mark:   markOf(v.Status), twin: v.Twin, shown: c.shown(v),
	}
}

// shown returns a view's list for keeps: the one that was shown already, if it is
// the same.
func (c *client) shown(v *reconcile.View) []string {
	for i := range c.rendered {
		if s := &c.rendered[i]; s.record == v.ID && slices.Equal(s.shown, v.Shown) {
			return s.shown
		}
	}
	return append([]string(nil), v.Shown...)
}

// rendering says what c's screen shows of a record.
func (c *client) rendering(s *sight) trace.Event {
	return trace.Event{
		Kind: trace.Rendered, Actor: c.name, Client: c.name, Record: s.record,
		Value: s.value, Mark: s.mark, Shown: s.shown, Twin: s.twin,
	}
}

// without says that c's screen has a record no more, and which own changes took
// it away: a delete that is taken for success does before any row tells of it.
func (c *client) without(id string) trace.Event {
	v, _ := c.replica.View(id)
	return trace.Event{
		Kind: trace.Rendered, Actor: c.name, Client: c.name, Record: id, Mark: trace.Plain,
		Shown: append([]string(nil), v.Shown...),
	}
}

func markOf(s reconcile.Status) trace.Mark {
	switch s {
	case reconcile.StatusConfirmed:
		return trace.Plain
	case reconcile.StatusPending:
		return trace.Pending
	case reconcile.StatusRolledBack:
		return trace.Failed
	}
	return 0
}

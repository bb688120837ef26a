package tui

import (
	"optimist/client/view"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// viewInspector returns the life of the selected record.
func (m *Model) viewInspector() view.Inspector {
	v, ok := m.selected()
	if !ok {
		return view.Inspector{}
	}
	out := view.Inspector{Row: m.row(v), Offset: m.steps}
	if m.raw {
		out.Raw = m.rawJSON("  ")
		return out
	}
	out.Anomalies = m.foundOn(v.ID)
	if m.timeline != nil {
		out.Timeline, out.Offset = m.viewTimeline(v), m.timeline.offset
		return out
	}
	out.Steps = m.viewSteps(v)
	for i := len(v.Tray) - 1; i >= 0; i-- {
		out.Verdicts = append(out.Verdicts, m.verdict(v.Tray[i], v, i == len(v.Tray)-1))
	}
	for _, p := range v.Pending {
		if p.Why != "" && (p.Phase == reconcile.Queued || p.Phase == reconcile.Sent) {
			out.Verdicts = append(out.Verdicts, unsure(p))
		}
	}
	out.Fields = m.fieldsOf(v, out.Row)
	return out
}

// fieldsOf compares a record field by field, and its id where that is not the
// client's own.
func (m *Model) fieldsOf(v reconcile.View, r view.Row) []view.Field {
	db := v.Row
	if db.Deleted {
		db.Name, db.Email = "", ""
	}
	if v.DB < v.Row.Version && !v.Row.Deleted {
		db.Name, db.Email = "", "" // The row is the log's; the database's own is older, or not there.
		if v.DB > 0 {
			db.Name, db.Email = "an older version", "an older version"
		}
	}
	fields := []view.Field{{Name: "name", Seen: r.Name, DB: db.Name}, {Name: "email", Seen: r.Email, DB: db.Email}}
	if id := m.shownID(v); id != "" {
		stored := ""
		if v.Row.ID != "" {
			stored = m.storedID(v)
		}
		fields = append(fields, view.Field{Name: "id", Seen: id, DB: stored})
	}
	return fields
}

// unsure explains that the server had no verdict on a change.
func unsure(p reconcile.Mutation) view.Verdict {
	return view.Verdict{
		Tag: p.Tag(), What: p.Op.String() + ": the server cannot tell yet", Why: p.Why, Open: true,
		Fix: "nothing to do: it stays pending and is asked for again by itself. A stall is cleared with F.",
	}
}

// viewSteps returns the record's life, or what little is known of one that
// nothing happened to in this session.
func (m *Model) viewSteps(v reconcile.View) []view.Step {
	f := m.lives.of(v.ID)
	if f == nil {
		s := view.Step{Actor: "db", Text: "was in the database before this session", Seq: v.Row.Seq, Note: view.Version(v.DB, false), Mark: view.MarkConfirmed}
		if v.Row.By != "" && v.Row.By != m.opts.Client {
			s.Text = "last changed by " + v.Row.By
		}
		return []view.Step{s}
	}
	steps := append([]view.Step(nil), f.steps...)
	if v.Status != reconcile.StatusConfirmed {
		steps[len(steps)-1].Here = true
	}
	return steps
}

// verdict explains one rollback: what, why and what helps.
func (m *Model) verdict(mu reconcile.Mutation, v reconcile.View, newest bool) view.Verdict {
	out := view.Verdict{
		Tag:  mu.Tag(),
		What: mu.Op.String() + " rolled back: " + string(mu.Code),
		Why:  m.why(mu, v),
		Fix:  m.fix(mu, v),
	}
	if mu.Op != user.Delete {
		out.Typed = fields(mu.Patch)
	}
	if newest {
		for i := range recordActions {
			switch a := &recordActions[i]; a.name {
			case "retry", "edit and retry", "dismiss", "jump to its event":
				if m.can(a) {
					out.Keys = append(out.Keys, view.Key{Key: a.shown(), Does: shortNames[a.name]})
				}
			}
		}
	}
	return out
}

var shortNames = map[string]string{
	"retry": "retry", "edit and retry": "edit+retry", "dismiss": "dismiss", "jump to its event": "in the log",
}

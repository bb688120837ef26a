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
	out.Steps = m.viewSteps(v)
	for i := len(v.Tray) - 1; i >= 0; i-- {
		out.Verdicts = append(out.Verdicts, m.verdict(v.Tray[i], v, i == len(v.Tray)-1))
	}
	db := v.Row
	if db.Deleted {
		db.Name, db.Email = "", ""
	}
	out.Fields = []view.Field{{Name: "name", Seen: out.Row.Name, DB: db.Name}, {Name: "email", Seen: out.Row.Email, DB: db.Email}}
	return out
}

// viewSteps returns the record's life, or what little is known of one that
// nothing happened to in this session.
func (m *Model) viewSteps(v reconcile.View) []view.Step {
	f := m.lives.of(v.ID)
	if f == nil {
		s := view.Step{Actor: "db", Text: "was in the database before this session", Seq: v.Row.Seq, Note: versionWord(v.DB, false), Mark: view.MarkConfirmed}
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

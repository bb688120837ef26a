package tui

import (
	"encoding/json"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"optimist/client/terminal"
	"optimist/client/view"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

var recordActions = []action{
	{name: "new record", help: "create a user: a name and an email", group: groupRecords, hint: "new",
		keys: []string{"n"}, why: notOpen, run: (*Model).openNew},
	{name: "edit", help: "change the selected record's name or email", group: groupRecords, hint: "edit",
		keys: []string{"e"}, why: noRecord, run: (*Model).openEdit},
	{name: "delete", help: "delete the selected record; y confirms", group: groupRecords, hint: "delete",
		keys: []string{"d"}, why: noRecord, run: (*Model).askDelete},
	{name: "undo", help: "take back the last change of the selected record", group: groupRecords, hint: "undo",
		keys: []string{"u"}, why: noUndo, run: (*Model).undo},
	{name: "retry", help: "send again what was rolled back, as one change", group: groupRecords, hint: "retry",
		keys: []string{"R"}, why: noTray, run: (*Model).retry},
	{name: "edit and retry", help: "change what was rolled back, then send it again", group: groupRecords, hint: "edit+retry",
		keys: []string{"E"}, why: noTrayText, run: (*Model).openRetry},
	{name: "dismiss", help: "forget what was rolled back here; y confirms", group: groupRecords, hint: "dismiss",
		keys: []string{"c"}, why: noTray, run: (*Model).askDismiss},
	{name: "why, inspect", help: "go to the selected record's life: what, why and fix", group: groupRecords, hint: "why",
		keys: []string{"enter"}, panes: recordPanes, why: nothingSelected, run: (*Model).inspect},
	{name: "filter", help: "show only records with this in name, email or id", group: groupRecords, hint: "filter",
		keys: []string{"/"}, run: (*Model).openFilter},
	{name: "raw JSON", help: "show the selected record as JSON, or its life again", group: groupRecords,
		keys: []string{"a"}, panes: append([]view.Pane{view.PaneLog}, recordPanes...), run: (*Model).toggleRaw},
	{name: "timeline", help: "show the selected record's space-time diagram, or its life again", group: groupRecords,
		keys: []string{"t"}, why: nothingSelected, run: (*Model).toggleTimeline},
	{name: "copy as JSON", help: "put the selected record on the clipboard (OSC 52)", group: groupRecords,
		keys: []string{"y"}, why: nothingSelected, run: (*Model).copy},
	{name: "jump to its event", help: "show the record's newest event in the log", group: groupRecords,
		keys: []string{"T"}, why: noEvent, run: (*Model).jump},
	{name: "jump to its record", help: "select the record of the selected event", group: groupRecords, hint: "its record",
		keys: []string{"enter"}, panes: []view.Pane{view.PaneLog}, why: noEvents, run: (*Model).jumpToRecord},
}

// selected returns what the selected record shows.
func (m *Model) selected() (reconcile.View, bool) {
	if m.table.at() < 0 {
		return reconcile.View{}, false
	}
	return m.replica.View(m.table.selected)
}

func notOpen(m *Model) string {
	if m.remote == nil {
		return "wait until the session is open"
	}
	return ""
}

func nothingSelected(m *Model) string {
	if _, ok := m.selected(); !ok {
		return "no record is selected"
	}
	return ""
}

func noRecord(m *Model) string {
	v, ok := m.selected()
	switch {
	case m.remote == nil:
		return notOpen(m)
	case !ok:
		return "no record is selected"
	case len(v.Tray) > 0 && !v.Exists:
		return "it was rolled back: R retries, E edits and retries, c dismisses it"
	case !v.Exists:
		return "the record is deleted"
	case v.Deleting:
		return "it is being deleted; u takes that back"
	}
	return ""
}

func noUndo(m *Model) string {
	if record := m.undoable(); record == "" || m.remote == nil || !m.replica.CanUndo(record) {
		return "nothing of yours to take back on this record"
	}
	return ""
}

// undoable returns the record that undo is about: one that was just deleted and
// so cannot be selected any more, or the selected one.
func (m *Model) undoable() string {
	if m.gone != "" {
		return m.gone
	}
	if _, ok := m.selected(); !ok {
		return ""
	}
	return m.table.selected
}

func noTray(m *Model) string {
	if v, ok := m.selected(); !ok || m.remote == nil || len(v.Tray) == 0 {
		return "nothing was rolled back on this record"
	}
	return ""
}

func noTrayText(m *Model) string {
	if why := noTray(m); why != "" {
		return why
	}
	v, _ := m.selected()
	if trayPatch(v).Set == 0 || v.Tray[len(v.Tray)-1].Op == user.Delete {
		return "a delete has no text; R sends it again"
	}
	return ""
}

// trayPatch returns everything that was typed and rolled back, as one patch.
func trayPatch(v reconcile.View) user.Patch {
	var p user.Patch
	for _, t := range v.Tray {
		p = t.Patch.Over(p)
	}
	return p
}

func (m *Model) openNew() tea.Cmd {
	m.form = newForm(formNew, m.opts.NewID(), "new record", "", "")
	return nil
}

func (m *Model) openEdit() tea.Cmd {
	v, _ := m.selected()
	m.form = newForm(formEdit, v.ID, "edit "+m.nameOf(v.ID), v.Name, v.Email)
	m.form.seq = v.Row.Seq
	return nil
}

func (m *Model) openRetry() tea.Cmd {
	v, _ := m.selected()
	p := trayPatch(v).Over(user.SetBoth(v.Name, v.Email))
	m.form = newForm(formRetry, v.ID, "edit and retry "+m.nameOf(v.ID), p.Name, p.Email)
	m.form.seq = v.Row.Seq
	return nil
}

func (m *Model) askDelete() tea.Cmd {
	v, _ := m.selected()
	m.confirm = &confirm{
		title: "delete " + m.nameOf(v.ID) + "?", does: "delete it",
		text: []string{"The delete is a guess until the database has it. u takes it back."},
		yes: func(m *Model) tea.Cmd {
			m.step(reconcile.Input{
				Kind: reconcile.Submit, At: m.now, ID: m.opts.NewID(), Record: v.ID, Op: user.Delete, Strategy: m.strategy,
			})
			return nil
		},
	}
	return nil
}

func (m *Model) askDismiss() tea.Cmd {
	v, _ := m.selected()
	text := []string{"What was typed is lost:"}
	for _, t := range v.Tray {
		text = append(text, t.Tag()+" "+describe(t))
	}
	m.confirm = &confirm{
		title: "dismiss what was rolled back?", does: "dismiss it", text: text,
		yes: func(m *Model) tea.Cmd {
			m.step(reconcile.Input{Kind: reconcile.Dismiss, At: m.now, Record: v.ID})
			return nil
		},
	}
	return nil
}

func (m *Model) undo() tea.Cmd {
	record := m.undoable()
	if m.gone != "" {
		m.adopt = record
	}
	m.step(reconcile.Input{
		Kind: reconcile.Undo, At: m.now, ID: m.opts.NewID(), Record: record, Strategy: m.strategy,
	})
	return nil
}

func (m *Model) retry() tea.Cmd {
	in := reconcile.Input{
		Kind: reconcile.Retry, At: m.now, ID: m.opts.NewID(), Record: m.table.selected, Strategy: m.strategy,
	}
	m.step(in)
	m.goWith(in)
	return nil
}

func (m *Model) inspect() tea.Cmd {
	m.focusOn(view.PaneInspector)
	m.steps = -1
	return nil
}

func (m *Model) toggleRaw() tea.Cmd {
	m.raw = !m.raw
	return nil
}

// rawJSON writes everything this client knows of the selected record.
func (m *Model) rawJSON(indent string) string {
	v, _ := m.selected()
	out, err := json.MarshalIndent(struct {
		ID     string               `json:"id"`
		Status string               `json:"status"`
		Name   string               `json:"name"`
		Email  string               `json:"email"`
		Seen   uint64               `json:"seen"`
		Log    uint64               `json:"log"`
		DB     uint64               `json:"db"`
		Row    any                  `json:"row"`
		Under  []reconcile.Mutation `json:"pending,omitempty"`
		Tray   []reconcile.Mutation `json:"rolled_back,omitempty"`
	}{v.ID, v.Status.String(), v.Name, v.Email, v.Seen, m.log.version(v), v.DB, v.Row, v.Pending, v.Tray}, "", indent)
	if err != nil {
		panic(fmt.Sprintf("tui: a record is not JSON: %v", err))
	}
	return string(out)
}

func (m *Model) copy() tea.Cmd {
	m.notices.add(notice{at: m.now, mark: view.MarkConfirmed, text: "copied as JSON, if the terminal allows it", passes: true})
	return tea.SetClipboard(m.rawJSON(""))
}

func noEvent(m *Model) string {
	if m.log.newest(m.table.selected) == nil {
		return "the log that is remembered here has no event of this record"
	}
	return ""
}

func (m *Model) jump() tea.Cmd {
	m.log.point(m.log.newest(m.table.selected).Seq)
	m.logOpen, m.focus = true, view.PaneLog
	return nil
}

func noEvents(m *Model) string {
	lines := m.log.lines()
	if len(lines) == 0 {
		return "no events yet"
	}
	e := lines[m.log.at(lines)]
	if _, ok := m.table.places[e.Record]; !ok {
		return "the event is about no record that is shown"
	}
	return ""
}

func (m *Model) jumpToRecord() tea.Cmd {
	lines := m.log.lines()
	m.table.setFilter("")
	m.filter = terminal.NewInput()
	m.table.selected, m.steps = lines[m.log.at(lines)].Record, -1
	m.focus = view.PaneRecords
	return nil
}

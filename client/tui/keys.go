package tui

import (
	tea "charm.land/bubbletea/v2"

	"optimist/client/terminal"
	"optimist/client/view"
)

// dialog reports whether a dialog has the keys. Under one, no record moves.
func (m *Model) dialog() bool {
	return m.form != nil || m.confirm != nil || m.palette != nil || m.help != nil || m.picker != nil || m.lessons != nil || m.notices.open || m.anomalies != nil
}

// press takes a key: the open mode has it, and only without one is it a
// command. Quitting at once and suspending work everywhere.
func (m *Model) press(key tea.KeyPressMsg) tea.Cmd {
	was := m.dialog()
	cmd := m.route(key)
	m.judge()
	if was && !m.dialog() {
		m.catchUp()
	}
	m.guideOn()
	return cmd
}

func (m *Model) route(key tea.KeyPressMsg) tea.Cmd {
	switch k := key.String(); {
	case k == "ctrl+c":
		return tea.Quit
	case k == "ctrl+z":
		return tea.Suspend
	case m.form != nil:
		m.pressForm(key)
	case m.confirm != nil:
		return m.pressConfirm(key)
	case m.palette != nil:
		return m.pressPalette(key)
	case m.help != nil:
		m.pressHelp(key)
	case m.notices.open:
		m.pressNotices(key)
	case m.anomalies != nil:
		m.pressAnomalies(key)
	case m.picker != nil:
		m.pressPicker(key)
	case m.lessons != nil:
		return m.pressLessons(key)
	case m.filtering:
		return m.pressFilter(key)
	default:
		if a := actionFor(k, m.focus); a != nil {
			return m.do(a)
		}
	}
	return nil
}

// paste gives pasted text to the input that is open. It is never a command.
func (m *Model) paste(msg tea.PasteMsg) tea.Cmd {
	switch {
	case m.form != nil:
		m.form.inputs[m.form.focus].Take(msg)
	case m.palette != nil:
		m.palette.input.Take(msg)
	case m.picker != nil && m.picker.typed != nil:
		m.picker.typed.Take(msg)
	case m.filtering && !m.dialog():
		m.filter.Take(msg)
		return m.setFilter(m.filter.Value())
	}
	return nil
}

func (m *Model) openFilter() tea.Cmd {
	m.filtering, m.focus = true, view.PaneRecords
	return nil
}

// pressFilter takes a key while the filter is typed.
func (m *Model) pressFilter(key tea.KeyPressMsg) tea.Cmd {
	switch key.String() {
	case "esc":
		m.filtering = false
		m.filter = terminal.NewInput()
		return m.setFilter("")
	case "enter", "tab":
		m.filtering = false
	case "up":
		m.move(view.PaneRecords, -1)
	case "down":
		m.move(view.PaneRecords, 1)
	default:
		m.filter.Take(key)
		return m.setFilter(m.filter.Value())
	}
	return nil
}

// sweepMsg goes on with looking for the filter.
type sweepMsg struct{}

// setFilter shows what matches. Many records are looked through in parts, so
// that the next key never waits.
func (m *Model) setFilter(filter string) tea.Cmd {
	if filter == "" {
		m.filter = terminal.NewInput()
	}
	idle := m.table.from == nil
	m.table.setFilter(filter)
	if cmd := m.sweep(); idle {
		return cmd
	}
	return nil // The sweep under way goes on with the new filter.
}

func (m *Model) sweep() tea.Cmd {
	if m.table.sweep(m.replica.View) {
		return func() tea.Msg { return sweepMsg{} }
	}
	return nil
}

// wheelLines is how far one notch of the wheel goes.
const wheelLines = 3

// wheel scrolls what is under the mouse.
func (m *Model) wheel(at tea.Mouse) {
	n := wheelLines
	if at.Button == tea.MouseWheelUp {
		n = -wheelLines
	} else if at.Button != tea.MouseWheelDown {
		return
	}
	switch {
	case m.help != nil:
		m.help.offset = max(m.help.offset+n, 0)
	case m.notices.open:
		m.notices.offset = min(max(m.notices.offset+n, 0), max(len(m.notices.list)-1, 0))
	case m.anomalies != nil:
		m.anomalies.offset = max(m.anomalies.offset+n, 0)
	case !m.dialog():
		if t, ok := view.Hit(m.screen, at.X, at.Y); ok && t.Pane != 0 {
			m.move(t.Pane, n)
		}
	}
}

// click selects or presses what is under the mouse.
func (m *Model) click(at tea.Mouse) tea.Cmd {
	t, ok := view.Hit(m.screen, at.X, at.Y)
	if !ok || at.Button != tea.MouseLeft {
		return nil
	}
	if t.Part == view.PartKey {
		return m.press(terminal.Key(t.Key))
	}
	if m.dialog() {
		return m.clickDialog(t)
	}
	if t.Pane != 0 {
		m.focusOn(t.Pane)
	}
	switch t.Part {
	case view.PartRow:
		if rows := m.screen.Records.Rows; t.Index < len(rows) {
			m.table.selected, m.steps, m.gone = rows[t.Index].ID, -1, ""
		}
	case view.PartEvent:
		if lines := m.log.lines(); t.Index < len(lines) {
			m.log.point(lines[t.Index].Seq)
		}
	case view.PartFault:
		m.faults.selected = min(t.Index, len(ways)-1)
	case view.PartPane, view.PartStep, view.PartKey, view.PartItem, view.PartField, view.PartBox,
		view.PartCell, view.PartTab, view.PartOption, view.PartTick: // The last four are on no screen of this model.
	}
	return nil
}

// clickDialog chooses an item or a field. What is chosen in a list is done.
func (m *Model) clickDialog(t view.Target) tea.Cmd {
	enter := tea.KeyPressMsg{Code: tea.KeyEnter}
	switch {
	case t.Part == view.PartField && m.form != nil && t.Index < len(m.form.inputs):
		m.form.focus = t.Index
	case t.Part == view.PartItem && m.palette != nil:
		m.palette.selected = t.Index
		return m.press(enter)
	case t.Part == view.PartItem && m.lessons != nil && t.Index < len(m.lessons.list):
		m.lessons.selected = t.Index
		return m.press(enter)
	case t.Part == view.PartItem && m.picker != nil:
		m.picker.selected, m.picker.typed = t.Index, nil
		return m.press(enter)
	}
	return nil
}

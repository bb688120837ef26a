package lab

import (
	tea "charm.land/bubbletea/v2"

	"optimist/client/terminal"
	"optimist/client/view"
)

var mouseKeys = []key{
	{keys: []string{"m"}, name: "mouse on or off", group: groupProgram, run: (*Model).toggleMouse},
}

// mouse is what is known of it.
type mouse struct {
	off      bool
	dragging int // The line of the scrubber that is being dragged, and 1; 0: none.
}

func (m *Model) toggleMouse() tea.Cmd {
	m.mouse.off = !m.mouse.off
	m.note = "the mouse is on: click a record, the scrubber, an answer"
	if m.mouse.off {
		m.note = "the mouse is off: the terminal selects text"
	}
	return nil
}

// mode is what the terminal is asked to report.
func (m *mouse) mode() tea.MouseMode {
	if m.off {
		return tea.MouseModeNone
	}
	return tea.MouseModeCellMotion
}

// pointed takes what the mouse did.
func (m *Model) pointed(msg tea.MouseMsg) tea.Cmd {
	at := msg.Mouse()
	switch msg.(type) {
	case tea.MouseClickMsg:
		m.mouse.dragging = 0
		if at.Button == tea.MouseLeft {
			m.note = ""
			return m.click(at.X, at.Y)
		}
	case tea.MouseMotionMsg:
		return m.drag(at.X)
	case tea.MouseReleaseMsg:
		m.mouse.dragging = 0
	case tea.MouseWheelMsg:
		return m.wheel(at)
	}
	return nil
}

// click does what is under the mouse.
func (m *Model) click(x, y int) tea.Cmd {
	s := m.screen()
	t, ok := view.Hit(s, x, y)
	switch {
	case !ok || m.follows() && t.Part != view.PartOption && t.Part != view.PartKey:
		return nil
	case t.Part == view.PartKey:
		return m.press(terminal.Key(t.Key))
	case t.Part == view.PartItem && m.choice != nil && t.Index < len(m.choice.items):
		m.choice.selected = t.Index
		return m.pressChoice("enter")
	case t.Part == view.PartField && m.form != nil && t.Index < len(m.form.fields):
		m.form.focus = t.Index
	case t.Part == view.PartOption:
		return m.press(tea.KeyPressMsg{Code: rune('1' + t.Index), Text: string(rune('1' + t.Index))})
	case t.Part == view.PartTick:
		m.mouse.dragging = y + 1
		return m.goTo(t.Index)
	case t.Part == view.PartRow && s.Compare != nil:
		m.selectRow(s.Compare.Sides[t.Side].Records, t.Index)
	case t.Part == view.PartRow:
		m.selectRow(s.Records, t.Index)
	}
	return nil
}

// drag goes where the scrubber is dragged to, however far from its line the
// mouse strays.
func (m *Model) drag(x int) tea.Cmd {
	if m.mouse.dragging == 0 {
		return nil
	}
	if t, ok := view.Hit(m.screen(), x, m.mouse.dragging-1); ok && t.Part == view.PartTick {
		return m.goTo(t.Index)
	}
	return nil
}

// goTo goes to a place of what is shown.
func (m *Model) goTo(place int) tea.Cmd {
	switch {
	case m.pair != nil:
		return m.step(place - m.pair.at)
	case m.puzzling() && place < m.puzzle.At():
		return m.undo(m.puzzle.At() - place)
	case m.puzzling():
		return nil
	}
	m.player().Jump(place)
	m.arrive()
	return m.schedule()
}

// selectRow selects a row of the table. In a comparison both sides have it.
func (m *Model) selectRow(t view.Records, row int) {
	if row >= len(t.Rows) {
		return
	}
	id := t.Rows[row].ID
	if m.pair == nil {
		m.player().record = id
		return
	}
	for _, p := range m.pair.sides {
		p.record = id
	}
}

// wheel goes on and back in the story over the scrubber, chooses in a list, and
// else goes through the records.
func (m *Model) wheel(at tea.Mouse) tea.Cmd {
	n := 1
	switch at.Button {
	case tea.MouseWheelDown:
	case tea.MouseWheelUp:
		n = -1
	default:
		return nil
	}
	switch t, ok := view.Hit(m.screen(), at.X, at.Y); {
	case m.help != nil:
		m.pressHelp(arrow(n))
	case m.choice != nil:
		return m.pressChoice(arrow(n))
	case m.form != nil || !ok || m.follows():
	case t.Part == view.PartTick && n > 0:
		return m.press(terminal.Key("."))
	case t.Part == view.PartTick:
		return m.press(terminal.Key(","))
	case t.Pane == view.PaneRecords:
		return m.choose(n)
	case t.Pane == view.PaneInspector:
		return m.scroll(n * scrollLines)
	}
	return nil
}

// arrow is the key that goes one line down, or up.
func arrow(n int) string {
	if n < 0 {
		return "up"
	}
	return "down"
}

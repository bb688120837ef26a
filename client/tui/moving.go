package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"optimist/client/terminal"
	"optimist/client/view"
)

var moveActions = []action{
	{name: "up", help: "one line up in the pane", group: groupMove, keys: []string{"up", "k"}, run: by(-1)},
	{name: "down", help: "one line down in the pane", group: groupMove, keys: []string{"down", "j"}, run: by(1)},
	{name: "page up", help: "one page up in the pane", group: groupMove, keys: []string{"pgup"}, run: byPage(-1)},
	{name: "page down", help: "one page down in the pane", group: groupMove, keys: []string{"pgdown"}, run: byPage(1)},
	{name: "first", help: "the first line of the pane", group: groupMove, keys: []string{"g", "home"}, run: by(-terminal.FarAway)},
	{name: "last", help: "the last line; the log follows again", group: groupMove, keys: []string{"G", "end"}, run: by(terminal.FarAway)},
	{name: "next pane", help: "focus the next pane in sight", group: groupMove, keys: []string{"tab"}, run: nextPane(1)},
	{name: "previous pane", help: "focus the pane before", group: groupMove, keys: []string{"shift+tab"}, run: nextPane(-1)},
	{name: "pipeline pane", help: "focus the lane from you to the screen", group: groupMove, keys: []string{"1"}, run: goTo(view.PanePipeline)},
	{name: "records pane", help: "focus the records", group: groupMove, keys: []string{"2"}, run: goTo(view.PaneRecords)},
	{name: "inspector pane", help: "focus the life of the selected record", group: groupMove, keys: []string{"3"}, run: goTo(view.PaneInspector)},
	{name: "log pane", help: "open and focus the event log", group: groupMove, keys: []string{"4"}, run: goTo(view.PaneLog)},
	{name: "faults pane", help: "open and focus the faults", group: groupMove, keys: []string{"5"}, run: goTo(view.PaneFaults)},
	{name: "inspector", help: "to the inspector and back", group: groupMove, keys: []string{"i"}, run: (*Model).toggleInspector},
	{name: "event log", help: "to the event log and back", group: groupMove, hint: "log", keys: []string{"l"}, run: (*Model).toggleLog},
	{name: "zoom", help: "give the focused pane the whole screen, or back", group: groupMove, keys: []string{"z"}, run: (*Model).zoom},
	{name: "back", help: "leave what is open here, one thing at a time", group: groupMove, keys: []string{"esc"}, run: (*Model).back},
}

// by moves in the focused pane.
func by(n int) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd {
		m.move(m.focus, n)
		return nil
	}
}

func byPage(n int) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd {
		m.move(m.focus, n*max(view.PageSize(m.frame(), m.focus)-1, 1))
		return nil
	}
}

// move goes n lines down in a pane.
func (m *Model) move(p view.Pane, n int) {
	switch p {
	case view.PaneInspector:
		m.scrollSteps(n)
	case view.PaneLog:
		m.log.move(n)
	case view.PaneFaults:
		m.faults.selected = min(max(m.faults.selected+n, 0), len(ways)-1)
	case view.PanePipeline, view.PaneRecords:
		was := m.table.selected
		m.table.move(n)
		if m.table.selected != was {
			m.steps = -1
		}
	}
}

// scrollSteps goes n steps down in the inspector; at the end it stays with the
// newest.
func (m *Model) scrollSteps(n int) {
	if m.timeline != nil {
		m.timeline.scroll(n, view.PageSize(m.frame(), view.PaneInspector)-1)
		return
	}
	f := m.lives.of(m.table.selected)
	if f == nil {
		return
	}
	page := view.PageSize(m.frame(), view.PaneInspector)
	last := max(len(f.steps)-page, 0)
	at := m.steps
	if at < 0 {
		at = last
	}
	if at = max(at+n, 0); at >= last {
		at = -1
	}
	m.steps = at
}

// goTo focuses a pane and opens it.
func goTo(p view.Pane) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd {
		m.focusOn(p)
		return nil
	}
}

func (m *Model) focusOn(p view.Pane) {
	m.focus = p
	m.logOpen = m.logOpen || p == view.PaneLog
	m.faultsOpen = m.faultsOpen || p == view.PaneFaults
	if m.overlap() {
		// One of the two has the place, so the other must not look open.
		m.logOpen, m.faultsOpen = p != view.PaneFaults, p == view.PaneFaults
	}
	if p == view.PaneInspector && !view.Shown(m.frame(), p) {
		m.logOpen, m.faultsOpen = false, false
	}
}

// lookAtRecord goes back to the records after a change, with the inspector in
// sight: what comes of the change is to be seen there.
func (m *Model) lookAtRecord() {
	if !slices.Contains(recordPanes, m.focus) {
		m.focus = view.PaneRecords
	}
	m.steps, m.raw = -1, false
	if !m.zoomed && !view.Shown(m.frame(), view.PaneInspector) {
		m.logOpen, m.faultsOpen = false, false
	}
}

// overlap reports whether log and faults are open and only one is in sight.
func (m *Model) overlap() bool {
	s := m.frame()
	if !s.LogOpen || !s.FaultsOpen || s.Zoomed {
		return false
	}
	return !view.Shown(s, view.PaneLog) || !view.Shown(s, view.PaneFaults)
}

// nextPane focuses the next pane that is in sight.
func nextPane(step int) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd {
		const panes = int(view.PaneFaults)
		s := m.frame()
		s.Zoomed = false
		for i := 1; i < panes; i++ {
			p := view.Pane((int(m.focus)-1+i*step+i*panes)%panes + 1)
			if view.Shown(s, p) {
				m.focus = p
				return nil
			}
		}
		return nil
	}
}

func (m *Model) toggleInspector() tea.Cmd {
	if m.focus == view.PaneInspector {
		m.focus = view.PaneRecords
		return nil
	}
	m.focusOn(view.PaneInspector)
	m.steps = -1
	return nil
}

func (m *Model) toggleLog() tea.Cmd {
	if m.focus == view.PaneLog {
		m.close(view.PaneLog)
		return nil
	}
	m.focusOn(view.PaneLog)
	return nil
}

// close closes a pane; the focus goes back to the records.
func (m *Model) close(p view.Pane) {
	switch p {
	case view.PaneLog:
		m.logOpen = false
	case view.PaneFaults:
		m.faultsOpen = false
	case view.PanePipeline, view.PaneRecords, view.PaneInspector:
	}
	if m.focus == p {
		m.focus, m.zoomed = view.PaneRecords, false
	}
}

func (m *Model) zoom() tea.Cmd {
	m.zoomed = !m.zoomed
	return nil
}

// back leaves one thing: the zoom, the pane, the message, the filter.
func (m *Model) back() tea.Cmd {
	switch {
	case m.zoomed:
		m.zoomed = false
	case m.raw:
		m.raw = false
	case m.timeline != nil:
		m.timeline = nil
	case m.focus != view.PaneRecords:
		m.close(m.focus)
		m.focus = view.PaneRecords
	case m.notices.dismiss():
	case m.table.filter != "":
		return m.setFilter("")
	default:
		m.logOpen, m.faultsOpen = false, false
	}
	return nil
}

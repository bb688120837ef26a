package tui

import (
	tea "charm.land/bubbletea/v2"

	"optimist/client/terminal"
	"optimist/client/view"
)

var faultPanes = []view.Pane{view.PaneFaults}

var faultActions = []action{
	{name: "arm or disarm", help: "arm the selected fault, or disarm it", group: groupFaults, hint: "arm/disarm",
		keys: []string{"enter", "space"}, panes: faultPanes, why: noFaults, run: (*Model).arm},
	{name: "aim", help: "what the next fault strikes: next, created, edited, deleted, the selected record", group: groupFaults, hint: "aim",
		keys: []string{"a"}, panes: faultPanes, why: noFaults, run: (*Model).takeAim},
	{name: "faults", help: "to the faults and back: stall, fail, drop, repeat", group: groupFaults, hint: "faults",
		keys: []string{"f"}, run: (*Model).toggleFaults},
	{name: "clear all faults", help: "disarm everything; what is stalled goes on", group: groupFaults, hint: "clear faults",
		keys: []string{"F"}, why: noneArmed, run: (*Model).clearFaults},
}

var sessionActions = []action{
	{name: "strategy", help: "choose how what you do next is checked", group: groupSession, hint: "strategy",
		keys: []string{"s"}, run: (*Model).openPicker},
	{name: "lessons", help: "learn it in a story of its own, while your session goes on", group: groupSession, hint: "lessons",
		keys: []string{"L"}, why: noLessons, run: (*Model).openLessons},
	{name: "messages", help: "read every message again", group: groupSession, keys: []string{"M"}, run: (*Model).openNotices},
	{name: "anomalies", help: "everything that went wrong, by name, and why", group: groupSession, keys: []string{"A"}, run: (*Model).openAnomalies},
	{name: "go to the message", help: "select the record that the newest message is about", group: groupSession,
		keys: []string{"o"}, why: noMessage, run: (*Model).openMessage},
	{name: "commands", help: "find any action by its name", group: groupSession, hint: "commands",
		keys: []string{":"}, run: (*Model).openPalette},
	{name: "help", help: "every key", group: groupSession, hint: "help", keys: []string{"?"}, run: (*Model).openHelp},
	{name: "mouse on or off", help: "off, the terminal selects text", group: groupSession, keys: []string{"m"}, run: (*Model).toggleMouse},
	{name: "guide: next step", help: "skip this step of the demo's guide", group: groupSession, keys: []string{"N"},
		why: noGuide, run: (*Model).skipStep},
	{name: "guide: hide or show", help: "hide the line that leads through the demo", group: groupSession, keys: []string{"H"},
		why: noDemo, run: (*Model).hideGuide},
	{name: "suspend", help: "back to the shell; fg returns", group: groupSession, keys: []string{"ctrl+z"}, run: suspend},
	{name: "quit", help: "asks only while changes are pending", group: groupSession, hint: "quit", keys: []string{"q"}, run: (*Model).askQuit},
	{name: "quit at once", help: "without a question", group: groupSession, keys: []string{"ctrl+c"}, run: quit},
}

func noFaults(m *Model) string {
	if m.remote == nil {
		return notOpen(m)
	}
	return m.faults.off()
}

func noneArmed(m *Model) string {
	if why := noFaults(m); why != "" {
		return why
	}
	if len(m.faults.list) == 0 {
		return "none is armed"
	}
	return ""
}

func (m *Model) arm() tea.Cmd {
	m.toggleFault()
	return nil
}

func (m *Model) takeAim() tea.Cmd {
	m.faults.aim = (m.faults.aim + 1) % len(aims)
	if aims[m.faults.aim] == aimRecord && m.table.at() < 0 {
		m.faults.aim = 0
	}
	return nil
}

func (m *Model) toggleFaults() tea.Cmd {
	if m.focus == view.PaneFaults {
		m.close(view.PaneFaults)
		return nil
	}
	m.focusOn(view.PaneFaults)
	return nil
}

func (m *Model) clearFaults() tea.Cmd {
	m.remote.Clear(0)
	return nil
}

func (m *Model) openNotices() tea.Cmd {
	m.notices.open, m.notices.offset = true, 0
	m.notices.readAll()
	return nil
}

func noMessage(m *Model) string {
	x := m.notices.newest()
	if x == nil || x.record == "" {
		return "no unread message is about a record"
	}
	if _, ok := m.table.places[x.record]; !ok {
		return "its record is not there any more"
	}
	return ""
}

func (m *Model) openMessage() tea.Cmd {
	record := m.notices.newest().record
	cmd := m.setFilter("")
	m.table.selected = record
	m.focusOn(view.PaneInspector)
	m.steps = -1
	return cmd
}

func (m *Model) openPalette() tea.Cmd {
	m.palette = &palette{input: terminal.NewInput()}
	return nil
}

func (m *Model) openHelp() tea.Cmd {
	m.help = &help{}
	return nil
}

func (m *Model) toggleMouse() tea.Cmd {
	m.mouse = !m.mouse
	word := "off: the terminal selects text"
	if m.mouse {
		word = "on: click rows and panes, wheel scrolls"
	}
	m.notices.add(notice{at: m.now, mark: view.MarkConfirmed, text: "mouse " + word, passes: true})
	return nil
}

func suspend(*Model) tea.Cmd { return tea.Suspend }

func quit(*Model) tea.Cmd { return tea.Quit }

func (m *Model) askQuit() tea.Cmd {
	n := m.replica.Pending()
	if n == 0 {
		return tea.Quit
	}
	text := "This session is thrown away, and they may be lost with it."
	if m.opts.Kept {
		text = "They are kept, and sent again when you come back."
	}
	m.confirm = &confirm{title: "quit?", does: "quit", text: []string{plural(n, "change") + " pending.", text}, yes: quit}
	return nil
}

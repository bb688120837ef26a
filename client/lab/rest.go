package lab

import tea "charm.land/bubbletea/v2"

// Left says that the person is done with a model that is shown within another.
type Left struct {
	Next bool // With a lesson, and wants the next one.
}

// AtRest reports whether nothing is open that Esc would leave, so that whoever
// shows the model within another can take that key.
func (m *Model) AtRest() bool {
	open := m.help != nil || m.choice != nil || m.form != nil || m.zoomed || m.hall
	return !open && m.hand == nil && (m.pair == nil || m.cfg.Against != nil)
}

// over leaves the model for good.
func (m *Model) over(next bool) tea.Cmd {
	m.onwards = next
	if m.cfg.Within {
		return func() tea.Msg { return Left{Next: next} }
	}
	return tea.Quit
}

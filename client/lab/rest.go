package lab

import tea "charm.land/bubbletea/v2"

// within reports whether the model is shown within another, which goes on when
// the model is left.
func (m *Model) within() bool { return m.cfg.Left != nil }

// alone reports whether the model is all that the program shows.
func (m *Model) alone() bool { return !m.within() }

// atRest reports whether nothing is open that Esc would leave.
func (m *Model) atRest() bool {
	open := m.help != nil || m.choice != nil || m.form != nil || m.zoomed || m.hall
	return !open && m.hand == nil && (m.pair == nil || m.cfg.Against != nil)
}

// over leaves the model for good.
func (m *Model) over(next bool) tea.Cmd {
	m.onwards = next
	if m.within() {
		return m.cfg.Left(next)
	}
	return tea.Quit
}

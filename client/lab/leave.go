package lab

import tea "charm.land/bubbletea/v2"

// within reports whether the model is shown within another, which goes on when
// the model is left.
func (m *Model) within() bool { return m.cfg.Left != nil }

// alone reports whether the model is all that the program shows.
func (m *Model) alone() bool { return !m.within() }

// leads says where Esc leads, "" for nowhere. It is as leave does.
func (m *Model) leads() string {
	switch {
	case m.zoomed && m.showsPanes():
		return "zoom out"
	case m.hand != nil:
		return "to the story"
	case m.pair != nil && m.cfg.Against == nil && m.puzzle == nil:
		return "to the story"
	case m.pair != nil && m.cfg.Against == nil:
		return "leave it"
	case m.puzzle != nil && m.puzzle.away:
		return "to yours"
	case m.hall:
		return "leave the hall"
	}
	return m.cfg.Back
}

// over leaves the model for good.
func (m *Model) over(next bool) tea.Cmd {
	m.onwards = next
	if m.within() {
		return m.cfg.Left(next)
	}
	return tea.Quit
}

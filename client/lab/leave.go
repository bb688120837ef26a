package lab

import tea "charm.land/bubbletea/v2"

// within reports whether the model is shown within another, which goes on when
// the model is left.
func (m *Model) within() bool { return m.cfg.Left != nil }

// alone reports whether the model is all that the program shows.
func (m *Model) alone() bool { return !m.within() }

// leads says where Esc leads, "" for nowhere.
func (m *Model) leads() string {
	to, _ := m.wayOut()
	return to
}

// leave leaves what was gone into last.
func (m *Model) leave() tea.Cmd {
	if _, out := m.wayOut(); out != nil {
		out()
		return m.schedule()
	}
	if m.within() {
		return m.over(false)
	}
	return m.schedule()
}

// wayOut returns where it leads to leave what was gone into last, and what takes
// one there; nil: nothing that is open, so that the model itself is left.
func (m *Model) wayOut() (to string, out func()) {
	switch {
	case m.zoomed && m.showsPanes():
		return "zoom out", func() { m.zoomed = false }
	case m.hand != nil:
		return "to the story", func() {
			m.story.Jump(m.hand.from)
			m.hand = nil
		}
	case m.pair != nil && m.cfg.Against == nil && m.puzzle == nil:
		return "to the story", func() { m.pair = nil }
	case m.pair != nil && m.cfg.Against == nil:
		return "leave it", func() { m.pair = nil }
	case m.puzzle != nil && m.puzzle.away:
		return "to yours", m.comeBack
	case m.hall:
		return "leave the hall", func() { m.hall = false }
	}
	return m.cfg.Back, nil
}

// over leaves the model for good.
func (m *Model) over(next bool) tea.Cmd {
	m.onwards = next
	if m.within() {
		return m.cfg.Left(next)
	}
	return tea.Quit
}

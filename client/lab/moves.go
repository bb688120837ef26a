package lab

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"optimist/shared/strategy"
)

// playOrReveal reveals the answer of a question that is open, else plays or
// pauses.
func (m *Model) playOrReveal() tea.Cmd {
	switch {
	case m.pair != nil && m.pair.onward() != "":
		m.pair.playing = true
		return m.goOn()
	case m.pair != nil:
		m.pair.Play(!m.pair.playing)
	case m.teaches() && m.reveal():
	case m.player().unanswered():
		m.note = "choose an answer first, by its digit"
	case m.player().Reveal():
		if keep := m.pass(); keep != nil {
			return tea.Batch(keep, m.schedule())
		}
		if right, made := m.player().Score(); made > 0 && !m.examined() {
			m.note = fmt.Sprintf("predicted so far: %d of %d", right, made)
		}
	default:
		m.player().Play(!m.player().Playing())
	}
	return m.schedule()
}

// step goes n stops on. By hand, behind the last one, it takes the next step
// that the world takes by itself.
func (m *Model) step(n int) tea.Cmd {
	if m.pair != nil {
		if moved := m.pair.Step(n); !moved && n > 0 && m.pair.ending != "" {
			return m.goOn()
		}
		return m.schedule()
	}
	p := m.player()
	if m.hand != nil && n > 0 && p.At() == p.Len()-1 {
		m.tell(m.hand.Next())
		return m.schedule()
	}
	if n < 0 && m.hand == nil && p.tape.Live {
		m.note = "back over what was recorded: a live world only goes on"
	}
	moved := p.Step(n)
	if n > 0 && (moved || !m.beside) { // Whoever jumped to the last words has not seen it.
		m.arrive()
	}
	switch {
	case moved || m.pair != nil:
	case n < 0:
		m.note = "this is where the story begins"
	default:
		m.note = "this is where the story ends"
	}
	return m.schedule()
}

// tell shows why something could not be done.
func (m *Model) tell(err error) {
	if err != nil {
		m.note = err.Error()
	}
}

func (m *Model) faster(n int) tea.Cmd {
	if m.pair != nil {
		m.pair.Faster(n)
	} else {
		m.player().Faster(n)
	}
	return m.schedule()
}

func (m *Model) home() tea.Cmd {
	if m.pair != nil {
		m.pair.Home()
	} else {
		m.player().Home()
	}
	return m.schedule()
}

func (m *Model) end() tea.Cmd {
	if m.pair != nil {
		m.pair.End()
	} else {
		m.player().End()
	}
	return m.schedule()
}

// nextAnomaly goes on to where something is found.
func (m *Model) nextAnomaly() tea.Cmd {
	if m.pair != nil {
		return m.part()
	}
	p := m.player()
	for at := p.At() + 1; at < p.Len(); at++ {
		if len(p.tape.marked(at)) > 0 {
			p.Jump(at)
			return m.schedule()
		}
	}
	m.note = "nothing more goes wrong"
	return nil
}

// several reports whether there is more than one person.
func (m *Model) several() bool {
	if m.pair != nil {
		return len(m.pair.sides[0].People()) > 1
	}
	return len(m.player().People()) > 1
}

func (m *Model) nextPerson() tea.Cmd {
	if m.pair != nil {
		m.pair.NextPerson()
	} else {
		m.player().NextPerson()
	}
	return nil
}

func (m *Model) choose(n int) tea.Cmd {
	if m.pair != nil {
		m.pair.Select(n)
	} else {
		m.player().Select(n)
	}
	return nil
}

func (m *Model) timeline() tea.Cmd {
	if m.pair != nil {
		for _, p := range m.pair.sides {
			p.ToggleTimeline()
		}
	} else {
		m.player().ToggleTimeline()
	}
	return nil
}

func (m *Model) zoom() tea.Cmd {
	m.zoomed = !m.zoomed
	return nil
}

func (m *Model) toggleHall() tea.Cmd {
	m.hall = !m.hall
	return nil
}

// canCompare reports whether another strategy can be put beside this one, or taken
// away again.
func (m *Model) canCompare() bool {
	return m.cfg.Again != nil && m.hand == nil && (m.pair == nil || m.cfg.Against == nil)
}

// compare leaves a comparison, or asks with which strategy to compare.
func (m *Model) compare() tea.Cmd {
	if m.pair != nil {
		return m.leave()
	}
	var names []strategy.Strategy
	for _, s := range strategy.All() {
		if s.Text() != m.cfg.Tape.Under.Text() {
			names = append(names, s)
		}
	}
	c := &choice{title: "compare " + m.cfg.Tape.Under.Text() + " with"}
	for _, s := range names {
		c.items = append(c.items, item{name: s.Name, help: s.Summary, run: func(m *Model) tea.Cmd { return m.against(s) }})
	}
	c.selected = max(slices.IndexFunc(names, func(s strategy.Strategy) bool { return s.Name == strategy.Default }), 0)
	m.choice = c
	return nil
}

// against puts the story under another strategy beside this one, at the same
// line.
func (m *Model) against(s strategy.Strategy) tea.Cmd {
	other, err := m.cfg.Again(s)
	if err != nil {
		m.tell(err)
		return nil
	}
	m.story.Play(false)
	m.pair = Compare(m.cfg.Tape, other)
	m.pair.Seek(lineOf(m.story.Stop()))
	return m.schedule()
}

func (m *Model) part() tea.Cmd {
	m.pair.Part()
	return m.schedule()
}

package lab

import (
	tea "charm.land/bubbletea/v2"
)

var handKeys = []key{
	{keys: []string{"i"}, name: "take over from here", group: groupHand, hint: "take over", can: (*Model).canTakeOver, run: (*Model).takeOver},
	{keys: []string{"o"}, name: "what can happen next", group: groupHand, hint: "what can happen", can: (*Model).byHand, run: (*Model).openEnabled},
	{keys: []string{"n"}, name: "a new record", group: groupHand, hint: "new", can: (*Model).byHand, run: (*Model).openNew},
	{keys: []string{"e"}, name: "edit the record", group: groupHand, hint: "edit", can: (*Model).selected, run: (*Model).openEdit},
	{keys: []string{"d"}, name: "delete the record", group: groupHand, hint: "delete", can: (*Model).selected, run: (*Model).delete},
}

// byHand reports whether a person goes on with the story.
func (m *Model) byHand() bool { return m.hand != nil && m.pair == nil }

// selected reports whether that person has a record to act on.
func (m *Model) selected() bool { return m.byHand() && m.hand.Record() != "" }

// canTakeOver reports whether the story can be taken over here.
func (m *Model) canTakeOver() bool {
	return m.hand == nil && m.pair == nil && m.puzzle == nil && !m.deserted()
}

// deserted reports whether nobody is there yet in whose place one could act.
func (m *Model) deserted() bool { return len(m.player().People()) == 0 }

// takeOver lets the person go on from here.
func (m *Model) takeOver() tea.Cmd {
	m.story.Play(false)
	hand, err := m.story.TakeOver()
	if err != nil {
		m.tell(err)
		return nil
	}
	m.hand = hand
	m.note = "yours from here: o lists what can happen, esc goes back to the story"
	if m.story.tape.Live {
		m.note = "the live world is gone: its simulated twin is yours from here"
	}
	return m.schedule()
}

// openEnabled lists every step that could be taken now.
func (m *Model) openEnabled() tea.Cmd {
	c := &choice{title: "what can happen next", told: true}
	for _, a := range m.hand.Enabled() {
		c.items = append(c.items, item{
			name: a.String(), help: m.hand.tape.action(a),
			run: func(m *Model) tea.Cmd {
				m.tell(m.hand.Do(a))
				return nil
			},
		})
	}
	if len(c.items) == 0 {
		m.note = "nothing can happen here"
		return nil
	}
	m.choice = c
	return nil
}

func (m *Model) openNew() tea.Cmd {
	m.form = newForm("", "new record, as "+m.hand.Person(), "", "")
	return nil
}

func (m *Model) openEdit() tea.Cmd {
	row, _ := m.hand.desk(m.theme()).row(m.hand.Record())
	m.form = newForm(row.ID, "edit, as "+m.hand.Person(), row.Name, row.Email)
	return nil
}

func (m *Model) delete() tea.Cmd {
	m.tell(m.hand.Delete(m.hand.Record()))
	return nil
}

package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"optimist/client/terminal"
	"optimist/client/view"
	"optimist/shared/strategy"
)

// picker chooses the strategy of what is done next: one of the list, or one
// that is typed, whose axes are chosen one by one.
type picker struct {
	list     []strategy.Strategy // Every preset, and what is chosen now if it is none.
	selected int
	typed    *terminal.Input // nil while one of the list is chosen.
}

func (m *Model) openPicker() tea.Cmd {
	p := &picker{list: strategy.All()}
	if now, err := strategy.Parse(m.strategy); err == nil && now.Text() != now.Name {
		p.list = append(p.list, now)
	}
	p.selected = max(slices.IndexFunc(p.list, func(s strategy.Strategy) bool { return s.Text() == m.strategy }), 0)
	m.picker = p
	return nil
}

func (m *Model) pressPicker(key tea.KeyPressMsg) {
	p := m.picker
	if p.typed != nil {
		m.pressTyped(key)
		return
	}
	switch k := key.String(); k {
	case "esc":
		m.picker = nil
	case "up", "k":
		p.selected = max(p.selected-1, 0)
	case "down", "j", "s", "tab":
		p.selected = (p.selected + 1) % len(p.list)
	case "e":
		in := terminal.Filled(p.list[p.selected].Text() + " ")
		p.typed = &in
	case "enter", "space":
		m.choose(p.list[p.selected])
	default:
		p.seek(k)
	}
}

// seek selects the next strategy that begins with a letter.
func (p *picker) seek(letter string) {
	for i := 1; i <= len(p.list); i++ {
		if at := (p.selected + i) % len(p.list); strings.HasPrefix(p.list[at].Name, letter) {
			p.selected = at
			return
		}
	}
}

// pressTyped takes a key of a strategy being typed.
func (m *Model) pressTyped(key tea.KeyPressMsg) {
	switch key.String() {
	case "esc":
		m.picker.typed = nil
	case "enter":
		// What is wrong is on the screen already.
		if s, err := strategy.Parse(m.picker.typed.Value()); err == nil {
			m.choose(s)
		}
	default:
		m.picker.typed.Take(key)
	}
}

// choose takes s for what is done next.
func (m *Model) choose(s strategy.Strategy) {
	m.chosen, m.picker = true, nil
	m.readBy(s.Text())
	m.notices.add(notice{at: m.now, mark: view.MarkConfirmed, text: "strategy of what you do next: " + m.strategy, passes: true})
}

func (m *Model) viewPicker() *view.Picker {
	p := m.picker
	if p == nil {
		return nil
	}
	out := &view.Picker{Title: "strategy of what you do next", Selected: p.selected}
	for _, s := range p.list {
		out.Items = append(out.Items, view.PickerItem{Name: s.Text(), Help: s.Summary, Current: s.Text() == m.strategy})
	}
	if p.typed == nil {
		out.Note = "Price: " + p.list[p.selected].Price()
		out.Keys = []view.Key{{Key: "enter", Does: "choose"}, {Key: "e", Does: "choose single axes"}, {Key: "esc", Does: "leave"}}
		return out
	}
	out.Selected = -1
	out.Input, out.Cursor = p.typed.Value(), p.typed.Cursor()
	s, err := strategy.Parse(out.Input)
	if err != nil {
		out.Note, out.Wrong = err.Error(), true
		return out
	}
	out.Note = "Price: " + s.Price()
	return out
}

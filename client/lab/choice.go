package lab

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"optimist/client/view"
)

// choice is a list of which one is taken.
type choice struct {
	title    string
	items    []item
	selected int
	told     bool // What the selected one does is told in full: there may be no room behind its name.
}

// item is one of them.
type item struct {
	name, help string
	run        func(*Model) tea.Cmd
}

// pressChoice takes a key while a list is open.
func (m *Model) pressChoice(k string) tea.Cmd {
	c := m.choice
	switch k {
	case "esc", "q", "o", "x":
		m.choice = nil
	case "up", "k":
		c.selected = max(c.selected-1, 0)
	case "down", "j", "tab":
		c.selected = min(c.selected+1, len(c.items)-1)
	case "home", "g":
		c.selected = 0
	case "end", "G":
		c.selected = len(c.items) - 1
	case "enter", "space":
		m.choice = nil
		return c.items[c.selected].run(m)
	default:
		c.seek(k)
	}
	return nil
}

// seek selects the next item that begins with a letter.
func (c *choice) seek(letter string) {
	for i := 1; i <= len(c.items); i++ {
		if at := (c.selected + i) % len(c.items); strings.HasPrefix(c.items[at].name, letter) {
			c.selected = at
			return
		}
	}
}

func (c *choice) view() *view.Picker {
	if c == nil {
		return nil
	}
	out := &view.Picker{
		Title: c.title, Selected: c.selected,
		Keys: []view.Key{{Key: "enter", Does: "choose"}, {Key: "esc", Does: "leave"}},
	}
	if c.told {
		out.Note = c.items[c.selected].help
	}
	for _, i := range c.items {
		out.Items = append(out.Items, view.PickerItem{Name: i.name, Help: i.help})
	}
	return out
}

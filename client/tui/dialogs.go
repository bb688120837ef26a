package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"optimist/client/terminal"
	"optimist/client/view"
)

// confirm asks before something is lost; y is its only yes.
type confirm struct {
	title string
	text  []string
	does  string // What y does.
	yes   func(*Model) tea.Cmd
}

func (m *Model) pressConfirm(key tea.KeyPressMsg) tea.Cmd {
	switch key.String() {
	case "y":
		c := m.confirm
		m.confirm = nil
		return c.yes(m)
	case "esc", "n":
		m.confirm = nil
	}
	return nil
}

func (c *confirm) view() *view.Confirm {
	if c == nil {
		return nil
	}
	return &view.Confirm{Title: c.title, Text: c.text, Keys: []view.Key{{Key: "y", Does: c.does}, {Key: "esc", Does: "leave it"}}}
}

// palette finds an action by its name.
type palette struct {
	input    terminal.Input
	selected int
}

// found returns the actions that match what was typed, in the table's order;
// those whose name is it or begins with it come first.
func (p *palette) found() []*action {
	typed := strings.ToLower(strings.TrimSpace(p.input.Value()))
	var exact, first, rest, loose []*action
	for i := range len(actions) + len(wayActions) {
		a := actionAt(i)
		name := strings.ToLower(a.name)
		switch {
		case name == typed:
			exact = append(exact, a)
		case strings.HasPrefix(name, typed):
			first = append(first, a)
		case strings.Contains(name, typed) || strings.Contains(strings.ToLower(a.help), typed):
			rest = append(rest, a)
		case letters(name, typed):
			loose = append(loose, a)
		}
	}
	return slices.Concat(exact, first, rest, loose)
}

// actionAt returns the ith entry of the palette before anything is typed.
func actionAt(i int) *action {
	if i < len(actions) {
		return &actions[i]
	}
	return &wayActions[i-len(actions)]
}

// letters reports whether all of typed stands in name, in its order.
func letters(name, typed string) bool {
	for _, r := range typed {
		at := strings.IndexRune(name, r)
		if at < 0 {
			return false
		}
		name = name[at+len(string(r)):]
	}
	return true
}

func (m *Model) pressPalette(key tea.KeyPressMsg) tea.Cmd {
	p := m.palette
	switch key.String() {
	case "esc":
		m.palette = nil
	case "up", "ctrl+p":
		p.selected = max(p.selected-1, 0)
	case "down", "ctrl+n":
		p.selected = min(p.selected+1, max(len(p.found())-1, 0))
	case "enter":
		found := p.found()
		m.palette = nil
		if len(found) > 0 {
			return m.do(found[min(p.selected, len(found)-1)])
		}
	default:
		p.input.Take(key)
		p.selected = 0
	}
	return nil
}

func (p *palette) view() *view.Palette {
	if p == nil {
		return nil
	}
	out := &view.Palette{Input: p.input.Value(), Cursor: p.input.Cursor(), Selected: p.selected}
	for _, a := range p.found() {
		out.Items = append(out.Items, view.PaletteItem{Key: a.shown(), Name: a.name, Help: a.help})
	}
	return out
}

// help lists every key.
type help struct{ offset int }

func (m *Model) pressHelp(key tea.KeyPressMsg) {
	switch key.String() {
	case "esc", "?", "q", "enter":
		m.help = nil
	default:
		m.help.offset = scrolled(m.help.offset, key, m.term.Height)
	}
}

// scrolled returns where a page begins after a key.
func scrolled(offset int, key tea.KeyPressMsg, height int) int {
	down, _ := terminal.Scroll(key.String(), height)
	return max(offset+down, 0)
}

func (h *help) view() *view.Help {
	if h == nil {
		return nil
	}
	out := &view.Help{Offset: h.offset}
	for _, g := range groups {
		group := view.HelpGroup{Title: g}
		for i := range actions {
			if a := &actions[i]; a.group == g {
				group.Keys = append(group.Keys, view.Key{Key: a.shown(), Does: a.name})
			}
		}
		out.Groups = append(out.Groups, group)
	}
	out.Groups = append(out.Groups, view.HelpGroup{Title: "In dialogs", Keys: []view.Key{
		{Key: "enter", Does: "save, or choose"}, {Key: "tab", Does: "next field"},
		{Key: "y", Does: "yes, lose it"}, {Key: "esc", Does: "leave"},
	}})
	return out
}

func (m *Model) pressNotices(key tea.KeyPressMsg) {
	n := &m.notices
	switch key.String() {
	case "esc", "M", "q":
		n.open = false
	default:
		n.offset = min(scrolled(n.offset, key, m.term.Height), max(len(n.list)-1, 0))
	}
}

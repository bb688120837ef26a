package lab

import (
	"cmp"
	"slices"

	tea "charm.land/bubbletea/v2"

	"optimist/client/terminal"
	"optimist/client/view"
)

// helpPage lists keys.
type helpPage struct {
	offset int
	groups []view.HelpGroup
}

func (m *Model) openHelp() tea.Cmd {
	m.help = &helpPage{groups: m.listed()}
	return nil
}

// listed is every key with what it does, by group. Of a key that has two meanings
// it is the one that counts here.
func (m *Model) listed() []view.HelpGroup {
	var list []view.HelpGroup
	claimed := map[string]bool{}
	for _, g := range groups {
		list = append(list, view.HelpGroup{Title: g})
	}
	for i := range keys {
		a := &keys[i]
		if !m.offers(a) {
			continue
		}
		free := slices.DeleteFunc(slices.Clone(a.keys), func(k string) bool { return claimed[k] && m.strict() })
		for _, k := range free {
			claimed[k] = true
		}
		if len(free) > 0 {
			at := slices.Index(groups, a.group)
			list[at].Keys = append(list[at].Keys, view.Key{Key: terminal.Shown(free), Does: cmp.Or(a.name, m.cfg.Back)})
		}
	}
	return slices.DeleteFunc(list, func(g view.HelpGroup) bool { return len(g.Keys) == 0 })
}

// strict reports whether only what a key does at this very moment is listed. A
// puzzle has so many keys of its own that those which mean nothing in it would
// hide them, and a seat has few; of a story all are told, so that one learns what
// there will be.
func (m *Model) strict() bool { return m.puzzle != nil || m.seated() }

// offers reports whether a key is listed.
func (m *Model) offers(a *key) bool {
	switch {
	case !m.knows(a) || m.follows() && !follower(a) && a.run != nil:
		return false
	case m.strict():
		return m.means(a)
	}
	return true
}

// means reports whether a key does something here and now.
func (m *Model) means(a *key) bool { return a.can == nil || a.can(m) }

func (m *Model) pressHelp(k string) {
	down, scrolls := terminal.Scroll(k, m.term.Height)
	if !scrolls {
		m.help = nil
		return
	}
	lines, shown := view.HelpHeight(view.Screen{Width: m.term.Width, Height: m.term.Height, Help: m.help.view()})
	m.help.offset = max(min(m.help.offset+down, lines-shown), 0)
}

func (h *helpPage) view() *view.Help {
	if h == nil {
		return nil
	}
	return &view.Help{Offset: h.offset, Groups: h.groups}
}

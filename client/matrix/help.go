package matrix

import (
	"optimist/client/terminal"
	"optimist/client/view"
)

// helpPage lists every key.
type helpPage struct{ offset int }

func (m *Model) pressHelp(k string) {
	down, scrolls := terminal.Scroll(k, m.term.Height)
	if !scrolls {
		m.help = nil
		return
	}
	lines, shown := view.HelpHeight(m.screen())
	m.help.offset = max(min(m.help.offset+down, lines-shown), 0)
}

// costs says what the words of a line of costs mean, where they do not say it.
var costs = []view.Key{
	{Key: "steps", Does: "to confirmed, at best"},
	{Key: "held", Does: "kept back by clients"},
	{Key: "refused", Does: "although it was legal"},
	{Key: "falling", Does: "with one rolled back"},
}

// view lists every key, the signs, and what is counted as a cost.
func (h *helpPage) view(theme view.Theme) *view.Help {
	if h == nil {
		return nil
	}
	out := &view.Help{Offset: h.offset}
	for _, g := range []string{groupCell, groupMove, groupProgram} {
		group := view.HelpGroup{Title: g}
		for i := range keys {
			if a := &keys[i]; a.group == g {
				group.Keys = append(group.Keys, view.Key{Key: terminal.Shown(a.keys), Does: a.name})
			}
		}
		out.Groups = append(out.Groups, group)
	}
	signs := view.HelpGroup{Title: "The signs"}
	for _, s := range []struct {
		sign view.Sign
		does string
	}{
		{view.SignDefect, "a defect: it happens"}, {view.SignPrice, "a price, no defect"},
		{view.SignClean, "in no schedule here"}, {view.SignHalf, "in none without fault"}, {view.SignCut, "the search was cut"}, {view.SignWaiting, "not searched yet"},
	} {
		signs.Keys = append(signs.Keys, view.Key{Key: theme.Sign(s.sign), Does: s.does})
	}
	out.Groups = append(out.Groups, signs, view.HelpGroup{Title: "The costs", Keys: costs})
	return out
}

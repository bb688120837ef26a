package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"optimist/client/terminal"
	"optimist/client/view"
)

// action is something a person can do outside of dialogs. The table of actions
// is the one source for keys, help, palette and hints.
type action struct {
	name  string // In the palette and in help.
	help  string // In the palette.
	group string
	keys  []string
	panes []view.Pane // Where the keys count; none: everywhere.
	why   func(*Model) string
	run   func(*Model) tea.Cmd
	hint  string // In the footer, "" for none.
}

// Groups of actions, in the order of help.
const (
	groupRecords = "Records"
	groupMove    = "Moving"
	groupFaults  = "Faults"
	groupSession = "Session"
)

var groups = []string{groupRecords, groupMove, groupFaults, groupSession}

// The panes whose keys are about the selected record.
var recordPanes = []view.Pane{view.PanePipeline, view.PaneRecords, view.PaneInspector}

// actions is every action. It is filled in init, because its functions list it.
var actions []action

// wayActions is an action for each way to fail. They have no keys of their own
// and stand in the palette only, under the words that the pane has for them.
var wayActions []action

func init() {
	actions = slices.Concat(recordActions, moveActions, faultActions, sessionActions)
	for i, w := range ways {
		wayActions = append(wayActions, action{name: w.text, help: w.help, group: groupFaults, why: noFaults, run: func(m *Model) tea.Cmd {
			m.faults.selected = i
			return m.arm()
		}})
	}
}

// shown writes the action's keys for people.
func (a *action) shown() string { return terminal.Shown(a.keys) }

// in reports whether the action's keys count in a pane.
func (a *action) in(p view.Pane) bool { return len(a.panes) == 0 || slices.Contains(a.panes, p) }

// actionFor returns what key does in a pane, or nil.
func actionFor(key string, p view.Pane) *action {
	for i := range actions {
		if a := &actions[i]; a.in(p) && slices.Contains(a.keys, key) {
			return a
		}
	}
	return nil
}

// do runs an action, or says why it cannot be run now.
func (m *Model) do(a *action) tea.Cmd {
	if a.why != nil {
		if why := a.why(m); why != "" {
			m.notices.add(notice{at: m.now, mark: view.MarkStalled, text: a.name + ": " + why, passes: true})
			return nil
		}
	}
	cmd := a.run(m)
	if a.group == groupRecords || a.group == groupMove {
		m.gone = "" // The person went on.
	}
	return cmd
}

// can reports whether the action would do something now.
func (m *Model) can(a *action) bool { return a.why == nil || a.why(m) == "" }

// helpAt is where help stands among the hints; in a footer of less than
// narrowFooter cells one place earlier, so that the narrowest has it.
const (
	helpAt       = 4
	narrowFooter = 50
)

// hints returns what the footer offers: what can be done here and now, first
// what the pane adds. A dialog has the keys, and says which.
func (m *Model) hints() []view.Key {
	switch {
	case m.dialog():
		return nil
	case m.filtering:
		return []view.Key{{Key: "enter", Does: "keep the filter"}, {Key: "esc", Does: "show all again"}}
	}
	var here, everywhere []view.Key
	var help view.Key
	for i := range actions {
		a := &actions[i]
		if a.hint == "" || !a.in(m.focus) || !m.can(a) {
			continue
		}
		k := view.Key{Key: terminal.Shown(a.keys[:1]), Does: a.hint}
		switch {
		case a.keys[0] == "?":
			help = k
		case len(a.panes) > 0:
			here = append(here, k)
		default:
			everywhere = append(everywhere, k)
		}
	}
	all, at := append(here, everywhere...), helpAt
	if m.term.Width < narrowFooter {
		at--
	}
	return slices.Insert(all, min(at, len(all)), help)
}

package lab

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"optimist/client/view"
	"optimist/shared/event"
	"optimist/shared/sim"
)

var paneKeys = []key{
	{keys: []string{"l"}, name: "the event log, or not", group: groupLook, can: (*Model).showsPanes, run: (*Model).toggleLog},
	{keys: []string{"pgup"}, name: "back in what happened", group: groupLook, can: (*Model).showsPanes, run: func(m *Model) tea.Cmd { return m.scroll(-scrollLines) }},
	{keys: []string{"pgdown"}, name: "on in what happened", group: groupLook, can: (*Model).showsPanes, run: func(m *Model) tea.Cmd { return m.scroll(scrollLines) }},
}

// scrollLines is how far a page key, or a notch of the wheel, goes.
const scrollLines = 3

// showsPanes reports whether there are panes: not beside another story, and not in
// a hall.
func (m *Model) showsPanes() bool { return m.pair == nil && !m.hall }

// showsLives reports whether what becomes of a record is in sight.
func (m *Model) showsLives() bool {
	if m.pair == nil {
		return !m.hall
	}
	return view.ShowsLives(m.pair.Screen(m.term.Width, m.term.Height, m.theme(), Options{Hall: m.hall}))
}

func (m *Model) toggleLog() tea.Cmd {
	m.player().log = !m.player().log
	return nil
}

// scroll goes n lines down in a record's life, or in the timeline.
func (m *Model) scroll(n int) tea.Cmd {
	if m.pair != nil {
		return nil
	}
	p := m.player()
	p.behind = min(max(p.behind-n, 0), above(m.screen()))
	return nil
}

// above is how many lines of the inspector there are before its newest page.
func above(s view.Screen) int {
	lines, page := len(s.Inspector.Steps), view.PageSize(s, view.PaneInspector)
	if s.Inspector.Timeline != nil {
		lines, page = len(s.Inspector.Timeline)-1, page-1
	}
	return max(lines-page, 0)
}

// offset is the first line that the inspector shows, -1 for the newest page.
func (p *Player) offset(s view.Screen) int {
	if p.behind == 0 {
		return -1
	}
	return max(above(s)-p.behind, 0)
}

// eventLog is the log as it is at the stop.
func (d desk) eventLog() view.EventLog {
	out := view.EventLog{Following: true, Selected: -1}
	for i := range d.stop.State.Log {
		e := &d.stop.State.Log[i]
		l := view.LogLine{
			Seq: e.Seq, Tag: strings.TrimPrefix(e.Command, e.Client), Kind: e.Kind.String(), Record: d.tape.Trace.Called(e.Record),
			By: e.Client, Version: e.Version,
			Note: "waiting", Mark: view.MarkPending,
		}
		switch {
		case !e.Kind.Changes():
			l.Note, l.Mark = "", view.MarkNone
			if e.Kind == event.Rejected {
				l.Note, l.Mark = string(e.Code), view.MarkRolledBack
			}
		case void(d.stop.State, e.Seq):
			l.Note, l.Mark = "made void", view.MarkRolledBack
		case e.Seq <= d.stop.State.Checkpoint:
			l.Note, l.Mark = "in the database", view.MarkConfirmed
		case waits(d.stop.State, sim.CommitGate, e.Seq):
			l.Note = "being committed"
		}
		out.Lines = append(out.Lines, l)
	}
	return out
}

// waits reports whether an event stands at a gate.
func waits(s *sim.State, g sim.Gate, seq uint64) bool {
	for _, w := range s.Waiting {
		if w.Gate == g && w.From <= seq && seq <= w.To {
			return true
		}
	}
	return false
}

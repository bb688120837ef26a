package tui

import (
	tea "charm.land/bubbletea/v2"

	"optimist/client/export"
	"optimist/client/view"
	"optimist/shared/reconcile"
)

// timeline says that the inspector has the record's space–time diagram in the
// place of its life.
type timeline struct {
	offset int // The first line; -1: the newest.
	lines  int // As it was drawn last.
}

// toggleTimeline goes from a record's steps to its timeline, or back.
func (m *Model) toggleTimeline() tea.Cmd {
	if m.timeline != nil && view.Shown(m.frame(), view.PaneInspector) {
		m.timeline = nil
		return nil
	}
	m.raw, m.timeline = false, &timeline{offset: -1}
	if !view.Shown(m.frame(), view.PaneInspector) {
		m.focusOn(view.PaneInspector)
	}
	return nil
}

// viewTimeline returns the timeline of the selected record, as wide as its pane.
func (m *Model) viewTimeline(v reconcile.View) []view.TimelineLine {
	heard, _ := m.log.about(v.ID)
	t, found := m.witness.Timeline(v.ID, m.nameOf(v.ID), heard)
	for i := range found {
		found[i].Why = m.inWords(found[i])
	}
	d := export.NewDiagram(export.Run{Trace: t, Findings: found})
	lines := view.Timeline(d, view.PageWidth(m.frame(), view.PaneInspector))
	if len(lines) == 1 {
		lines = append(lines, view.TimelineLine{Text: "nothing happened to it while it was watched"})
	}
	m.timeline.lines = len(lines) - 1
	return lines
}

// scroll goes n lines down; at the end it stays with the newest.
func (t *timeline) scroll(n, page int) {
	last := max(t.lines-page, 0)
	at := t.offset
	if at < 0 {
		at = last
	}
	if at = max(at+n, 0); at >= last {
		at = -1
	}
	t.offset = at
}

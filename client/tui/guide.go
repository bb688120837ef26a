package tui

import (
	tea "charm.land/bubbletea/v2"

	"optimist/client/view"
	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// The demo begins with the strategy that loses the race.
const demoStrategy = "check-projection"

// guide leads through the race, one line at a time. It watches what happens and
// asks for nothing: whoever goes another way just keeps the line.
type guide struct {
	step   int
	hidden bool

	// The record of this round, and what became of it.
	record            string
	created, edited   bool // Typed.
	accepted, refused bool // Of the edit.
	asked             bool // The database, about the edit.
	held, unchecked   bool // Kept back by the client until the create is confirmed; accepted unseen.
	settled           int  // Confirmed in this round.
}

// guideStep is a line, and how to know that it was done. The lines fit into 76
// columns.
type guideStep struct {
	text func(*guide) string
	done func(*Model) bool
}

// always says the same.
func always(text string) func(*guide) string { return func(*guide) string { return text } }

var guideSteps = []guideStep{
	{always("1/9 Make the projector slow: f opens the faults, Enter stalls it. (N skips)"), stalled},
	{always("2/9 Create a user: n, a name, Tab, an email, Enter."), func(m *Model) bool { return m.guide.created }},
	{always("3/9 On screen and in the log, but DB is –. Now e: change the name, Enter."), func(m *Model) bool { return m.guide.edited }},
	{refusal, whyRead},
	{always("5/9 WHY, FIX: the log had it all along. F clears the stall; watch DB."), func(m *Model) bool { return !stalled(m) && m.guide.settled > 0 }},
	{always("6/9 The user is confirmed, yet your edit was lost. s: choose reconcile."), func(m *Model) bool { return !byProjection(m.strategy) }},
	{always("7/9 Same keys again: f Enter stalls, n with another email, then e."), func(m *Model) bool { return stalled(m) && m.guide.edited && (m.guide.accepted || m.guide.held) }},
	{keeping, func(m *Model) bool { return !stalled(m) && m.guide.settled >= 2 }},
	{always("9/9 The screen was ahead of the database. The log was not. (L: the lessons)"), func(*Model) bool { return false }},
}

// The step at which the second round begins.
const secondRound = 6

// refusal says what became of the first edit.
func refusal(g *guide) string {
	switch {
	case g.refused:
		return "4/9 Refused! The server looked into the database: no row. Enter shows why."
	case g.accepted && !g.asked:
		return "4/9 Accepted: nobody asked the database. s: check-projection; f, n, e again."
	case g.accepted:
		return "4/9 Accepted: the database was faster than you. f Enter, then n and e again."
	}
	return "4/9 Watch your edit on its way: what does the server say?"
}

// keeping says why the second edit is kept.
func keeping(g *guide) string {
	switch {
	case g.held:
		return "8/9 Kept back: it is sent once the create is confirmed. F lets DB catch up."
	case g.unchecked:
		return "8/9 Accepted, and nobody checked it: LOG is ahead. F lets DB catch up."
	}
	return "8/9 Accepted: LOG is ahead, checked against the log. F lets DB catch up."
}

// stalled reports whether a stall is armed or holds the projector.
func stalled(m *Model) bool {
	return m.faults.has(fault.ProjectStall) || m.status.Projector == protocol.Stalled
}

func whyRead(m *Model) bool { return m.guide.refused && m.inspecting() }

// inspecting reports whether the reason is being read.
func (m *Model) inspecting() bool {
	v, ok := m.selected()
	return ok && len(v.Tray) > 0 && m.focus == view.PaneInspector
}

// line returns what the guide says, "" for nothing.
func (g *guide) line() string {
	if g == nil || g.hidden {
		return ""
	}
	return guideSteps[g.step].text(g)
}

// guideOn goes on while the steps are done.
func (m *Model) guideOn() {
	g := m.guide
	if g == nil {
		return
	}
	m.guideAccepted()
	for g.step < len(guideSteps)-1 && guideSteps[g.step].done(m) {
		g.next()
		m.dirty = true
	}
}

func (g *guide) next() {
	g.step++
	if g.step == secondRound {
		*g = guide{step: g.step, hidden: g.hidden}
	}
}

// guideTyped notes what the person typed.
func (m *Model) guideTyped(mu reconcile.Mutation) {
	g := m.guide
	switch {
	case g == nil:
	case mu.Op == user.Create:
		g.record, g.created, g.edited, g.accepted, g.refused, g.settled = mu.Record, true, false, false, false, 0
	case mu.Op == user.Edit && mu.Record == g.record:
		s := strategy.Of(m.strategy)
		g.edited, g.asked = true, s.Validate == strategy.ByProjection
		g.held, g.unchecked = s.Dependents == strategy.HoldDependents, s.Validate == strategy.ByNothing
	}
}

// guideFell notes a rollback.
func (m *Model) guideFell(mu reconcile.Mutation) {
	if g := m.guide; g != nil && mu.Record == g.record && mu.Code == user.ErrNotFound {
		g.refused = true
	}
}

// guideSettled notes a confirmation.
func (m *Model) guideSettled(mu reconcile.Mutation) {
	if g := m.guide; g != nil && mu.Record == g.record {
		g.settled++
		g.accepted = g.accepted || mu.Op == user.Edit
	}
}

// guideAccepted looks whether the edit of this round was accepted.
func (m *Model) guideAccepted() {
	g := m.guide
	if g.record == "" || g.accepted {
		return
	}
	v, _ := m.replica.View(g.record)
	for _, p := range v.Pending {
		if p.Op == user.Edit && p.Phase == reconcile.Accepted {
			g.accepted = true
		}
	}
}

func noDemo(m *Model) string {
	if m.guide == nil {
		return "only the demo has a guide"
	}
	return ""
}

func noGuide(m *Model) string {
	switch {
	case m.guide == nil:
		return noDemo(m)
	case m.guide.step == len(guideSteps)-1:
		return "this was its last step"
	}
	return ""
}

func (m *Model) skipStep() tea.Cmd {
	m.guide.hidden = false
	m.guide.next()
	return nil
}

func (m *Model) hideGuide() tea.Cmd {
	m.guide.hidden = !m.guide.hidden
	return nil
}

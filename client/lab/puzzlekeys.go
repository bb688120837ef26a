package lab

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"optimist/client/search"
)

var puzzleKeys = []key{
	{keys: []string{"1–9"}, name: "choose what happens", group: groupPuzzle, can: (*Model).choosing},
	{keys: []string{"down", "j"}, name: "the next choice", group: groupPuzzle, can: (*Model).choosing, run: func(m *Model) tea.Cmd { return m.point(1) }},
	{keys: []string{"up", "k"}, name: "the choice before", group: groupPuzzle, can: (*Model).choosing, run: func(m *Model) tea.Cmd { return m.point(-1) }},
	{keys: []string{"enter", "space"}, name: "take that choice", group: groupPuzzle, can: (*Model).choosing, run: func(m *Model) tea.Cmd { return m.pickChoice(m.puzzle.cursor()) }},
	{keys: []string{"enter", "space"}, name: "play the shortest way", group: groupPuzzle, hint: "play the shortest", can: (*Model).reached, run: (*Model).watch},
	{keys: []string{"x"}, name: "beside the shortest", group: groupPuzzle, hint: "yours beside it", can: (*Model).solved, run: (*Model).besides},
	{keys: []string{"h"}, name: "a hint: the next step", group: groupPuzzle, hint: "hint", can: (*Model).choosing, run: (*Model).hint},
	{keys: []string{","}, name: "one step back", group: groupPuzzle, hint: "back", can: (*Model).puzzling, run: func(m *Model) tea.Cmd { return m.undo(1) }},
	{keys: []string{"."}, name: "take it again", group: groupPuzzle, can: (*Model).puzzling, run: func(m *Model) tea.Cmd { return m.redo(1) }},
	{keys: []string{"home", "g"}, name: "to the beginning", group: groupPuzzle, can: (*Model).puzzling, run: func(m *Model) tea.Cmd { return m.undo(farAway) }},
	{keys: []string{"end", "G"}, name: "all of it again", group: groupPuzzle, can: (*Model).puzzling, run: func(m *Model) tea.Cmd { return m.redo(farAway) }},
	{keys: []string{"o"}, name: "all that can happen", group: groupPuzzle, can: (*Model).choosing, run: (*Model).openMoves},
	{keys: []string{"f"}, name: "strike with a fault", group: groupPuzzle, hint: "fault", can: (*Model).faulty, run: (*Model).openFaults},
}

// isReached is said of the keys that choose once there is nothing to choose.
const isReached = "it is reached: enter plays the shortest way, , goes back"

// noFault is said of the key for faults where there is none.
const noFault = "no fault can strike here"

// farAway is further than any schedule goes.
const farAway = MaxStops

// puzzling reports whether a person schedules.
func (m *Model) puzzling() bool { return m.puzzle != nil && !m.puzzle.away && m.pair == nil }

// telling reports whether a story tells itself.
func (m *Model) telling() bool { return !m.puzzling() }

// predicts reports whether a number is an answer.
func (m *Model) predicts() bool {
	return m.telling() && m.pair == nil && len(m.shown().tape.Questions) > 0
}

// choosing reports whether a step can be chosen.
func (m *Model) choosing() bool { return m.puzzling() && !m.reached() }

// reached reports whether the goal of a puzzle is reached.
func (m *Model) reached() bool {
	if !m.puzzling() {
		return false
	}
	_, reached := m.puzzle.Reached()
	return reached
}

// solved reports whether the person's way can be put beside another.
func (m *Model) solved() bool {
	return m.puzzle != nil && (m.pair != nil || m.puzzle.away || m.reached())
}

// faulty reports whether a fault can strike.
func (m *Model) faulty() bool { return m.choosing() && len(m.puzzle.faultMoves()) > 0 }

// routed says that a search is over.
type routed struct{ errand *errand }

// glance says that it is time to look how far a search is.
type glance struct{ errand *errand }

// glanceEvery is how often that is looked at.
const glanceEvery = 250 * time.Millisecond

// beginPuzzle has the shortest way looked for.
func (m *Model) beginPuzzle() tea.Cmd {
	if m.puzzle == nil {
		return nil
	}
	m.puzzle.scout.whole = m.puzzle.scout.send(m.puzzle.walk, nil)
	return await(m.puzzle.scout.whole)
}

// await waits for a search, and looks at it meanwhile.
func await(e *errand) tea.Cmd {
	over := func() tea.Msg {
		<-e.done
		return routed{e}
	}
	return tea.Batch(over, look(e))
}

func look(e *errand) tea.Cmd {
	return tea.Tick(glanceEvery, func(time.Time) tea.Msg { return glance{e} })
}

// search takes in how far a search is, or what it found.
func (m *Model) search(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case glance:
		if msg.errand.route != nil {
			return nil
		}
		if msg.errand == m.puzzle.scout.here {
			m.note = seeking(msg.errand)
		}
		return look(msg.errand)
	case routed:
		m.puzzle.scout.heard(msg.errand)
		if msg.errand == m.puzzle.scout.here {
			m.puzzle.scout.here = nil
			m.giveHint(msg.errand)
		}
	}
	return nil
}

func seeking(e *errand) string {
	return fmt.Sprintf("looking for a hint: %d states so far", e.states.Load())
}

// hint tells the next step of a shortest way, or has it looked for.
func (m *Model) hint() tea.Cmd {
	p := m.puzzle
	if mv, known := p.scout.next(p.steps()); known {
		m.tellHint(mv)
		return nil
	}
	e := p.scout.whole
	if p.walk.Steps() == 0 && e.route == nil || p.hopeless() != "" && e.route.Cut == "" {
		m.note = "looking for the shortest way still"
		if e.route != nil {
			m.note = "no schedule within this scope shows it"
		}
		return nil
	}
	if p.scout.here != nil {
		p.scout.here.stop() // For a place that was left.
	}
	p.scout.here = p.scout.send(p.walk, p.steps())
	m.note = seeking(p.scout.here)
	return await(p.scout.here)
}

// giveHint tells what a search for a hint found, if the person is still there.
func (m *Model) giveHint(e *errand) {
	switch {
	case !m.choosing() || !sameSteps(m.puzzle.steps(), e.from):
	case len(e.route.Moves) > 0:
		m.tellHint(e.route.Moves[0])
	case e.route.Cut == "":
		m.puzzle.countHint()
		m.note = "hint: from here it can no longer be reached; , takes a step back"
	default:
		m.note = "no hint: " + e.halted()
	}
}

func (m *Model) tellHint(mv search.Move) {
	m.puzzle.countHint()
	m.note = "hint: " + mv.Words
	if mv.Fault != "" {
		m.note += " (f: " + mv.Fault + ")"
	}
}

// point moves the cursor.
func (m *Model) point(n int) tea.Cmd {
	p := m.puzzle
	p.chosen = max(min(p.cursor()+n, len(p.plainMoves())-1, mostChoices-1), 0)
	return nil
}

// pickChoice takes one of the choices, from 0.
func (m *Model) pickChoice(n int) tea.Cmd {
	moves := m.puzzle.plainMoves()
	if n < 0 || n >= len(moves) {
		m.note = fmt.Sprintf("there is no choice %d here", n+1)
		return nil
	}
	return m.take(moves[n])
}

// take takes a step.
func (m *Model) take(mv search.Move) tea.Cmd {
	m.tell(m.puzzle.Take(mv))
	return nil
}

func (m *Model) undo(n int) tea.Cmd {
	moved, err := m.puzzle.Back(n)
	if m.tell(err); err == nil && !moved {
		m.note = "this is where it begins"
	}
	return nil
}

func (m *Model) redo(n int) tea.Cmd {
	moved, err := m.puzzle.Again(n)
	if m.tell(err); err == nil && !moved {
		m.note = "nothing was taken back: choose a step"
	}
	return nil
}

// openMoves lists every step but faults.
func (m *Model) openMoves() tea.Cmd {
	m.offer("what can happen next", m.puzzle.plainMoves(), "nothing more happens by itself here")
	return nil
}

// openFaults lists the faults that can strike.
func (m *Model) openFaults() tea.Cmd {
	m.offer("a fault, and what it strikes", m.puzzle.faultMoves(), noFault)
	return nil
}

func (m *Model) offer(title string, moves []search.Move, none string) {
	if len(moves) == 0 {
		m.note = none
		return
	}
	m.choice = &choice{title: title, items: stepItems(moves), told: true}
}

// best is the shortest way as a story; nil, with a note, if there is none yet.
func (m *Model) best() *Tape {
	if !m.puzzle.solved() {
		m.note = m.puzzle.Result()
		return nil
	}
	best, err := m.puzzle.Best()
	m.tell(err)
	return best
}

// watch plays the shortest way.
func (m *Model) watch() tea.Cmd {
	best := m.best()
	if best == nil {
		return nil
	}
	m.story, m.puzzle.away = NewPlayer(best), true
	m.note = "the shortest way: . steps, space plays, esc goes back to yours"
	return m.schedule()
}

// comeBack goes from the shortest way to the person's own.
func (m *Model) comeBack() {
	m.story, m.puzzle.away = m.puzzle.Player, false
}

// besides puts the person's way and the shortest beside each other, or leaves
// that.
func (m *Model) besides() tea.Cmd {
	if m.pair != nil {
		return m.leave()
	}
	best := m.best()
	if best == nil {
		return nil
	}
	m.pair = compareWays(m.puzzle, best)
	return m.schedule()
}

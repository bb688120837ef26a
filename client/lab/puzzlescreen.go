package lab

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"optimist/client/search"
	"optimist/client/view"
	"optimist/shared/trace"
)

// puzzleScreen turns the screen of a story into that of a puzzle, if one is
// played: the goal, what can be chosen, and what the last step did.
func (m *Model) puzzleScreen(s *view.Screen) {
	switch {
	case m.puzzling():
		s.Header.Mode = "puzzle"
		m.puzzle.stage(s)
	case m.puzzle != nil && m.pair == nil:
		s.Header.Mode = "the shortest"
	}
}

// stage fills the stage.
func (p *Puzzle) stage(s *view.Screen) {
	s.Stage.Doing = p.effect()
	s.Stage.State = p.Tally()
	if f, reached := p.Reached(); reached {
		s.Stage.Caption, s.Stage.Alarm = alarm(f)+" — "+p.Result(), true
		return
	}
	s.Stage.Alarm = false
	q := &view.Question{Text: p.Goal() + p.hopeless()}
	moves := p.plainMoves()
	shown := p.fitting(s, q.Text, moves)
	for i, mv := range moves[:shown] {
		q.Options = append(q.Options, view.Option{Text: mv.Words, Chosen: i == p.cursor()})
	}
	q.Hint = p.keysHint(shown, len(moves))
	s.Stage.Question = q
}

// hopeless says that the goal cannot be reached, once that is known.
func (p *Puzzle) hopeless() string {
	e := p.scout.whole
	switch {
	case e == nil || e.route == nil || len(e.route.Moves) > 0:
		return ""
	case e.route.Cut == "":
		return fmt.Sprintf(" No schedule within this scope shows it: %s.", e.halted())
	}
	return fmt.Sprintf(" Nobody knows whether it can: %s.", e.halted())
}

// fitting is how many of the choices fit below the goal: the stage takes half
// of the screen, and two lines of that are the last step and the scrubber.
func (p *Puzzle) fitting(s *view.Screen, goal string, moves []search.Move) int {
	const frame, hint, hallWidth, hallRows, margin = 2, 1, 60, 8, 10
	width, rows := s.Width-margin, s.Height/2-frame
	if s.Hall {
		width, rows = min(width, hallWidth-margin), hallRows
	}
	lines := func(text string) int { return len([]rune(text))/max(width, 1) + 1 }
	rows -= hint + lines(goal)
	n := 0
	for n < min(len(moves), mostChoices) {
		if rows -= lines(moves[n].Words); rows < 0 && n > 0 {
			break
		}
		n++
	}
	return n
}

// mostChoices is how many choices have a number.
const mostChoices = 9

// keysHint says what can be done with the choices.
func (p *Puzzle) keysHint(shown, all int) string {
	var parts []string
	switch {
	case all == 0:
		parts = append(parts, "nothing more happens by itself here")
	case shown < all:
		parts = append(parts, fmt.Sprintf("1–%d choose · o lists all %d", shown, all))
	case all == 1:
		parts = append(parts, "1 chooses")
	default:
		parts = append(parts, fmt.Sprintf("1–%d choose", all))
	}
	if n := p.walk.Left(); n > 0 && len(p.faultMoves()) > 0 {
		parts = append(parts, fmt.Sprintf("f a fault (%d left)", n))
	}
	parts = append(parts, ", back", "h hint")
	if e := p.scout.whole; e != nil && e.route == nil {
		parts = append(parts, fmt.Sprintf("searched: %d states", e.states.Load()))
	}
	return strings.Join(parts, " · ")
}

// effect says what the last step did: as the script has it, and what came of it.
func (p *Puzzle) effect() string {
	n := p.walk.Steps()
	if n == 0 {
		return ""
	}
	parts := []string{strings.Join(p.walk.Move(n).Lines, ", ")}
	return strings.Join(append(parts, p.sentences(n)...), " → ")
}

// sentences say what a step did, in the order that matters to who looks: the
// verdicts before the rest.
func (p *Puzzle) sentences(n int) []string {
	var list []string
	for i := p.tape.Stops[n-1].Events; i < p.tape.Stops[n].Events; i++ {
		e := &p.tape.Trace.Events[i]
		if e.Kind == trace.Sent || e.Kind == trace.Acted || e.Kind == trace.Faulted {
			continue // The step itself says so.
		}
		if text := strings.TrimSuffix(p.tape.sentence(e), "."); text != "" {
			list = append(list, text)
		}
	}
	return slices.Compact(list)
}

// cursor is which of the choices enter takes.
func (p *Puzzle) cursor() int { return min(p.chosen, len(p.plainMoves())-1) }

// stepItems are steps as a list of which one is taken.
func stepItems(moves []search.Move) []item {
	var list []item
	for _, mv := range moves {
		name, help := mv.Fault, mv.Words
		if name == "" {
			name = mv.Lines[len(mv.Lines)-1]
		}
		if mv.Harm != "" { // It comes first where there may be no room for all.
			help = mv.Harm + ": " + strings.TrimSuffix(help, ", "+mv.Harm)
		}
		list = append(list, item{name: name, help: help, run: func(m *Model) tea.Cmd { return m.take(mv) }})
	}
	return list
}

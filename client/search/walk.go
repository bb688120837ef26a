package search

import (
	"errors"
	"fmt"
	"slices"

	"optimist/shared/anomaly"
	"optimist/shared/explore"
	"optimist/shared/fault"
	"optimist/shared/scenario"
	"optimist/shared/sim"
)

// Walk is one schedule of a scope, chosen step by step. It takes the very steps
// of a search, so that both count alike. It has one owner.
type Walk struct {
	scope  *Scope
	model  *model
	places []place // Where it was, the beginning first; the last is where it is.
}

// place is where a walk is after a step.
type place struct {
	state  *state
	move   Move
	faults int
	found  []anomaly.Finding // By this step.
}

// Move is one step that can be taken.
type Move struct {
	Lines []string // Of a script; the first arms the fault, if there are two.
	Words string   // What happens, as a person says it.
	Fault string   // Its name in the bounds of a script; "" if it is none.
	Harm  string   // What a fault makes of the step that it strikes, as the end of Words; "" if there is none.

	action explore.Action
}

// Same reports whether two moves from one place are one.
func (m Move) Same(other Move) bool { return m.action == other.action }

// ErrNoMove says that a step cannot be taken where a walk is.
var ErrNoMove = errors.New("that cannot happen here")

// NewWalk returns a walk that stands at the beginning of a scope.
func NewWalk(s *Scope) (*Walk, error) {
	m := newModel(s)
	if _, err := s.begin(&m.trace); err != nil {
		return nil, err
	}
	m.keep = true
	begin := m.New()
	m.Root(begin)
	return &Walk{scope: s, model: m, places: []place{{state: begin}}}, nil
}

// at is where the walk is.
func (w *Walk) at() *place { return &w.places[len(w.places)-1] }

// Scope returns what is walked in.
func (w *Walk) Scope() *Scope { return w.scope }

// Steps returns how many steps were taken.
func (w *Walk) Steps() int { return len(w.places) - 1 }

// Faults returns how many of them were faults.
func (w *Walk) Faults() int { return w.at().faults }

// Left returns how many faults may still strike.
func (w *Walk) Left() int { return w.scope.Budget - w.Faults() }

// Moves returns every step that can be taken here: what persons do, what the
// system does, then the faults that are left.
func (w *Walk) Moves() []Move {
	m, from, scratch := w.model, w.at().state, w.model.New()
	var list []Move
	for _, a := range m.Actions(from, nil) {
		if a.IsFault() && w.Left() < 1 {
			continue
		}
		if _, ok := m.Step(scratch, from, a); ok {
			list = append(list, w.move(a))
		}
	}
	return list
}

// move describes an action that was just tried in the model.
func (w *Walk) move(a explore.Action) Move {
	st := stepOf(a)
	mv := Move{action: a, Words: w.words(st)}
	if st.verb == act {
		mv.Lines = []string{w.model.deedLine(&w.at().state.world, w.deed(st))}
	} else {
		mv.Lines = w.scope.lines(st, w.model.wait)
	}
	switch {
	case st.verb == cut:
		mv.Fault = disconnect
	case st.strike > 0:
		mv.Fault, mv.Harm = w.scope.Strikes[st.strike-1].Name, struck(&w.scope.Strikes[st.strike-1])
		mv.Words += ", " + mv.Harm
	}
	return mv
}

// deed is the place of what a person would do next.
func (w *Walk) deed(st step) int { return w.model.deeds[st.of][w.at().state.done[st.of]] }

// Take takes a step.
func (w *Walk) Take(mv Move) error {
	m, to := w.model, w.model.New()
	if !slices.Contains(m.Actions(w.at().state, nil), mv.action) || mv.action.IsFault() && w.Left() < 1 {
		return ErrNoMove
	}
	if _, ok := m.Step(to, w.at().state, mv.action); !ok {
		return ErrNoMove
	}
	next := place{state: to, move: w.move(mv.action), faults: w.Faults(), found: slices.Clone(m.found)}
	if mv.action.IsFault() {
		next.faults++
	}
	w.places = append(w.places, next)
	return nil
}

// Back takes n steps back, or as many as there are.
func (w *Walk) Back(n int) {
	w.places = w.places[:len(w.places)-min(n, w.Steps())]
}

// Move returns the step by which the walk came to a place, from 1.
func (w *Walk) Move(n int) Move { return w.places[n].move }

// Found returns what became certain at a place, 0 for the beginning.
func (w *Walk) Found(n int) []anomaly.Finding { return w.places[n].found }

// State returns what there is to see at a place, 0 for the beginning.
func (w *Walk) State(n int) *sim.State { return w.places[n].state.world.State() }

// Script returns the way so far as a scenario, and the number of the line at
// which each place is reached, the beginning first.
func (w *Walk) Script(title string) (*scenario.Script, []int) {
	about := fmt.Sprintf("A schedule of %s: %s.", w.scope.Script.Name, size(w.Steps(), w.Faults()))
	var lines []string
	for i := range w.places[1:] {
		lines = append(lines, w.places[i+1].move.Lines...)
	}
	s := w.scope.script(title, about, lines, "")
	at := []int{0}
	for i := range s.Lines {
		if s.Lines[i].Kind == scenario.Directive {
			at[0] = s.Lines[i].Number // In the end that of the last line.
		}
	}
	for i := len(w.places) - 1; i > 0; i-- {
		at = append(at, at[len(at)-1]-len(w.places[i].move.Lines))
	}
	slices.Reverse(at)
	return s, at
}

// size is how long a schedule is, in words.
func size(steps, faults int) string { return count(steps, "step") + ", " + count(faults, "fault") }

// words says what a step does, but for the fault that strikes it.
func (w *Walk) words(st step) string {
	s := w.scope
	switch st.verb {
	case act:
		at := w.deed(st)
		a := &s.deeds[at].action
		return fmt.Sprintf("%s: %v %s %v", a.Client, a.Verb, w.model.alias(&w.at().state.world, at), a.Patch)
	case handle:
		text := "the server decides " + s.deeds[st.of].action.Intent
		if st.strike == 0 {
			text += " and logs the outcome"
		}
		return text
	case project:
		if st.of == 0 {
			return "the database commits what stands before it"
		}
		return "the projector copies " + count(st.of, "event") + " into the database"
	case reply:
		return "the answer to " + s.deeds[st.of].action.Intent + " arrives"
	case feed:
		return "the feed reaches " + s.Script.Clients[st.of]
	case reconnect:
		return s.Script.Clients[st.of] + " is connected again"
	case cut:
		return s.Script.Clients[st.of] + " loses the connection"
	case restart:
		return "the server starts again"
	case pass:
		return fmt.Sprintf("%d ms pass, up to the next timer", w.model.wait)
	}
	panic(fmt.Sprintf("search: no words for step %d", st.verb))
}

// struck says what a fault makes of the step that it strikes.
func struck(k *Strike) string {
	switch k.Fault.Kind {
	case fault.AppendRefuse:
		return "but the log refuses the event"
	case fault.AppendLoseAck:
		return "but never hears that the log took it"
	case fault.ReplyDrop:
		return "but the answer is lost"
	case fault.FeedDrop:
		return "but the word of it is lost"
	case fault.FeedRepeat:
		return "and the word of it comes twice"
	case fault.ProjectFail:
		if k.Fault.Forever {
			return "but that fails for good"
		}
		return "but that fails once"
	case fault.ProjectCrashBeforeCommit:
		return "but the server crashes before the commit"
	case fault.ProjectCrashAfterCommit:
		return "and the server crashes after the commit"
	case fault.ProjectCrashAfterReject:
		return "and the server crashes after a rejection"
	default:
		return "but " + string(k.Fault.Kind) + " strikes"
	}
}

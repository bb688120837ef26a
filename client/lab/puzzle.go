package lab

import (
	"context"
	"fmt"
	"slices"

	"optimist/client/search"
	"optimist/shared/anomaly"
)

// Puzzle is a scope whose schedule a person chooses, to bring an anomaly about.
// Its steps are those of the search. It has one owner.
type Puzzle struct {
	*Player
	walk   *search.Walk
	goal   anomaly.Definition
	moves  []search.Move // What can happen here.
	ahead  []search.Move // What was taken back, the last to be taken again.
	undone int           // How many steps were ever taken back.
	hints  int           // How many were given.
	hinted []search.Move // The steps before the last of them.
	chosen int           // Which choice has the cursor.
	away   bool          // The shortest way is played.
	scout  *scout
}

// NewPuzzle returns a puzzle that stands at the beginning of a scope. Its
// searches, for the shortest way and for hints, keep to the limits; ctx ends
// them.
func NewPuzzle(ctx context.Context, s *search.Scope, goal anomaly.Definition, limits search.Limits) (*Puzzle, error) {
	w, err := search.NewWalk(s)
	if err != nil {
		return nil, err
	}
	p := &Puzzle{walk: w, goal: goal}
	tape, err := p.tapeOf(w, p.Goal())
	if err != nil {
		return nil, err
	}
	p.Player = NewPlayer(tape)
	p.moves = w.Moves()
	p.scout = newScout(ctx, goal, limits)
	return p, nil
}

// Close ends the searches that are under way and waits for them.
func (p *Puzzle) Close() { p.scout.close() }

// Goal says in a sentence what is to be brought about.
func (p *Puzzle) Goal() string {
	return "Choose what happens next, until it has gone wrong like this: " + p.goal.Title + "."
}

// tapeOf records a walk as a story with one stop a step, under one caption.
func (p *Puzzle) tapeOf(w *search.Walk, caption string) (*Tape, error) {
	script, lines := w.Script(p.goal.Name + " under " + w.Scope().Strategy.Text())
	// A schedule has few steps and no end to wait for.
	tape, err := Simulate(context.Background(), script, w.Scope().Strategy)
	if err != nil {
		return nil, fmt.Errorf("show the schedule: %w", err)
	}
	var stops []Stop
	tape.Findings = nil
	for i, line := range lines {
		s := tape.Stops[lastAt(tape, line)]
		tape.Findings = append(tape.Findings, w.Found(i)...)
		s.Part, s.Parts, s.Found, s.Story = 1, 1, len(tape.Findings), caption
		stops = append(stops, s)
	}
	stops[0].Line = nil // Nothing was done yet.
	tape.Stops, tape.walked = stops, true
	return tape, nil
}

// lastAt is the last stop up to a line of the script.
func lastAt(t *Tape, line int) int {
	at := 0
	for i := range t.Stops {
		if lineOf(&t.Stops[i]) <= line {
			at = i
		}
	}
	return at
}

// Take takes the step that was chosen.
func (p *Puzzle) Take(mv search.Move) error {
	if err := p.walk.Take(mv); err != nil {
		return err
	}
	p.ahead = nil
	return p.arrive()
}

// Back takes n steps back, or as many as there are, and reports whether there
// were any.
func (p *Puzzle) Back(n int) (bool, error) {
	n = min(n, p.walk.Steps())
	for i := range n {
		p.ahead = append(p.ahead, p.walk.Move(p.walk.Steps()-i))
	}
	p.walk.Back(n)
	p.undone += n
	return n > 0, p.arrive()
}

// Again takes n steps again that were taken back, or as many as there are, and
// reports whether there were any.
func (p *Puzzle) Again(n int) (bool, error) {
	n = min(n, len(p.ahead))
	for range n {
		last := len(p.ahead) - 1
		if err := p.walk.Take(p.ahead[last]); err != nil {
			return false, err
		}
		p.ahead = p.ahead[:last]
	}
	return n > 0, p.arrive()
}

// arrive shows where the walk is.
func (p *Puzzle) arrive() error {
	tape, err := p.tapeOf(p.walk, p.Goal())
	if err != nil {
		return err
	}
	p.tape = tape
	p.End()
	p.moves, p.chosen = p.walk.Moves(), 0
	return nil
}

// Reached returns by what finding the goal is reached, and whether it is.
func (p *Puzzle) Reached() (anomaly.Finding, bool) {
	for i := range p.walk.Steps() + 1 {
		found := p.walk.Found(i)
		if at := slices.IndexFunc(found, func(f anomaly.Finding) bool { return f.ID == p.goal.ID }); at >= 0 {
			return found[at], true
		}
	}
	return anomaly.Finding{}, false
}

// plainMoves are those that are no faults.
func (p *Puzzle) plainMoves() []search.Move { return pick(p.moves, false) }

// faultMoves are the faults that may strike here.
func (p *Puzzle) faultMoves() []search.Move { return pick(p.moves, true) }

func pick(moves []search.Move, faults bool) []search.Move {
	var list []search.Move
	for _, mv := range moves {
		if (mv.Fault != "") == faults {
			list = append(list, mv)
		}
	}
	return list
}

// steps returns the steps that were taken.
func (p *Puzzle) steps() []search.Move {
	var list []search.Move
	for i := range p.walk.Steps() {
		list = append(list, p.walk.Move(i+1))
	}
	return list
}

// countHint counts a hint. Asked for again in the same place it is the same one.
func (p *Puzzle) countHint() {
	if steps := p.steps(); p.hints == 0 || !sameSteps(steps, p.hinted) {
		p.hints++
		p.hinted = steps
	}
}

// sameSteps reports whether two ways are one.
func sameSteps(a, b []search.Move) bool { return slices.EqualFunc(a, b, search.Move.Same) }

// length is how long a way is, its faults only if there are any.
func length(steps, faults int) string {
	text := amount(steps, "step")
	if faults > 0 {
		text += ", " + amount(faults, "fault") + " among them"
	}
	return text
}

// amount is a number with its noun.
func amount(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Tally says how the person fares.
func (p *Puzzle) Tally() string {
	text := amount(p.walk.Steps(), "step")
	if p.undone > 0 {
		text += fmt.Sprintf(", %d taken back", p.undone)
	}
	if p.hints > 0 {
		text += ", " + amount(p.hints, "hint")
	}
	return text
}

// Result compares the person's way with a shortest one, once the goal is
// reached.
func (p *Puzzle) Result() string {
	text := "Yours: " + length(p.walk.Steps(), p.walk.Faults())
	if p.undone > 0 || p.hints > 0 {
		text += fmt.Sprintf(" (%d taken back, %s)", p.undone, amount(p.hints, "hint"))
	}
	e := p.scout.whole
	switch {
	case e == nil || e.route == nil:
		return text + ". The shortest is still being looked for."
	case len(e.route.Moves) == 0:
		return text + ". A shortest was not found: " + e.halted() + "."
	}
	return text + "; shortest: " + length(e.route.Steps, e.route.Faults) + "."
}

// Best returns the shortest way as a story, once it is known.
func (p *Puzzle) Best() (*Tape, error) {
	w, err := search.NewWalk(p.walk.Scope())
	if err != nil {
		return nil, err
	}
	for _, mv := range p.scout.whole.route.Moves {
		if err := w.Take(mv); err != nil {
			return nil, fmt.Errorf("play the shortest way: %w", err)
		}
	}
	best := p.scout.whole.route
	return p.tapeOf(w, "The shortest way has "+length(best.Steps, best.Faults)+": "+p.goal.Title+".")
}

// solved reports whether a shortest way is known.
func (p *Puzzle) solved() bool {
	e := p.scout.whole
	return e != nil && e.route != nil && len(e.route.Moves) > 0
}

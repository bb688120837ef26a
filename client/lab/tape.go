// Package lab plays stories. A run of a scenario, simulated or on the real
// thing, is recorded as a list of stops, each with everything that can be seen
// of the world then; a Player goes through them in both directions and draws
// them with the views of the interactive client. What Player draws depends on
// nothing but the tape, the place and the options, so that a step back is
// exact. Model is the Bubble Tea model around it.
package lab

import (
	"context"
	"errors"
	"fmt"

	"optimist/shared/anomaly"
	"optimist/shared/scenario"
	"optimist/shared/sim"
	"optimist/shared/strategy"
	"optimist/shared/trace"
)

// MaxStops is how many stops a tape can have.
const MaxStops = 10_000

// ErrTooLong says that a story has more stops than a tape takes.
var ErrTooLong = fmt.Errorf("the story has more than %d steps", MaxStops)

// Tape is a recorded run. Nobody changes one after it was made.
type Tape struct {
	Script    *scenario.Script
	Under     strategy.Strategy
	Live      bool // Recorded on the real thing.
	Trace     *trace.Trace
	Findings  []anomaly.Finding
	Questions []Question
	Stops     []Stop // At least one: the beginning.
	Result    scenario.Result
	Beside    *Tape // Of a story that ends with a comparison: the other run. See Accompany.

	told    int                     // How many stops the story has, before the check; 0: all, and nothing is beside it.
	walked  bool                    // A schedule that was chosen: one stop a step.
	intents map[string]*trace.Event // The Acted of each, only ever looked up.
}

// Stop is one place of a story: a line, or a permit within it.
type Stop struct {
	Line     *scenario.Line // nil: the beginning, or a step by hand.
	Action   sim.Action     // What moved; Verb 0: nothing.
	Part     int            // Of so many Parts of its line, from 1.
	Parts    int
	Actions  int // How many actions of the run came before what is shown.
	Events   int // How much of the trace is known here.
	Found    int // How many findings.
	State    *sim.State
	Held     scenario.Group
	Story    string // What was told last.
	Question int    // Index into Questions of what is asked here; -1: nothing.
	Checks   []Check
	Notes    []string
	ByHand   bool
	Closing  bool // Of a lesson: behind its check, Story is what to remember.
}

// Check is an expectation of the script at its stop.
type Check struct {
	Text  string // As the script has it.
	Wrong string // What came instead, "" if it holds.
}

// Question is a prediction that the script asks for.
type Question struct {
	Text    string
	Options []Option
	Check   bool // Of a lesson's check: only the right answer closes it.
}

// Option is one answer.
type Option struct {
	Text  string
	Right bool
	Why   string // It is right, or not; "" if that is not told.
}

// Simulate records the story under a strategy on a simulated world.
func Simulate(ctx context.Context, s *scenario.Script, under strategy.Strategy) (*Tape, error) {
	w, err := s.Simulate(under)
	if err != nil {
		return nil, err
	}
	return Record(ctx, s, under, w)
}

// Record records the story on a world that was made for it. A world that fails
// on the way ends the tape there, with its error beside what there is of it. It
// ends early with ctx.
func Record(ctx context.Context, s *scenario.Script, under strategy.Strategy, w scenario.World) (*Tape, error) {
	r := &recorder{World: w, tape: &Tape{Script: s, Under: under, Trace: w.Trace()}}
	run, err := scenario.NewRun(s, r, scenario.Options{Strategy: under})
	if err != nil {
		return nil, err
	}
	begun, err := r.keep(w.State())
	if err != nil {
		return nil, err
	}
	r.tape.Live = r.tape.Trace.Mode == "live"
	r.tape.Stops = append(r.tape.Stops, Stop{
		Events: len(w.Trace().Events), State: begun, Story: r.tape.Trace.Title, Question: -1,
	})
	for {
		report, more := run.Next()
		if !more {
			break
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r.take(&report, run.Held())
	}
	r.tape.Result = run.Result()
	r.tape.index()
	return r.tape, run.Err()
}

// recorder is a world that remembers each step.
type recorder struct {
	scenario.World
	keeper
	tape  *Tape
	moves []Stop // Of the line at hand.
	count int

	told int // The last line of the paragraph that is open; 0: none.
}

// Do takes one step and remembers it.
func (r *recorder) Do(a sim.Action) error {
	if err := r.World.Do(a); err != nil {
		return err
	}
	if len(r.tape.Stops)+len(r.moves) >= MaxStops {
		return ErrTooLong
	}
	state, err := r.keep(r.World.State())
	if err != nil {
		return err
	}
	r.count++
	r.moves = append(r.moves, Stop{
		Action: a, Actions: r.count, Events: len(r.World.Trace().Events), State: state, Question: -1,
	})
	return nil
}

// last is the newest stop.
func (r *recorder) last() *Stop { return &r.tape.Stops[len(r.tape.Stops)-1] }

// take makes the stops of one line.
func (r *recorder) take(report *scenario.Report, held scenario.Group) {
	line := report.Line
	if report.Skipped {
		if r.told == line.Number-1 {
			r.told = line.Number // A paragraph goes on behind what others are told.
		}
		return
	}
	switch line.Kind {
	case scenario.Narration:
		r.tell(line)
	case scenario.Question:
		r.tape.Questions = append(r.tape.Questions, Question{Text: line.Text})
		r.add(Stop{Line: line, Held: held, Question: len(r.tape.Questions) - 1})
	case scenario.Option:
		if n := len(r.tape.Questions); n > 0 {
			q := &r.tape.Questions[n-1]
			q.Options = append(q.Options, Option{Text: line.Text, Right: line.Right})
		}
	case scenario.Directive:
		r.directive(report, held)
	case scenario.Comment, scenario.Blank:
	}
}

// add adds a stop where nothing moved.
func (r *recorder) add(s Stop) {
	last := r.last()
	s.Actions, s.Events, s.State = r.count, len(r.World.Trace().Events), last.State
	if s.Story == "" {
		s.Story = last.Story
	}
	r.tape.Stops = append(r.tape.Stops, s)
}

// tell makes a stop of each paragraph.
func (r *recorder) tell(line *scenario.Line) {
	goesOn := r.told != 0 && r.told == line.Number-1 && r.last().Line != nil && r.last().Line.Kind == scenario.Narration
	r.told = line.Number
	if goesOn {
		r.last().Story += " " + line.Text
		return
	}
	r.add(Stop{Line: line, Story: line.Text, Held: r.last().Held, Question: -1})
}

// directive makes a stop of each step of the line; of an expectation, a check of
// the stop before it.
func (r *recorder) directive(report *scenario.Report, held scenario.Group) {
	line, do := report.Line, report.Line.Step.Do
	moves := r.moves
	r.moves = nil
	switch {
	case do.Expects():
		r.check(report)
		return
	case do == scenario.Use || do == scenario.Given:
		return
	case len(moves) == 0:
		r.add(Stop{Line: line, Held: held, Notes: report.Notes, Question: -1})
		return
	}
	story := r.last().Story
	for i := range moves {
		m := &moves[i]
		m.Line, m.Part, m.Parts, m.Held, m.Story = line, i+1, len(moves), held, story
	}
	end := &moves[len(moves)-1]
	end.Events, end.Notes = len(r.World.Trace().Events), report.Notes
	r.tape.Stops = append(r.tape.Stops, moves...)
}

// check adds an expectation to the last stop, with what came of it.
func (r *recorder) check(report *scenario.Report) {
	c := Check{Text: r.tape.Script.Text()[report.Line.Number-1]}
	for _, list := range [][]scenario.Failure{report.Unknown, report.Failures} {
		for _, f := range list {
			c.Wrong = f.Got
		}
	}
	last := r.last()
	last.Checks = append(last.Checks, c)
	last.Events = len(r.World.Trace().Events)
}

// index finds what went wrong, each at the stop where it is certain, and who did
// what.
func (t *Tape) index() {
	c := anomaly.New(t.Trace.Strategy)
	for _, alias := range t.Trace.Names {
		c.Name(alias)
	}
	t.Findings, t.intents = nil, map[string]*trace.Event{}
	at := 0
	for i := range t.Stops {
		s := &t.Stops[i]
		for ; at < s.Events; at++ {
			e := &t.Trace.Events[at]
			t.Findings = append(t.Findings, c.Step(*e)...)
			if _, known := t.intents[e.Intent]; e.Kind == trace.Acted && !known {
				t.intents[e.Intent] = e
			}
		}
		t.Findings = append(t.Findings, c.Flush()...)
		s.Found = len(t.Findings)
	}
}

// actions are those of the run up to and with that stop.
func (t *Tape) actions(stop int) []sim.Action {
	var list []sim.Action
	for i := range t.Stops[:stop+1] {
		if s := &t.Stops[i]; s.Action.Verb != 0 {
			list = append(list, s.Action)
		}
	}
	return list
}

// World returns a simulated world as it is at that stop, made by taking the same
// steps again. It records into a trace of its own.
func (t *Tape) World(stop int) (*sim.World, error) {
	w, err := t.Script.Simulate(t.Under)
	if err != nil {
		return nil, err
	}
	for _, a := range t.actions(stop) {
		if err := w.Do(a); err != nil {
			return nil, errors.Join(errors.New("a step cannot be taken again"), err)
		}
	}
	w.Trace().Title, w.Trace().Names = t.Trace.Title, t.Trace.Names
	return w, nil
}

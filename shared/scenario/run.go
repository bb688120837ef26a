package scenario

import (
	"errors"
	"fmt"

	"optimist/shared/sim"
	"optimist/shared/strategy"
	"optimist/shared/trace"
)

// World is what a script is run on, simulated or live.
type World interface {
	// Do takes exactly one step. That there is nothing to do, that a change is
	// declined or that a value is not typed comes back as sim.ErrIdle,
	// sim.ErrDeclined and sim.ErrNotTyped; any other error ends the run.
	Do(sim.Action) error
	// Waiting returns what could pass the gate now, in the order in which a
	// world settles.
	Waiting(sim.Gate) []sim.Waiting
	// Next returns when the next timer strikes, heartbeats apart.
	Next() (at int64, ok bool)
	// State returns everything that can be seen from outside.
	State() *sim.State
	// Trace returns what has happened; the run adds to it from which lines.
	Trace() *trace.Trace
}

// Options say how a script is run.
type Options struct {
	Strategy strategy.Strategy // That of the world; the zero value is the script's own.
}

// Under returns the strategy that the options choose for a script.
func (o Options) Under(s *Script) strategy.Strategy {
	if o.Strategy == (strategy.Strategy{}) {
		return s.Strategy
	}
	return o.Strategy
}

// Given returns the records that are confirmed before the story begins, as a
// world under that strategy is to be made with.
func (s *Script) Given(under strategy.Strategy) []sim.Given {
	ids := s.aliases(under)
	var given []sim.Given
	for i := range s.Lines {
		if step := &s.Lines[i].Step; step.Do == Given {
			given = append(given, sim.Given{Record: ids.of(step.Record), Patch: step.Patch})
		}
	}
	return given
}

// Names returns what the script's records are called under that strategy.
func (s *Script) Names(under strategy.Strategy) []trace.Alias { return s.aliases(under).names }

// Simulate returns the simulated world in which a script begins, under that
// strategy. What happens in it is recorded.
func (s *Script) Simulate(under strategy.Strategy) (*sim.World, error) {
	w, err := sim.New(sim.Config{Strategy: under.Text(), Given: s.Given(under)})
	if err != nil {
		return nil, fmt.Errorf("%s: make its world: %w", s.Name, err)
	}
	w.Record(new(trace.Trace))
	return w, nil
}

// Report is what one line did.
type Report struct {
	Line        *Line
	Skipped     bool // Its condition does not hold.
	First, Last int  // The trace's steps that it caused; none if Last is less.
	Notes       []string
	Failures    []Failure // Of an expectation, or of a step that cannot be taken.
	Unknown     []Failure // What cannot be judged yet.
}

// Stepper runs a script line by line, for whoever wants to look between them.
type Stepper struct {
	script *Script
	world  World
	under  strategy.Strategy
	ids    *aliases

	seen   *sim.State // What can be seen now; nil once something moved.
	at     int        // Of the script's lines.
	held   Group
	now    int64
	steps  int
	report *Report
	result Result
	err    error
}

// Run runs the whole script. It returns Errors if the script contradicts itself
// under the strategy, and any error of the world.
func Run(s *Script, w World, o Options) (Result, error) {
	r, err := NewRun(s, w, o)
	if err != nil {
		return Result{}, err
	}
	for more := true; more; {
		_, more = r.Next()
	}
	return r.Result(), r.Err()
}

// NewRun returns a run that stands before the first line.
func NewRun(s *Script, w World, o Options) (*Stepper, error) {
	under := o.Under(s)
	if err := s.Check(under); err != nil {
		return nil, err
	}
	r := &Stepper{script: s, world: w, under: under, ids: s.aliases(under), now: w.State().Now}
	t := w.Trace()
	t.Title = s.Title
	if t.Title == "" {
		t.Title = s.Name
	}
	t.Names = r.ids.names
	r.result = Result{File: s.Name, Title: t.Title, Strategy: under.Text(), Mode: t.Mode}
	return r, nil
}

// Next runs the next line that is not blank. It returns false once there is
// none, or the world failed: see Err.
func (r *Stepper) Next() (Report, bool) {
	for r.err == nil && r.at < len(r.script.Lines) {
		line := &r.script.Lines[r.at]
		r.at++
		if line.Kind == Blank {
			continue
		}
		return r.line(line), true
	}
	return Report{}, false
}

// Err returns why the run ended before its end, or nil.
func (r *Stepper) Err() error { return r.err }

// Held returns the gates that are closed now.
func (r *Stepper) Held() Group { return r.held }

// Record returns the id of the record that the script calls by alias.
func (r *Stepper) Record(alias string) string { return r.ids.of(alias) }

// line runs one line and settles.
func (r *Stepper) line(line *Line) Report {
	t := r.world.Trace()
	events := len(t.Events)
	report := Report{Line: line, First: r.steps + 1, Last: r.steps, Skipped: !line.Only.Holds(r.under)}
	if line.Kind == Directive && !report.Skipped {
		r.report = &report
		if err := r.step(&line.Step); err != nil {
			r.err = fmt.Errorf("%s:%d: %w", r.script.Name, line.Number, err)
		}
		report.Last = r.steps
	}
	for i := events; i < len(t.Events); i++ {
		t.Events[i].Line = line.Number
	}
	t.Names = r.ids.names
	r.result.add(&report)
	return report
}

// step does what a directive says, and settles.
func (r *Stepper) step(s *Step) error {
	switch s.Do {
	case Use, Given:
		return nil
	case Join:
		for _, name := range s.Clients {
			if err := r.do(sim.Action{Verb: sim.Join, Client: name}); err != nil {
				return err
			}
		}
	case Act:
		if err := r.act(s); err != nil {
			return err
		}
	case Hold:
		r.held |= s.Group
	case Release:
		r.held &^= s.Group
		return r.settle(s.Group.Has(sim.EventGate))
	case Handle, Project, DeliverReply, DeliverFeed:
		if err := r.permit(s); err != nil {
			return err
		}
	case Stabilize:
		return r.stabilize()
	case Arm:
		f := s.Fault
		f.On = r.ids.of(f.On)
		if err := r.do(sim.Action{Verb: sim.Arm, Fault: f}); err != nil {
			return err
		}
	case ClearFaults:
		if err := r.do(sim.Action{Verb: sim.Disarm}); err != nil {
			return err
		}
	case Wait:
		return r.wait(s.For)
	default:
		r.judge(s)
		return nil
	}
	return r.settle(false)
}

// move takes one step.
func (r *Stepper) move(a sim.Action) error {
	r.seen = nil
	return r.world.Do(a)
}

// state returns what can be seen now. A long story asks for it often, and a
// world copies all of itself for it.
func (r *Stepper) state() *sim.State {
	if r.seen == nil {
		r.seen = r.world.State()
	}
	return r.seen
}

// do takes one step. What cannot be done here is noted.
func (r *Stepper) do(a sim.Action) error {
	err := r.move(a)
	switch {
	case err == nil:
		r.steps++
		return nil
	case errors.Is(err, sim.ErrIdle), errors.Is(err, sim.ErrDeclined), errors.Is(err, sim.ErrNotTyped):
		r.note("%v", err)
		return nil
	}
	return err
}

// note says why a line did nothing, or less than it says.
func (r *Stepper) note(format string, args ...any) {
	r.report.Notes = append(r.report.Notes, fmt.Sprintf(format, args...))
}

// fail says that something did not hold.
func (r *Stepper) fail(expect, got string) {
	r.report.Failures = append(r.report.Failures, Failure{Line: r.report.Line.Number, Expect: expect, Got: got})
}

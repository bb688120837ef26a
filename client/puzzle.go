package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"optimist/client/lab"
	"optimist/client/matrix"
	"optimist/client/search"
	"optimist/shared/anomaly"
	"optimist/shared/exit"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// Limits of the searches of a puzzle, beside those of explore: somebody waits.
const (
	puzzleTime = 60 * time.Second // For a shortest way, unless the scenario says otherwise.
	goalTime   = 20 * time.Second // For what could be a goal.
)

// checkPuzzle says what of the flags is not for a puzzle, or not without one.
func (f *playFlags) checkPuzzle() error {
	switch {
	case !f.puzzle && f.anomaly != "":
		return errors.New("--anomaly is the goal of a puzzle; add --puzzle")
	case f.puzzle && f.compare != "":
		return errors.New("--puzzle is played under one strategy, so not with --compare; choose it with --strategy")
	case f.puzzle && f.live:
		return errors.New("--puzzle goes back and tries again, which a live world cannot; leave --live out")
	}
	return nil
}

// playPuzzle lets a person be the scheduler.
func (f *playFlags) playPuzzle(cmd *cobra.Command, name string) error {
	script, err := findScope(cmd, name)
	if err != nil {
		return err
	}
	under, err := f.under(script)
	if err != nil {
		return err
	}
	scope, err := search.NewScope(script, under[0])
	if err != nil {
		return exit.With(exit.Usage, err, "a puzzle needs a scenario in which somebody does something")
	}
	goal, err := f.goal(cmd, scope)
	if err != nil {
		return err
	}
	puzzle, err := lab.NewPuzzle(context.WithoutCancel(cmd.Context()), scope, goal, puzzleLimits(script))
	if err != nil {
		return exit.With(exit.Usage, err, "")
	}
	if f.linear() {
		return f.tellPuzzle(cmd, puzzle)
	}
	return f.screen(cmd, lab.Config{Puzzle: puzzle, Hall: f.hall, ASCII: f.symbols.ascii()})
}

// tellPuzzle plays the puzzle line by line.
func (f *playFlags) tellPuzzle(cmd *cobra.Command, puzzle *lab.Puzzle) error {
	endAtOnce()
	defer puzzle.Close()
	reached, err := lab.PlainPuzzle(cmd.InOrStdin(), folded(cmd.OutOrStdout(), f.symbols.ascii()), puzzle, progressTo(cmd.ErrOrStderr()))
	if err == nil && !reached {
		return exit.Silent(exit.False)
	}
	return exit.With(exit.Unknown, err, "")
}

func puzzleLimits(script *scenario.Script) search.Limits {
	l := (&searchFlags{memory: usualMemory}).limits(script)
	l.Time = cmp.Or(l.Time, puzzleTime)
	return l
}

// goal returns the anomaly that is to be reached: that of the flag, else the
// first that the script expects under the strategy.
func (f *playFlags) goal(cmd *cobra.Command, s *search.Scope) (anomaly.Definition, error) {
	name := f.anomaly
	if name == "" {
		name = expected(s.Script, s.Strategy)
	}
	if name == "" {
		return anomaly.Definition{}, goalless(cmd, s)
	}
	goal, err := anomaly.Lookup(name)
	if err == nil && !goal.Applicable {
		err = fmt.Errorf("%s %s cannot be reached: %s", goal.ID, goal.Name, goal.Reason)
	}
	return goal, exit.With(exit.Usage, err, "")
}

// expected returns the first anomaly that a script expects under a strategy, ""
// for none.
func expected(s *scenario.Script, under strategy.Strategy) string {
	for i := range s.Lines {
		if l := &s.Lines[i]; l.Kind == scenario.Directive && l.Step.Do == scenario.ExpectAnomaly && l.Only.Holds(under) {
			return l.Step.Anomaly
		}
	}
	return ""
}

// goalless says that there is no goal, and what could be one.
func goalless(cmd *cobra.Command, s *search.Scope) error {
	r, err := couldBe(cmd, s)
	if err != nil {
		return exit.With(exit.Usage, err, "")
	}
	var names []string
	for i := range r.Films {
		name := r.Films[i].Anomaly.Name
		if r.Films[i].Finding.Price {
			name += " (a price)"
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	none := fmt.Errorf("%s expects no anomaly under %s, so the puzzle has no goal", s.Script.Name, s.Strategy.Text())
	switch {
	case len(names) > 0 && r.Cut != "":
		return exit.With(exit.Usage, none, "name one with --anomaly; found so far: "+strings.Join(names, ", "))
	case len(names) > 0:
		return exit.With(exit.Usage, none, "name one with --anomaly; reachable: "+strings.Join(names, ", "))
	case r.Cut != "":
		return exit.With(exit.Usage, none, "name one with --anomaly; none was found before the search was cut by "+r.Cut)
	}
	return exit.With(exit.Usage, none, "no schedule of it shows any; try another strategy, such as --strategy check-projection")
}

// couldBe searches for what could be the goal.
func couldBe(cmd *cobra.Command, s *search.Scope) (r *search.Result, err error) {
	progress := progressTo(cmd.ErrOrStderr())
	defer progress("")
	limits := puzzleLimits(s.Script)
	limits.Time = min(limits.Time, goalTime)
	work := matrix.Work{
		Scripts: []*scenario.Script{s.Script},
		Under:   func(*scenario.Script) []strategy.Strategy { return []strategy.Strategy{s.Strategy} },
		Limits:  func(*scenario.Script) search.Limits { return limits },
	}
	_, err = work.Fill(cmd.Context(), matrix.Watch{
		Progress: func(p matrix.Progress) { progress("what could be the goal: " + p.Text()) },
		Done:     func(found *search.Result) { r = found },
	})
	return r, err
}

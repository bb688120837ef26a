package search

import (
	"context"
	"slices"

	"optimist/shared/anomaly"
	"optimist/shared/explore"
)

// Route is a shortest way on, from where a walk is, to an anomaly.
type Route struct {
	Moves  []Move // None: there is no such way, or none was found.
	Steps  int    // Of the whole way, what was walked before included.
	Faults int
	Counts explore.Counts
	Cut    string // What ended the search before it found anything or its end; "" if nothing did.
}

// Route searches for a shortest way on to an anomaly: with the fewest faults,
// and of those in the fewest steps. Options.Only does not matter. The walk may
// go on meanwhile.
func (w *Walk) Route(goal anomaly.Definition, o Options) func(context.Context) *Route {
	path := w.path()
	s := *w.scope
	s.Budget = w.Left()
	return func(ctx context.Context) *Route {
		r := onwards(ctx, &s, path, marksOf(goal), o)
		r.Steps += len(path)
		r.Faults += w.scope.Budget - s.Budget
		return r
	}
}

// path is the steps that were taken.
func (w *Walk) path() []explore.Action {
	var path []explore.Action
	for i := range w.places[1:] {
		path = append(path, w.places[i+1].move.action)
	}
	return path
}

// onwards searches from the end of a path until one of the marks is found.
func onwards(ctx context.Context, s *Scope, path []explore.Action, goal explore.Marks, o Options) *Route {
	search, e := newEngine(s, path, explore.Config{Budget: s.Budget, States: o.Limits.States, Until: []explore.Marks{goal}}, o)
	r := &Route{Cut: e.run(ctx), Counts: search.Counts()}
	for _, f := range search.Findings() {
		if f.Mark&goal != 0 {
			r.Steps, r.Faults, r.Cut = f.Steps, f.Faults, ""
			r.Moves = described(s, path, search.Path(f))
			break
		}
	}
	return r
}

// described says what each step does of a way behind a path.
func described(s *Scope, path, way []explore.Action) []Move {
	whole := *s
	whole.Budget = len(path) + len(way) // The faults were counted by who found the way.
	w, err := NewWalk(&whole)
	if err != nil {
		panic("search: " + err.Error()) // It was made before the search began.
	}
	for _, a := range slices.Concat(path, way) {
		if err := w.Take(Move{action: a}); err != nil {
			panic("search: a path cannot be walked again")
		}
	}
	var moves []Move
	for i := range way {
		moves = append(moves, w.Move(len(path)+i+1))
	}
	return moves
}

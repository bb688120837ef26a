package search

import (
	"context"
	"time"

	"optimist/shared/anomaly"
	"optimist/shared/explore"
)

// Options say how a scope is searched.
type Options struct {
	Limits  Limits
	Workers int                  // 0: one a processor.
	Only    []anomaly.Definition // The search is over once these are found; none: at its end.
	Tell    func(explore.Counts) // Is told how far the search is, often.
	Found   func(*Film)          // Is shown each film once it is found, while the search goes on; nil: nobody is.
}

// Result is what a search found.
type Result struct {
	Scope      *Scope
	Films      []Film // The first of each anomaly, in the order found: fewest faults, then fewest steps.
	Price      Price
	Counts     explore.Counts
	Whole      int     // Up to so many faults, every schedule was searched; -1: not even those without.
	Collisions float64 // Pairs of states that may have been taken for one.
	Cut        string  // What ended the search before its end: states, memory, time or interrupt; "" if nothing.
	Took       time.Duration
}

// Explore searches a scope for anomalies. The result does not depend on how many
// workers there are, unless time, memory or ctx cut it.
func Explore(ctx context.Context, s *Scope, o Options) (*Result, error) {
	m := newModel(s)
	if _, err := s.begin(&m.trace); err != nil {
		return nil, err
	}
	cfg := explore.Config{Budget: s.Budget, States: o.Limits.States}
	for _, d := range o.Only {
		cfg.Until = append(cfg.Until, marksOf(d))
	}
	search, e := newEngine(s, nil, cfg, o)
	if o.Found != nil {
		e.tell = showing(s, search, o)
	}
	cut := e.run(ctx)
	r := &Result{
		Scope: s, Price: priceOf(s, search), Counts: search.Counts(), Whole: search.Whole(), Collisions: search.Collisions(), Cut: cut, Took: time.Since(e.began),
	}
	for _, f := range search.Findings() {
		if f.Mark&costs == 0 {
			r.Films = append(r.Films, filmOf(s, f, search.Path(f)))
		}
	}
	return r, nil
}

// showing tells how far a search is, and shows what it has found since.
func showing(s *Scope, search *explore.Search, o Options) func(explore.Counts) {
	shown := 0
	return func(c explore.Counts) {
		findings := search.Findings()
		for _, f := range findings[shown:] {
			if f.Mark&costs == 0 {
				film := filmOf(s, f, search.Path(f))
				o.Found(&film)
			}
		}
		shown = len(findings)
		if o.Tell != nil {
			o.Tell(c)
		}
	}
}

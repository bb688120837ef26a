// Package matrix shows strategies against anomalies, as a search found them: as
// a table for a terminal, as Markdown, as a page, and as a screen on which each
// film can be played while the search still goes on.
package matrix

import (
	"context"
	"time"

	"optimist/client/search"
	"optimist/shared/anomaly"
	"optimist/shared/explore"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// Work is what is searched: each script under each strategy.
type Work struct {
	Scripts []*scenario.Script
	Under   func(*scenario.Script) []strategy.Strategy
	Limits  func(*scenario.Script) search.Limits
	Budget  func(*scenario.Script) int // Faults at most; nil, or below zero: the script's own.
	Only    []anomaly.Definition       // A search ends once these are found; none: at its end.
}

// Watch is told what a search comes to, by the goroutine that searches. Each of
// its functions may be nil.
type Watch struct {
	Progress func(Progress)
	Found    func(*search.Scope, *search.Film) // At once; the search goes on.
	Done     func(*search.Result)
}

// Progress is how far the work is.
type Progress struct {
	Done, Of int // Searches.
	Scope    string
	Strategy string
	Counts   explore.Counts // Of the search at hand.
	Speed    float64        // Its states a second.
}

// Scopes returns what there is to search, in its order: script by script.
func (w *Work) Scopes() ([]*search.Scope, error) {
	var all []*search.Scope
	for _, s := range w.Scripts {
		for _, u := range w.Under(s) {
			scope, err := search.NewScope(s, u)
			if err != nil {
				return nil, err
			}
			if w.Budget != nil {
				if n := w.Budget(s); n >= 0 {
					scope.Budget = n
				}
			}
			all = append(all, scope)
		}
	}
	return all, nil
}

// Fill searches. Once ctx ends, it returns what was found so far, and what was
// not searched counts as cut.
func (w *Work) Fill(ctx context.Context, watch Watch) (*search.Matrix, error) {
	scopes, err := w.Scopes()
	if err != nil {
		return nil, err
	}
	m, began := begin(scopes), time.Now()
	for i, s := range scopes {
		r, err := search.Explore(ctx, s, search.Options{
			Limits: w.Limits(s.Script), Only: w.Only, Found: watch.found(s), Tell: watch.telling(Progress{
				Done: i, Of: len(scopes), Scope: s.Script.Name, Strategy: s.Strategy.Text(),
			}),
		})
		if err != nil {
			return nil, err
		}
		m.Add(r)
		if watch.Done != nil {
			watch.Done(r)
		}
	}
	m.Seconds = time.Since(began).Seconds()
	return m, nil
}

// begin returns a matrix of which nothing was searched yet.
func begin(scopes []*search.Scope) *search.Matrix {
	m := &search.Matrix{}
	for i, s := range scopes {
		if i == 0 || s.Script != scopes[i-1].Script {
			m.Bound(s)
		}
	}
	return m
}

// found shows the films of one search.
func (w Watch) found(s *search.Scope) func(*search.Film) {
	if w.Found == nil {
		return nil
	}
	return func(f *search.Film) { w.Found(s, f) }
}

// tellEvery is how often progress is told.
const tellEvery = 150 * time.Millisecond

// telling tells how far one search is, not too often.
func (w Watch) telling(p Progress) func(explore.Counts) {
	if w.Progress == nil {
		return nil
	}
	began := time.Now()
	var last time.Time
	return func(c explore.Counts) {
		now := time.Now()
		if now.Sub(last) < tellEvery {
			return
		}
		last = now
		p.Counts, p.Speed = c, float64(c.States)/max(now.Sub(began).Seconds(), 1e-3)
		w.Progress(p)
	}
}

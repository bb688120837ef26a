// Package matrix shows strategies against anomalies, as a search found them: as
// a table for a terminal, as Markdown, as a page, and as a screen on which each
// film can be played while the search still goes on.
package matrix

import (
	"context"
	"runtime"
	"slices"
	"sync"
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

// Watch is told what searches come to, one thing at a time, by the goroutines
// that search. Each of its functions may be nil.
type Watch struct {
	Progress func(Progress)
	Found    func(*search.Scope, *search.Film) // At once; the search goes on.
	Done     func(*search.Result)
}

// Progress is how far the work is.
type Progress struct {
	Done, Of int    // Searches.
	Scope    string // Of the first search that goes on, as what follows.
	Strategy string
	Counts   explore.Counts
	Speed    float64 // Its states a second.
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

// atOnce is how many searches go on at the same time. Two of them use two
// processors better than one does, whose workers wait for each other; but memory
// has to hold them all.
const atOnce = 2

// Fill searches. Once ctx ends, it returns what was found so far, and what was
// not searched counts as cut.
func (w *Work) Fill(ctx context.Context, watch Watch) (*search.Matrix, error) {
	scopes, err := w.Scopes()
	if err != nil {
		return nil, err
	}
	began := time.Now()
	f := &filling{work: w, watch: watch, scopes: scopes, results: make([]*search.Result, len(scopes))}
	processors := runtime.GOMAXPROCS(0)
	n := min(atOnce, len(scopes), processors)
	var busy sync.WaitGroup
	for range n {
		// Each searches scope after scope, until there are no more.
		busy.Go(func() { f.search(ctx, processors/n) })
	}
	busy.Wait()
	if f.err != nil {
		return nil, f.err
	}
	m := begin(scopes)
	for _, r := range f.results {
		m.Add(r)
	}
	m.Seconds = time.Since(began).Seconds()
	return m, nil
}

// filling is a matrix while it is filled.
type filling struct {
	work   *Work
	watch  Watch
	scopes []*search.Scope

	mu      sync.Mutex       // Holds what follows, and lets one at a time tell the watch.
	results []*search.Result // As the scopes; nil: not there yet.
	begun   int              // Searches.
	over    int
	err     error // Ends everything.
}

// search searches scopes that nobody has begun, with so many workers.
func (f *filling) search(ctx context.Context, workers int) {
	for {
		i, ok := f.next()
		if !ok {
			return
		}
		s := f.scopes[i]
		r, err := search.Explore(ctx, s, search.Options{
			Limits: f.work.Limits(s.Script), Only: f.work.Only, Workers: workers, Found: f.found(s), Tell: f.telling(i),
		})
		f.end(i, r, err)
	}
}

// next returns which scope to search next.
func (f *filling) next() (int, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil || f.begun == len(f.scopes) {
		return 0, false
	}
	f.begun++
	return f.begun - 1, true
}

// end takes over what a search came to.
func (f *filling) end(i int, r *search.Result, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil {
		f.err = err
		return
	}
	f.results[i] = r
	f.over++
	if f.watch.Done != nil {
		f.watch.Done(r)
	}
}

// found shows the films of one search.
func (f *filling) found(s *search.Scope) func(*search.Film) {
	if f.watch.Found == nil {
		return nil
	}
	return func(film *search.Film) {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.watch.Found(s, film)
	}
}

// tellEvery is how often progress is told.
const tellEvery = 150 * time.Millisecond

// telling tells how far one search is, not too often, while it is the first of
// those that go on.
func (f *filling) telling(i int) func(explore.Counts) {
	if f.watch.Progress == nil {
		return nil
	}
	began := time.Now()
	var last time.Time
	s := f.scopes[i]
	return func(c explore.Counts) {
		now := time.Now()
		if now.Sub(last) < tellEvery {
			return
		}
		last = now
		f.mu.Lock()
		defer f.mu.Unlock()
		if slices.Index(f.results, nil) == i {
			f.watch.Progress(Progress{
				Done: f.over, Of: len(f.scopes), Scope: s.Script.Name, Strategy: s.Strategy.Text(),
				Counts: c, Speed: float64(c.States) / max(now.Sub(began).Seconds(), 1e-3),
			})
		}
	}
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

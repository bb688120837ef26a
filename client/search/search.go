// Package search searches a scope of the product for anomalies on all
// processors, within limits of states, memory and time.
//
// What is searched, it has in two forms. A model takes whole worlds from step to
// step: films and walks are made by it. A mosaic keeps a state as the numbers of
// its parts, for millions of them: what a step makes of the parts that it looks
// at, it finds out once, by a model, and remembers.
package search

import (
	"context"
	"runtime"
	"sync"
	"time"

	"optimist/shared/explore"
)

// Limits bound a search besides its scope. The zero value of each: none.
type Limits struct {
	States int64
	Memory int64 // Bytes of the whole program.
	Time   time.Duration
}

// Sizes of the work that is dealt out.
const (
	chunkSize = 64 // States.
	perWorker = 32 // Chunks.
)

// engine drives a search on workers.
type engine struct {
	search  *explore.Search
	workers []*explore.Expander
	limits  Limits
	began   time.Time
	tell    func(explore.Counts)
}

// newEngine returns an engine that searches a scope from the end of a path on.
func newEngine(s *Scope, path []explore.Action, cfg explore.Config, o Options) (*explore.Search, *engine) {
	shared, n := newShelves(), o.Workers
	if n == 0 {
		n = runtime.GOMAXPROCS(0)
	}
	search := explore.New(newMosaic(s, shared, path), cfg)
	e := &engine{search: search, limits: o.Limits, tell: o.Tell}
	for range n {
		e.workers = append(e.workers, explore.NewExpander(newMosaic(s, shared, path)))
	}
	return search, e
}

// run searches to the end, a limit, or the end of ctx. It returns which limit
// cut it, or "".
func (e *engine) run(ctx context.Context) string {
	e.began = time.Now()
	if e.limits.Memory > 0 {
		takeHeap(e.limits.Memory)
		defer giveHeap()
	}
	for {
		chunks := e.search.Batch(perWorker*len(e.workers), chunkSize)
		if len(chunks) == 0 {
			break
		}
		e.expand(chunks)
		e.search.Merge(chunks)
		if e.tell != nil {
			e.tell(e.search.Counts())
		}
		if why := e.exceeded(ctx); why != "" {
			e.search.Stop()
			return why
		}
	}
	if e.search.Cut() {
		return "states"
	}
	return ""
}

// expand expands chunks on all workers.
func (e *engine) expand(chunks []*explore.Chunk) {
	n := min(len(e.workers), len(chunks))
	if n == 1 {
		for _, c := range chunks {
			e.workers[0].Expand(e.search, c)
		}
		return
	}
	next := make(chan *explore.Chunk, len(chunks))
	for _, c := range chunks {
		next <- c
	}
	close(next)
	var busy sync.WaitGroup
	for _, w := range e.workers[:n] {
		// Each processor expands what it takes; nothing is changed that two read.
		busy.Go(func() {
			for c := range next {
				w.Expand(e.search, c)
			}
		})
	}
	busy.Wait()
}

// exceeded returns which limit is reached, or "".
func (e *engine) exceeded(ctx context.Context) string {
	switch {
	case ctx.Err() != nil:
		return "interrupt"
	case e.limits.Time > 0 && time.Since(e.began) > e.limits.Time:
		return "time"
	case e.limits.Memory > 0 && heapFull(e.limits.Memory):
		return "memory"
	}
	return ""
}

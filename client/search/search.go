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
	perWorker = 32 // Chunks that are dealt out and not merged yet.
	lookEvery = 64 // Chunks, or fewer at a layer's end.
)

// engine drives a search on workers.
type engine struct {
	search  *explore.Search
	workers []*explore.Expander
	limits  Limits
	began   time.Time
	tell    func(explore.Counts)
	tasks   []*task    // Those dealt out and not merged yet, in order;
	todo    chan *task // those that nobody has taken yet.
}

// newEngine returns an engine that searches a scope from the end of a path on.
func newEngine(s *Scope, path []explore.Action, cfg explore.Config, o Options) (*explore.Search, *engine) {
	shared, n := newShelves(), o.Workers
	if n == 0 {
		n = runtime.GOMAXPROCS(0)
	}
	search := explore.New(newMosaic(s, shared, path), cfg)
	e := &engine{search: search, limits: o.Limits, tell: o.Tell, todo: make(chan *task, n*perWorker)}
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
	if why := e.drive(ctx); why != "" {
		e.search.Stop()
		return why
	}
	if e.search.Cut() {
		return "states"
	}
	return ""
}

// drive has chunks expanded by all workers and merges them in order, to the
// search's end or a limit.
func (e *engine) drive(ctx context.Context) string {
	var others sync.WaitGroup
	defer others.Wait()
	defer close(e.todo)
	for _, w := range e.workers[1:] {
		// Each other processor expands what it takes, while this one merges.
		others.Go(func() {
			for t := range e.todo {
				t.expand(w)
			}
		})
	}
	for n := 1; e.deal(); n++ {
		first := e.tasks[0]
		e.help(first)
		e.search.Merge(first.chunk)
		e.tasks = e.tasks[1:]
		if n%lookEvery > 0 && len(e.tasks) > 0 {
			continue
		}
		if e.tell != nil {
			e.tell(e.search.Counts())
		}
		if why := e.exceeded(ctx); why != "" {
			return why
		}
	}
	return ""
}

// deal deals out chunks, and reports whether there are any still to be merged.
func (e *engine) deal() bool {
	for len(e.tasks) < cap(e.todo) {
		c := e.search.Next(chunkSize)
		if c == nil {
			break
		}
		t := &task{c, make(chan struct{})}
		e.tasks = append(e.tasks, t)
		e.todo <- t
	}
	return len(e.tasks) > 0
}

// help expands chunks until that of a task is expanded, by whomever.
func (e *engine) help(with *task) {
	for {
		select {
		case <-with.done:
			return
		default: // Merging goes before: others wait for it at a layer's end.
		}
		select {
		case <-with.done:
			return
		case t := <-e.todo:
			t.expand(e.workers[0])
		}
	}
}

// task is a chunk that is to be expanded.
type task struct {
	chunk *explore.Chunk
	done  chan struct{} // Closed once it is.
}

func (t *task) expand(w *explore.Expander) {
	w.Expand(t.chunk)
	close(t.done)
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

package lab

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"optimist/client/search"
	"optimist/shared/anomaly"
	"optimist/shared/explore"
)

// scout looks for shortest ways in the background. It has one owner, the
// puzzle's.
type scout struct {
	goal   anomaly.Definition
	limits search.Limits
	ctx    context.Context //nolint:containedctx // Of the searches that are under way, which close ends.
	stop   context.CancelFunc
	busy   sync.WaitGroup

	whole  *errand // From the beginning; nil before it began.
	here   *errand // From where the last hint was asked for; nil: none was.
	trails []trail // Ways that were found.
}

// errand is one search.
type errand struct {
	from   []search.Move // Where it begins.
	states atomic.Int64
	done   chan struct{}
	stop   context.CancelFunc
	found  *search.Route // To be read after done.
	route  *search.Route // The same, once its owner has heard.
}

// trail is a way to the goal, of which everything from a place on is shortest.
type trail struct {
	way  []search.Move
	from int
}

func newScout(ctx context.Context, goal anomaly.Definition, limits search.Limits) *scout {
	s := &scout{goal: goal, limits: limits}
	s.ctx, s.stop = context.WithCancel(ctx)
	return s
}

// close ends every search and waits for them.
func (s *scout) close() {
	s.stop()
	s.busy.Wait()
}

// send begins a search from where a walk is.
func (s *scout) send(w *search.Walk, from []search.Move) *errand {
	e := &errand{from: from, done: make(chan struct{})}
	var ctx context.Context
	ctx, e.stop = context.WithCancel(s.ctx)
	// One processor is left to the keys.
	find := w.Route(s.goal, search.Options{
		Limits: s.limits, Workers: max(runtime.GOMAXPROCS(0)-1, 1),
		Tell: func(c explore.Counts) { e.states.Store(c.States) },
	})
	// A search takes seconds, and the screen must answer meanwhile.
	s.busy.Go(func() {
		defer close(e.done)
		e.found = find(ctx)
	})
	return e
}

// heard takes in what a search found that is done.
func (s *scout) heard(e *errand) {
	e.stop()
	e.route = e.found
	if len(e.route.Moves) > 0 {
		s.trails = append(s.trails, trail{slices.Concat(e.from, e.route.Moves), len(e.from)})
	}
}

// next returns the next step of a shortest way from behind those steps, if one
// is known.
func (s *scout) next(steps []search.Move) (search.Move, bool) {
	for _, k := range s.trails {
		if len(steps) >= k.from && len(steps) < len(k.way) && slices.EqualFunc(steps, k.way[:len(steps)], search.Move.Same) {
			return k.way[len(steps)], true
		}
	}
	return search.Move{}, false
}

// settled waits for the search at most that long, and reports whether it is
// over.
func (e *errand) settled(most time.Duration) bool {
	select {
	case <-e.done:
		return true
	default:
	}
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-e.done:
		return true
	case <-timer.C:
		return false
	}
}

// halted says why a search found nothing.
func (e *errand) halted() string {
	if e.route.Cut == "" {
		return fmt.Sprintf("each of %d states was looked at", e.route.Counts.States)
	}
	return fmt.Sprintf("the search was cut by %s after %d states", e.route.Cut, e.route.Counts.States)
}

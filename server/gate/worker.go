package gate

import (
	"context"
	"fmt"
	"time"
)

// Place is where the projector's goroutine waits.
type Place uint8

// The places. The zero Place says that it waits nowhere.
const (
	Nowhere  Place = iota
	AtEvents       // For leave to take events.
	AtCommit       // For leave to commit a batch.
	InPause        // For a time to pass.
	InStall        // For the faults to change.
)

// Worker is where the projector's goroutine is.
type Worker struct {
	Place       Place
	First, Last uint64 // AtEvents: First is the next event. AtCommit: the batch.
}

// worker is a goroutine that waits for its permits: the projector's.
type worker struct {
	Worker
	wake chan struct{}
}

// Event waits for leave to take the event at seq, the next one.
func (g *Gate) Event(ctx context.Context, seq uint64) error {
	if g.May(seq) {
		return nil
	}
	return g.wait(ctx, Worker{Place: AtEvents, First: seq}, 0)
}

// May reports whether the projector has leave to take the event at seq.
func (g *Gate) May(seq uint64) bool {
	if g == nil {
		return true
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return seq <= g.allowed
}

// Commit waits for leave to commit the events from first to last.
func (g *Gate) Commit(ctx context.Context, first, last uint64) error {
	if g == nil {
		return nil
	}
	return g.wait(ctx, Worker{Place: AtCommit, First: first, Last: last}, 0)
}

// Pause waits until d has passed, or, if d is 0, until Wake.
func (g *Gate) Pause(ctx context.Context, d time.Duration) error {
	place := InPause
	if d == 0 {
		place = InStall
	}
	return g.wait(ctx, Worker{Place: place}, d)
}

// wait parks the goroutine: it is no longer under way, until somebody wakes it.
func (g *Gate) wait(ctx context.Context, at Worker, d time.Duration) error {
	wake := make(chan struct{}, 1)
	g.mu.Lock()
	g.worker = worker{Worker: at, wake: wake}
	g.busy--
	if d > 0 {
		g.schedule(d, func() { _ = g.rouse(at.Place) }) // It waits there unless the server ends.
	}
	g.announce()
	g.mu.Unlock()
	select {
	case <-wake:
		return nil
	case <-ctx.Done():
		g.leave()
		return ctx.Err()
	}
}

// leave ends a wait that nobody ended.
func (g *Gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.worker.Place != Nowhere {
		g.worker = worker{}
		g.busy++
	}
}

// rouse gives the goroutine its permit, if it waits at that place. It is under
// way from then on.
func (g *Gate) rouse(place Place) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.worker.Place != place {
		return fmt.Errorf("gate: the projector is %v, not %v", g.worker.Place, place)
	}
	wake := g.worker.wake
	g.worker = worker{}
	g.busy++
	wake <- struct{}{}
	return nil
}

// Project lets the projector take the next n events.
func (g *Gate) Project(n int) error {
	g.mu.Lock()
	if g.worker.Place == AtEvents {
		g.allowed = g.worker.First - 1 + uint64(max(n, 0))
	}
	g.mu.Unlock()
	return g.rouse(AtEvents)
}

// LetCommit lets the projector commit its batch.
func (g *Gate) LetCommit() error { return g.rouse(AtCommit) }

// Wake has a stalled projector look at the faults again. Nobody need be stalled.
func (g *Gate) Wake() {
	if g != nil {
		_ = g.rouse(InStall) // Whoever is not stalled looks by itself.
	}
}

// Worker returns where the projector's goroutine waits.
func (g *Gate) Worker() Worker {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.worker.Worker
}

// String returns the place in words.
func (p Place) String() string {
	switch p {
	case Nowhere:
		return "under way"
	case AtEvents:
		return "before the events"
	case AtCommit:
		return "before the commit"
	case InPause:
		return "waiting to try again"
	case InStall:
		return "stalled"
	}
	return fmt.Sprintf("place(%d)", uint8(p))
}

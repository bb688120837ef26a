// Package control is the board of armed faults: what can be made to go wrong in
// this server, shared by the parts that then fail, and armed over the wire.
package control

import (
	"errors"
	"sync"
	"sync/atomic"

	"optimist/shared/fault"
)

// ErrOff says that the server was started without faults.
var ErrOff = errors.New("faults are off: start the server with --faults")

// ErrImmortal says that nothing would be left of this server to start again: it
// is part of a program with a screen, or its store is thrown away.
var ErrImmortal = errors.New("only optimistd --data DIR can crash; join it with --server URL: " +
	"here a screen or a throw-away store would be lost")

// Board is the armed faults of one server. It is safe for concurrent use. While
// nothing is armed, asking it costs one atomic read.
type Board struct {
	enabled  bool
	immortal bool
	armed    atomic.Int32

	mu      sync.Mutex
	plan    fault.Plan
	holding fault.Fault   // The stall that holds; its ID is 0 if none does.
	changed chan struct{} // Closed and replaced at each change.
}

// NewBoard returns an empty board. One that is not enabled stays empty.
func NewBoard(enabled bool) *Board {
	return &Board{enabled: enabled, changed: make(chan struct{})}
}

// Enabled reports whether faults can be armed.
func (b *Board) Enabled() bool { return b.enabled }

// Armed reports whether anything is armed.
func (b *Board) Armed() bool { return b.armed.Load() > 0 }

// Immortal makes the board refuse to arm crashes. Call it before others have the
// board.
func (b *Board) Immortal() { b.immortal = true }

// Arm adds f and returns it with its id. It returns ErrOff, ErrImmortal, or what
// is wrong with f.
func (b *Board) Arm(f fault.Fault) (fault.Fault, error) {
	if !b.enabled {
		return fault.Fault{}, ErrOff
	}
	if b.immortal && f.Kind.Crashes() {
		return fault.Fault{}, ErrImmortal
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	armed, err := b.plan.Arm(f)
	if err == nil {
		b.announce()
	}
	return armed, err
}

// Put arms what List returned of a board that is no more, as far as it had come.
func (b *Board) Put(armed []fault.Fault) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.plan.Put(armed)
	b.announce()
}

// Clear removes the fault with that id, or all of them for id 0, and returns
// how many it removed.
func (b *Board) Clear(id int) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := b.plan.Clear(id)
	if id == 0 || id == b.holding.ID {
		b.holding = fault.Fault{}
	}
	if n > 0 {
		b.announce()
	}
	return n
}

// List returns a copy of what is armed.
func (b *Board) List() []fault.Fault {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.plan.List()
}

// Strike returns the first armed fault of kind that aims at t, and counts the
// strike. Stalls are asked for by Stalled.
func (b *Board) Strike(kind fault.Kind, t fault.Target) (fault.Fault, bool) {
	if b.armed.Load() == 0 {
		return fault.Fault{}, false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	f, struck := b.plan.Strike(kind, t)
	if struck {
		b.announce()
	}
	return f, struck
}

// Stalled returns the stall that holds the projector at t. A stall that has
// begun to hold does so until it is cleared and is counted once, however often
// it is asked for.
func (b *Board) Stalled(t fault.Target) (fault.Fault, bool) {
	if b.armed.Load() == 0 {
		return fault.Fault{}, false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.holding.ID != 0 {
		return b.holding, true
	}
	f, struck := b.plan.Strike(fault.ProjectStall, t)
	if struck {
		b.holding = f
		b.announce()
	}
	return f, struck
}

// Changed returns a channel that is closed at the next change of the board:
// a fault armed, cleared or struck. Take it before reading the board.
func (b *Board) Changed() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.changed
}

// announce tells everybody who waits. The caller holds the lock.
func (b *Board) announce() {
	b.armed.Store(int32(b.plan.Len()))
	close(b.changed)
	b.changed = make(chan struct{})
}

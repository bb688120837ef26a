// Package gate holds the parts of a server back, each at its port, until a
// driver lets them go on one step at a time. It also keeps the server's clock
// then: nothing happens because time passes, unless the driver says that it has.
//
//	command in ─→ [command] decide ─→ [append] log ─→ [events] batch ─→ [commit] SQLite ─→ feed
//
// A driver gives a permit and then waits until the server is quiet again, which
// a count tells: whatever begins something that ends elsewhere says Begin, and
// End when it is over. A nil *Gate is open: every part goes on at once, by the
// system's clock.
package gate

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// Gate is the ports of one server. Make one with New; a nil *Gate is open. It is
// safe for concurrent use.
type Gate struct {
	mu       sync.Mutex
	changed  chan struct{} // Closed and replaced at each change.
	now      int64         // Milliseconds.
	timers   []*timer      // By time, and by age.
	commands []Held        // In the order they arrived.
	appends  []Held        // In the order they were decided.
	arrived  uint64        // Commands that came to the gate.
	answered uint64        // Queries that were answered.
	busy     int           // What is under way.
	worker   worker
	allowed  uint64 // The projector may take the events up to here.
	broken   error  // Why nothing will ever happen again.
}

// Held is one thing that waits for its permit.
type Held struct {
	Client  string
	Command string
	due     int64 // It is not at the gate before.
	do      func()
}

// New returns a gate whose clock stands at now, in milliseconds.
func New(now int64) *Gate {
	return &Gate{now: now, changed: make(chan struct{})}
}

// Command holds a command that arrived. do decides it.
func (g *Gate) Command(client, command string, do func()) {
	if g == nil {
		do()
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.arrived++
	g.commands = append(g.commands, Held{Client: client, Command: command, do: do})
	g.announce()
}

// Append holds the event that a command became, which comes to the gate after
// the delay. do stores it; what it begins and does not end is its own to count.
func (g *Gate) Append(client, command string, delay time.Duration, do func()) {
	switch {
	case g == nil && delay > 0:
		time.AfterFunc(delay, do)
		return
	case g == nil:
		do()
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.appends = append(g.appends, Held{client, command, g.now + delay.Milliseconds(), do})
	g.announce()
}

// Answered counts a query that was answered.
func (g *Gate) Answered() {
	if g == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.answered++
	g.announce()
}

// Begin says that something is under way that ends elsewhere.
func (g *Gate) Begin() { g.count(1) }

// End says that what was begun is over, with all that it caused.
func (g *Gate) End() { g.count(-1) }

func (g *Gate) count(by int) {
	if g == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.busy += by
	g.announce()
}

// Break says that the server cannot go on.
func (g *Gate) Break(err error) {
	if g == nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.broken == nil {
		g.broken = err
	}
	g.announce()
}

// announce wakes whoever waits for quiet. The caller holds the lock.
func (g *Gate) announce() {
	close(g.changed)
	g.changed = make(chan struct{})
}

// Commands returns the commands that wait, in the order they came.
func (g *Gate) Commands() []Held {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]Held(nil), g.commands...)
}

// Appends returns the events that wait for the log, in the order of decisions.
func (g *Gate) Appends() []Held {
	g.mu.Lock()
	defer g.mu.Unlock()
	var there []Held
	for _, h := range g.appends {
		if h.due <= g.now {
			there = append(there, h)
		}
	}
	return there
}

// Handle lets the oldest command of client be decided.
func (g *Gate) Handle(client string) error {
	return g.permit(&g.commands, "no command of "+client+" waits", func(h Held) bool { return h.Client == client })
}

// Store lets the event of that command into the log.
func (g *Gate) Store(client, command string) error {
	return g.permit(&g.appends, "no event of "+client+"/"+command+" waits for the log",
		func(h Held) bool { return h.Client == client && h.Command == command })
}

// permit carries out the first of list that fits.
func (g *Gate) permit(list *[]Held, none string, fits func(Held) bool) error {
	do, err := g.release(list, none, fits)
	if err != nil {
		return err
	}
	do()
	g.End()
	return nil
}

// release takes the first that fits out of list; it is under way from then on.
func (g *Gate) release(list *[]Held, none string, fits func(Held) bool) (func(), error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for i, h := range *list {
		if fits(h) && h.due <= g.now {
			*list = append((*list)[:i:i], (*list)[i+1:]...)
			g.busy++
			return h.do, nil
		}
	}
	return nil, fmt.Errorf("gate: %s", none)
}

// Quiet waits until nothing is under way, that many commands have come and that
// many queries were answered. When ctx ends before, the error says what is
// missing.
func (g *Gate) Quiet(ctx context.Context, arrived, answered uint64) error {
	for {
		changed, missing := g.missing(arrived, answered)
		if changed == nil {
			return missing
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("the server is not quiet: %w: %w", missing, ctx.Err())
		}
	}
}

// missing returns what keeps the server from being quiet, nil for nothing, and
// what is closed at the next change, nil if waiting for one is of no use.
func (g *Gate) missing(arrived, answered uint64) (<-chan struct{}, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case g.broken != nil:
		return nil, g.broken
	case g.arrived < arrived:
		return g.changed, fmt.Errorf("%d of %d commands came", g.arrived, arrived)
	case g.answered < answered:
		return g.changed, fmt.Errorf("%d of %d queries were answered", g.answered, answered)
	case g.busy > 0:
		return g.changed, fmt.Errorf("%d things are under way, and the projector is %v", g.busy, g.worker.Place)
	}
	return nil, nil
}

// Now returns the time by this gate's clock.
func (g *Gate) Now() time.Time {
	if g == nil {
		return time.Now()
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return time.UnixMilli(g.now)
}

package app

import (
	"context"
	"sync"
	"time"

	"optimist/server/projector"
	"optimist/shared/protocol"
)

// statusEvery is how often the state of the parts is told when nothing changes,
// for those who came later.
const statusEvery = time.Second

// announcer tells people what the parts are at: at every change, and now and
// then.
type announcer struct {
	app *App

	mu     sync.Mutex
	now    projector.Status
	change chan struct{} // Holds one token while something is untold.
}

func newAnnouncer(a *App) *announcer {
	return &announcer{app: a, now: projector.Status{State: protocol.Running}, change: make(chan struct{}, 1)}
}

// set takes over what the projector is at.
func (n *announcer) set(s projector.Status) {
	n.mu.Lock()
	n.now = s
	n.mu.Unlock()
	n.poke()
}

// poke has the state told soon.
func (n *announcer) poke() {
	select {
	case n.change <- struct{}{}:
	default:
	}
}

// run tells until ctx ends.
func (n *announcer) run(ctx context.Context) error {
	tick := time.NewTicker(statusEvery)
	defer tick.Stop()
	for {
		board := n.app.board.Changed()
		n.tell(ctx)
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		case <-n.change:
		case <-board:
		}
	}
}

// tell publishes the state as it is.
func (n *announcer) tell(ctx context.Context) {
	n.mu.Lock()
	at := n.now
	n.mu.Unlock()
	end, err := n.app.log.End(ctx)
	if err != nil {
		return // Stopping, or the next tick tells.
	}
	n.app.send(protocol.StatusSubject, protocol.Status{
		Epoch: n.app.projector.Epoch(), Log: end, Projected: n.app.projector.Watermark(),
		Projector: at.State, At: at.At, Attempt: at.Attempt, Of: at.Of, Why: at.Why,
		FaultsOn: n.app.board.Enabled(), Faults: n.app.board.List(),
		Strategy: n.app.cfg.Strategy,
	})
}

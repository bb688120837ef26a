package tui

import (
	"context"
	"time"

	"optimist/client/remote"
	"optimist/shared/fault"
)

// Limits of requests about faults.
const (
	faultTimeout = 2 * time.Second // For one request.
	maxFaults    = 64              // Requests that wait; more are left out.
)

// link is a Remote whose requests about faults go out one after the other, so
// that a clear never overtakes the arming before it.
type link struct {
	*remote.Remote
	asks chan func(context.Context, remote.Faults) error
}

func newLink(r *remote.Remote) *link {
	return &link{Remote: r, asks: make(chan func(context.Context, remote.Faults) error, maxFaults)}
}

// Arm arms a fault at the server.
func (l *link) Arm(f fault.Fault) {
	l.ask(func(ctx context.Context, board remote.Faults) error {
		_, err := board.Arm(ctx, f)
		return err
	})
}

// Clear disarms the fault with that id, or all for 0.
func (l *link) Clear(id int) {
	l.ask(func(ctx context.Context, board remote.Faults) error {
		_, err := board.Clear(ctx, id)
		return err
	})
}

func (l *link) ask(request func(context.Context, remote.Faults) error) {
	select {
	case l.asks <- request:
	default: // The server is gone, or somebody leans on a key.
	}
}

// carry carries the requests out until ctx ends.
func (l *link) carry(ctx context.Context, failed func(error)) {
	for {
		select {
		case <-ctx.Done():
			return
		case request := <-l.asks:
			once, cancel := context.WithTimeout(ctx, faultTimeout)
			err := request(once, l.Faults())
			cancel()
			if err != nil && ctx.Err() == nil {
				failed(err)
			}
		}
	}
}

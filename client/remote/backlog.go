package remote

import (
	"sync"

	"optimist/shared/reconcile"
)

// MaxBacklog is how many effects may wait to be carried out. Beyond it
// questions to the server are dropped, as if the network had lost them: the
// replica asks again. Writes of the outbox are never dropped; there are as many
// as a person caused.
const MaxBacklog = 1 << 16

// keptRoom is how many things a list may have room for that is filled again and
// again: more than a fast client ever has under way.
const keptRoom = 1 << 10

// backlog is the effects that wait, in order. Adding never blocks.
type backlog struct {
	wake chan struct{}

	mu      sync.Mutex
	waiting []reconcile.Effect
	spare   []reconcile.Effect // Empty; takes the place of waiting.
}

func newBacklog() *backlog { return &backlog{wake: make(chan struct{}, 1)} }

// add takes the effects that are the Remote's to carry out, and reports whether
// it had to drop a Sync.
func (b *backlog) add(effects []reconcile.Effect) (lostSync bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := range effects {
		switch kind := effects[i].Kind; kind {
		case reconcile.Store, reconcile.Forget:
			b.waiting = append(b.waiting, effects[i])
		case reconcile.Send, reconcile.Poll, reconcile.Sync:
			if len(b.waiting) < MaxBacklog {
				b.waiting = append(b.waiting, effects[i])
			} else if kind == reconcile.Sync {
				lostSync = true
			}
		case reconcile.Changed, reconcile.Settled, reconcile.Fell, reconcile.Moved, reconcile.Declined:
		}
	}
	if len(b.waiting) > 0 {
		signal(b.wake)
	}
	return lostSync
}

// take empties the backlog. Give back what it returns.
func (b *backlog) take() []reconcile.Effect {
	b.mu.Lock()
	defer b.mu.Unlock()
	effects := b.waiting
	b.waiting, b.spare = b.spare, nil
	return effects
}

// giveBack returns effects, which nobody reads any more, to be filled again.
func (b *backlog) giveBack(effects []reconcile.Effect) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.spare = emptied(effects)
}

// emptied returns list without what it held, ready to be filled again, or nil if
// an exceptional burst has made it too large to keep.
func emptied[T any](list []T) []T {
	if cap(list) > keptRoom {
		return nil
	}
	clear(list)
	return list[:0]
}

package classroom

import (
	"errors"
	"io"
	"sync"
)

// maxQueue is how much waits to be sent to a seat, in bytes: a few of the largest
// screens. No frame is drawn while one waits, so that only a screen that is all
// colours comes near it.
const maxQueue = 4 << 20

// errSlow says that a seat does not read.
var errSlow = errors.New("the seat does not read what it is sent")

// outlet sends what is written to it, without ever making the writer wait.
type outlet struct {
	to io.Writer

	mu     sync.Mutex
	queue  []byte
	busy   bool // Something is being sent.
	ended  bool
	failed error

	wake    chan struct{} // Holds one token while there is something to send.
	drained chan struct{} // Holds one token after everything was sent.
	done    chan struct{} // Closed when nothing is sent any more.
}

func newOutlet(to io.Writer) *outlet {
	return &outlet{to: to, wake: make(chan struct{}, 1), drained: make(chan struct{}, 1), done: make(chan struct{})}
}

// Write queues p.
func (o *outlet) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case o.failed != nil:
		return 0, o.failed
	case len(o.queue)+len(p) > maxQueue:
		return 0, errSlow
	}
	o.queue = append(o.queue, p...)
	poke(o.wake)
	return len(p), nil
}

// behind reports whether something was written that is not sent.
func (o *outlet) behind() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.busy || len(o.queue) > 0
}

// end has the pump stop once everything is sent.
func (o *outlet) end() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.ended = true
	poke(o.wake)
}

// pump sends until end, or until that fails.
func (o *outlet) pump() {
	defer close(o.done)
	var sending []byte
	for range o.wake {
		o.mu.Lock()
		sending, o.queue = o.queue, sending[:0]
		o.busy = len(sending) > 0
		ended := o.ended
		o.mu.Unlock()
		_, err := o.to.Write(sending)
		o.mu.Lock()
		o.busy, o.failed = false, err
		more := len(o.queue) > 0
		o.mu.Unlock()
		switch {
		case err != nil, ended && !more:
			return
		case more:
			poke(o.wake)
		default:
			poke(o.drained)
		}
	}
}

// poke leaves a token where there is none.
func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

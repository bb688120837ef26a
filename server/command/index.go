package command

import (
	"sync"

	"optimist/shared/decide"
	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// Index is the core of the command side under its lock. It is there before the handler is: the
// projector tells it from its first event on. It is safe for concurrent use.
//
// A command is decided on the goroutine that brought it, and goes on on the one
// that brought its acknowledgement: handing it over would cost more.
type Index struct {
	mu      sync.Mutex
	core    *decide.Core
	perform func([]decide.Effect) // Carries effects out; nil before Serve. It is called with the lock held.
	sendOff func()                // Sends what answers are ready; likewise.
	effects []decide.Effect
}

// NewIndex returns an index that knows of nothing.
func NewIndex() *Index {
	return &Index{core: decide.New(decide.Config{})}
}

// Observe notes that the read model has committed ev. The projector calls it
// for each event, in order.
func (x *Index) Observe(ev event.Event) {
	x.tell(decide.Input{Kind: decide.Observed, Event: ev})
}

// Published notes that everybody was told of the log up to an event: the
// rejections up to there are in the log. at is the time, in milliseconds.
func (x *Index) Published(to uint64, at int64) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.step(decide.Input{Kind: decide.Published, To: to, At: at})
	if x.sendOff != nil {
		x.sendOff() // On the way of the feed message that follows.
	}
}

// tell takes the lock for one step.
func (x *Index) tell(in decide.Input) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.step(in)
}

// step tells the core what happened and does what is to be done about it. The
// caller holds the lock.
func (x *Index) step(in decide.Input) {
	x.effects = x.core.Step(in, x.effects[:0])
	if x.perform != nil { // Also with nothing to do: there may be a time to wait for.
		x.perform(x.effects)
	}
}

// outcome is decide.Core.Outcome under the lock.
func (x *Index) outcome(ref user.Ref) (protocol.Reply, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.core.Outcome(ref)
}

package scenario

import (
	"fmt"
	"reflect"

	"optimist/shared/sim"
	"optimist/shared/trace"
)

// settle lets everything move that can and is not held, one permit at a time,
// by the order of the gates. With batch, the first events that go to the
// projector go as one batch. Nothing here advances time.
func (r *Stepper) settle(batch bool) error {
	for range MaxPermits {
		a, ok := r.next(batch)
		if !ok {
			r.quiet(false)
			return nil
		}
		if a.Verb == sim.Project {
			batch = false
		}
		if err := r.move(a); err != nil {
			return err
		}
		r.steps++
	}
	return fmt.Errorf("the world does not come to rest within %d permits", MaxPermits)
}

// next returns the next permit, or false if nothing can move.
func (r *Stepper) next(batch bool) (sim.Action, bool) {
	for _, gate := range sim.Gates {
		if r.held.Has(gate) {
			continue
		}
		list := r.world.Waiting(gate)
		if len(list) == 0 {
			continue
		}
		a := list[0].Permit()
		if a.Verb == sim.Project && batch {
			a.N = events(list[0])
		}
		return a, true
	}
	return sim.Action{}, false
}

// events returns how many events wait for the projector, as many as it takes at
// once at most.
func events(w sim.Waiting) int { return int(min(w.To-w.From+1, MaxProject)) }

// stabilize opens every gate until nothing moves, jumps to the next timer, and
// so on; then it closes again what was held.
func (r *Stepper) stabilize() error {
	held := r.held
	r.held = 0
	defer func() { r.held = held }()
	if err := r.settle(false); err != nil {
		return err
	}
	idle := 0
	for jumps := 0; jumps < MaxJumps && idle < MaxIdle; jumps++ {
		at, ok := r.world.Next()
		if !ok {
			return nil
		}
		before := r.state()
		if err := r.advance(at); err != nil {
			return err
		}
		if idle++; !stuck(before, r.state()) {
			idle = 0
		}
	}
	r.quiet(true)
	return nil
}

// stuck reports whether a projector that only the person can set going has kept
// everything as it was, the clock apart.
func stuck(before, after *sim.State) bool {
	before.Now = after.Now
	return after.Stalled != 0 && reflect.DeepEqual(before, after)
}

// advance moves the clock on to at, and settles.
func (r *Stepper) advance(at int64) error {
	a := sim.Action{Verb: sim.Advance, For: max(at-r.now, 0)}
	if err := r.move(a); err != nil {
		return err
	}
	r.steps++
	r.now += a.For
	return r.settle(false)
}

// wait lets time pass. What time sets off moves before more of it passes.
func (r *Stepper) wait(ms int64) error {
	end := r.now + ms
	for range MaxTimers {
		at, ok := r.world.Next()
		if !ok || at > end {
			break
		}
		if err := r.advance(at); err != nil {
			return err
		}
	}
	if r.now == end {
		return nil
	}
	return r.advance(end)
}

// quiet notes in the trace that nothing but the person can move, unless the
// world did. exhausted says that the timers that are left have been given their
// chance: they only repeat themselves.
func (r *Stepper) quiet(exhausted bool) {
	t := r.world.Trace()
	if len(t.Events) == 0 || r.atQuiet() {
		return
	}
	if _, timer := r.world.Next(); timer && !exhausted {
		return
	}
	state := r.state()
	if len(state.Waiting) > 0 || state.ServerDown || state.Retrying != 0 {
		return
	}
	for i := range state.Clients {
		if state.Clients[i].Down {
			return
		}
	}
	last := &t.Events[len(t.Events)-1]
	t.Events = append(t.Events, trace.Event{Step: last.Step, At: r.now, Kind: trace.Quiet, Stalled: state.Stalled != 0})
}

// atQuiet reports whether nothing has moved since nothing could.
func (r *Stepper) atQuiet() bool {
	t := r.world.Trace()
	return len(t.Events) > 0 && t.Events[len(t.Events)-1].Kind == trace.Quiet
}

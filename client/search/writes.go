package search

import (
	"optimist/shared/explore"
	"optimist/shared/sim"
	"optimist/shared/trace"
)

// restSteps is how many steps a world may take to come to rest.
const restSteps = 1000

// writes returns how much is written for each intent that is confirmed on a path,
// once the system is at rest after it.
func writes(s *Scope, path []explore.Action) float64 {
	m := newModel(s)
	at, to := m.New(), m.New()
	m.Root(at)
	n := -events(&at.world)
	for _, a := range path {
		if _, ok := m.Step(to, at, a); !ok {
			panic("search: a path cannot be walked again")
		}
		n += rows(&m.trace)
		at, to = to, at
	}
	n += m.rest(&at.world) + events(&at.world)
	return float64(n) / float64(at.world.Confirmed())
}

// rest takes a world to where nothing is left to do, and returns how many rows
// are written on the way.
func (m *model) rest(w *sim.World) int {
	n := 0
	for range restSteps {
		if quiet := len(m.trace.Events) - 1; quiet >= 0 && m.trace.Events[quiet].Kind == trace.Quiet {
			return n
		}
		m.trace.Events = m.trace.Events[:0]
		a, ok := w.Permit()
		if !ok {
			at, timer := w.Next()
			if !timer {
				return n
			}
			a = sim.Action{Verb: sim.Advance, For: max(at-w.Now(), 0)}
		}
		m.must(w.Do(a))
		n += rows(&m.trace)
	}
	return n
}

// events counts those in the log, of whatever kind.
func events(w *sim.World) int { return len(w.State().Log) }

// rows counts the rows that are written.
func rows(t *trace.Trace) int {
	n := 0
	for i := range t.Events {
		switch t.Events[i].Kind {
		case trace.Committed, trace.Wrote:
			n++
		default:
		}
	}
	return n
}

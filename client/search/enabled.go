package search

import (
	"slices"

	"optimist/shared/explore"
	"optimist/shared/sim"
)

// Actions appends what can happen: what persons do, then every step of the
// system, then faults. Time passes only when nothing of the system can move.
func (m *model) Actions(s *state, out []explore.Action) []explore.Action {
	w := &s.world
	m.steps = m.steps[:0]
	m.system(w)
	if len(m.steps) == 0 {
		if _, ok := w.Next(); ok {
			m.steps = append(m.steps, step{verb: pass})
		}
	}
	system := len(m.steps)
	m.persons(s)
	for _, st := range m.steps[system:] {
		out = append(out, st.code())
	}
	for _, st := range m.steps[:system] {
		out = append(out, st.code())
	}
	return m.faults(w, m.steps[:system], out)
}

// persons appends what each person may do next: change what the screen shows,
// unless too much is pending.
func (m *model) persons(s *state) {
	free := s.world.Unsettled() < m.scope.Window
	for c := range m.deeds {
		if int(s.done[c]) == len(m.deeds[c]) || !free {
			continue
		}
		a := &m.scope.deeds[m.deeds[c][s.done[c]]].action
		shown, tray := s.world.Shows(a.Client, a.Record)
		switch a.Verb {
		case sim.Edit, sim.Delete, sim.Undo:
			if !shown {
				continue
			}
		case sim.Retry, sim.Dismiss:
			if !tray {
				continue
			}
		default:
		}
		m.steps = append(m.steps, step{verb: act, of: c})
	}
}

// system appends every step of the system, and what mends the environment.
func (m *model) system(w *sim.World) {
	m.commands(w)
	m.waiting = w.AppendWaiting(m.waiting[:0], sim.EventGate)
	for i := range m.waiting {
		for n := range m.waiting[i].To - m.waiting[i].From + 1 {
			m.steps = append(m.steps, step{verb: project, of: int(n) + 1})
		}
	}
	if m.waiting = w.AppendWaiting(m.waiting[:0], sim.CommitGate); len(m.waiting) > 0 {
		m.steps = append(m.steps, step{verb: project})
	}
	for i := range m.first(w, sim.ReplyGate) {
		m.steps = append(m.steps, step{verb: reply, of: m.scope.deedOf(m.waiting[i].Intent)})
	}
	for i := range m.first(w, sim.FeedGate) {
		m.steps = append(m.steps, step{verb: feed, of: slices.Index(m.scope.Script.Clients, m.waiting[i].Client)})
	}
	for c, name := range m.scope.Script.Clients {
		if w.IsCut(name) {
			m.steps = append(m.steps, step{verb: reconnect, of: c})
		}
	}
	if w.IsDown() {
		m.steps = append(m.steps, step{verb: restart})
	}
}

// commands appends the handling of each client's oldest command and of all that
// stands before the log.
func (m *model) commands(w *sim.World) {
	m.waiting = w.AppendWaiting(m.waiting[:0], sim.AppendGate)
	for i := range m.waiting {
		m.steps = append(m.steps, step{verb: handle, of: m.scope.deedOf(m.waiting[i].Intent)})
	}
	for i := range m.first(w, sim.CommandGate) {
		if st := (step{verb: handle, of: m.scope.deedOf(m.waiting[i].Intent)}); !slices.Contains(m.steps, st) {
			m.steps = append(m.steps, st)
		}
	}
}

// first makes waiting the first thing that waits for each client at a gate, and
// returns it.
func (m *model) first(w *sim.World, g sim.Gate) []sim.Waiting {
	m.waiting = w.AppendWaiting(m.waiting[:0], g)
	m.waiting = slices.CompactFunc(m.waiting, func(a, b sim.Waiting) bool { return a.Client == b.Client })
	return m.waiting
}

// faults appends each fault at each step that it can strike, and the loss of
// each connection. Which of them do strike is known once the step is taken.
func (m *model) faults(w *sim.World, steps []step, out []explore.Action) []explore.Action {
	for i := range m.scope.Strikes {
		k := &m.scope.Strikes[i]
		if k.Name == disconnect {
			for c, name := range m.scope.Script.Clients {
				if !w.IsCut(name) {
					out = append(out, step{verb: cut, of: c}.code())
				}
			}
			continue
		}
		for _, st := range steps {
			if strikesAt(k, st.verb) {
				st.strike = i + 1
				out = append(out, st.code())
			}
		}
	}
	return out
}

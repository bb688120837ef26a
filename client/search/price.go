package search

import (
	"optimist/shared/explore"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// Marks of what a strategy costs; the bits between those of defects and prices.
const (
	allConfirmed explore.Marks = 1 << 31 // Everybody did everything, and all of it is confirmed.
	heldBack     explore.Marks = 1 << 30 // A client that reaches the server kept an intent back.
	workedApart  explore.Marks = 1 << 29 // A person who is cut off changed something, and sees it.
	costs                      = allConfirmed | heldBack | workedApart
)

// Price is what a strategy costs in a scope where nothing goes wrong, besides
// the anomalies that are its printed prices.
type Price struct {
	Wait   int     // Steps of the system until everything is confirmed, at best; 0: it never is.
	Writes float64 // Events and rows written for each intent on that way.
	Held   bool    // Intents are kept back.
	Apart  bool    // A person can go on while cut off; false too if the scope cuts nobody off.
}

// costs says what the step to s shows of costs.
func (m *model) costs(s *state) explore.Marks {
	var marks explore.Marks
	cut := false
	for c, name := range m.scope.Script.Clients {
		cut = cut || s.world.IsCut(name) && s.done[c] > 0
	}
	for i := range m.trace.Events {
		switch e := &m.trace.Events[i]; {
		case e.Kind == trace.Held && !s.world.IsCut(e.Client) && !s.world.IsDown():
			marks |= heldBack
		case e.Kind == trace.Acted && cut && s.world.IsCut(e.Client):
			if shown, _ := s.world.Shows(e.Client, e.Record); shown || e.Op == user.Delete {
				marks |= workedApart
			}
		}
	}
	for c := range m.deeds {
		if int(s.done[c]) < len(m.deeds[c]) {
			return marks
		}
	}
	if s.world.Confirmed() == len(m.scope.Intents()) {
		marks |= allConfirmed
	}
	return marks
}

// price takes what a finding says of costs.
func (p *Price) price(s *Scope, f explore.Finding, path []explore.Action) {
	switch {
	case f.Mark == workedApart:
		p.Apart = true
	case f.Mark == heldBack && f.Faults == 0:
		p.Held = true
	case f.Mark == allConfirmed && f.Faults == 0:
		p.Wait = f.Steps - len(s.deeds)
		p.Writes = float64(writes(s, path)) / float64(len(s.Intents()))
	}
}

// writes counts what is written into the log and the rows on a path.
func writes(s *Scope, path []explore.Action) int {
	m := newModel(s)
	at, to := m.New(), m.New()
	m.Root(at)
	n := 0
	for _, a := range path {
		if _, ok := m.Step(to, at, a); !ok {
			panic("search: a path cannot be walked again")
		}
		for i := range m.trace.Events {
			switch m.trace.Events[i].Kind {
			case trace.Appended, trace.Refused, trace.Voided, trace.Committed, trace.Wrote:
				n++
			default:
			}
		}
		at, to = to, at
	}
	return n
}

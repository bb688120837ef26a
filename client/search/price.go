package search

import (
	"math/bits"
	"slices"

	"optimist/shared/anomaly"
	"optimist/shared/explore"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// How much of what a strategy costs is told apart.
const (
	maxWaits = 12 // Intents whose wait is measured, in the order of the script.
	maxLevel = 6  // Of what is counted; more is taken for as much.
)

// Marks of what a strategy costs; the bits above those of anomalies. A level is
// one mark for each number from 1.
const (
	waits        explore.Marks = 1 << firstCost // An intent was confirmed; one mark for each.
	held                       = waits << maxWaits
	refused                    = held << maxLevel
	cascade                    = refused << maxLevel
	allConfirmed               = cascade << maxLevel
	workedApart                = allConfirmed << 1
	costs                      = ^(waits - 1)
)

// Price is what a strategy costs in a scope, besides the anomalies that are its
// printed prices. All but Cascade and Apart are of schedules without a fault.
type Price struct {
	// Wait is how many steps of the system a person waits for a change: from
	// when it is wanted to when its client knows that it is confirmed, on the
	// shortest schedule, of the intent that takes longest. Everybody wants
	// everything at the beginning, as who types without a pause: what cannot be
	// typed yet, since the record is not on the screen, waits too. 0: nothing was
	// ever confirmed.
	Wait int
	// Writes is the events appended to the log and the rows written, once the
	// system is at rest after the shortest schedule on which everything is
	// confirmed, for each intent that is. If that cannot be, it is the shortest to
	// the intent that takes longest.
	Writes float64
	// Confirmed says whether everything can be.
	Confirmed bool
	// Held is the most intents that are kept back at once by clients that are
	// connected, while the server is there.
	Held int
	// Refused is the most intents on one schedule that the server refused although
	// the domain allows them where the log is: spurious rejections, and edits of an
	// email that is the id.
	Refused int
	// Cascade is the most intents that fell with another in one step, although
	// they were shown as accepted.
	Cascade int
	// Apart says whether a person who is cut off before doing anything can do two
	// things, or all if it is one, and sees each at once.
	Apart bool
}

// level returns the mark for n of what is counted.
func level(first explore.Marks, n int) explore.Marks {
	if n == 0 {
		return 0
	}
	return first << (min(n, maxLevel) - 1)
}

// levelOf returns the number that a mark from first on stands for, if it is one.
func levelOf(first, mark explore.Marks) (int, bool) {
	n := bits.TrailingZeros64(uint64(mark)) - bits.TrailingZeros64(uint64(first)) + 1
	return n, n >= 1 && n <= maxLevel
}

// bill says what a finding costs, and notes what is refused on the way to s.
func (m *model) bill(s *state, f *anomaly.Finding) explore.Marks {
	switch f.ID {
	case spuriousRejection:
		m.refuse(s, f.Intent)
	case cascading:
		return level(cascade, f.Fell)
	}
	return 0
}

// refuse notes that a legal intent was refused on the way to s.
func (m *model) refuse(s *state, intent string) {
	if at := m.scope.deedOf(intent); at >= 0 {
		s.refused |= 1 << at
	}
}

// costs says what the step to s shows of costs.
func (m *model) costs(s *state) explore.Marks {
	marks, confirms := m.shown(s)
	return marks | m.levels(&tally{
		done: &s.done, refused: s.refused, held: s.world.Held(), confirmed: s.world.Confirmed(), confirms: confirms,
	})
}

// shown says what happened in the step to s shows of costs, and whether anything
// was confirmed. It notes what is refused on the way to s.
func (m *model) shown(s *state) (marks explore.Marks, confirms bool) {
	for i := range m.trace.Events {
		switch e := &m.trace.Events[i]; {
		case e.Kind == trace.Believed && e.Fate == trace.FateConfirmed:
			confirms = true
			if at := m.scope.deedOf(e.Intent); at >= 0 && at < maxWaits {
				marks |= waits << at
			}
		case e.Kind == trace.Decided && e.Code == user.ErrEmailFixed:
			m.refuse(s, e.Intent)
		case e.Kind == trace.Acted && s.world.IsCut(e.Client) && m.apart(s, e):
			marks |= workedApart
		}
	}
	return marks, confirms
}

// tally is what is counted of a state.
type tally struct {
	done      *[maxClients]uint8
	refused   uint64
	held      int  // By clients that are connected, while the server is there.
	confirmed int  // As their clients believe.
	confirms  bool // In the last step.
}

// levels says what a state shows of costs.
func (m *model) levels(t *tally) explore.Marks {
	marks := level(held, t.held) | level(refused, bits.OnesCount64(t.refused))
	if t.confirms && m.allDone(t.done) && t.confirmed == m.scope.intents {
		marks |= allConfirmed
	}
	return marks
}

// apart reports whether an act shows that its person, cut off from the
// beginning, can go on.
func (m *model) apart(s *state, act *trace.Event) bool {
	c := slices.Index(m.scope.Script.Clients, act.Client)
	if int(s.done[c]) != min(2, len(m.deeds[c])) || s.world.Unsent(act.Client) != int(s.done[c]) {
		return false
	}
	return slices.ContainsFunc(m.trace.Events, func(e trace.Event) bool {
		return e.Kind == trace.Rendered && e.Client == act.Client && slices.Contains(e.Shown, act.Intent)
	})
}

// allDone reports whether everybody did everything.
func (m *model) allDone(done *[maxClients]uint8) bool {
	for c := range m.deeds {
		if int(done[c]) < len(m.deeds[c]) {
			return false
		}
	}
	return true
}

// priceOf takes from what was found what it costs. Findings come by faults and
// steps, so the last confirmed is the intent that takes longest.
func priceOf(s *Scope, search *explore.Search) Price {
	var p Price
	var end explore.Finding
	for _, f := range search.Findings() {
		healthy := f.Faults == 0
		switch n, ok := levelOf(cascade, f.Mark); {
		case ok:
			p.Cascade = max(p.Cascade, n)
		case f.Mark == workedApart:
			p.Apart = true
		case !healthy || f.Mark&costs == 0:
		case f.Mark == allConfirmed:
			p.Confirmed, end = true, f
		case f.Mark < held:
			p.Wait = max(p.Wait, stepsOfSystem(search.Path(f)))
			if !p.Confirmed {
				end = f
			}
		default:
			if n, ok := levelOf(held, f.Mark); ok {
				p.Held = max(p.Held, n)
			}
			if n, ok := levelOf(refused, f.Mark); ok {
				p.Refused = max(p.Refused, n)
			}
		}
	}
	if end.Mark != 0 {
		p.Writes = writes(s, search.Path(end))
	}
	return p
}

// stepsOfSystem counts the steps of a path that no person takes.
func stepsOfSystem(path []explore.Action) int {
	n := 0
	for _, a := range path {
		if stepOf(a).verb != act {
			n++
		}
	}
	return n
}

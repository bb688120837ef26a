package search

import (
	"errors"
	"fmt"
	"slices"

	"optimist/shared/anomaly"
	"optimist/shared/explore"
	"optimist/shared/fault"
	"optimist/shared/sim"
	"optimist/shared/trace"
)

// state is a world with the checker that has watched it.
type state struct {
	world   sim.World
	checker anomaly.Checker
	done    [maxClients]uint8 // How many of its deeds each client has done.
	refused uint64            // Which deeds were refused although they were legal.
}

// model is the product within a scope, as a search walks it.
type model struct {
	scope *Scope
	deeds [][]int // Of each client, as places in the scope's.
	trace trace.Trace
	wait  int64 // How long time passed in the last step.

	found []anomaly.Finding // Of the last step, if it is kept.
	keep  bool

	// Scratch.
	steps    []step
	waiting  []sim.Waiting
	intents  []string
	transits []sim.Transit
	outlook  outlook
}

func newModel(s *Scope) *model {
	m := &model{scope: s, deeds: make([][]int, len(s.Script.Clients))}
	for i := range s.deeds {
		c := s.deeds[i].client
		m.deeds[c] = append(m.deeds[c], i)
	}
	return m
}

// New returns room for a state.
func (m *model) New() *state { return &state{} }

// Root makes s the state in which everybody has come and nobody has done
// anything.
func (m *model) Root(s *state) {
	var t trace.Trace
	w, err := m.scope.begin(&t)
	if err != nil {
		panic(fmt.Sprintf("search: %v", err)) // It was made once before the search began.
	}
	checker := anomaly.New(m.scope.Strategy.Text())
	for _, name := range m.scope.names {
		checker.Name(name)
	}
	for i := range t.Events {
		checker.Step(t.Events[i])
	}
	checker.Flush()
	for i := range m.scope.deeds {
		d := &m.scope.deeds[i]
		if a := &d.action; a.Intent != "" {
			checker.Foresee(a.Client, a.Intent, a.Record)
			for _, record := range d.records {
				checker.Foresee(a.Client, a.Intent, record)
			}
		}
	}
	s.world.CopyFrom(w)
	s.world.Resume(&m.trace)
	s.checker.CopyFrom(checker)
	s.done, s.refused = [maxClients]uint8{}, 0
}

// Copy makes to what from is.
func (m *model) Copy(to, from *state) {
	to.world.CopyFrom(&from.world)
	to.world.Resume(&m.trace) // It is one that records.
	to.checker.CopyFrom(&from.checker)
	to.done, to.refused = from.done, from.refused
}

// Step makes to what from becomes, and says which anomalies that shows.
func (m *model) Step(to, from *state, a explore.Action) (explore.Marks, bool) {
	to.world.CopyFrom(&from.world)
	to.world.Resume(&m.trace)
	m.trace.Events = m.trace.Events[:0]
	to.done, to.refused = from.done, from.refused
	if st := stepOf(a); !m.take(to, st) || st.strike > 0 && to.world.Armed() || m.floods(&from.world, &to.world) {
		return 0, false // What is armed and did not strike is no fault.
	}
	to.checker.CopyFrom(&from.checker)
	return m.judge(to) | m.costs(to), true
}

// floods reports whether a step sends more to a client to whom already as much is
// on its way in the feed as may be.
func (m *model) floods(from, to *sim.World) bool {
	for place := range m.deeds {
		before, after := from.OnTheirWay(place), to.OnTheirWay(place)
		if after > before && before >= m.scope.Window {
			return true
		}
	}
	return false
}

// judge shows the checker what happened in the step. While somebody is cut off
// nothing is quiet: they can connect again.
func (m *model) judge(s *state) explore.Marks {
	if n := len(m.trace.Events); n > 0 && m.trace.Events[n-1].Kind == trace.Quiet && slices.ContainsFunc(m.scope.Script.Clients, s.world.IsCut) {
		m.trace.Events = m.trace.Events[:n-1]
	}
	return m.watch(s, m.trace.Events)
}

// watch shows the checker what happened in a step.
func (m *model) watch(s *state, events []trace.Event) explore.Marks {
	var marks explore.Marks
	m.found = m.found[:0]
	note := func(found []anomaly.Finding) {
		for i := range found {
			marks |= markOf(&found[i]) | m.bill(s, &found[i])
		}
		if m.keep {
			m.found = append(m.found, found...)
		}
	}
	for i := range events {
		note(s.checker.Step(events[i]))
	}
	note(s.checker.Flush())
	return marks
}

// take takes the step in a world.
func (m *model) take(s *state, st step) bool {
	w := &s.world
	if st.strike > 0 {
		m.must(w.Do(sim.Action{Verb: sim.Arm, Fault: m.scope.Strikes[st.strike-1].Fault}))
	}
	switch st.verb {
	case act:
		at := m.deeds[st.of][s.done[st.of]]
		a := m.scope.deeds[at].action
		a.Record = m.record(w, at)
		err := w.Do(a)
		if errors.Is(err, sim.ErrDeclined) || errors.Is(err, sim.ErrIdle) {
			return false
		}
		m.must(err)
		s.done[st.of]++
	case handle:
		m.handle(w, m.scope.deeds[st.of].action.Client, m.scope.deeds[st.of].action.Intent)
	case project:
		m.project(w, st.of)
	case reply:
		m.must(w.Do(sim.Action{Verb: sim.DeliverReply, Client: m.scope.deeds[st.of].action.Client}))
	case feed:
		m.must(w.Do(sim.Action{Verb: sim.DeliverFeed, Client: m.scope.Script.Clients[st.of]}))
	case reconnect:
		m.must(w.Do(sim.Action{Verb: sim.Reconnect, Client: m.scope.Script.Clients[st.of]}))
	case cut:
		m.must(w.Do(sim.Action{Verb: sim.Disconnect, Client: m.scope.Script.Clients[st.of]}))
	case restart:
		m.must(w.Do(sim.Action{Verb: sim.RestartServer}))
	case pass:
		at, _ := w.Next()
		m.wait = max(at-w.Now(), 0)
		m.must(w.Do(sim.Action{Verb: sim.Advance, For: m.wait}))
	}
	return true
}

// must panics: what is enabled can be done.
func (m *model) must(err error) {
	if err != nil {
		panic(fmt.Sprintf("search: %v", err))
	}
}

// acts reports whether the person at a place has anything left to do.
func (m *model) acts(s *state, place int) bool { return int(s.done[place]) < len(m.deeds[place]) }

// handle lets a command in and what is decided of it into the log, as the line
// of a script does: what another append overtakes is decided anew.
func (m *model) handle(w *sim.World, client, intent string) {
	if !m.appends(w, intent) {
		m.must(w.Do(sim.Action{Verb: sim.Handle, Client: client}))
	}
	for m.appends(w, intent) {
		m.must(w.Do(sim.Action{Verb: sim.Append, Client: client, Intent: intent}))
	}
}

// appends reports whether something of the intent stands before the log.
func (m *model) appends(w *sim.World, intent string) bool {
	m.waiting = w.AppendWaiting(m.waiting[:0], sim.AppendGate)
	for i := range m.waiting {
		if m.waiting[i].Intent == intent {
			return true
		}
	}
	return false
}

// project makes a batch of n events and commits it.
func (m *model) project(w *sim.World, n int) {
	if n > 0 {
		m.must(w.Do(sim.Action{Verb: sim.Project, N: n}))
	}
	if m.waiting = w.AppendWaiting(m.waiting[:0], sim.CommitGate); len(m.waiting) > 0 {
		m.must(w.Do(sim.Action{Verb: sim.Commit}))
	}
}

// strikesAt reports whether a kind of fault can strike a step.
func strikesAt(k *Strike, v verb) bool {
	switch k.Fault.Kind {
	case fault.AppendRefuse, fault.AppendLoseAck:
		return v == handle
	case fault.ReplyDrop:
		return v == handle || v == project
	default:
		return v == project && k.at == sim.CommitGate
	}
}

package search

import (
	"errors"
	"fmt"
	"slices"

	"optimist/shared/fault"
	"optimist/shared/scenario"
	"optimist/shared/sim"
	"optimist/shared/strategy"
	"optimist/shared/trace"
)

// Limits of what the code of an action and the words of a state can say.
const (
	maxDeeds   = 64
	maxClients = 31
)

// ErrScope says that a script cannot be searched.
var ErrScope = errors.New("cannot be searched")

// Scope is what a search covers: who does what, and what may strike. Of a script
// it takes the clients, what is given, what each person does and in which order,
// and the bounds. All else in it, faults and waits included, is left to the
// search.
type Scope struct {
	Script   *scenario.Script
	Strategy strategy.Strategy
	Budget   int
	// Window is how far the system may lag: a person acts only while fewer changes
	// than that are under way, pending or not yet both in the log and in the rows;
	// and nothing is sent to a client to whom as many messages are on their way.
	Window  int
	Strikes []Strike

	names   []trace.Alias
	deeds   []deed
	intents int  // How many deeds make one.
	amends  bool // Some take back or try again.
}

// deed is one thing that a person does.
type deed struct {
	client  int // Of the script's clients.
	action  sim.Action
	alias   string   // Of the record, as the script calls it.
	records []string // What the alias may come to mean, if there is more than one: see model.record.
}

// Strike is a kind of fault that may strike.
type Strike struct {
	Name  string // As the bounds of a script have it.
	Fault fault.Fault
	at    sim.Gate // Where it can.
}

// strikes are all kinds, in the order in which they are tried. What disconnects
// a client is no fault of a plan.
var strikes = []Strike{
	{"append-refuse", fault.Fault{Kind: fault.AppendRefuse}, sim.AppendGate},
	{"append-lose-ack", fault.Fault{Kind: fault.AppendLoseAck}, sim.AppendGate},
	{"reply-drop", fault.Fault{Kind: fault.ReplyDrop}, sim.ReplyGate},
	{"feed-drop", fault.Fault{Kind: fault.FeedDrop}, sim.CommitGate},
	{"feed-repeat", fault.Fault{Kind: fault.FeedRepeat}, sim.CommitGate},
	{"project-transient", fault.Fault{Kind: fault.ProjectFail}, sim.CommitGate},
	{"project-permanent", fault.Fault{Kind: fault.ProjectFail, Forever: true}, sim.CommitGate},
	{"crash-before-commit", fault.Fault{Kind: fault.ProjectCrashBeforeCommit}, sim.CommitGate},
	{"crash-after-commit", fault.Fault{Kind: fault.ProjectCrashAfterCommit}, sim.CommitGate},
	{"crash-after-reject", fault.Fault{Kind: fault.ProjectCrashAfterReject}, sim.CommitGate},
	{disconnect, fault.Fault{}, 0},
}

// disconnect is the fault that is no fault of a plan.
const disconnect = "disconnect"

// NewScope returns the scope of a script under a strategy. A script without
// bounds is searched with every kind of fault, one at a time.
func NewScope(s *scenario.Script, under strategy.Strategy) (*Scope, error) {
	if err := s.Check(under); err != nil {
		return nil, err
	}
	scope := &Scope{Script: s, Strategy: under, Budget: 1, Window: 2, Strikes: strikes, names: s.Names(under)}
	if e := s.Explore; e != nil {
		scope.Budget, scope.Window = e.Budget, e.Window
		scope.Strikes = nil
		for _, k := range strikes {
			if slices.Contains(e.Faults, k.Name) {
				scope.Strikes = append(scope.Strikes, k)
			}
		}
	}
	for i := range s.Lines {
		l := &s.Lines[i]
		if person := l.Step.Verb >= sim.Create && l.Step.Verb <= sim.Undo; l.Step.Do == scenario.Act && person && l.Only.Holds(under) && l.Step.Refused == nil {
			scope.add(&l.Step)
		}
	}
	scope.follow()
	switch {
	case len(scope.deeds) == 0:
		return nil, fmt.Errorf("%s: %w: nobody does anything in it", s.Name, ErrScope)
	case len(s.Clients) > maxClients:
		return nil, fmt.Errorf("%s: %w: over %d clients", s.Name, ErrScope, maxClients)
	case len(scope.deeds) > maxDeeds:
		return nil, fmt.Errorf("%s: %w: over %d intents", s.Name, ErrScope, maxDeeds)
	}
	return scope, nil
}

// add takes over what a person does.
func (s *Scope) add(step *scenario.Step) {
	if step.Intent != "" {
		s.intents++
	}
	s.amends = s.amends || step.Verb == sim.Undo || step.Verb == sim.Retry
	s.deeds = append(s.deeds, deed{
		client: slices.Index(s.Script.Clients, step.Client),
		alias:  step.Record,
		action: sim.Action{
			Verb: step.Verb, Client: step.Client, Intent: step.Intent, Record: s.first(step.Record), Patch: step.Patch,
		},
	})
}

// first returns the id of the record that the script calls by alias first.
func (s *Scope) first(alias string) string {
	for _, n := range s.names {
		if n.Name == alias {
			return n.Record
		}
	}
	return alias
}

// Intents returns the ids of what persons do, in the order of the script.
func (s *Scope) Intents() []string {
	var ids []string
	for i := range s.deeds {
		if id := s.deeds[i].action.Intent; id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// deedOf returns the place of the deed that makes an intent, or -1.
func (s *Scope) deedOf(intent string) int {
	return slices.IndexFunc(s.deeds, func(d deed) bool { return d.action.Intent == intent })
}

// deedsOf returns the deeds that make intents, as bits.
func (s *Scope) deedsOf(intents []string) uint64 {
	var deeds uint64
	for _, intent := range intents {
		if at := s.deedOf(intent); at >= 0 {
			deeds |= 1 << at
		}
	}
	return deeds
}

// begin returns the world in which everything begins, with everybody there. What
// happens in it is written into t.
func (s *Scope) begin(t *trace.Trace) (*sim.World, error) {
	w, err := sim.New(sim.Config{Strategy: s.Strategy.Text(), Given: s.Script.Given(s.Strategy)})
	if err != nil {
		return nil, fmt.Errorf("%s: make its world: %w", s.Script.Name, err)
	}
	w.Record(t)
	t.Names = s.names
	for _, name := range s.Script.Clients {
		if err := w.Do(sim.Action{Verb: sim.Join, Client: name}); err != nil {
			return nil, fmt.Errorf("%s: %s comes: %w", s.Script.Name, name, err)
		}
	}
	return w, nil
}

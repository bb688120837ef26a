package scenario

import (
	"fmt"
	"slices"

	"optimist/shared/event"
	"optimist/shared/sim"
	"optimist/shared/strategy"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// aliases says which record a script means by a name. It differs from the name
// only where the email is the record's id.
type aliases struct {
	byEmail bool
	ids     map[string]string // Only ever looked up.
	names   []trace.Alias     // In the order they came to be.
}

// aliases returns what the script's records are called under a strategy: by
// what first makes each. Before that, a fault may aim at it.
func (s *Script) aliases(under strategy.Strategy) *aliases {
	a := &aliases{byEmail: under.Identity == strategy.ByEmail, ids: make(map[string]string)}
	for i := range s.Lines {
		l := &s.Lines[i]
		makes := l.Step.Do == Given || l.Step.Do == Act && l.Step.Verb == sim.Create
		if _, known := a.ids[l.Step.Record]; makes && !known && l.Only.Holds(under) {
			a.bind(&l.Step)
		}
	}
	return a
}

// bind makes the step's alias mean the record that the step makes.
func (a *aliases) bind(s *Step) {
	id := s.Record
	if a.byEmail && user.ValidateEmail(s.Patch.Email) == nil {
		id = event.EmailToken(s.Patch.Email)
	}
	a.follow(s.Record, id)
}

// follow makes an alias mean the record of that id from now on.
func (a *aliases) follow(name, id string) {
	a.ids[name] = id
	if alias := (trace.Alias{Name: name, Record: id}); !slices.Contains(a.names, alias) {
		a.names = append(a.names, alias)
	}
}

// of returns the id of the record of that name; any other word is its own.
func (a *aliases) of(name string) string {
	if id, known := a.ids[name]; known {
		return id
	}
	return name
}

// name returns what the script calls a record.
func (a *aliases) name(id string) string {
	for _, alias := range a.names {
		if alias.Record == id {
			return alias.Name
		}
	}
	return id
}

// act does what a person or the environment does.
func (r *Stepper) act(s *Step) error {
	if s.Refused != nil {
		r.note("refused when typed, no intent is made: %v", s.Refused)
		return nil
	}
	if s.Verb == sim.Create {
		r.ids.bind(s)
	}
	a := sim.Action{Verb: s.Verb, Client: s.Client, Intent: s.Intent, Record: r.ids.of(s.Record), Patch: s.Patch}
	if (s.Verb == sim.Retry || s.Verb == sim.Dismiss) && !r.inTray(a.Client, a.Record) {
		r.note("nothing of %s is rolled back", s.Record)
		return nil
	}
	if err := r.do(a); err != nil {
		return err
	}
	made, is := r.intent(s.Intent)
	switch {
	case s.Verb == sim.Undo && !is && len(r.report.Notes) == 0:
		r.note("%s is not made: what was undone had not been sent, or there is nothing to undo", s.Intent)
	case s.Verb == sim.Retry && is: // With another email it may be another record's.
		r.ids.follow(s.Record, made.Record)
	}
	return nil
}

// inTray reports whether a client has something of the record rolled back.
func (r *Stepper) inTray(client, record string) bool {
	c, known := r.client(client)
	return known && slices.ContainsFunc(c.Intents, func(i sim.IntentState) bool { return i.Tray && i.Record == record })
}

// client returns what a person sees.
func (r *Stepper) client(name string) (sim.ClientState, bool) {
	state := r.state()
	for i := range state.Clients {
		if state.Clients[i].Name == name {
			return state.Clients[i], true
		}
	}
	return sim.ClientState{}, false
}

// intent returns what its client believes of an intent.
func (r *Stepper) intent(id string) (sim.IntentState, bool) {
	name, _, err := cutIntent(id)
	if err != nil {
		return sim.IntentState{}, false
	}
	c, _ := r.client(name)
	for i := range c.Intents {
		if c.Intents[i].ID == id {
			return c.Intents[i], true
		}
	}
	return sim.IntentState{}, false
}

// permit lets something through a held gate.
func (r *Stepper) permit(s *Step) error {
	switch s.Do {
	case Handle:
		return r.handle(s.Intent)
	case Project:
		return r.project(s.N)
	case DeliverReply:
		client, _, _ := cutIntent(s.Intent)
		if !r.first(sim.ReplyGate, client, s.Intent) {
			return nil
		}
		return r.do(sim.Action{Verb: sim.DeliverReply, Client: client})
	case DeliverFeed:
		return r.do(sim.Action{Verb: sim.DeliverFeed, Client: s.Client})
	default:
		panic(fmt.Sprintf("scenario: directive %d is no step through a gate", s.Do))
	}
}

// handle lets an intent's command in and what is decided of it into the log.
func (r *Stepper) handle(intent string) error {
	client, _, _ := cutIntent(intent)
	if !r.stands(sim.AppendGate, intent) {
		if !r.first(sim.CommandGate, client, intent) {
			return nil
		}
		if err := r.do(sim.Action{Verb: sim.Handle, Client: client}); err != nil {
			return err
		}
	}
	// What another append overtakes is decided anew and stands there again.
	for range MaxJumps {
		if !r.stands(sim.AppendGate, intent) {
			return nil
		}
		if err := r.do(sim.Action{Verb: sim.Append, Client: client, Intent: intent}); err != nil {
			return err
		}
	}
	return fmt.Errorf("%s is decided over and over", intent)
}

// stands reports whether something of the intent waits at the gate.
func (r *Stepper) stands(gate sim.Gate, intent string) bool {
	return slices.ContainsFunc(r.world.Waiting(gate), func(w sim.Waiting) bool { return w.Intent == intent })
}

// first reports whether the intent is the first of its client at the gate. That
// it is not there is noted: the strategy, or a fault, kept it back. That another
// is before it is a mistake of the script.
func (r *Stepper) first(gate sim.Gate, client, intent string) bool {
	var before string
	for _, w := range r.world.Waiting(gate) {
		switch {
		case w.Client != client:
		case w.Intent == intent && before == "":
			return true
		case w.Intent == intent:
			r.fail(fmt.Sprintf("%s the first of its queue", intent), before+" is before it")
			return false
		case before == "":
			before = w.Intent
		}
	}
	state, made := r.intent(intent)
	switch {
	case !made:
		r.note("%s was not made", intent)
	default:
		r.note("nothing of %s stands at the gate: it is %s", intent, fateWords(&state))
	}
	return false
}

// project lets events to the projector, as one batch, and commits it.
func (r *Stepper) project(n int) error {
	if list := r.world.Waiting(sim.EventGate); len(list) > 0 {
		if ready := events(list[0]); ready < n {
			r.note("only %d of %d events wait", ready, n)
			n = ready
		}
		if err := r.do(sim.Action{Verb: sim.Project, N: n}); err != nil {
			return err
		}
	}
	if len(r.world.Waiting(sim.CommitGate)) == 0 {
		r.note("nothing waits to be projected")
		return nil
	}
	return r.do(sim.Action{Verb: sim.Commit})
}

package scenario

import (
	"fmt"
	"strconv"

	"optimist/shared/sim"
	"optimist/shared/spelling"
	"optimist/shared/user"
)

// deed is a word for what a client does.
type deed struct {
	word string
	verb sim.Verb
}

// deeds are all of them.
var deeds = []deed{
	{"create", sim.Create}, {"edit", sim.Edit}, {"delete", sim.Delete},
	{"retry", sim.Retry}, {"dismiss", sim.Dismiss}, {"undo", sim.Undo},
	{"disconnect", sim.Disconnect}, {"reconnect", sim.Reconnect},
	{"crash", sim.CrashClient}, {"restart", sim.RestartClient},
}

// act reads what a client does.
func (p *parser) act(client string, s *Step) {
	words := make([]string, len(deeds))
	for i, d := range deeds {
		words[i] = d.word
	}
	i := p.choose("deed", words)
	if i < 0 {
		return
	}
	s.Do, s.Client, s.Verb = Act, client, deeds[i].verb
	switch s.Verb {
	case sim.Create:
		p.change(s, user.Create)
	case sim.Edit:
		p.change(s, user.Edit)
	case sim.Retry:
		p.again(s)
	case sim.Delete, sim.Dismiss, sim.Undo:
		var ok bool
		if s.Record, ok = p.record(); ok && s.Verb != sim.Dismiss {
			p.number(s)
		}
	default: // Of the environment: there is nothing to say besides.
	}
}

// change reads a create or an edit. A value that is refused when it is typed
// makes no intent; a field that is missing is no story at all.
func (p *parser) change(s *Step, op user.Op) {
	ok := false
	if op == user.Create {
		ok = p.makes(s)
	} else {
		s.Record, ok = p.record()
	}
	if !ok {
		return
	}
	if s.Patch, ok = p.fields(); !ok {
		return
	}
	both := s.Patch.Set.Has(user.FieldName | user.FieldEmail)
	if op == user.Create && !both || s.Patch.Set == 0 {
		w := p.take()
		p.flaw(w.column, fmt.Sprintf("the %v sets too little", op), map[bool]string{true: "it needs name=… and email=…", false: "it needs name=…, email=… or both"}[op == user.Create])
		return
	}
	if s.Refused = user.Validate(command(op, s)); s.Refused == nil {
		p.number(s)
	}
}

// again reads a retry, and what the person mends about it first. As at an edit,
// a value that is refused when it is typed makes no intent.
func (p *parser) again(s *Step) {
	var ok bool
	if s.Record, ok = p.record(); !ok {
		return
	}
	if s.Patch, ok = p.fields(); !ok {
		return
	}
	if s.Patch.Set != 0 {
		s.Refused = user.Validate(command(user.Edit, s))
	}
	if s.Refused == nil {
		p.number(s)
	}
}

// number gives the step's intent its number.
func (p *parser) number(s *Step) {
	p.clients[s.Client]++
	s.Intent = s.Client + "." + strconv.Itoa(p.clients[s.Client])
}

// fields reads name=… and email=…, in any order.
func (p *parser) fields() (patch user.Patch, ok bool) {
	for p.more() && p.words[p.next].key != "" {
		w := p.take()
		var set user.Patch
		switch w.key {
		case "name":
			set = user.SetName(w.value)
		case "email":
			set = user.SetEmail(w.value)
		default:
			p.flaw(w.column, fmt.Sprintf("unknown field %q", spelling.Brief(w.key)), suggest(w.key, []string{"name", "email"}))
			return patch, false
		}
		if patch.Set.Has(set.Set) {
			p.flaw(w.column, fmt.Sprintf("a second %s", w.key), "")
			return patch, false
		}
		patch = set.Over(patch)
	}
	return patch, true
}

// command is what a step asks for, for checking its values.
func command(op user.Op, s *Step) user.Command {
	return user.Command{Ref: user.Ref{Client: "client", Command: "command"}, Record: s.Record, Op: op, Patch: s.Patch}
}

package scenario

import (
	"fmt"
	"slices"
	"strings"

	"optimist/shared/spelling"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

func (p *parser) use(s *Step) {
	s.Do = Use
	if p.choose("setting", []string{"strategy"}) < 0 {
		return
	}
	p.unconditional("use")
	first := p.take()
	texts := []string{first.raw}
	for p.more() {
		texts = append(texts, p.take().raw)
	}
	chosen, err := strategy.Parse(strings.Join(texts, " "))
	switch {
	case err != nil:
		p.flaw(first.column, err.Error(), "")
	case p.used:
		p.flaw(1, "a second strategy", "a script has one; --strategy runs it under another")
	}
	s.Strategy, p.script.Strategy, p.used = chosen, chosen, true
}

// unconditional says that the setting is the same under every strategy.
func (p *parser) unconditional(what string) {
	if len(p.line.Only.Names) > 0 {
		p.flaw(1, fmt.Sprintf("a condition on %q", what), "a story begins alike under every strategy")
	}
}

func (p *parser) join(s *Step) {
	s.Do = Join
	p.unconditional("client")
	for first := true; first || p.more(); first = false {
		w := p.take()
		if !p.name(w, "client") {
			return
		}
		if _, twice := p.clients[w.value]; twice {
			p.flaw(w.column, fmt.Sprintf("%s is a client already", w.value), "")
			return
		}
		if len(p.script.Clients) == MaxClients {
			p.flaw(w.column, fmt.Sprintf("more than %d clients", MaxClients), "")
			return
		}
		p.clients[w.value] = 0
		p.script.Clients = append(p.script.Clients, w.value)
		s.Clients = append(s.Clients, w.value)
	}
}

// name reports whether a word can be what a client or a record is called.
func (p *parser) name(w word, what string) bool {
	err := user.ValidateID(w.value)
	isForm := slices.ContainsFunc(forms, func(f form) bool { return f.word == w.value })
	switch {
	case w.raw == "":
		p.flaw(w.column, "the name of a "+what+" is missing", "")
	case w.key != "":
		p.flaw(w.column, fmt.Sprintf("%q is no name of a %s", spelling.Brief(w.raw), what), "its name comes first")
	case err != nil:
		p.flaw(w.column, fmt.Sprintf("%q is no name of a %s", spelling.Brief(w.raw), what), "use 1 to 64 of A-Z a-z 0-9 _ -")
	case isForm || slices.Contains(reserved, w.value):
		p.flaw(w.column, fmt.Sprintf("%q is a word of the language", spelling.Brief(w.value)), "no "+what+" can be called so")
	default:
		return true
	}
	return false
}

// makes reads the alias of a record that comes to be here.
func (p *parser) makes(s *Step) bool {
	w := p.take()
	if !p.name(w, "record") {
		return false
	}
	s.Record = w.value
	if !p.records[w.value] {
		p.records[w.value] = true
		p.script.Records = append(p.script.Records, w.value)
	}
	return true
}

func (p *parser) given(s *Step) {
	s.Do = Given
	p.unconditional("given")
	at := p.words[0].column
	if p.more() && p.records[p.words[p.next].value] {
		p.flaw(p.words[p.next].column, fmt.Sprintf("%s exists already", p.words[p.next].value), "")
		return
	}
	if !p.makes(s) {
		return
	}
	var ok bool
	if s.Patch, ok = p.fields(); !ok {
		return
	}
	if err := user.Validate(command(user.Create, s)); err != nil {
		p.flaw(at, user.Words(err), "given REC name=… email=…")
		return
	}
	key := user.EmailKey(s.Patch.Email)
	if owner, taken := p.emails[key]; taken {
		p.flaw(at, fmt.Sprintf("%s has that email", owner), "no two records can begin with one email")
		return
	}
	p.emails[key] = s.Record
}

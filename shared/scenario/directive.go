package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"optimist/shared/sim"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// form is how a directive is written and read.
type form struct {
	word  string
	usage string
	read  func(*parser, *Step)
}

// forms are the words that may begin a directive, besides the names of clients.
var forms []form

func init() { // The table's functions refer to it.
	forms = []form{
		{"use", "use strategy NAME [AXIS=VALUE …]", (*parser).use},
		{"client", "client NAME …", (*parser).join},
		{"given", "given REC name=… email=…", (*parser).given},
		{"hold", "hold all|server|projector|replies|feed", (*parser).hold},
		{"release", "release all|server|projector|replies|feed", (*parser).release},
		{"server", "server handle INTENT, server crash or server restart", (*parser).server},
		{"project", "project [N]", (*parser).project},
		{"deliver", "deliver reply INTENT or deliver feed NAME", (*parser).deliver},
		{"stabilize", "stabilize", func(_ *parser, s *Step) { s.Do = Stabilize }},
		{"fault", "fault append|reply|project|feed …", (*parser).fault},
		{"clear", "clear faults", (*parser).clear},
		{"wait", "wait DURATION, such as 500ms or 2s", (*parser).wait},
		{"expect", "expect NAME sees …, INTENT FATE, log …, rows …, no row REC, anomaly …, no anomaly or converged", (*parser).expect},
	}
}

// reserved are the words that no client and no record can be called.
var reserved = []string{"no", "none", "log", "rows", "row", "anomaly", "converged", "strategy", "created", "edited", "deleted", "faults", "projector"}

// directive reads a line that does something.
func (p *parser) directive(s *scanner) {
	words, note, bad := s.words()
	if bad != nil {
		p.flaw(bad.column, bad.what, bad.hint)
		return
	}
	p.line.Kind, p.line.words, p.line.Note = Directive, words, note
	p.words, p.next = words, 0
	first := p.take()
	if _, isClient := p.clients[first.value]; isClient && first.key == "" {
		p.complete("", func() { p.act(first.value, &p.line.Step) })
		return
	}
	for _, f := range forms {
		if f.word != first.raw {
			continue
		}
		p.complete(f.usage, func() { f.read(p, &p.line.Step) })
		return
	}
	p.flaw(first.column, fmt.Sprintf("unknown word %q", brief(first.raw)), p.meantFirst(brief(first.raw)))
}

// complete reads the words behind the first, and says that no more may follow.
func (p *parser) complete(usage string, read func()) {
	before := len(p.flaws)
	read()
	if len(p.flaws) == before && p.more() {
		w := p.words[p.next]
		p.flaw(w.column, fmt.Sprintf("%q is too much", brief(w.raw)), usage)
	}
}

// meantFirst suggests what a directive could begin with.
func (p *parser) meantFirst(typed string) string {
	var names []string
	for _, f := range forms {
		names = append(names, f.word)
	}
	if isDeed := slices.ContainsFunc(deeds, func(d deed) bool { return p.more() && d.word == p.words[p.next].raw }); isDeed {
		if near := nearest(typed, p.script.Clients); near != "" {
			return "did you mean " + near + "?"
		}
		return "`client " + brief(typed) + "` comes before it"
	}
	return suggest(typed, append(names, p.script.Clients...))
}

// take returns the next word; at the end, one that is empty and stands there.
func (p *parser) take() word {
	if p.next < len(p.words) {
		p.next++
		return p.words[p.next-1]
	}
	end := p.line.Column
	if n := len(p.words); n > 0 {
		end = p.words[n-1].column + len([]rune(p.words[n-1].raw)) + 1
	}
	return word{column: end, at: end}
}

func (p *parser) more() bool { return p.next < len(p.words) }

// choose returns the place of the next word among choices, or -1 and a flaw.
func (p *parser) choose(what string, choices []string) int {
	w := p.take()
	if i := slices.Index(choices, w.raw); i >= 0 {
		return i
	}
	if w.raw == "" {
		p.flaw(w.column, what+" is missing", "one of "+strings.Join(choices, ", "))
	} else {
		p.flaw(w.column, fmt.Sprintf("unknown %s %q", what, brief(w.raw)), suggest(w.raw, choices))
	}
	return -1
}

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
		p.flaw(w.column, fmt.Sprintf("%q is no name of a %s", brief(w.raw), what), "its name comes first")
	case err != nil:
		p.flaw(w.column, fmt.Sprintf("%q is no name of a %s", brief(w.raw), what), "use 1 to 64 of A-Z a-z 0-9 _ -")
	case isForm || slices.Contains(reserved, w.value):
		p.flaw(w.column, fmt.Sprintf("%q is a word of the language", brief(w.value)), "no "+what+" can be called so")
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

// record reads the alias of a record that a line above brought.
func (p *parser) record() (string, bool) {
	w := p.take()
	switch {
	case w.raw == "":
		p.flaw(w.column, "the record is missing", "")
	case w.key != "" || !p.records[w.value]:
		p.flaw(w.column, fmt.Sprintf("unknown record %q", brief(w.raw)), suggest(w.raw, p.script.Records))
	default:
		return w.value, true
	}
	return "", false
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
	}
}

// intent reads the id of an intent, which may be made further down.
func (p *parser) intent() string {
	w := p.take()
	if w.raw == "" {
		p.flaw(w.column, "the intent is missing", "CLIENT.NUMBER, such as alice.1")
		return ""
	}
	return p.mention(w)
}

// mention remembers that the line speaks of an intent.
func (p *parser) mention(w word) string {
	p.mentions = append(p.mentions, mention{p.line.Number, w})
	return w.value
}

func (p *parser) group(s *Step) {
	words := make([]string, len(groups))
	for i, g := range groups {
		words[i] = g.word
	}
	if i := p.choose("gate", words); i >= 0 {
		s.Group = groups[i].group
	}
}

func (p *parser) hold(s *Step) {
	s.Do = Hold
	p.group(s)
}

func (p *parser) release(s *Step) {
	s.Do = Release
	p.group(s)
}

func (p *parser) server(s *Step) {
	switch p.choose("deed of the server", []string{"handle", "crash", "restart"}) {
	case 0:
		s.Do, s.Intent = Handle, p.intent()
	case 1:
		s.Do, s.Verb = Act, sim.CrashServer
	case 2:
		s.Do, s.Verb = Act, sim.RestartServer
	}
}

func (p *parser) project(s *Step) {
	s.Do, s.N = Project, 1
	if !p.more() {
		return
	}
	w := p.take()
	n, err := strconv.Atoi(w.raw)
	if err != nil || n < 1 || n > MaxProject {
		p.flaw(w.column, fmt.Sprintf("%q is no number of events", brief(w.raw)), fmt.Sprintf("1 to %d", MaxProject))
		return
	}
	s.N = n
}

func (p *parser) deliver(s *Step) {
	switch p.choose("delivery", []string{"reply", "feed"}) {
	case 0:
		s.Do, s.Intent = DeliverReply, p.intent()
	case 1:
		s.Do, s.Client = DeliverFeed, p.client()
	}
}

// client reads the name of a client that has come.
func (p *parser) client() string {
	w := p.take()
	if _, known := p.clients[w.value]; !known || w.key != "" {
		if w.raw == "" {
			p.flaw(w.column, "the client is missing", suggest("", p.script.Clients))
		} else {
			p.flaw(w.column, fmt.Sprintf("unknown client %q", brief(w.raw)), suggest(w.raw, p.script.Clients))
		}
		return ""
	}
	return w.value
}

func (p *parser) clear(s *Step) {
	s.Do = ClearFaults
	p.choose("thing to clear", []string{"faults"})
}

func (p *parser) wait(s *Step) {
	s.Do = Wait
	w := p.take()
	if w.raw == "" {
		p.flaw(w.column, "the duration is missing", "such as 500ms or 2s")
		return
	}
	s.For, _ = p.duration(w, w.raw, MaxWait)
}

// duration reads a time span in whole milliseconds.
func (p *parser) duration(w word, text string, longest int64) (ms int64, ok bool) {
	d, err := time.ParseDuration(text)
	switch {
	case err != nil:
		p.flaw(w.at, fmt.Sprintf("%q is no duration", brief(text)), "such as 500ms, 2s or 1m30s")
	case d < 0:
		p.flaw(w.at, "a negative duration", "time only goes on")
	case d == 0 || d%time.Millisecond != 0:
		p.flaw(w.at, fmt.Sprintf("%s is not a whole number of milliseconds above zero", text), "")
	case d.Milliseconds() > longest:
		p.flaw(w.at, fmt.Sprintf("%s is too long", text), "at most "+(time.Duration(longest)*time.Millisecond).String())
	default:
		return d.Milliseconds(), true
	}
	return 0, false
}

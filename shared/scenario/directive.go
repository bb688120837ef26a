package scenario

import (
	"fmt"
	"slices"
	"strings"

	"optimist/shared/spelling"
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
	p.missing(p.mentioned(first), fmt.Sprintf("unknown word %q", spelling.Brief(first.raw)), p.meantFirst(spelling.Brief(first.raw)))
}

// complete reads the words behind the first, and says that no more may follow.
func (p *parser) complete(usage string, read func()) {
	before := len(p.flaws)
	read()
	if len(p.flaws) == before && p.more() {
		w := p.words[p.next]
		p.flaw(w.column, fmt.Sprintf("%q is too much", spelling.Brief(w.raw)), usage)
	}
}

// meantFirst suggests what a directive could begin with.
func (p *parser) meantFirst(typed string) string {
	var names []string
	for _, f := range forms {
		names = append(names, f.word)
	}
	if isDeed := slices.ContainsFunc(deeds, func(d deed) bool { return p.more() && d.word == p.words[p.next].raw }); isDeed {
		if near := spelling.Nearest(typed, p.script.Clients); near != "" {
			return "did you mean " + near + "?"
		}
		return "`client " + spelling.Brief(typed) + "` comes before it"
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
		p.flaw(w.column, fmt.Sprintf("unknown %s %q", what, spelling.Brief(w.raw)), suggest(w.raw, choices))
	}
	return -1
}

// record reads the alias of a record that a line above brought.
func (p *parser) record() (string, bool) {
	w := p.take()
	switch {
	case w.raw == "":
		p.flaw(w.column, "the record is missing", "")
	case w.key != "" || !p.records[w.value]:
		p.missing(p.mentioned(w), fmt.Sprintf("unknown record %q", spelling.Brief(w.raw)), suggest(w.raw, p.script.Records))
	default:
		return w.value, true
	}
	return "", false
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
	p.mentions = append(p.mentions, mention{p.line.Number, w.at, w.value})
	return w.value
}

// client reads the name of a client that has come.
func (p *parser) client() string {
	w := p.take()
	if _, known := p.clients[w.value]; !known || w.key != "" {
		if w.raw == "" {
			p.flaw(w.column, "the client is missing", suggest("", p.script.Clients))
		} else {
			p.missing(p.mentioned(w), fmt.Sprintf("unknown client %q", spelling.Brief(w.raw)), suggest(w.raw, p.script.Clients))
		}
		return ""
	}
	return w.value
}

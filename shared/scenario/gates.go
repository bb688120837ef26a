package scenario

import (
	"fmt"
	"strconv"
	"time"

	"optimist/shared/sim"
	"optimist/shared/spelling"
)

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
		p.flaw(w.column, fmt.Sprintf("%q is no number of events", spelling.Brief(w.raw)), fmt.Sprintf("1 to %d", MaxProject))
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
		p.flaw(w.at, fmt.Sprintf("%q is no duration", spelling.Brief(text)), "such as 500ms, 2s or 1m30s")
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

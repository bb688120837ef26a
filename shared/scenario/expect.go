package scenario

import (
	"fmt"
	"slices"
	"strings"

	"optimist/shared/anomaly"
	"optimist/shared/reconcile"
	"optimist/shared/spelling"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// statuses are what a screen says of a record.
var statuses = []reconcile.Status{reconcile.StatusPending, reconcile.StatusConfirmed, reconcile.StatusRolledBack}

// fates are what a client believes of its intent.
var fates = []trace.Fate{trace.FateHeld, trace.FateSent, trace.FateAccepted, trace.FateConfirmed, trace.FateRolledBack}

// words are what stringers say.
func texts[T fmt.Stringer](values []T) []string {
	list := make([]string, len(values))
	for i, v := range values {
		list[i] = v.String()
	}
	return list
}

// expect reads an expectation.
func (p *parser) expect(s *Step) {
	subjects := []string{"log", "rows", "no", "anomaly", "converged"}
	switch w := p.take(); w.raw {
	case "log":
		p.expectLog(s)
	case "rows":
		p.expectRows(s)
	case "no":
		p.expectNo(s)
	case "anomaly":
		s.Do = ExpectAnomaly
		p.anomaly(s)
	case "converged":
		s.Do = ExpectConverged
	case "":
		p.flaw(w.column, "the expectation is missing", suggest("", append(subjects, p.script.Clients...)))
	default:
		if _, isClient := p.clients[w.value]; isClient {
			p.expectSees(s, w.value)
			return
		}
		if strings.Contains(w.raw, ".") && w.key == "" {
			s.Intent = p.mention(w)
			p.expectFate(s)
			return
		}
		p.missing(p.mentioned(w), fmt.Sprintf("unknown expectation %q", spelling.Brief(w.raw)), suggest(w.raw, append(subjects, p.script.Clients...)))
	}
}

// expectSees reads what is behind `expect NAME`.
func (p *parser) expectSees(s *Step, client string) {
	s.Do, s.Client = ExpectSees, client
	if p.choose("verb", []string{"sees"}) < 0 {
		return
	}
	if p.more() && p.words[p.next].raw == "no" {
		p.take()
		s.Do = ExpectSeesNo
		s.Record, _ = p.record()
		return
	}
	var ok bool
	if s.Record, ok = p.record(); !ok {
		return
	}
	if s.Patch, ok = p.fields(); !ok {
		return
	}
	if i := p.choose("status", texts(statuses)); i >= 0 {
		s.Status = statuses[i]
	}
}

// expectFate reads what is behind `expect INTENT`.
func (p *parser) expectFate(s *Step) {
	s.Do = ExpectFate
	i := p.choose("fate", texts(fates))
	if i < 0 {
		return
	}
	s.Fate = fates[i]
	if !p.more() {
		return
	}
	w := p.take()
	codes := make([]string, len(user.Codes))
	for i, c := range user.Codes {
		codes[i] = string(c)
	}
	switch {
	case s.Fate != trace.FateRolledBack:
		p.flaw(w.column, fmt.Sprintf("a reason for %v", s.Fate), "only what is rolled-back has one")
	case !slices.Contains(codes, w.raw):
		p.flaw(w.column, fmt.Sprintf("unknown reason %q", spelling.Brief(w.raw)), suggest(w.raw, codes))
	default:
		s.Code = user.Code(w.raw)
	}
}

// expectLog reads what is behind `expect log`.
func (p *parser) expectLog(s *Step) {
	s.Do = ExpectLog
	if p.more() && p.words[p.next].raw == "none" {
		p.take()
		return
	}
	for first := true; first || p.more(); first = false {
		s.Intents = append(s.Intents, p.intent())
	}
}

// expectRows reads what is behind `expect rows`.
func (p *parser) expectRows(s *Step) {
	s.Do = ExpectRow
	if p.more() && p.words[p.next].raw == "none" {
		p.take()
		s.Do = ExpectNoRows
		return
	}
	var ok bool
	if s.Record, ok = p.record(); ok {
		s.Patch, _ = p.fields()
	}
}

// expectNo reads what is behind `expect no`.
func (p *parser) expectNo(s *Step) {
	switch p.choose("thing to expect none of", []string{"row", "anomaly"}) {
	case 0:
		s.Do = ExpectNoRow
		s.Record, _ = p.record()
	case 1:
		s.Do = ExpectNoAnomaly
	}
}

// anomaly reads an anomaly's name or id, and the intent that it befell.
func (p *parser) anomaly(s *Step) {
	w := p.take()
	if _, err := anomaly.Lookup(spelling.Brief(w.raw)); err != nil {
		what := fmt.Sprintf("unknown anomaly %q", spelling.Brief(w.raw))
		if w.raw == "" {
			what = "the anomaly is missing"
		}
		p.flaw(w.column, what, suggest(w.raw, anomalyNames()))
		return
	}
	s.Anomaly = w.raw
	if p.more() {
		s.Intent = p.intent()
	}
}

// anomalyNames are the names of those that can be seen here.
func anomalyNames() []string {
	var names []string
	for _, d := range anomaly.All() {
		if d.Applicable {
			names = append(names, d.Name)
		}
	}
	return names
}

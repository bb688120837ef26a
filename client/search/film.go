package search

import (
	"fmt"
	"strings"

	"optimist/shared/anomaly"
	"optimist/shared/explore"
	"optimist/shared/scenario"
	"optimist/shared/sim"
)

// Film is a shortest way to an anomaly, as a script that shows it step by step.
type Film struct {
	Anomaly anomaly.Definition
	Finding anomaly.Finding
	Steps   int // Those of persons, system and environment; a fault belongs to the step it strikes.
	Faults  int
	Text    []byte
}

// Size is how long the film is, in words.
func (f *Film) Size() string { return count(f.Steps, "step") + ", " + count(f.Faults, "fault") }

// filmOf walks the path to a finding again and writes down each step.
func filmOf(s *Scope, f explore.Finding, path []explore.Action) Film {
	m := newModel(s)
	m.keep = true
	at, to := m.New(), m.New()
	m.Root(at)
	var lines []string
	for _, a := range path {
		if _, ok := m.Step(to, at, a); !ok {
			panic("search: a path cannot be walked again")
		}
		st := stepOf(a)
		if st.verb == act {
			lines = append(lines, m.deedLine(&at.world, m.deeds[st.of][at.done[st.of]]))
		} else {
			lines = append(lines, s.lines(st, m.wait)...)
		}
		at, to = to, at
	}
	film := Film{Steps: f.Steps, Faults: f.Faults}
	film.Anomaly = definitionOf(f.Mark)
	for i := range m.found {
		if markOf(&m.found[i]) == f.Mark {
			film.Finding = m.found[i]
		}
	}
	film.Text = s.film(&film, lines)
	return film
}

// deedLine returns what a person does in w as a line of a script.
func (m *model) deedLine(w *sim.World, at int) string {
	a := &m.scope.deeds[at].action
	return strings.TrimSpace(fmt.Sprintf("%s %v %s %v", a.Client, a.Verb, m.alias(w, at), a.Patch))
}

// film returns the script: who and what is there, everything held, each step,
// and what it shows.
func (s *Scope) film(f *Film, lines []string) []byte {
	title := fmt.Sprintf("%s under %s: %s", f.Anomaly.Name, s.Strategy.Text(), f.Anomaly.Title)
	shows := fmt.Sprintf("\n> %s.\nexpect anomaly %s\n", f.Finding.Why, strings.TrimSpace(f.Anomaly.Name+" "+f.Finding.Intent))
	return scenario.Format(s.script(title, "Found by searching "+s.Script.Name+": "+f.Size()+".", lines, shows))
}

// script returns one schedule as a script: who and what is there, everything
// held, each step, and what comes after.
func (s *Scope) script(title, about string, lines []string, after string) *scenario.Script {
	var b strings.Builder
	fmt.Fprintf(&b, "# title: %s\n# %s\n", title, about)
	fmt.Fprintf(&b, "use strategy %s\n", s.Strategy.Text())
	fmt.Fprintf(&b, "client %s\n", strings.Join(s.Script.Clients, " "))
	for i := range s.Script.Lines {
		if l := &s.Script.Lines[i]; l.Step.Do == scenario.Given && l.Only.Holds(s.Strategy) {
			fmt.Fprintf(&b, "given %s %v\n", l.Step.Record, l.Step.Patch)
		}
	}
	b.WriteString("hold all\n\n")
	for _, l := range lines {
		b.WriteString(l + "\n")
	}
	b.WriteString(after)
	script, err := scenario.Parse(s.Script.Name, []byte(b.String()))
	if err != nil {
		panic(fmt.Sprintf("search: a schedule is no script: %v\n%s", err, b.String()))
	}
	return script
}

// count is a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

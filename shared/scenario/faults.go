package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"optimist/shared/fault"
	"optimist/shared/spelling"
)

// hops returns the first words of the faults, and the second ones behind hop.
func hops(hop string) (first, second []string) {
	for _, k := range fault.Kinds {
		at, how, _ := strings.Cut(string(k), " ")
		if !slices.Contains(first, at) {
			first = append(first, at)
		}
		if at == hop {
			second = append(second, how)
		}
	}
	return first, second
}

// fault reads one fault with its aim.
func (p *parser) fault(s *Step) {
	s.Do = Arm
	first, _ := hops("")
	i := p.choose("hop", first)
	if i < 0 {
		return
	}
	_, second := hops(first[i])
	w := p.take()
	how := w.raw
	if w.key != "" {
		how = w.key
	}
	if !slices.Contains(second, how) {
		p.flaw(w.column, fmt.Sprintf("unknown fault %q", spelling.Brief(strings.TrimSpace(first[i]+" "+w.raw))), suggest(how, second))
		return
	}
	s.Fault.Kind = fault.Kind(first[i] + " " + how)
	if !p.delay(s, w) {
		return
	}
	for seen := []string(nil); p.more(); {
		w := p.take()
		option := w.key
		if option == "" {
			option = w.raw
		}
		if slices.Contains(seen, option) {
			p.flaw(w.column, "a second "+option, "")
			return
		}
		if seen = append(seen, option); !p.aim(&s.Fault, w) {
			return
		}
	}
	p.wholeFault(s)
}

// delay reads the D of slow=D and late=D.
func (p *parser) delay(s *Step, w word) bool {
	kind := s.Fault.Kind
	switch {
	case w.key == "" && kind.Delays():
		p.flaw(w.column, fmt.Sprintf("%s needs a duration", kind), fmt.Sprintf("such as %s=500ms", w.raw))
	case w.key != "" && !kind.Delays():
		p.flaw(w.column, fmt.Sprintf("%s has no duration", kind), "")
	case w.key != "":
		var ok bool
		s.Fault.Delay, ok = p.duration(w, w.value, fault.MaxDelay)
		return ok
	default:
		return true
	}
	return false
}

// options are the words behind a fault, up to their values.
var options = []string{"forever", "times=", "reason=", "on=", "nth=", "p=", "seed="}

// aim reads one word behind a fault: at what it strikes, how often and how.
func (p *parser) aim(f *fault.Fault, w word) bool {
	ok := true
	switch {
	case w.raw == "forever":
		f.Forever = true
	case w.key == "times":
		f.Times, ok = p.count(w, fault.MaxTimes)
	case w.key == "reason":
		f.Reason = w.value
	case w.key == "on":
		f.On, ok = w.value, p.target(w)
	case w.key == "nth":
		f.Nth, ok = p.count(w, fault.MaxNth)
	case w.key == "p":
		var err error
		f.P, err = strconv.ParseFloat(w.value, 64)
		if ok = err == nil && f.P > 0 && f.P <= 1; !ok {
			p.flaw(w.at, fmt.Sprintf("%q is no probability", spelling.Brief(w.value)), "above 0, up to 1")
		}
	case w.key == "seed":
		var err error
		f.Seed, err = strconv.ParseUint(w.value, 10, 64)
		if ok = err == nil && f.Seed > 0; !ok {
			p.flaw(w.at, fmt.Sprintf("%q is no seed", spelling.Brief(w.value)), "a number above 0")
		}
	default:
		typed := w.raw
		if w.key != "" {
			typed = w.key + "="
		}
		p.flaw(w.column, fmt.Sprintf("unknown word %q", spelling.Brief(w.raw)), suggest(typed, options))
		ok = false
	}
	return ok
}

// count reads a number from 1 to most.
func (p *parser) count(w word, most int) (int, bool) {
	n, err := strconv.Atoi(w.value)
	if err != nil || n < 1 || n > most {
		p.flaw(w.at, fmt.Sprintf("%s is %q", w.key, spelling.Brief(w.value)), fmt.Sprintf("1 to %d", most))
		return 0, false
	}
	return n, true
}

// target checks the word of on=. A record or an intent may come further down.
func (p *parser) target(w word) bool {
	switch {
	case w.value == "created", w.value == "edited", w.value == "deleted":
	case strings.Contains(w.value, "."):
		p.mention(w)
	case w.value == "":
		p.flaw(w.at, "nothing to aim at", "created, edited, deleted, a record or an intent")
		return false
	default:
		p.targets = append(p.targets, mention{p.line.Number, w.at, w.value})
	}
	return true
}

// wholeFault says what is wrong with a fault whose words are right.
func (p *parser) wholeFault(s *Step) {
	f := s.Fault
	switch {
	case f.Forever && f.Times > 0:
		p.flaw(1, "forever and times at once", "a verdict strikes once; leave times= out")
		return
	case f.P > 0 && f.Seed == 0:
		p.flaw(1, "p= without seed=", "with seed=N it strikes the same way each time")
		return
	case f.Reason != "" && !f.Kind.MayLast():
		p.flaw(1, fmt.Sprintf("%s gives no reason", f.Kind), fmt.Sprintf("only %s and %s do", fault.AppendRefuse, fault.ProjectFail))
		return
	}
	if err := f.Validate(); err != nil {
		p.flaw(1, err.Error(), "")
	}
}

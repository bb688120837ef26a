package lab

import (
	"bufio"
	"io"
)

// PlainLesson is Plain for a tape that may have a check. It reports whether
// there is one and all of it was answered rightly: a wrong answer is told why
// and asked again, an empty line leaves the question open.
func PlainLesson(in io.Reader, out io.Writer, t *Tape) (passed bool, err error) {
	p := plain{tape: t, in: bufio.NewReader(in), out: bufio.NewWriter(out)}
	mode := "simulated"
	if t.Live {
		mode = "recorded on the real thing"
	}
	p.say("%s (%s, %s)", t.Trace.Title, t.Under.Text(), mode)
	for i := range t.Stops {
		p.stop(i)
	}
	checked := t.told > 0 && len(t.Stops) > t.told
	if !checked {
		p.end()
	}
	if p.err != nil {
		return false, p.err
	}
	return checked && p.open == 0, p.out.Flush()
}

// examine asks a question of the check until it is answered rightly, or nobody
// goes on.
func (p *plain) examine(q Question) {
	p.say("")
	p.say("? %s", q.Text)
	for i, o := range q.Options {
		p.say("  %d %s", i+1, o.Text)
	}
	for {
		choice := p.answer("Answer 1 to %d, or press enter to leave it open:", len(q.Options))
		if choice < 0 {
			p.open++
			return
		}
		o := q.Options[choice]
		if o.Right {
			p.say("%s", join("Right.", o.Why))
			return
		}
		p.say("%s", join("Not so.", o.Why))
	}
}

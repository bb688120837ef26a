package lab

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"optimist/shared/printable"
	"optimist/shared/scenario"
	"optimist/shared/trace"
)

// Plain tells a story line by line: what is told, what moves, every change as a
// sentence, what goes wrong, and how it ends. Questions are answered on in, one
// line each; an empty line, or the end of in, makes no prediction. It returns
// the first failed write or read.
func Plain(in io.Reader, out io.Writer, t *Tape) error {
	_, err := PlainLesson(in, out, t)
	return err
}

// plain is a story being told.
type plain struct {
	tape        *Tape
	in          *bufio.Reader
	out         *bufio.Writer
	over        bool // Nobody answers any more.
	right, made int
	open        int // Questions of the check that have no right answer yet.
	err         error
}

// end tells how the story ended, and with what it is compared.
func (p *plain) end() {
	p.say("")
	p.say("%s", p.tape.Account())
	if other := p.tape.Beside; other != nil {
		p.say("%s: %s", other.Under.Text(), other.Account())
		p.say("%s", Differ(p.tape, other).Text)
	}
	if p.made > 0 {
		p.say("predicted: %d of %d", p.right, p.made)
	}
}

// say writes one line.
func (p *plain) say(format string, args ...any) {
	// The writer keeps its first error for Flush.
	_, _ = fmt.Fprintln(p.out, printable.Line(fmt.Sprintf(format, args...)))
}

// stop tells of one stop.
func (p *plain) stop(at int) {
	s := &p.tape.Stops[at]
	switch {
	case at == 0:
		return
	case at == p.tape.told:
		p.end()
	case s.Closing:
		return
	}
	p.head(s)
	for _, text := range p.tape.happened(at) {
		p.say("  %s", text)
	}
}

// head tells what stands at the beginning of a stop: a paragraph, a question, or
// the line that is played from there on.
func (p *plain) head(s *Stop) {
	switch {
	case s.Line != nil && s.Line.Kind == scenario.Narration:
		p.say("")
		p.say("%s", s.Story)
	case s.Question >= 0:
		if q := p.tape.Questions[s.Question]; q.Check {
			p.examine(q)
		} else {
			p.ask(q)
		}
	case s.Part <= 1:
		p.say("")
		p.say("line %d: %s", s.Line.Number, strings.TrimSpace(cut(p.tape.Script.Text()[s.Line.Number-1])))
	}
}

// happened is what happened at a stop, a sentence each: what changed, what was
// noted and expected, and what went wrong.
func (t *Tape) happened(at int) []string {
	var list []string
	s := &t.Stops[at]
	for i := t.Stops[at-1].Events; i < s.Events; i++ {
		if text := t.sentence(&t.Trace.Events[i]); text != "" {
			list = append(list, text)
		}
	}
	for _, note := range s.Notes {
		list = append(list, "Note: "+note+".")
	}
	for _, c := range s.Checks {
		if c.Wrong != "" {
			list = append(list, fmt.Sprintf("Expected: %s, but: %s.", strings.TrimSpace(cut(c.Text)), c.Wrong))
		}
	}
	for _, f := range t.found(at) {
		list = append(list, "! "+alarm(f)+".")
	}
	return list
}

// ask asks for a prediction, and tells the answer.
func (p *plain) ask(q Question) {
	p.say("")
	p.say("? %s", q.Text)
	for i, o := range q.Options {
		p.say("  %d %s", i+1, o.Text)
	}
	choice := p.answer("Predict 1 to %d, or press enter to see the answer:", len(q.Options))
	if choice >= 0 {
		p.made++
		if q.Options[choice].Right {
			p.right++
			p.say("Right.")
		} else {
			p.say("Not so.")
		}
	}
	for i, o := range q.Options {
		if o.Right {
			p.say("The answer is %d: %s.", i+1, o.Text)
		}
	}
}

// answer asks for a number up to n, and reads which option is chosen, from 0; -1
// for none.
func (p *plain) answer(ask string, n int) int {
	for p.err == nil && !p.over {
		_, _ = fmt.Fprintf(p.out, ask+"\n", n)
		if p.err = p.out.Flush(); p.err != nil {
			break
		}
		line, err := p.in.ReadString('\n')
		if err != nil {
			p.over = true
			p.say("(nobody answers)")
			if !errors.Is(err, io.EOF) {
				p.err = fmt.Errorf("read an answer: %w", err)
			}
		}
		line = strings.TrimSpace(line)
		if line == "" {
			return -1
		}
		if len(line) == 1 && line[0] >= '1' && int(line[0]-'0') <= n {
			return int(line[0] - '1')
		}
		p.say("%q is none of them.", line)
	}
	return -1
}

// sentence says a fact in words; nothing of what follows from others.
func (t *Tape) sentence(e *trace.Event) string {
	record := t.Trace.Called(e.Record)
	switch e.Kind {
	case trace.Acted:
		return sentence("%s types %s", e.Client, join(e.Intent+":", e.Op.String(), record, fields(e.Patch)))
	case trace.Held:
		return sentence("%s's client keeps %s back", e.Client, e.Intent)
	case trace.Sent:
		return sentence("%s's client sends %s", e.Client, e.Intent)
	case trace.Answered:
		return sentence("%s is answered on %s: %s", e.Client, e.Intent, join(string(e.Verdict), string(e.Code)))
	case trace.Believed:
		return believes(e)
	case trace.Based:
		return sentence("the feed brings %s the row of %s, %s", e.Client, record, value(e.Value))
	case trace.Rendered:
		return sentence("%s's screen %s", e.Client, shows(e, record))
	case trace.Decided:
		return sentence("the server %s%s", asks(e), verdict(e))
	case trace.Wrote:
		return sentence("the server writes the row of %s before the log has it, %s", record, value(e.Value))
	case trace.Appended:
		return sentence("event %s is in the log: %s, %s %s", hash(e.Seq), e.Intent, e.Op, record)
	case trace.Refused:
		return sentence("event %s is in the log: %s is refused, %s", hash(e.Seq), e.Intent, e.Code)
	case trace.Voided:
		return sentence("event %s is in the log: %s is void, %s", hash(e.Seq), hash(e.Target), e.Code)
	case trace.Committed:
		return sentence("the database commits event %s: %s is %s", hash(e.Seq), record, value(e.Value))
	case trace.Skipped:
		return sentence("the database gives event %s up: %s", hash(e.Seq), e.Code)
	default:
		return surroundings(e)
	}
}

// surroundings says what happens around.
func surroundings(e *trace.Event) string {
	switch e.Kind {
	case trace.Disconnected:
		return sentence("%s loses the connection", e.Client)
	case trace.Reconnected:
		return sentence("%s is connected", e.Client)
	case trace.Crashed:
		return sentence("a crash of %s", actor(e))
	case trace.Restarted:
		return sentence("a new start of %s", actor(e))
	case trace.Faulted:
		return sentence("a fault strikes: %s", e.Fault)
	case trace.Waited:
		return sentence("the clock stands at %s", duration(e.At))
	default:
		return "" // What was published, and that nothing moves, the rest shows.
	}
}

// actor names who crashed.
func actor(e *trace.Event) string {
	if e.Actor == trace.Server {
		return "the server"
	}
	return e.Actor + "'s client"
}

// believes says what a person's client makes of an own change.
func believes(e *trace.Event) string {
	switch e.Fate {
	case trace.FateConfirmed:
		return sentence("%s is confirmed", e.Intent)
	case trace.FateRolledBack:
		return sentence("%s is rolled back: %s", e.Intent, join(string(e.Code)+",", e.Why))
	case trace.FateWithdrawn:
		return sentence("%s is withdrawn", e.Intent)
	case trace.FateHeld, trace.FateSent, trace.FateAccepted:
	}
	return ""
}

// sentence makes a sentence: a capital letter, unless it begins with a name, and
// a full stop.
func sentence(format string, args ...any) string {
	text := strings.TrimRight(fmt.Sprintf(format, args...), " ,") + "."
	if !strings.HasPrefix(format, "%") {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	return text
}

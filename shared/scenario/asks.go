package scenario

import (
	"fmt"
	"strings"

	"golang.org/x/tools/txtar"
)

// checkSection is the name of the section whose questions are asked after the
// story.
const checkSection = "check"

// MaxAnswers is how many answers a question can have: one a digit.
const MaxAnswers = 9

// Ask is a question of the check.
type Ask struct {
	Line    int // Of the file.
	Text    string
	Answers []Answer // At least two, one of them right.
}

// Answer is one of its answers.
type Answer struct {
	Text  string
	Right bool
	Why   string // Why it is right, or not; "" if that is not told.
}

func isCheck(f txtar.File) bool { return f.Name == checkSection }

// asking reads the section of the check.
type asking struct {
	*parser
	at   int // The file's line.
	text string
	open bool // The last question takes answers.
	said bool // The last answer takes reasons.
}

// check reads the section; before is the line of its marker. A question and its
// answers are as in the story; lines with > behind an answer tell why it is
// right, or not.
func (p *parser) check(before int, data string) {
	a := asking{parser: p}
	for i, text := range cutLines(data) {
		a.at, a.text = before+1+i, strings.TrimRight(text, " \t")
		if column := controlAt(text); column > 0 {
			a.flaw(column, "a control character", "")
		} else {
			a.line()
		}
		if p.full() {
			return
		}
	}
	a.end()
	if len(p.script.Asks) == 0 {
		p.fail(before, 4, "-- "+checkSection+" --", "the check asks nothing", "a line with ? and, below it, answers with - and one with *")
	}
}

func (a *asking) flaw(column int, what, hint string) { a.fail(a.at, column, a.text, what, hint) }

// line reads one line of it.
func (a *asking) line() {
	s := scanner{text: a.text, column: 1}
	s.skip()
	line := Line{Number: a.at, Column: s.column}
	switch {
	case s.text == "":
		line.Kind = Blank
	case s.at('#'):
		line.Kind, line.Text = Comment, s.text
		if note, is := strings.CutPrefix(strings.TrimSpace(s.text[1:]), "note:"); is {
			a.script.Notes, a.script.noted = append(a.script.Notes, strings.TrimSpace(note)), append(a.script.noted, a.at)
		}
	case s.at('?'):
		a.end()
		line.Kind, line.Text = Question, marked(s.text)
		a.script.Asks = append(a.script.Asks, Ask{Line: a.at, Text: line.Text})
		a.open, a.said = true, false
	case s.at('-'), s.at('*'):
		line.Kind, line.Text, line.Right = Option, marked(s.text), s.at('*')
		a.answer(line)
	case s.at('>'):
		line.Kind, line.Text = Narration, marked(s.text)
		a.why(line)
	default:
		a.flaw(s.column, "this is no line of a check", "one of ? a question, - and * its answers, > why an answer is right or not, # a comment")
	}
	a.script.asked = append(a.script.asked, line)
}

// answer adds an answer to the last question.
func (a *asking) answer(line Line) {
	if !a.open {
		a.flaw(line.Column, "an answer without a question", "a line with ? comes before it")
		return
	}
	q := &a.script.Asks[len(a.script.Asks)-1]
	q.Answers = append(q.Answers, Answer{Text: line.Text, Right: line.Right})
	a.said = true
}

// why adds a reason to the last answer.
func (a *asking) why(line Line) {
	if !a.said {
		a.flaw(line.Column, "a reason without an answer", "it comes right behind the answer that it is for")
		return
	}
	q := &a.script.Asks[len(a.script.Asks)-1]
	last := &q.Answers[len(q.Answers)-1]
	last.Why = strings.TrimSpace(last.Why + " " + line.Text)
}

// end says what is wrong with the question that ends here, if any.
func (a *asking) end() {
	if !a.open {
		return
	}
	q := &a.script.Asks[len(a.script.Asks)-1]
	right := 0
	for _, answer := range q.Answers {
		if answer.Right {
			right++
		}
	}
	if what, hint := badQuestion(q.Text, len(q.Answers), right); what != "" {
		a.fail(q.Line, 1, mark("?", q.Text), what, hint)
	}
	a.open, a.said = false, false
}

// badQuestion says what is wrong with a question, "" for nothing.
func badQuestion(text string, options, right int) (what, hint string) {
	switch {
	case text == "":
		return "the question is empty", ""
	case options < 2:
		return fmt.Sprintf("the question has %d of at least 2 answers", options), "each answer is a line that begins with - or, the right one, with *"
	case options > MaxAnswers:
		return fmt.Sprintf("the question has %d answers; at most %d can be chosen", options, MaxAnswers), ""
	case right != 1:
		return fmt.Sprintf("the question has %d right answers", right), "mark exactly one with *"
	}
	return "", ""
}

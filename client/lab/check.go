package lab

import (
	"context"
	"fmt"
	"slices"

	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// Study records a lesson, simulated: the story under a strategy, the run that
// its header puts beside it, and after them the check. A class, a pipe and a
// screen all play that one tape.
func Study(ctx context.Context, s *scenario.Script, under strategy.Strategy) (*Tape, error) {
	t, err := Simulate(ctx, s, under)
	if err != nil {
		return nil, err
	}
	if err := t.Accompany(ctx); err != nil {
		return nil, err
	}
	if len(s.Asks) > 0 {
		t.ask(s)
	}
	return t, nil
}

// Accompany records the run that the script's header puts beside the story at
// its end, if it names one.
func (t *Tape) Accompany(ctx context.Context) (err error) {
	t.told = len(t.Stops)
	if other := t.Script.Compare; other != nil && *other != t.Under {
		t.Beside, err = Simulate(ctx, t.Script, *other)
	}
	return err
}

// ask adds the check behind the story: what it is, a stop for each question, and
// one that says how it went.
func (t *Tape) ask(s *scenario.Script) {
	last := t.Stops[len(t.Stops)-1]
	stop := Stop{
		Actions: last.Actions, Events: last.Events, Found: last.Found, State: last.State, Held: last.Held, Question: -1,
	}
	stop.Line = &scenario.Line{Number: s.Asks[0].Line - 1, Kind: scenario.Narration}
	stop.Story = fmt.Sprintf("That was the story. Now you: %s. A digit chooses, enter answers. With all of them right the lesson is passed; a wrong answer is told why, and another can be tried.",
		howMany(len(s.Asks), "question"))
	t.Stops = append(t.Stops, stop)
	for _, a := range s.Asks {
		q := Question{Text: a.Text, Check: true}
		for _, o := range a.Answers {
			q.Options = append(q.Options, Option{Text: o.Text, Right: o.Right, Why: o.Why})
		}
		t.Questions = append(t.Questions, q)
		stop.Line = &scenario.Line{Number: a.Line, Kind: scenario.Question, Text: a.Text}
		stop.Question = len(t.Questions) - 1
		t.Stops = append(t.Stops, stop)
	}
	stop.Line = &scenario.Line{Number: stop.Line.Number + 1, Kind: scenario.Narration}
	stop.Question, stop.Closing = -1, true
	stop.Story = s.Takeaway
	t.Stops = append(t.Stops, stop)
}

// howMany is n things.
func howMany(n int, thing string) string {
	if n == 1 {
		return "one " + thing
	}
	return plural(n, thing)
}

// Checked returns how many questions of the check are answered rightly, of how
// many there are.
func (p *Player) Checked() (right, of int) {
	for i := range p.tape.Questions {
		if !p.tape.Questions[i].Check {
			continue
		}
		of++
		if p.answers[i].revealed {
			right++
		}
	}
	return right, of
}

// Passed reports whether there is a check and all of it is answered rightly.
func (p *Player) Passed() bool {
	right, of := p.Checked()
	return of > 0 && right == of
}

// grade answers a question of the check with what was chosen. Only the right
// answer closes it; a wrong one is told why and can be followed by another.
func (p *Player) grade(i int) {
	a := &p.answers[i]
	switch {
	case a.choice < 0:
	case p.tape.Questions[i].Options[a.choice].Right:
		a.revealed = true
	default:
		a.tried = append(a.tried, a.choice)
		a.choice = -1
	}
}

// graded shows a question of the check as far as it is answered.
func graded(q *Question, a answer) (why, hint string) {
	switch {
	case a.revealed:
		return q.revealed(a.choice), "enter goes on"
	case a.choice >= 0:
		return "", "enter answers"
	case len(a.tried) > 0:
		last := a.tried[len(a.tried)-1]
		return join("Not so.", q.Options[last].Why), "another digit chooses anew"
	}
	return "", fmt.Sprintf("1–%d chooses, enter answers", len(q.Options))
}

// revealed tells the right answer of a question to whoever chose an option; a
// teacher reveals it without a choice, or with a wrong one.
func (q *Question) revealed(choice int) string {
	for i, o := range q.Options {
		switch {
		case !o.Right:
		case i == choice:
			return join("Right.", o.Why)
		default:
			return o.Why
		}
	}
	return ""
}

// firstOpen is the stop of the first question of the check that has no right
// answer yet, or where the player stands.
func (p *Player) firstOpen() int {
	for i := range p.tape.Stops {
		if q := p.tape.Stops[i].Question; q >= 0 && p.tape.Questions[q].Check && !p.answers[q].revealed {
			return i
		}
	}
	return p.at
}

// closing says how the check went, and what comes now.
func (p *Player) closing() string {
	right, of := p.Checked()
	if right < of {
		return fmt.Sprintf("%d of %d are answered. The lesson is passed when all are: enter goes back to the first that is open.", right, of)
	}
	text := "Passed. To remember: " + p.Stop().Story
	if p.lesson != nil && p.lesson.Next != "" {
		text += " Next is " + p.lesson.Next + ": enter opens it."
	}
	return text
}

// opening is what a lesson begins with, for somebody who has never seen one.
func (l *Lesson) opening() string {
	return l.Name + ". Space plays it, a full stop goes one step on, a comma one back. Where you are asked, predict before you look: 1 to 9, then space."
}

// hasTried reports whether an answer was given already.
func (a answer) hasTried(option int) bool { return slices.Contains(a.tried, option) }

package lab

import (
	"fmt"
	"slices"
)

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

// unanswered reports whether a question of the check stands here, and nothing is
// chosen.
func (p *Player) unanswered() bool {
	q, i := p.Asked()
	return q != nil && q.Check && !p.answers[i].revealed && p.answers[i].choice < 0
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

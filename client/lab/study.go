package lab

import (
	"context"
	"fmt"

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

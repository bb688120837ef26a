package lab

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"optimist/shared/scenario"
)

// Lesson is what the screen knows of the lesson that it plays. Its tape is one
// that Study recorded.
type Lesson struct {
	Name string       // Which one it is, in words.
	Next string       // The lesson behind it, in words; "" for none.
	Pass func() error // Keeps that it was passed. It is called once, beside the screen's loop.
}

// Outcome is how a person left a lesson.
type Outcome struct {
	Passed bool
	Next   bool // They want to go on with the next one.
}

// RunLesson is Run for a lesson; cfg.Lesson says which.
func RunLesson(ctx context.Context, cfg Config, more ...tea.ProgramOption) (Outcome, error) {
	m := New(cfg)
	err := run(ctx, m, more...)
	return Outcome{Passed: m.story.Passed(), Next: m.onwards}, err
}

// kept says that a passed lesson was kept, or why it was not.
type kept struct{ err error }

// lessonKeys are those of a lesson.
var lessonKeys = []key{
	{keys: []string{"enter"}, name: "answer, go on", group: groupStory, can: (*Model).asked, run: (*Model).enter},
}

// asked reports whether enter means something here.
func (m *Model) asked() bool {
	if m.pair != nil {
		return m.pair.ending != ""
	}
	_, question := m.player().Asked()
	return question >= 0 || m.player().Stop().Closing
}

// enter answers a question, and goes on behind one, behind a comparison and
// behind a lesson; where the check has open questions, back to the first of them.
func (m *Model) enter() tea.Cmd {
	switch {
	case m.pair != nil:
		return m.goOn()
	case m.player().Open():
		return m.playOrReveal()
	case !m.player().Stop().Closing:
		return m.step(1)
	case m.story.Passed() && m.cfg.Lesson != nil && m.cfg.Lesson.Next != "":
		return m.over(true)
	case m.story.Passed():
		m.note = "this was the last lesson: q leaves it"
	default:
		m.story.Jump(m.story.firstOpen())
	}
	return m.schedule()
}

// examined reports whether the question here is one of the check.
func (m *Model) examined() bool {
	q, _ := m.player().Asked()
	return q != nil && q.Check
}

// pass keeps that the lesson is passed, once.
func (m *Model) pass() tea.Cmd {
	if m.passed || m.cfg.Lesson == nil || !m.story.Passed() {
		return nil
	}
	m.passed = true
	keep := m.cfg.Lesson.Pass
	return func() tea.Msg { return kept{keep()} }
}

// arrive opens the comparison with which a lesson ends, when its last words are
// reached.
func (m *Model) arrive() {
	t := m.cfg.Tape
	if m.hand != nil || m.pair != nil || t.Beside == nil || m.story.At() != t.told-1 {
		return
	}
	m.pair, m.beside = Compare(t, t.Beside), true
	m.pair.ending, m.pair.speed = m.story.Stop().Story, m.story.speed
	m.pair.asks = len(t.Stops) > t.told
	m.pair.Seek(t.firstAct())
	m.pair.Play(m.story.Playing())
	m.story.Play(false)
}

// firstAct is the line on which a person does something for the first time.
func (t *Tape) firstAct() int {
	for i := range t.Stops {
		if l := t.Stops[i].Line; l != nil && l.Step.Do == scenario.Act {
			return l.Number
		}
	}
	return 0
}

// goOn leaves the comparison with which a lesson ends for what comes behind it.
func (m *Model) goOn() tea.Cmd {
	playing := m.pair.playing
	m.pair = nil
	if m.story.Step(1) { // Else it would play from its beginning.
		m.story.Play(playing)
	}
	return m.schedule()
}

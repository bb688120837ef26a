package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"optimist/client/lab"
	"optimist/client/view"
)

// Course is where the lessons come from. It reads and writes files, so it is
// asked beside the program's loop.
type Course struct {
	List func() ([]Lesson, error)
	Open func(lesson int) (lab.Config, error) // By its place in the list.
}

// Lesson is one of the course, as it is listed.
type Lesson struct {
	Title    string
	Takeaway string // What to remember of it.
	Passed   bool
}

// lessons chooses a lesson.
type lessons struct {
	list     []Lesson
	selected int
}

// listed is what the course has.
type listed struct {
	list []Lesson
	err  error
}

// opened is a lesson that can be played.
type opened struct {
	lesson int
	cfg    lab.Config
	err    error
}

func noLessons(m *Model) string {
	if m.opts.Course.List == nil {
		return "there is no course here"
	}
	return ""
}

// openLessons has the course looked up.
func (m *Model) openLessons() tea.Cmd {
	list := m.opts.Course.List
	return func() tea.Msg {
		all, err := list()
		return listed{all, err}
	}
}

// openLesson has a lesson got ready.
func (m *Model) openLesson(at int) tea.Cmd {
	m.lessons = nil
	open := m.opts.Course.Open
	return func() tea.Msg {
		cfg, err := open(at)
		return opened{at, cfg, err}
	}
}

// learn takes what came of that.
func (m *Model) learn(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case listed:
		if m.taught(msg.err) && len(msg.list) > 0 && !m.dialog() {
			next := slices.IndexFunc(msg.list, func(l Lesson) bool { return !l.Passed })
			m.lessons = &lessons{list: msg.list, selected: max(next, 0)}
		}
	case opened:
		if m.taught(msg.err) && !m.dialog() {
			msg.cfg.Terminal, msg.cfg.ASCII = m.term, m.opts.ASCII
			msg.cfg.Left, msg.cfg.Back = m.leaveLesson(msg.lesson), "back to your session"
			m.study = lab.New(msg.cfg)
			return m.study.Init()
		}
	}
	return nil
}

// leaveLesson shows the session again, or has the next lesson got ready.
func (m *Model) leaveLesson(at int) func(next bool) tea.Cmd {
	return func(next bool) tea.Cmd {
		m.study = nil
		if next {
			return m.openLesson(at + 1)
		}
		return nil
	}
}

// taught reports whether the course did what it was asked for, and tells if not.
func (m *Model) taught(err error) bool {
	if err != nil {
		m.notices.add(notice{at: m.now, mark: view.MarkRolledBack, text: "lessons: " + err.Error()})
	}
	return err == nil
}

// studying gives the lesson what happens at the terminal, and what it asked for
// itself. It reports whether that is all that comes of it: the session's own
// messages are none of the lesson's.
func (m *Model) studying(msg tea.Msg) (tea.Cmd, bool) {
	if m.study == nil {
		return nil, false
	}
	switch msg := msg.(type) {
	case listed, opened, sweepMsg, Opened, Waiting, Faulty:
		return nil, false
	case tea.KeyPressMsg:
		if k := msg.String(); k == "ctrl+c" || k == "ctrl+z" {
			return nil, false
		}
	}
	_, cmd := m.study.Update(msg)
	return cmd, true
}

func (m *Model) pressLessons(key tea.KeyPressMsg) tea.Cmd {
	l := m.lessons
	switch key.String() {
	case "esc", "q", "L":
		m.lessons = nil
	case "up", "k":
		l.selected = max(l.selected-1, 0)
	case "down", "j", "tab":
		l.selected = min(l.selected+1, len(l.list)-1)
	case "enter", "space":
		return m.openLesson(l.selected)
	}
	return nil
}

func (l *lessons) view() *view.Picker {
	if l == nil {
		return nil
	}
	passed := 0
	out := &view.Picker{
		Selected: l.selected, Note: "To remember: " + l.list[l.selected].Takeaway,
		Keys: []view.Key{{Key: "enter", Does: "play it"}, {Key: "esc", Does: "leave"}},
	}
	if !l.list[l.selected].Passed {
		out.Note = "A story, step by step, and a few questions on it. Your session goes on below it, and knows nothing of it."
	}
	for i, lesson := range l.list {
		mark := " "
		if lesson.Passed {
			mark, passed = "✓", passed+1
		}
		out.Items = append(out.Items, view.PickerItem{Name: fmt.Sprintf("%s %2d %s", mark, i+1, lesson.Title)})
	}
	out.Title = fmt.Sprintf("lessons, %d of %d passed", passed, len(l.list))
	return out
}

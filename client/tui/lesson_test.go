package tui

import (
	"errors"
	"testing"

	tea "charm.land/bubbletea/v2"

	"optimist/client/lab"
	"optimist/scenarios"
	"optimist/shared/protocol"
	"optimist/shared/scenario"
)

// mustCourse is a course of two lessons, the first of them passed.
func mustCourse(tb testing.TB) Course {
	tb.Helper()
	text, err := scenarios.Read("sixty-seconds")
	if err != nil {
		tb.Fatal(err)
	}
	s, err := scenario.Parse("sixty-seconds.scenario", text)
	if err != nil {
		tb.Fatal(err)
	}
	return Course{
		List: func() ([]Lesson, error) {
			return []Lesson{{Title: "Three truths", Takeaway: "Three versions.", Passed: true}, {Title: s.Title, Takeaway: s.Takeaway}}, nil
		},
		Open: func(at int) (lab.Config, error) {
			if at > 1 {
				return lab.Config{}, errors.New("it is lost")
			}
			tape, err := lab.Study(tb.Context(), s, s.Strategy)
			return lab.Config{Tape: tape, Lesson: &lab.Lesson{Name: "Lesson", Next: "another", Pass: func() error { return nil }}}, err
		},
	}
}

// answered has what was asked for last come.
func (r *rig) answered() {
	r.t.Helper()
	r.send(r.cmds[len(r.cmds)-1]())
}

// goesOn leaves a lesson for the next one, as Enter behind a passed one does.
func (r *rig) goesOn(from int) {
	r.t.Helper()
	r.send(r.m.leaveLesson(from)(true)())
}

// L lists the lessons and plays one over the session, which goes on below it.
func TestLesson(t *testing.T) {
	r := mustRig(t, 80, 24, Options{Course: mustCourse(t)}, someRows(3)...)
	r.press("L")
	r.answered()
	r.golden("lessons")
	r.shows("lessons, 1 of 2 passed", "✓  1 Three truths", "▸    2 Sixty seconds")
	r.press("k", "j", "enter")
	r.answered()
	r.shows("0/26", "esc back to your session")
	r.press(".", ".", ".")
	r.golden("lesson")
	r.feed(9, protocol.Row{ID: "rec-9", Name: "Meanwhile", Email: "m@example.org", Version: 1, Seq: 9, Born: 9, By: "bob"})
	r.hides("Meanwhile")
	r.did = nil
	r.press("n") // Not a new user of the session.
	if r.m.form != nil || len(r.did) > 0 {
		t.Fatalf("a key of the lesson did %+v", r.did)
	}
	r.press("z", "esc")
	r.shows("esc back to your session")
	for name, leave := range map[string]tea.Msg{
		"esc":          mustKey(t, "esc"),
		"q":            mustKey(t, "q"), // The lesson, not the session.
		"its own hint": tea.MouseClickMsg{X: 2, Y: 23, Button: tea.MouseLeft},
	} {
		r.send(leave)
		if r.m.study != nil {
			t.Fatalf("%s does not leave the lesson", name)
		}
		r.shows("Meanwhile", "Grace Hopper", "● online")
		r.press("L")
		r.answered()
		r.press("enter")
		r.answered()
	}
}

// The scrubber of a lesson can be dragged here too.
func TestLessonIsDragged(t *testing.T) {
	r := mustRig(t, 80, 24, Options{Course: mustCourse(t)}, someRows(3)...)
	r.press("L")
	r.answered()
	r.press("enter")
	r.answered()
	r.send(tea.MouseClickMsg{X: 1 + 3, Y: 22, Button: tea.MouseLeft})
	r.shows(" 3/26")
	r.send(tea.MouseMotionMsg{X: 1 + 7, Y: 20, Button: tea.MouseLeft})
	r.shows(" 7/26")
	r.send(tea.MouseReleaseMsg{X: 1 + 7, Y: 20})
	r.send(tea.MouseMotionMsg{X: 1 + 9, Y: 22})
	r.shows(" 7/26")
}

// A lesson that is passed leads to the next; what cannot be opened is told.
func TestNextLesson(t *testing.T) {
	r := mustRig(t, 80, 24, Options{Course: mustCourse(t)}, someRows(3)...)
	r.press("L")
	r.answered()
	r.press("k", "enter")
	r.answered()
	r.goesOn(0)
	r.shows("Lesson. Space plays it", "0/26")
	r.goesOn(1)
	r.shows("Grace Hopper", "lessons: it is lost")
}

// Without a course L says so.
func TestNoLessons(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(3)...)
	r.press("L")
	r.shows("lessons: there is no course here")
}

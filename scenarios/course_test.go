package scenarios_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"optimist/shared/scenario"
)

// What the course promises.
const (
	fewestLessons = 8
	fewestAsks    = 2 // Of a check.
	mostAsks      = 3
	maxAnswer     = 110 // Characters of an answer and of why: two lines of a narrow screen.
	maxAsk        = 150 // Of a question.
	maxTold       = 330 // Of a caption, told in a lecture hall: six lines of it.
)

// course are the lessons among the stories, in their order.
func course(scripts []*scenario.Script) []*scenario.Script {
	var lessons []*scenario.Script
	for _, s := range scripts {
		if s.Lesson > 0 {
			lessons = append(lessons, s)
		}
	}
	slices.SortStableFunc(lessons, func(a, b *scenario.Script) int { return a.Lesson - b.Lesson })
	return lessons
}

// TestCourse: the lessons are numbered from 1 without a gap or a double, and get
// no easier.
func TestCourse(t *testing.T) {
	lessons := course(mustReadAll(t))
	if len(lessons) < fewestLessons {
		t.Errorf("%d lessons, want at least %d", len(lessons), fewestLessons)
	}
	level := 0
	for i, s := range lessons {
		if s.Lesson != i+1 {
			t.Errorf("%s says it is lesson %d; it is the %d. in the course: numbers are missing or given twice", s.Name, s.Lesson, i+1)
		}
		if s.Level < level {
			t.Errorf("%s, lesson %d, is of level %d; the one before it was of %d", s.Name, s.Lesson, s.Level, level)
		}
		level = s.Level
	}
}

// TestLessonsAsk: each check is short, and tells of every wrong answer why it
// is one.
func TestLessonsAsk(t *testing.T) {
	for _, s := range course(mustReadAll(t)) {
		if n := len(s.Asks); n < fewestAsks || n > mostAsks {
			t.Errorf("%s: the check has %d questions, want %d or %d", s.Name, n, fewestAsks, mostAsks)
		}
		places := map[int]bool{}
		for _, a := range s.Asks {
			if n := utf8.RuneCountInString(a.Text); n > maxAsk {
				t.Errorf("%s:%d: the question has %d characters, more than %d", s.Name, a.Line, n, maxAsk)
			}
			for i, o := range a.Answers {
				places[i] = places[i] || o.Right
				if o.Why == "" {
					t.Errorf("%s:%d: %q is not told why", s.Name, a.Line, o.Text)
				}
				if n := max(utf8.RuneCountInString(o.Text), utf8.RuneCountInString(o.Why)); n > maxAnswer {
					t.Errorf("%s:%d: an answer, or its reason, has %d characters, more than %d: %q", s.Name, a.Line, n, maxAnswer, o.Text)
				}
			}
		}
		if len(s.Asks) == mostAsks && len(slices.DeleteFunc([]int{0, 1, 2}, func(i int) bool { return !places[i] })) == 1 {
			t.Errorf("%s: the right answer always has the same number", s.Name)
		}
	}
}

// TestLessonsFitTheHall: what a lesson tells under its own strategy is short
// enough for the last row.
func TestLessonsFitTheHall(t *testing.T) {
	for _, s := range course(mustReadAll(t)) {
		told := ""
		for i := range s.Lines {
			l := &s.Lines[i]
			switch {
			case l.Kind == scenario.Narration && !l.Only.Holds(s.Strategy):
			case l.Kind == scenario.Narration:
				told = strings.TrimSpace(told + " " + l.Text)
			default:
				told = ""
			}
			if n := utf8.RuneCountInString(told); n > maxTold {
				t.Errorf("%s:%d: the caption has %d characters by now, more than %d; a blank line begins another", s.Name, l.Number, n, maxTold)
				told = ""
			}
		}
	}
}

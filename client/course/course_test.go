package course_test

import (
	"errors"
	"testing"

	"optimist/client/course"
)

// The course is the lessons of the library in their order, with what a list
// shows of them.
func TestLessons(t *testing.T) {
	lessons := mustLessons(t)
	for i, l := range lessons {
		if l.Number != i+1 || l.Name == "" || l.Title == "" || l.Level == 0 || l.Takeaway == "" || l.Script == nil {
			t.Errorf("lesson %d: %+v", i+1, l)
		}
	}
	if first := lessons[0].Name; first != "sixty-seconds" {
		t.Errorf("the first lesson is %s", first)
	}
}

func TestFind(t *testing.T) {
	lessons := mustLessons(t)
	for asked, want := range map[string]int{"1": 0, "3": 2, "three-truths": 1, "three-truths.scenario": 1} {
		if at, err := course.Find(lessons, asked); at != want || err != nil {
			t.Errorf("%q: %d, %v", asked, at, err)
		}
	}
	for asked, says := range map[string]string{
		"three-truhts": `no lesson "three-truhts"; did you mean three-truths?`,
		"0":            `no lesson "0"; they are 1 to 13`,
		"99":           `no lesson "99"; they are 1 to 13`,
		"-1":           `no lesson "-1"; they are 1 to 13`,
		"zzz":          `no lesson "zzz"`,
		"":             `no lesson ""`,
	} {
		at, err := course.Find(lessons, asked)
		var unknown *course.UnknownError
		if at != -1 || !errors.As(err, &unknown) || err.Error() != says {
			t.Errorf("%q: %d, %v; want %q", asked, at, err, says)
		}
	}
}

// Next is the first that is not passed, whatever was passed behind it.
func TestNext(t *testing.T) {
	lessons := mustLessons(t)
	p := mustOpen(t, mustPath(t))
	for i, want := range []int{0, 1, 1, 3} {
		if got := course.Next(lessons, p); got != want {
			t.Errorf("after %d: %d, want %d", i, got, want)
		}
		mustPass(t, p, lessons[[]int{0, 2, 1, 3}[i]].Name)
	}
	for _, l := range lessons {
		mustPass(t, p, l.Name)
	}
	if got := course.Next(lessons, p); got != -1 {
		t.Errorf("after all: %d", got)
	}
}

func mustLessons(tb testing.TB) []course.Lesson {
	tb.Helper()
	lessons, err := course.Lessons()
	if err != nil {
		tb.Fatal(err)
	}
	return lessons
}

package classroom

import (
	"strings"
	"testing"
)

// A class from the beginning to the end: two seats of different sizes follow,
// vote, see the answer when the teacher gives it, one goes on alone and comes
// back, a third comes late, and everybody is told that it is over.
func TestClass(t *testing.T) {
	_, asks := mustTape(t)
	r := mustServe(t, nil)
	ann := r.mustSeat("ann", 80, 24)
	ann.sees("no teacher is here yet", at(0))
	teacher := r.mustTeacher(100, 30)
	teacher.sees("1 of 30 seats", "join code "+r.room.Info().JoinCode)
	ann.sees("with the teacher")
	bob := r.mustSeat("bob", 120, 36)
	bob.sees("with the teacher", at(0))
	teacher.sees("2 of 30 seats")

	teacher.press(strings.Repeat(".", asks))
	for _, c := range []*client{teacher, ann, bob} {
		c.sees(at(asks))
	}
	ann.sees("the teacher reveals")
	ann.press(".")
	ann.sees("this follows the teacher")
	ann.press("2")
	ann.sees("voted")
	teacher.sees("1 of 2 voted")
	bob.press("1", "2")
	teacher.sees("2 of 2 voted", "██ 2")
	if strings.Contains(ann.screen(), "██") {
		t.Errorf("a seat sees the votes before the answer:\n%s", ann.screen())
	}
	bob.press("1")
	teacher.sees("2 of 2 voted", "█ 1")

	teacher.press(" ")
	for _, c := range []*client{teacher, ann, bob} {
		c.sees("← this", "2 of 2 voted", "█ 1")
	}
	bob.press("2")
	bob.sees("this vote is closed")

	bob.press("f")
	bob.sees("alone", "f back to the teacher")
	bob.press(",", ",")
	bob.sees(at(asks - 2))
	teacher.press(".")
	ann.sees(at(asks + 1))
	late := r.mustSeat("late", 60, 20)
	late.sees(at(asks + 1))
	teacher.sees("3 of 30 seats")
	bob.sees("the teacher is at", at(asks-2))
	bob.press("f")
	bob.sees("with the teacher", at(asks+1))
	teacher.press("q") // The class goes on without asking, and without a teacher.
	if err := teacher.ends(); err != nil {
		t.Error(err)
	}
	bob.sees("no teacher is here yet", at(asks+1))
	teacher = r.mustTeacher(80, 24)
	teacher.sees(at(asks + 1))
	bob.sees("with the teacher")

	r.stop()
	for _, c := range []*client{teacher, ann, bob, late} {
		if err := c.ends(); err != nil {
			t.Errorf("a session ended with %v", err)
		}
		c.sees("the class is over. Goodbye.")
		if out := c.output(); !strings.Contains(out, "\x1b[?1049l") || !strings.Contains(out, "\x1b[?25h") {
			t.Errorf("the terminal was not restored: %q", out[max(0, len(out)-300):])
		}
	}
}

package lab

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// mustLesson plays a lesson on a terminal; what is kept of it goes to pass.
func mustLesson(t *testing.T, name string, pass func() error) *rig {
	t.Helper()
	return mustRig(t, name, 80, 24, Config{
		Tape: mustStudy(t, name), Lesson: &Lesson{Name: "Lesson 1 of 2: a test", Next: "lesson 2, Another", Pass: pass},
	})
}

// On the screen: an answer is wrong and told why, another is right; only when
// all are right is the lesson kept, once; and enter wants the next one.
func TestLessonOnTheScreen(t *testing.T) {
	kept := 0
	r := mustLesson(t, "sixty-seconds", func() error { kept++; return nil })
	r.shows("Lesson 1 of 2: a test.", "full stop goes one step on")
	r.golden("lesson-1-opening.80x24")
	r.press("G")
	r.shows("0 of 2 are answered")
	r.press("enter")
	r.shows("Where was Ada", "1–3 chooses, enter answers")
	r.press("enter")
	r.shows("1–3 chooses, enter answers", "choose an answer first, by its digit") // Without a choice there is no answer.
	r.press("1", "enter")
	r.shows("Not so. Her event was in the log", "another digit chooses anew")
	r.golden("lesson-2-wrong.80x24")
	r.press("1") // Tried already.
	r.shows("another digit chooses anew")
	r.press("2", "enter")
	r.shows("Right. It had happened", "enter goes on")
	r.hides("predicted so far")
	r.press("enter")
	r.shows("The other design kept the edit")
	r.press(".")
	r.shows("1 of 2 are answered")
	if cmd := r.press("enter"); cmd != nil || kept != 0 {
		t.Errorf("kept %d times before the end", kept)
	}
	r.press("2")
	r.settle(r.press("enter"))
	if kept != 1 {
		t.Errorf("kept %d times", kept)
	}
	r.press("enter")
	r.shows("Passed. To remember: The screen was ahead", "lesson 2, Another: enter opens it")
	r.golden("lesson-3-passed.80x24")
	r.press("home")
	r.until("She mends the name.")
	r.settle(r.press("space")) // A prediction that was left out before the check.
	if kept != 1 {
		t.Errorf("kept %d times", kept)
	}
	r.press("G")
	if cmd := r.press("enter"); cmd == nil || cmd() != (tea.QuitMsg{}) || !r.m.onwards {
		t.Error("enter does not open the next lesson")
	}
}

// settle runs what a key asked for, as the program would.
func (r *rig) settle(cmd tea.Cmd) {
	r.t.Helper()
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		for _, c := range msg {
			r.settle(c)
		}
	case nil:
	default:
		r.send(msg)
	}
}

// What cannot be kept is told.
func TestLessonNotKept(t *testing.T) {
	r := mustLesson(t, "sixty-seconds", func() error { return errors.New("the disk is full") })
	r.press("G", "enter", "2", "enter", "enter", "2")
	r.settle(r.press("enter"))
	r.shows("the disk is full")
}

// At its last words the lesson puts the other design beside it, and goes on
// behind it when somebody says so: its last words stay. A step back and esc leave
// it too.
func TestLessonCompares(t *testing.T) {
	r := mustLesson(t, "sixty-seconds", nil)
	to := func() {
		r.press("home", "esc", "home")
		for r.m.pair == nil {
			r.press(".")
		}
		r.shows("check-projection | reconcile", "they differ first at line")
	}
	to()
	if r.m.pair.at == 0 {
		t.Error("it begins where nobody has done anything")
	}
	r.press("G")
	r.shows("The screen was ahead of the database. The log was not.")
	r.golden("lesson-4-beside.80x24")
	r.press("P")
	r.shows("The screen was ahead of the database. The log was not.")
	r.press("D")
	r.shows("they differ first at line")
	r.golden("lesson-5-beside.hall")
	r.press("P", "G")
	r.press(".")
	r.shows("That was the story. Now you: 2 questions.")
	to()
	r.press("enter")
	r.shows("That was the story.")
	to()
	r.press("esc")
	r.shows("The screen was ahead of the database. The log was not.")
	r.hides("check-projection | reconcile")
	r.press(".")
	r.shows("That was the story.")
	to()
	r.press("D", "space")
	for r.m.pair.playing {
		r.send(tick{r.m.beat})
	}
	r.shows("The screen was ahead of the database. The log was not.", "space goes on: a few questions")
	r.press("space")
	r.shows("That was the story.")
}

// A story that is only played ends with the other design too, and that is its
// end, whether it plays by itself or not.
func TestStoryEndsWithTheOther(t *testing.T) {
	s := mustScript(t, "sixty-seconds")
	tape, err := Simulate(t.Context(), s, s.Strategy)
	if err != nil {
		t.Fatal(err)
	}
	if err := tape.Accompany(t.Context()); err != nil {
		t.Fatal(err)
	}
	r := mustRig(t, "sixty-seconds", 80, 24, Config{Tape: tape})
	r.press("G", ".")
	r.shows("check-projection | reconcile")
	r = mustRig(t, "sixty-seconds", 80, 24, Config{Tape: tape})
	r.until("check-projection | reconcile")
	r.press("G", ".")
	r.shows("the end")
	r.hides("check-projection | reconcile")
	r.press(".")
	r.shows("this is where the story ends")
	r.press("home")
	r.until("She mends the name.")
	r.press("space", "space")
	for r.m.playing() {
		r.send(tick{r.m.beat})
	}
	r.shows("the end")
	r.hides("check-projection | reconcile")
	var out strings.Builder
	if err := Plain(strings.NewReader(""), &out, tape); err != nil || strings.Count(out.String(), "reconcile: RESULT 2 kept") != 1 {
		t.Errorf("%v:\n%s", err, out.String())
	}
}

// The lecture takes a minute at normal speed, read aloud questions included.
func TestSixtySeconds(t *testing.T) {
	tape := mustStudy(t, "sixty-seconds")
	p := NewPlayer(tape)
	ms := int64(0)
	for ; p.At() < tape.told-1; p.Step(1) {
		ms += p.Pause()
		if q, _ := p.Asked(); q != nil {
			ms += int64(words(q.Text)) * wordTime
			for _, o := range q.Options {
				ms += int64(words(o.Text)) * wordTime
			}
		}
	}
	c := Compare(tape, tape.Beside)
	c.ending = p.Stop().Story
	c.Seek(tape.firstAct())
	for more := true; more; more = c.Step(1) {
		ms += c.Pause()
	}
	if ms > 60_000 || ms < 40_000 {
		t.Errorf("the lecture takes %d ms", ms)
	}
	if c.ending != "The screen was ahead of the database. The log was not." {
		t.Errorf("it ends with %q", c.ending)
	}
}

package lab

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/google/go-cmp/cmp"

	"optimist/client/view"
	"optimist/scenarios"
	"optimist/shared/scenario"
)

// mustStudy records a lesson of the library.
func mustStudy(tb testing.TB, name string) *Tape {
	tb.Helper()
	s := mustScript(tb, name)
	t, err := Study(tb.Context(), s, s.Strategy)
	if err != nil {
		tb.Fatal(err)
	}
	return t
}

// mustLesson plays a lesson on a terminal; what is kept of it goes to pass.
func mustLesson(t *testing.T, name string, pass func() error) *rig {
	t.Helper()
	return mustRig(t, name, 80, 24, Config{
		Tape: mustStudy(t, name), Lesson: &Lesson{Name: "Lesson 1 of 2: a test", Next: "lesson 2, Another", Pass: pass},
	})
}

// solve is what a pipe needs to answer every question of a tape, rightly or
// first wrongly.
func solve(t *Tape, wrongFirst bool) string {
	var in strings.Builder
	for _, q := range t.Questions {
		wrong, right := "", ""
		for i, o := range q.Options {
			if digit := string(rune('1'+i)) + "\n"; o.Right {
				right = digit
			} else {
				wrong = digit
			}
		}
		if wrongFirst && q.Check {
			in.WriteString(wrong)
		}
		in.WriteString(right)
	}
	return in.String()
}

// Every lesson of the course can be passed, at once and after a wrong answer to
// each question, and is not passed by saying nothing.
func TestEveryLessonCanBePassed(t *testing.T) {
	lessons := 0
	for _, name := range scenarios.Names() {
		if mustScript(t, name).Lesson == 0 {
			continue
		}
		lessons++
		tape := mustStudy(t, name)
		for in, want := range map[string]bool{solve(tape, false): true, solve(tape, true): true, "": false, solve(tape, false)[2:]: false} {
			if passed, err := PlainLesson(strings.NewReader(in), io.Discard, tape); passed != want || err != nil {
				t.Errorf("%s, with %q: passed %v, %v", name, in, passed, err)
			}
		}
	}
	if lessons == 0 {
		t.Error("no lessons")
	}
}

// A lesson line by line: the story, the other design, the check with a wrong
// answer and its reason.
func TestPlainLesson(t *testing.T) {
	tape := mustStudy(t, "sixty-seconds")
	var out strings.Builder
	if passed, err := PlainLesson(strings.NewReader(solve(tape, true)), &out, tape); !passed || err != nil {
		t.Errorf("passed %v, %v", passed, err)
	}
	path := filepath.Join("testdata", "lesson.plain.txt")
	if *update {
		if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), out.String()); diff != "" {
		t.Errorf("%s (-kept +now):\n%s", path, diff)
	}
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
	r.shows("1–3 chooses, enter answers") // Without a choice there is no answer.
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
// behind it, by steps or by itself; a step back and esc leave it too.
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
	r.press("G", "space")
	for r.m.pair != nil {
		r.send(tick{r.m.beat})
	}
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

// In a class the teacher reveals a question of the check that nobody at that
// screen has answered.
func TestCheckIsRevealed(t *testing.T) {
	p := NewPlayer(mustStudy(t, "sixty-seconds"))
	p.Jump(p.tape.told + 1)
	_, i := p.Asked()
	for choice, want := range map[int]string{-1: "It had happened,", 0: "It had happened,", 1: "Right. It had happened,"} {
		p.answers[i] = answer{choice: choice, revealed: true}
		if q := p.question(); !strings.HasPrefix(q.Why, want) {
			t.Errorf("choice %d: told %q, want %q", choice, q.Why, want)
		}
	}
}

// A story that is none of the course is studied as it is played.
func TestStudyWithoutACheck(t *testing.T) {
	s, err := scenario.Parse("test", []byte("client alice\n> Hello.\n"))
	if err != nil {
		t.Fatal(err)
	}
	tape, err := Study(t.Context(), s, s.Strategy)
	if err != nil {
		t.Fatal(err)
	}
	if _, of := NewPlayer(tape).Checked(); of != 0 || NewPlayer(tape).Passed() || tape.Beside != nil {
		t.Error("there is something to pass")
	}
	var out strings.Builder
	if passed, err := PlainLesson(strings.NewReader(""), &out, tape); passed || err != nil || !strings.Contains(out.String(), "RESULT") {
		t.Errorf("passed %v, %v:\n%s", passed, err, out.String())
	}
}

// A step back is exact in a lesson too, its check included, a person can take
// over anywhere, and seven bits are enough to show it.
func TestLessonBackAndForth(t *testing.T) {
	for _, name := range scenarios.Names() {
		if mustScript(t, name).Lesson == 0 {
			continue
		}
		p := NewPlayer(mustStudy(t, name))
		var seen []string
		for more := true; more; more = p.Step(1) {
			seen = append(seen, p.View(80, 24, view.Theme{}, Options{}))
			if _, err := p.TakeOver(); err != nil {
				t.Fatalf("%s at %d: %v", name, p.At(), err)
			}
		}
		bare := view.NewTheme(view.Options{ASCII: true})
		for p.Step(-1) {
			if text := p.View(80, 24, bare, Options{}); strings.ContainsFunc(text, func(r rune) bool { return r > '~' }) {
				t.Errorf("%s at %d is not in seven bits:\n%s", name, p.At(), text)
			}
			if diff := cmp.Diff(seen[p.At()], p.View(80, 24, view.Theme{}, Options{})); diff != "" {
				t.Fatalf("%s at %d (-there +back):\n%s", name, p.At(), diff)
			}
		}
	}
}

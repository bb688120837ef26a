package lab

import (
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"optimist/client/golden"
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
	golden.Match(t, filepath.Join("testdata", "lesson.plain.txt"), out.String())
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

package lab

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"optimist/client/golden"
	"optimist/shared/printable"
	"optimist/shared/strategy"
	"optimist/shared/trace"
)

// mustBeTold checks that a story that is told has every change in a sentence,
// and every anomaly.
func mustBeTold(tb testing.TB, tape *Tape) {
	tb.Helper()
	var out strings.Builder
	if err := Plain(strings.NewReader(""), &out, tape); err != nil {
		tb.Fatal(err)
	}
	text := out.String()
	for _, f := range tape.Findings {
		if !strings.Contains(text, "! "+f.ID+" "+f.Name) {
			tb.Errorf("%s is not told:\n%s", f.ID, text)
		}
	}
	begun := tape.Stops[0].Events
	for i := range tape.Trace.Events[begun:] {
		e := &tape.Trace.Events[begun+i]
		if s := tape.sentence(e); !strings.Contains(text, "  "+s) {
			tb.Errorf("not told: %q", s)
		} else if s == "" && e.Kind != trace.Quiet && e.Kind != trace.Published && e.Kind != trace.Believed {
			tb.Errorf("%v has no words", e.Kind)
		}
	}
	if strings.Contains(text, "predicted:") || strings.Contains(text, "\x1b") {
		tb.Error("nobody predicted, and nothing is coloured")
	}
}

func TestPlainAnswers(t *testing.T) {
	tape := mustPlay(t, "create-then-edit", "").Tape()
	for _, tt := range []struct{ name, in, has, lacks string }{
		{"right", "2\n", "Right.\nThe answer is 2", "Not so"},
		{"wrong", "1\n", "Not so.\nThe answer is 2", "Right."},
		{"again", "0\n9\n 2 \n", `"9" is none of them.`, "Not so"},
		{"none", "\n", "press enter to see the answer:\nThe answer is 2", "nobody answers"},
		{"closed", "", "(nobody answers)\nThe answer is 2", "Right."},
		{"without a line's end", "2", "Right.", "Not so"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			if err := Plain(strings.NewReader(tt.in), &out, tape); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(out.String(), tt.has) || strings.Contains(out.String(), tt.lacks) {
				t.Errorf("want %q, not %q:\n%s", tt.has, tt.lacks, out.String())
			}
		})
	}
}

// Two runs of one story are told in step: what they share once, the rest under
// the names of both.
func TestPlainCompare(t *testing.T) {
	s := mustScript(t, "create-then-edit")
	var out strings.Builder
	if err := PlainCompare(&out, mustSimulate(t, s, strategy.Of("check-projection")), mustSimulate(t, s, strategy.Of("reconcile"))); err != nil {
		t.Fatal(err)
	}
	golden.Match(t, filepath.Join("testdata", "compared.plain.txt"), out.String())
}

// mustBeToldBeside checks that a comparison has every sentence of both, in the
// order of each, and no more of them than there are.
func mustBeToldBeside(tb testing.TB, a, b *Tape) {
	tb.Helper()
	var out strings.Builder
	if err := PlainCompare(&out, a, b); err != nil {
		tb.Fatal(err)
	}
	lines := strings.Split(out.String(), "\n")
	for _, tape := range []*Tape{a, b} {
		at := 0
		for _, s := range tape.scenes() {
			for _, text := range s.happened {
				for at < len(lines) && strings.TrimSpace(lines[at]) != printable.Line(text) {
					at++
				}
				at++
			}
		}
		if at >= len(lines) {
			tb.Errorf("%s under %s is not told in its order:\n%s", tape.Script.Name, tape.Under.Text(), out.String())
		}
	}
	if !strings.HasSuffix(out.String(), fmt.Sprintf("\n\n%s\n%s: %s\n%s: %s\n", Differ(a, b).Text, a.Under.Text(), a.Account(), b.Under.Text(), b.Account())) {
		tb.Errorf("the end is not where they part, and what became of both:\n%s", out.String())
	}
}

// What two lists share is found however it is strewn.
func TestAligned(t *testing.T) {
	for _, tt := range []struct{ a, b, want string }{
		{"", "", ""},
		{"a b", "a b", "a b"},
		{"a", "", "<a"},
		{"", "a b", ">a >b"},
		{"a b c", "a x c", "a <b >x c"},
		{"x a b", "a b y", "<x a b >y"},
		{"a b a c", "b a", "<a b a <c"},
	} {
		var got []string
		for _, p := range aligned(strings.Fields(tt.a), strings.Fields(tt.b)) {
			got = append(got, p.both...)
			for side, mark := range []string{"<", ">"} {
				for _, text := range p.only[side] {
					got = append(got, mark+text)
				}
			}
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%q beside %q: %q, want %q", tt.a, tt.b, got, tt.want)
		}
	}
}

// full takes nothing.
type full struct{ err error }

func (f full) Write([]byte) (int, error) { return 0, f.err }
func (f full) Read([]byte) (int, error)  { return 0, f.err }

func TestPlainFails(t *testing.T) {
	tape := mustPlay(t, "create-then-edit", "").Tape()
	broken := errors.New("broken")
	if err := Plain(strings.NewReader(""), full{broken}, tape); !errors.Is(err, broken) {
		t.Errorf("a failed write: %v", err)
	}
	var out strings.Builder
	if err := Plain(full{broken}, &out, tape); !errors.Is(err, broken) {
		t.Errorf("a failed read: %v", err)
	}
	if err := PlainCompare(full{broken}, tape, tape); !errors.Is(err, broken) {
		t.Errorf("a failed comparison: %v", err)
	}
}

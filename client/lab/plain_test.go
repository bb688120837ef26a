package lab

import (
	"errors"
	"strings"
	"testing"

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

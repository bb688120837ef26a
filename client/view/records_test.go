package view

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// What is under way stands in the column before the words for it are whole: the
// pencil says pending by itself.
func TestTagsComeBeforeWords(t *testing.T) {
	slow := func(s *Screen) {
		s.Records.Rows = []Row{{ID: "a", Name: "Ada", Mark: MarkPending, Slow: true, Tags: "A1 ✗A2", Seen: 1, Guess: true, Age: -1}}
	}
	for width, want := range map[int]string{80: "✎ Ada                             slow A1 ✗A2 ", 200: "pending, slow A1 ✗A2 "} {
		if frame := ansi.Strip(Render(build(width, 50, colours, slow))); !strings.Contains(frame, want) {
			t.Errorf("at %d columns it does not show %q:\n%s", width, want, frame)
		}
	}
}

package view

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// Where two sides differ is told whole, or its end shows that there is more.
func TestDifferenceShowsItsEnd(t *testing.T) {
	const short = "they differ first at line 45"
	for _, c := range []struct{ name, text, end string }{
		{"whole", short, short},
		{"cut", strings.Repeat(short+", ", 12), " …"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := Screen{Width: 60, Height: 24, Compare: &Compare{Differ: c.text, Reached: true}, Stage: &Stage{}}
			last := ""
			for line := range strings.Lines(ansi.Strip(Render(s))) {
				if line = strings.TrimSpace(line); strings.Contains(line, "differ") {
					last = line
				}
			}
			if !strings.HasSuffix(last, c.end) {
				t.Errorf("it ends with %q, want %q", last, c.end)
			}
		})
	}
}

package scenario

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// helpWidth is what the help of a command leaves of 80 columns, and helpLines of
// a terminal that is not small.
const (
	helpWidth = 78
	helpLines = 36
)

// The language fits its one screen, and what it shows can be written as it
// stands: of alternatives the first, under a condition any step.
func TestHelp(t *testing.T) {
	lines := strings.Split(strings.TrimSuffix(Help, "\n"), "\n")
	if len(lines) > helpLines {
		t.Errorf("%d lines, more than %d", len(lines), helpLines)
	}
	alternatives := regexp.MustCompile(`\|\S+`)
	aside := regexp.MustCompile(`(^| ) {2,}\S.*$`)
	var script strings.Builder
	for _, line := range lines {
		if n := utf8.RuneCountInString(line); n > helpWidth {
			t.Errorf("%d columns, more than %d: %s", n, helpWidth, line)
		}
		step, is := strings.CutPrefix(line, "  ")
		if !is {
			continue
		}
		step = alternatives.ReplaceAllString(aside.ReplaceAllString(step, ""), "")
		script.WriteString(strings.Replace(step, "STEP", "expect converged", 1) + "\n")
	}
	if _, err := Parse("help", []byte(script.String())); err != nil {
		t.Errorf("%v\nin\n%s", err, script.String())
	}
}

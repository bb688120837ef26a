package export_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"optimist/client/export"
)

// Whatever the width, no line is wider, nothing that was found is cut, and every
// row is there.
func TestFit(t *testing.T) {
	run := mustRun(t, "create-then-edit", "check-projection")
	d := export.NewDiagram(run)
	for _, width := range []int{30, 50, 60, 76, 116} {
		lines := d.Fit(width)
		var all strings.Builder
		for _, line := range lines {
			if n := ansi.StringWidth(line.Text); n > width {
				t.Errorf("%d cells in %d: %s", n, width, line.Text)
			}
			all.WriteString(line.Text + " ")
		}
		if len(lines) < len(d.Rows)+1 {
			t.Errorf("%d lines of %d rows", len(lines), len(d.Rows))
		}
		words := strings.Join(strings.Fields(all.String()), " ")
		for _, f := range run.Findings {
			if !strings.Contains(words, f.Why) {
				t.Errorf("at %d there is no %q in\n%s", width, f.Why, words)
			}
		}
		if !lines[0].Head || !strings.Contains(lines[0].Text, "log") {
			t.Errorf("the lanes are not named: %q", lines[0].Text)
		}
	}
}

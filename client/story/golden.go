package story

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"

	"optimist/client/export"
	"optimist/shared/scenario"
)

// timelineSection is the golden section that holds the diagram of the script's
// own strategy.
const timelineSection = "want/timeline"

// Export is the outcome as the formats want it.
func (o *Outcome) Export() export.Run {
	run := export.Run{
		Trace: o.Trace, Findings: o.Findings(), Script: o.Script.Text(), Intents: o.Result.Intents, Failures: o.Result.Failures,
	}
	for i := range o.Script.Lines {
		if l := &o.Script.Lines[i]; l.Only.Holds(o.Under) {
			run.Story = append(run.Story, *l)
		}
	}
	return run
}

// timeline is the golden diagram as it is now. It does not say on what the
// script ran: a story reads the same simulated and live.
func (o *Outcome) timeline() []byte {
	run, t := o.Export(), *o.Trace
	t.Mode = ""
	run.Trace = &t
	var b bytes.Buffer
	// Writing to a bytes.Buffer cannot fail.
	_ = export.Text(&b, run)
	return b.Bytes()
}

// own reports whether the script was run as it says.
func (o *Outcome) own() bool { return o.Err == nil && o.Under == o.Script.Strategy }

// CheckGolden compares the run with the script's golden sections, if it was run
// under its own strategy, and adds a failure to the result if they differ.
func (o *Outcome) CheckGolden() {
	at := slices.IndexFunc(o.Script.Files, func(f txtar.File) bool { return f.Name == timelineSection })
	if at < 0 || !o.own() {
		return
	}
	want, got := o.Script.Files[at].Data, o.timeline()
	if bytes.Equal(want, got) {
		return
	}
	line, expect, is := firstDifference(string(want), string(got))
	o.Result.Passed = false
	o.Result.Failures = append(o.Result.Failures, scenario.Failure{
		Line:   o.sectionLine(at) + line,
		Expect: fmt.Sprintf("in %s: %s", timelineSection, expect),
		Got:    is + " (optimist run --update writes it anew)",
	})
}

// sectionLine is the line of the file in which section i begins.
func (o *Outcome) sectionLine(i int) int {
	line := len(o.Script.Text()) + 1
	for _, f := range o.Script.Files[:i] {
		line += 1 + bytes.Count(f.Data, []byte("\n"))
	}
	return line
}

// firstDifference returns the first line in which two texts differ.
func firstDifference(want, got string) (line int, expect, is string) {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(w), len(g)) {
		a, b := lineOf(w, i), lineOf(g, i)
		if a != b {
			return i + 1, a, b
		}
	}
	return 0, "", ""
}

func lineOf(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "nothing"
}

// Golden returns text, the script's file, with its golden sections as they are
// now, and whether that changed it. A run under another strategy than the
// script's own changes nothing.
func (o *Outcome) Golden(text []byte) ([]byte, bool, error) {
	if !o.own() {
		return text, false, nil
	}
	now, err := scenario.Update(text, []txtar.File{{Name: timelineSection, Data: o.timeline()}})
	return now, !bytes.Equal(now, text), err
}

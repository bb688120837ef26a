package story

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"optimist/client/export"
	"optimist/shared/anomaly"
	"optimist/shared/exit"
	"optimist/shared/scenario"
)

// aroundRows is how many rows of the diagram are shown before a failure.
const aroundRows = 12

// Line is the outcome in one line, which most terminals have room for.
func (o *Outcome) Line() string {
	word := "FAIL"
	switch o.Code() {
	case exit.True:
		word = "ok"
	case exit.Unknown:
		word = "unknown"
	case exit.False, exit.Usage:
	}
	line := fmt.Sprintf("%-7s %-25s %-16s %-9s %3d steps %s",
		word, strings.TrimSuffix(o.Script.Name, ".scenario"), o.Under.Text(), o.Result.Mode, o.Result.Steps, o.anomalies())
	return strings.TrimRight(line, " ")
}

// anomalies names what was found, each once.
func (o *Outcome) anomalies() string {
	var ids []string
	seen := map[string]bool{}
	for _, f := range o.Findings() {
		if !seen[f.ID] {
			seen[f.ID] = true
			ids = append(ids, f.ID)
		}
	}
	return strings.Join(ids, " ")
}

// lineWidth is the width of a terminal, in cells.
const lineWidth = 80

// Anomalies tells what was found, a sentence each.
func (o *Outcome) Anomalies() string {
	const indent = "        "
	var b strings.Builder
	for _, f := range o.Findings() {
		name := f.ID + " " + f.Name
		if f.Price {
			name += " (a printed price)"
		}
		for line := range strings.Lines(ansi.Wordwrap(name+": "+f.Why, lineWidth-len(indent), "") + "\n") {
			b.WriteString(indent + line)
		}
	}
	return b.String()
}

// Legend names every anomaly that was found in any outcome; "" if none was.
func Legend(outcomes []*Outcome) string {
	found := map[string]bool{}
	for _, o := range outcomes {
		for _, f := range o.Findings() {
			found[f.ID] = true
		}
	}
	var b strings.Builder
	column := 0
	for _, d := range anomaly.All() {
		if !found[d.ID] {
			continue
		}
		word := d.ID + " " + d.Name
		switch {
		case column == 0:
		case column+3+len(word) > lineWidth:
			b.WriteString("\n")
			column = 0
		default:
			b.WriteString("   ")
			column += 3
		}
		b.WriteString(word)
		column += len(word)
	}
	if column > 0 {
		b.WriteString("\n")
	}
	return b.String()
}

// Trouble says at length what did not hold: the line, what was expected, what
// came, and the diagram around it. It is empty if everything held.
func (o *Outcome) Trouble() string {
	var b strings.Builder
	if o.Err != nil {
		fmt.Fprintf(&b, "%v\n", o.Err)
	}
	o.failures(&b, o.Result.Failures, "expected", "but")
	o.failures(&b, o.Result.Unknown, "cannot tell", "as")
	return b.String()
}

func (o *Outcome) failures(b *strings.Builder, list []scenario.Failure, expected, but string) {
	for i, f := range list {
		fmt.Fprintf(b, "%s:%d: under %s\n", o.Script.Name, f.Line, o.Under.Text())
		if text := o.Script.Text(); f.Line > 0 && f.Line <= len(text) {
			fmt.Fprintf(b, "    %s\n", text[f.Line-1])
		}
		fmt.Fprintf(b, "    %s: %s\n    %s: %s\n", expected, f.Expect, but, f.Got)
		if i == 0 {
			b.WriteString(o.around(f.Line))
		}
	}
}

// around is the diagram's last rows up to a line of the script.
func (o *Outcome) around(line int) string {
	if o.Trace == nil {
		return ""
	}
	d := export.NewDiagram(o.Export())
	end := len(d.Rows)
	for end > 0 && d.Rows[end-1].Line > line {
		end--
	}
	d.Title, d.Rows = "", d.Rows[max(0, end-aroundRows):end]
	return "\n    " + strings.Join(d.Lines(), "\n    ") + "\n\n"
}

// JSON is the outcome as it is printed for programs. A run that did not reach
// its end says why.
func (o *Outcome) JSON() any {
	out := struct {
		scenario.Result
		Error string `json:"error,omitempty"`
	}{Result: o.Result}
	if o.Err != nil {
		out.File, out.Title, out.Strategy, out.Error = o.Script.Name, o.Script.Title, o.Under.Text(), o.Err.Error()
	}
	return out
}

// Case is the outcome as a case of a JUnit report.
func (o *Outcome) Case() export.Case {
	c := export.Case{Class: strings.TrimSuffix(o.Script.Name, ".scenario"), Name: o.Under.Text(), File: o.Script.Name}
	trouble := &export.Trouble{Message: o.message(), Text: o.Trouble()}
	switch o.Code() {
	case exit.True:
	case exit.Unknown:
		c.Error = trouble
	case exit.False, exit.Usage:
		c.Failure = trouble
	}
	if len(o.Result.Failures) > 0 {
		c.Line = o.Result.Failures[0].Line
	}
	return c
}

// message is what went wrong first.
func (o *Outcome) message() string {
	for _, list := range [][]scenario.Failure{o.Result.Failures, o.Result.Unknown} {
		if len(list) > 0 {
			return fmt.Sprintf("expected %s, but %s", list[0].Expect, list[0].Got)
		}
	}
	if o.Err != nil {
		return o.Err.Error()
	}
	return ""
}

// Code is the exit code of many outcomes: a contradiction in a script before a
// failure before what cannot be told.
func Code(outcomes []*Outcome) exit.Code {
	worst := exit.True
	for _, o := range outcomes {
		if rank(o.Code()) > rank(worst) {
			worst = o.Code()
		}
	}
	return worst
}

func rank(c exit.Code) int {
	switch c {
	case exit.True:
		return 0
	case exit.Unknown:
		return 1
	case exit.False:
		return 2
	case exit.Usage:
		return 3
	}
	return 0
}

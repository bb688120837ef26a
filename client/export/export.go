// Package export turns one trace into what people read, look at and send on: a
// space–time diagram as text, Mermaid, SVG or a page with a scrubber, the trace
// itself as JSON, and a report for a CI job. Equal traces give equal bytes.
package export

import (
	"fmt"
	"io"
	"strings"

	"optimist/shared/anomaly"
	"optimist/shared/scenario"
	"optimist/shared/trace"
)

// Run is what is exported: a trace and what the checkers found in it.
type Run struct {
	Trace    *trace.Trace
	Findings []anomaly.Finding
	Script   []string           // The lines of the scenario, for captions; may be empty.
	Story    []scenario.Line    // Those of them that count under its strategy.
	Intents  []scenario.Intent  // What became of each in the end; may be empty.
	Failures []scenario.Failure // Expectations that do not hold.
}

// Format is one way to write a Run.
type Format struct {
	Name  string // As in --to NAME.
	Ext   string // Of a file's name.
	About string
	Write func(w io.Writer, run Run) error
}

// Formats lists every format.
func Formats() []Format {
	return []Format{
		{"txt", ".txt", "the diagram as text", Text},
		{"mermaid", ".mmd", "a sequence diagram that code hosts draw", Mermaid},
		{"md", ".md", "the story with its diagram, to read on a code host", Markdown},
		{"svg", ".svg", "the diagram as a picture that stands alone", SVG},
		{"html", ".html", "one page with a scrubber, without network", HTML},
		{"json", ".json", "the trace and what was found in it", JSON},
		{"junit", ".xml", "a report for a CI job: one case per intent, anomalies as failures", JUnit},
	}
}

// Named returns the format of that name, or an error that lists the choices.
func Named(name string) (Format, error) {
	var names []string
	for _, f := range Formats() {
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return Format{}, fmt.Errorf("unknown format %q; choose one of %s", name, strings.Join(names, ", "))
}

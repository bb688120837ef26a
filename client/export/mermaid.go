package export

import (
	"fmt"
	"io"
	"strings"
)

// Mermaid writes the diagram as a Mermaid sequence diagram
// (https://mermaid.js.org/syntax/sequenceDiagram.html), which code hosts draw.
func Mermaid(w io.Writer, run Run) error {
	d := NewDiagram(run)
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s\n---\nsequenceDiagram\n", quoteYAML(d.Title+" ("+d.About+")"))
	for i, name := range d.Lanes {
		word := "participant"
		if i < len(run.Trace.Clients) {
			word = "actor"
		}
		fmt.Fprintf(&b, "    %s %s as %s\n", word, laneID(i), mermaidText(name))
	}
	for _, r := range d.Rows {
		b.WriteString("    " + mermaidRow(r) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// laneID names a lane within the diagram: no name of a client can be a keyword
// of the language.
func laneID(lane int) string { return fmt.Sprintf("L%d", lane) }

func mermaidRow(r Row) string {
	text := mermaidText(r.Text)
	switch {
	case r.Finding != nil:
		return fmt.Sprintf("Note over %s: ⚠ %s", laneID(r.From), text)
	case !r.Arrow():
		return fmt.Sprintf("Note over %s: %s", laneID(r.From), text)
	case r.Tone == Erased:
		return fmt.Sprintf("%s-x%s: %s", laneID(r.From), laneID(r.To), text)
	}
	return fmt.Sprintf("%s->>%s: %s", laneID(r.From), laneID(r.To), text)
}

// mermaidEscape replaces what ends a statement or begins an entity or markup,
// as entity codes.
var mermaidEscape = strings.NewReplacer(
	"#", "#35;", ";", "#59;", "<", "#lt;", ">", "#gt;", "\n", " ", "\r", " ", "%", "#37;", "{", "#123;", "}", "#125;",
)

func mermaidText(s string) string { return mermaidEscape.Replace(s) }

// quoteYAML quotes s for the front matter.
func quoteYAML(s string) string {
	return "'" + strings.ReplaceAll(strings.ReplaceAll(s, "\n", " "), "'", "''") + "'"
}

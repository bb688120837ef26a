package export

import (
	_ "embed"
	"html/template"
	"io"
	"strings"
)

//go:embed page.html
var page string

var pageTemplate = template.Must(template.New("page").Parse(page))

// HTML writes one page with the diagram and a scrubber. It loads nothing from
// anywhere, which its own policy forbids, and works by keyboard.
func HTML(w io.Writer, run Run) error {
	var diagram strings.Builder
	if err := SVG(&diagram, run); err != nil {
		return err
	}
	d := NewDiagram(run)
	return pageTemplate.Execute(w, map[string]any{
		"Title": d.Title, "About": d.About,
		// The drawing escapes what it takes from the trace.
		"Diagram": template.HTML(diagram.String()), //nolint:gosec // See above.
		"Run": map[string]any{
			"clients": run.Trace.Clients, "frames": Frames(run), "findings": run.found(),
		},
	})
}

package film

import (
	_ "embed"
	"html/template"
	"io"
	"strings"

	"optimist/client/view"
)

//go:embed page.html
var page string

var pageTemplate = template.Must(template.New("page").Parse(page))

// pageShot is one screen of a page.
type pageShot struct {
	For    int64  `json:"for"`
	Marker string `json:"marker,omitempty"`
	Wrong  bool   `json:"wrong,omitempty"` // Something that must not be showed.
	Lines  []int  `json:"lines"`           // Which drawn line stands where.
	Words  string `json:"words"`           // What the screen says, for those who cannot see it.
}

// Page writes one page that shows the film with a scrubber. It loads nothing
// from anywhere, which its own policy forbids, and works by keyboard.
func Page(w io.Writer, f *Film, tell Progress) error {
	if err := f.Check(); err != nil {
		return err
	}
	var lines []string // Each drawn at line 0.
	known := map[*line]int{}
	shots := make([]pageShot, len(f.Shots))
	screens, err := f.screens(tell)
	if err != nil {
		return err
	}
	for i, s := range screens {
		shots[i] = pageShot{For: f.Shots[i].For, Marker: f.Shots[i].Marker, Wrong: f.Shots[i].Anomaly, Words: s.words()}
		for _, l := range s {
			at, found := known[l]
			if !found {
				at = len(lines)
				known[l] = at
				lines = append(lines, view.SVGLine(0, l.cells, f.Look))
			}
			shots[i].Lines = append(shots[i].Lines, at)
		}
	}
	return pageTemplate.Execute(w, map[string]any{
		"Title": f.Title,
		// The drawing escapes what it takes from the screens.
		"Still": template.HTML(f.still(screens)), //nolint:gosec // See above.
		"Film":  map[string]any{"shots": shots, "lines": lines, "pitch": view.SVGPitch},
	})
}

// words is the text of the screen, without what is only drawn.
func (s screen) words() string {
	var b strings.Builder
	for _, l := range s {
		var text strings.Builder
		for _, c := range l.cells {
			if _, drawn := borders[c.Content]; !drawn {
				text.WriteString(c.Content)
			} else {
				text.WriteByte(' ')
			}
		}
		if said := strings.Join(strings.Fields(text.String()), " "); said != "" {
			b.WriteString(said + "\n")
		}
	}
	return b.String()
}

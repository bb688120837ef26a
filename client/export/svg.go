package export

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Measures of the picture, in pixels.
const (
	rowHeight  = 30.0
	slant      = 9.0 // How much an arrow falls: it takes time to arrive.
	headHeight = 64.0
	charWidth  = 7.4 // Of 12 px monospaced text.
	laneMargin = 96.0
	edge       = 24.0
)

// style is the look of the picture, for light and dark grounds.
const style = `<style>
.ground{fill:#fbfcfe}.life{stroke:#c3cad6}.time{fill:#7a8494}.head{font-weight:bold;fill:#1b2330}
.t0{fill:#1b2330;stroke:#1b2330}.t1{fill:#8a5a00;stroke:#8a5a00}.t2{fill:#0b6b3a;stroke:#0b6b3a}.t3{fill:#b3261e;stroke:#b3261e}.t4{fill:#7b1fa2;stroke:#7b1fa2}
text{stroke:none}.label{paint-order:stroke;stroke:#fbfcfe;stroke-width:5px;stroke-linejoin:round}
@media (prefers-color-scheme: dark){.ground{fill:#161a22}.life{stroke:#3a4252}.time{fill:#8b95a7}.head{fill:#e6eaf2}
.t0{fill:#d6dbe6;stroke:#d6dbe6}.t1{fill:#f0b849;stroke:#f0b849}.t2{fill:#5ccf8d;stroke:#5ccf8d}.t3{fill:#ff8a80;stroke:#ff8a80}.t4{fill:#d6a2f0;stroke:#d6a2f0}.label{stroke:#161a22}}
</style>
`

// SVG writes the diagram as a picture that stands alone.
func SVG(w io.Writer, run Run) error {
	d := newDrawing(NewDiagram(run))
	d.open()
	d.b.WriteString(style)
	d.b.WriteString(`<rect class="ground" width="100%" height="100%" rx="8"/>` + "\n")
	d.lanes()
	for i, r := range d.Rows {
		d.row(i, r)
	}
	d.b.WriteString("</svg>\n")
	_, err := io.WriteString(w, d.b.String())
	return err
}

// drawing is a diagram being drawn.
type drawing struct {
	Diagram
	b      strings.Builder
	places []float64 // Of the lanes' lines.
	width  float64
	height float64
}

func newDrawing(d Diagram) *drawing {
	g := &drawing{Diagram: d, places: make([]float64, len(d.Lanes))}
	x := laneMargin
	for i, cells := range d.lanePlaces() {
		if i == 0 {
			g.places[i] = x
			continue
		}
		x += float64(cells-d.lanePlaces()[i-1]) * charWidth
		g.places[i] = x
	}
	g.width = x + 220
	for _, r := range d.Rows {
		if !r.Arrow() {
			g.width = max(g.width, g.places[r.From]+float64(ansi.StringWidth(r.Text)+4)*charWidth+edge)
		}
	}
	g.height = headHeight + rowHeight*float64(len(d.Rows)) + edge
	return g
}

// open writes the element's head.
func (d *drawing) open() {
	fmt.Fprintf(&d.b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f" role="img" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="12">`+"\n",
		d.width, d.height, d.width, d.height)
	d.b.WriteString("<title>" + escaped(d.Title+" ("+d.About+")") + "</title>\n")
}

// lanes draws the actors and their lines.
func (d *drawing) lanes() {
	fmt.Fprintf(&d.b, `<text class="head" x="%.0f" y="22" font-size="14">%s</text>`+"\n", edge, escaped(d.Title))
	fmt.Fprintf(&d.b, `<text class="time" x="%.0f" y="22" text-anchor="end">%s</text>`+"\n", d.width-edge, escaped(d.About))
	for i, name := range d.Lanes {
		fmt.Fprintf(&d.b, `<text class="head" x="%.1f" y="46" text-anchor="middle">%s</text>`+"\n", d.places[i], escaped(name))
		fmt.Fprintf(&d.b, `<line class="life" x1="%.1f" y1="54" x2="%.1f" y2="%.1f"/>`+"\n", d.places[i], d.places[i], d.height-edge/2)
	}
}

// row draws one row as a group that names its step.
func (d *drawing) row(i int, r Row) {
	y := headHeight + rowHeight*float64(i)
	fmt.Fprintf(&d.b, `<g class="row t%d" data-step="%d">`, r.Tone, r.Step)
	if i == 0 || d.Rows[i-1].At != r.At {
		fmt.Fprintf(&d.b, `<text class="time" x="12" y="%.1f">%s</text>`, y+14, clock(r.At))
	}
	if r.Arrow() {
		d.arrow(y, r)
	} else {
		d.note(y, r)
	}
	d.b.WriteString("</g>\n")
}

// note draws a dot on the lane with words beside it.
func (d *drawing) note(y float64, r Row) {
	x, text := d.places[r.From], withoutSign(r.Text) // The dot has the sign's colour.
	if r.Finding != nil {
		text = "⚠ " + text
	}
	fmt.Fprintf(&d.b, `<circle cx="%.1f" cy="%.1f" r="3.5"/>`, x, y+10)
	weight := ""
	if r.Finding != nil {
		weight = ` font-weight="bold"`
	}
	fmt.Fprintf(&d.b, `<text class="label" x="%.1f" y="%.1f"%s>%s</text>`, x+9, y+14, weight, escaped(text))
}

// withoutSign is the text of a note without the sign it begins with.
func withoutSign(text string) string {
	for _, sign := range []string{"✎ ", "● ", "✗ ", "! "} {
		if rest, found := strings.CutPrefix(text, sign); found {
			return rest
		}
	}
	return text
}

// arrow draws a line that falls from lane to lane, its label at its beginning.
func (d *drawing) arrow(y float64, r Row) {
	from, to := d.places[r.From], d.places[r.To]
	top, low := y+14, y+14+slant // Its label stands above it.
	fmt.Fprintf(&d.b, `<path d="M%.1f %.1fL%.1f %.1f" fill="none" stroke-width="1.4"/>`, from, top, to, low)
	tip := 8.0
	if to < from {
		tip = -8
	}
	fmt.Fprintf(&d.b, `<path d="M%.1f %.1fl%.1f -4v8z"/>`, to, low, -tip)
	x, anchor := from+10, "start"
	if to < from {
		x, anchor = from-10, "end"
	}
	fmt.Fprintf(&d.b, `<text class="label" x="%.1f" y="%.1f" text-anchor="%s">%s</text>`, x, y+9, anchor, escaped(r.Text))
}

// escaped is text within XML.
func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // Writing to a strings.Builder cannot fail.
	return b.String()
}

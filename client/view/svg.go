package view

import (
	"encoding/xml"
	"fmt"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// The measures of a picture, in pixels.
const (
	cellWidth  = 8.43 // Of 14 px monospaced text.
	cellHeight = 19.0
	fontSize   = 14.0
	baseline   = 14.0 // From the top of a cell.
	margin     = 16.0
)

const fontStack = "ui-monospace, 'Cascadia Mono', 'JetBrains Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace"

// SVG returns a rendered frame as a picture that stands alone. Every run of
// text has its place and its length, so columns align in whatever font the
// viewer has; borders are drawn as lines.
func SVG(frame string, width, height int, opt Options) string {
	method := ansi.WcWidth
	if opt.Graphemes {
		method = ansi.GraphemeWidth
	}
	buf := uv.NewScreenBuffer(width, height)
	buf.Method = method
	uv.NewStyledString(frame).Draw(buf, buf.Bounds())
	var b strings.Builder
	b.WriteString(SVGOpen("optimist", width, height, opt))
	for y := range height {
		b.WriteString(SVGLine(y, buf.Line(y), opt))
	}
	b.WriteString(SVGClose)
	return b.String()
}

// SVGOpen begins a picture of that many cells. Lines follow, then SVGClose.
func SVGOpen(title string, width, height int, opt Options) string {
	p := newPicture(opt)
	p.open(title, width, height)
	return p.b.String()
}

// SVGLine returns line y of a picture, "" if there is nothing on it.
func SVGLine(y int, cells uv.Line, opt Options) string {
	p := newPicture(opt)
	p.line(y, cells)
	return p.b.String()
}

// SVGPitch is how far the lines of a picture are from each other.
const SVGPitch = cellHeight

// SVGClose ends a picture that SVGOpen began.
const SVGClose = "</g>\n</svg>\n"

// Inks returns the colours of a picture where nothing else is said: of text and
// of its ground, as #rrggbb.
func Inks(opt Options) (text, ground string) {
	if opt.Dark {
		return "#d6dbe6", "#161a22"
	}
	return "#1b2330", "#fbfcfe"
}

// picture is an SVG being written.
type picture struct {
	b      strings.Builder
	fg, bg string
}

func newPicture(opt Options) *picture {
	var p picture
	p.fg, p.bg = Inks(opt)
	return &p
}

func (p *picture) open(title string, width, height int) {
	w, h := float64(width)*cellWidth+2*margin, float64(height)*cellHeight+2*margin
	fmt.Fprintf(&p.b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.2f %.2f" role="img">`+"\n", w, h, w, h)
	p.b.WriteString("<title>")
	_ = xml.EscapeText(&p.b, []byte(title)) // Writing to a strings.Builder cannot fail.
	p.b.WriteString("</title>\n")
	fmt.Fprintf(&p.b, `<rect width="100%%" height="100%%" rx="8" fill="%s"/>`+"\n", p.bg)
	fmt.Fprintf(&p.b, `<g font-family="%s" font-size="%g" fill="%s" transform="translate(%g %g)">`+"\n", fontStack, fontSize, p.fg, margin, margin)
}

// line writes the cells of one line: grounds first, then runs of text.
func (p *picture) line(y int, cells uv.Line) {
	for from := 0; from < len(cells); {
		to := from + 1
		for to < len(cells) && p.ground(cells[to].Style) == p.ground(cells[from].Style) {
			to++
		}
		if ground := p.ground(cells[from].Style); ground != "" {
			fmt.Fprintf(&p.b, `<rect x="%.2f" y="%.2f" width="%.2f" height="%.2f" fill="%s"/>`+"\n",
				float64(from)*cellWidth, float64(y)*cellHeight, float64(to-from)*cellWidth, cellHeight, ground)
		}
		from = to
	}
	for from := 0; from < len(cells); {
		from = p.run(y, from, cells)
	}
}

// run writes the text from one cell on that can share an element, and returns
// where the next run begins.
func (p *picture) run(y, from int, cells uv.Line) int {
	first := cells[from]
	if blank(first) {
		return from + 1
	}
	if isBorder(first.Content) {
		to := from + 1
		for first.Content == "─" && to < len(cells) && cells[to].Content == "─" && cells[to].Style.Equal(&first.Style) {
			to++
		}
		p.stroke(first.Content, from, y, to-from, first.Style)
		return to
	}
	var text strings.Builder
	to := from
	for to < len(cells) && (to == from || first.Width == 1 && joins(first, cells, to)) {
		text.WriteString(cells[to].Content)
		to += max(1, cells[to].Width)
	}
	p.text(text.String(), from, y, to-from, first.Style)
	return to
}

// joins reports whether cell i belongs to the run that first began. Two blanks
// end a run.
func joins(first uv.Cell, cells uv.Line, i int) bool {
	at := cells[i]
	if at.Width != 1 || !at.Style.Equal(&first.Style) || isBorder(at.Content) {
		return false
	}
	return !blank(at) || i+1 < len(cells) && !blank(cells[i+1]) && cells[i+1].Style.Equal(&first.Style)
}

func blank(c uv.Cell) bool { return c.Width == 0 || strings.TrimSpace(c.Content) == "" }

func (p *picture) text(s string, x, y, cells int, st uv.Style) {
	fmt.Fprintf(&p.b, `<text x="%.2f" y="%.2f" textLength="%.2f" lengthAdjust="spacingAndGlyphs"%s>`,
		float64(x)*cellWidth, float64(y)*cellHeight+baseline, float64(cells)*cellWidth, p.look(st))
	// Writing to a strings.Builder cannot fail.
	_ = xml.EscapeText(&p.b, []byte(s))
	p.b.WriteString("</text>\n")
}

// look writes the attributes of a style.
func (p *picture) look(st uv.Style) string {
	out := ""
	if ink := p.ink(st); ink != p.fg {
		out += fmt.Sprintf(` fill="%s"`, ink)
	}
	if st.Attrs&uv.AttrBold != 0 {
		out += ` font-weight="bold"`
	}
	if st.Attrs&uv.AttrItalic != 0 {
		out += ` font-style="italic"`
	}
	if st.Attrs&uv.AttrFaint != 0 {
		out += ` opacity="0.6"`
	}
	switch {
	case st.Attrs&uv.AttrStrikethrough != 0:
		out += ` text-decoration="line-through"`
	case st.Underline != uv.UnderlineNone:
		out += ` text-decoration="underline"`
	}
	return out
}

// ink is the colour of the text.
func (p *picture) ink(st uv.Style) string {
	if st.Attrs&uv.AttrReverse != 0 {
		return hexOr(st.Bg, p.bg)
	}
	return hexOr(st.Fg, p.fg)
}

// ground is the colour behind the text, "" for that of the picture.
func (p *picture) ground(st uv.Style) string {
	if st.Attrs&uv.AttrReverse != 0 {
		return hexOr(st.Fg, p.fg)
	}
	return hexOr(st.Bg, "")
}

func hexOr(c color.Color, otherwise string) string {
	if c == nil {
		return otherwise
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

// isBorder reports whether the sign is drawn as lines and not as text.
func isBorder(sign string) bool {
	switch sign {
	case "─", "│", "┃", "╭", "╮", "╰", "╯":
		return true
	}
	return false
}

// stroke draws a border sign, repeated over that many cells.
func (p *picture) stroke(sign string, x, y, cells int, st uv.Style) {
	left, right := float64(x)*cellWidth, float64(x+cells)*cellWidth
	top, low := float64(y)*cellHeight, float64(y+1)*cellHeight
	midX, midY := (left+right)/2, (top+low)/2
	const bend = cellWidth / 2
	width, path := 1.2, ""
	switch sign {
	case "─":
		path = fmt.Sprintf("M%.2f %.2fH%.2f", left, midY, right)
	case "┃":
		width = 3
		path = fmt.Sprintf("M%.2f %.2fV%.2f", midX, top, low)
	case "│":
		path = fmt.Sprintf("M%.2f %.2fV%.2f", midX, top, low)
	case "╭":
		path = corner(midX, low, midY+bend, midY, right)
	case "╮":
		path = corner(midX, low, midY+bend, midY, left)
	case "╰":
		path = corner(midX, top, midY-bend, midY, right)
	case "╯":
		path = corner(midX, top, midY-bend, midY, left)
	}
	fmt.Fprintf(&p.b, `<path d="%s" fill="none" stroke="%s" stroke-width="%g"/>`+"\n", path, p.ink(st), width)
}

// corner draws a round corner: from an edge to the bend, and out to the side.
func corner(x, edge, bend, mid, side float64) string {
	return fmt.Sprintf("M%.2f %.2fV%.2fQ%.2f %.2f %.2f %.2f", x, edge, bend, x, mid, side, mid)
}

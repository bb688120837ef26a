package film

import (
	"image"

	uv "github.com/charmbracelet/ultraviolet"
)

// glyph names what is drawn in a cell, its colours apart.
type glyph struct {
	text  string
	cells int
	attrs uint8 // Those that change its shape.
	under bool
}

// shapes are the attributes that change a glyph's shape.
const shapes = uv.AttrBold | uv.AttrItalic | uv.AttrStrikethrough

func glyphOf(c *uv.Cell) glyph {
	return glyph{text: c.Content, cells: max(1, c.Width), attrs: c.Style.Attrs & shapes, under: c.Style.Underline != uv.UnderlineNone}
}

// glyphs keeps the pictures of what was drawn once.
type glyphs struct {
	regular, bold *face
	colours       *colours
	scale         int
	known         map[glyph][]uint8
}

func newGlyphs(c *colours, scale int) *glyphs {
	return &glyphs{regular: newFace(regularFont), bold: newFace(boldFont), colours: c, scale: scale, known: map[glyph][]uint8{}}
}

// levels returns the glyph as places on a ramp of colours, line by line.
func (g *glyphs) levels(what glyph) []uint8 {
	if l, known := g.known[what]; known {
		return l
	}
	l := g.colours.levels(g.mask(what))
	g.known[what] = l
	return l
}

// mask draws the glyph.
func (g *glyphs) mask(what glyph) *image.Alpha {
	mask := image.NewAlpha(image.Rect(0, 0, what.cells*cellWidth*g.scale, cellHeight*g.scale))
	if !drawLines(mask, what.text, g.scale) {
		g.letters(mask, what)
	}
	if what.attrs&uv.AttrStrikethrough != 0 {
		bar(mask, 0, mask.Rect.Max.X, (baseline-5)*g.scale, g.scale)
	}
	if what.under {
		bar(mask, 0, mask.Rect.Max.X, (baseline+2)*g.scale, g.scale)
	}
	return mask
}

// letters draws the characters of a cell over each other: marks stand on the
// letter before them.
func (g *glyphs) letters(mask *image.Alpha, what glyph) {
	for _, r := range what.text {
		if r == ' ' {
			continue
		}
		from := g.regular
		if what.attrs&uv.AttrBold != 0 && g.bold.has(r) {
			from = g.bold
		}
		from.draw(mask, r, g.scale, what.attrs&uv.AttrItalic != 0)
	}
}

// bar fills height lines from y on.
func bar(mask *image.Alpha, from, to, y, height int) {
	for ; height > 0; height, y = height-1, y+1 {
		for x := from; x < to; x++ {
			mask.Pix[mask.PixOffset(x, y)] = 0xff
		}
	}
}

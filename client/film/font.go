package film

import (
	_ "embed" // The font is a part of the program: a picture looks the same on every machine.
	"fmt"
	"image"
	"image/draw"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// The bundled font, DejaVu Sans Mono 2.37; its licence is in font/LICENSE.
var (
	//go:embed font/DejaVuSansMono.ttf
	regularFont []byte
	//go:embed font/DejaVuSansMono-Bold.ttf
	boldFont []byte
)

// Measures of a cell in pixels, for a font of fontSize pixels an em.
const (
	fontSize   = 15
	cellWidth  = 9
	cellHeight = 18
	baseline   = 14  // From the top of a cell.
	slope      = 0.2 // Of italics, which the font is slanted to,
	pivot      = 5   // around a line so high above the baseline.
)

// face draws the outlines of one font.
type face struct {
	font *sfnt.Font
	buf  sfnt.Buffer
}

// newFace reads a font of this package.
func newFace(data []byte) *face {
	f, err := sfnt.Parse(data)
	if err != nil {
		panic(fmt.Sprintf("film: the bundled font: %v", err))
	}
	return &face{font: f}
}

// has reports whether the font has the character.
func (f *face) has(r rune) bool {
	i, err := f.font.GlyphIndex(&f.buf, r)
	return err == nil && i != 0
}

// draw adds the character to the coverage in mask, whose origin is the top left
// of its cell, magnified that many times. A character that the font does not
// have is drawn as a box: the picture says that something is there.
func (f *face) draw(mask *image.Alpha, r rune, scale int, italic bool) {
	index, err := f.font.GlyphIndex(&f.buf, r)
	if err != nil || index == 0 {
		tofu(mask, scale)
		return
	}
	segments, err := f.font.LoadGlyph(&f.buf, index, fixed.I(fontSize*scale), nil)
	if err != nil {
		tofu(mask, scale)
		return
	}
	size := mask.Bounds().Size()
	v := vector.NewRasterizer(size.X, size.Y)
	v.DrawOp = draw.Over
	down := float32(baseline * scale)
	at := func(p fixed.Point26_6) (x, y float32) {
		x, y = float32(p.X)/64, float32(p.Y)/64
		if italic {
			x -= slope * (y + float32(pivot*scale))
		}
		return x, y + down
	}
	trace(v, segments, at)
	v.Draw(mask, mask.Bounds(), image.Opaque, image.Point{})
}

// trace draws the outline, its points put where at says.
func trace(v *vector.Rasterizer, segments sfnt.Segments, at func(fixed.Point26_6) (x, y float32)) {
	for _, s := range segments {
		x, y := at(s.Args[0])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			v.ClosePath()
			v.MoveTo(x, y)
		case sfnt.SegmentOpLineTo:
			v.LineTo(x, y)
		case sfnt.SegmentOpQuadTo:
			x1, y1 := at(s.Args[1])
			v.QuadTo(x, y, x1, y1)
		case sfnt.SegmentOpCubeTo:
			x1, y1 := at(s.Args[1])
			x2, y2 := at(s.Args[2])
			v.CubeTo(x, y, x1, y1, x2, y2)
		}
	}
	v.ClosePath()
}

// tofu draws an empty box over the whole mask.
func tofu(mask *image.Alpha, scale int) {
	b := mask.Bounds().Inset(2 * scale)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if x-b.Min.X < scale || b.Max.X-x <= scale || y-b.Min.Y < scale || b.Max.Y-y <= scale {
				mask.Pix[mask.PixOffset(x, y)] = 0xff
			}
		}
	}
}

package film

import (
	"fmt"
	"image"
	"image/gif"
	"io"

	uv "github.com/charmbracelet/ultraviolet"
)

// MaxPixels is how many pixels a GIF may have, counting only what changes from
// one shot to the next.
const MaxPixels = 200 << 20

// border is how many pixels of ground surround the screen.
const border = 12

// GIF writes the film as an animated picture that repeats. Each shot holds only
// the rectangle that differs from the one before.
func GIF(w io.Writer, f *Film, scale int, tell Progress) error {
	if err := f.Check(); err != nil {
		return err
	}
	screens, err := f.screens(nil)
	if err != nil {
		return err
	}
	p, err := newPainter(f, screens, scale)
	if err != nil {
		return err
	}
	out := &gif.GIF{Config: image.Config{ColorModel: p.colours.palette, Width: p.size.Max.X, Height: p.size.Max.Y}}
	pixels, starts := 0, f.Starts()
	for i, s := range screens {
		frame := p.paint(s)
		if pixels += len(frame.Pix); pixels > MaxPixels {
			return fmt.Errorf("a GIF of over %d million pixels: use a smaller --size, or cast, which has no pixels", MaxPixels>>20)
		}
		out.Image = append(out.Image, frame)
		// Hundredths of a second, rounded so that errors do not add up.
		out.Delay = append(out.Delay, int((starts[i+1]+5)/10-(starts[i]+5)/10))
		if err := tell.tell(i, len(screens)); err != nil {
			return err
		}
	}
	return gif.EncodeAll(w, out)
}

// painter draws screens, each over the one before.
type painter struct {
	size    image.Rectangle
	inks    inks
	colours *colours
	glyphs  *glyphs
	scale   int
	now     screen // What was drawn last; nil for nothing.
}

func newPainter(f *Film, screens []screen, scale int) (*painter, error) {
	k := newInks(f.Look)
	c, err := newColours(pairsOf(screens, k))
	if err != nil {
		return nil, err
	}
	size := image.Rect(0, 0, (f.Width*cellWidth+2*border)*scale, (f.Height*cellHeight+2*border)*scale)
	return &painter{size: size, inks: k, colours: c, glyphs: newGlyphs(c, scale), scale: scale}, nil
}

// pairsOf returns every pair of colours, in the order they come; that of the
// ground is the first.
func pairsOf(screens []screen, k inks) []pair {
	pairs := []pair{k.of(&uv.Style{})}
	seen, known := map[*line]bool{}, map[pair]bool{pairs[0]: true}
	for _, s := range screens {
		for _, l := range s {
			if seen[l] {
				continue
			}
			seen[l] = true
			for x := range l.cells {
				if p := k.of(&l.cells[x].Style); !known[p] {
					known[p] = true
					pairs = append(pairs, p)
				}
			}
		}
	}
	return pairs
}

// paint returns what to draw over the screen before: the rectangle around the
// cells that changed, transparent where they did not. The first is the whole
// picture; one in which nothing changed is a transparent pixel.
func (p *painter) paint(s screen) *image.Paletted {
	changed := p.changed(s)
	var frame *image.Paletted
	switch {
	case p.now == nil:
		frame = image.NewPaletted(p.size, p.colours.palette)
		for i := range frame.Pix {
			frame.Pix[i] = p.colours.ramps[p.inks.of(&uv.Style{})][0]
		}
	case changed.Empty():
		frame = image.NewPaletted(image.Rect(0, 0, 1, 1), p.colours.palette)
	default:
		frame = image.NewPaletted(image.Rectangle{p.pixel(changed.Min), p.pixel(changed.Max)}, p.colours.palette)
	}
	for y, l := range s {
		for x := range l.cells {
			if c := &l.cells[x]; c.Width > 0 && p.differs(y, x, l) {
				p.cell(frame, image.Pt(x, y), c)
			}
		}
	}
	p.now = s
	return frame
}

// pixel is where a cell begins.
func (p *painter) pixel(cell image.Point) image.Point {
	return image.Pt((border+cell.X*cellWidth)*p.scale, (border+cell.Y*cellHeight)*p.scale)
}

// differs reports whether a cell is another than on the screen before.
func (p *painter) differs(y, x int, l *line) bool {
	return p.now == nil || l != p.now[y] && !p.now[y].cells[x].Equal(&l.cells[x])
}

// changed is the rectangle, in cells, around all that differ. The cells behind a
// wide one count with it.
func (p *painter) changed(s screen) image.Rectangle {
	var r image.Rectangle
	for y, l := range s {
		for x := range l.cells {
			if p.differs(y, x, l) {
				r = r.Union(image.Rect(x, y, x+max(1, l.cells[x].Width), y+1))
			}
		}
	}
	return r
}

// cell draws one cell. The cells behind a wide one are drawn with it.
func (p *painter) cell(frame *image.Paletted, at image.Point, c *uv.Cell) {
	what := glyphOf(c)
	ramp, levels := p.colours.ramps[p.inks.of(&c.Style)], p.glyphs.levels(what)
	width, to := what.cells*cellWidth*p.scale, p.pixel(at)
	for offset := frame.PixOffset(to.X, to.Y); len(levels) > 0; offset += frame.Stride {
		row := frame.Pix[offset : offset+width]
		for i, level := range levels[:width] {
			row[i] = ramp[level]
		}
		levels = levels[width:]
	}
}

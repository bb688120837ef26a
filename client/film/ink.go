package film

import (
	"fmt"
	"image"
	"image/color"
	"math"

	uv "github.com/charmbracelet/ultraviolet"

	"optimist/client/view"
)

// faintness is how much of a faint letter is left of its colour.
const faintness = 0.6

// pair is the two colours of a cell.
type pair struct{ fg, bg color.RGBA }

// inks says in which colours cells are drawn.
type inks struct{ fg, bg color.RGBA }

func newInks(look view.Options) inks {
	fg, bg := view.Inks(look)
	return inks{fg: mustHex(fg), bg: mustHex(bg)}
}

// mustHex reads a colour that this program wrote.
func mustHex(s string) color.RGBA {
	var r, g, b uint8
	if _, err := fmt.Sscanf(s, "#%02x%02x%02x", &r, &g, &b); err != nil {
		panic(fmt.Sprintf("film: colour %q: %v", s, err))
	}
	return color.RGBA{r, g, b, 0xff}
}

// of returns the colours of a cell.
func (k inks) of(s *uv.Style) pair {
	p := pair(k)
	if s.Fg != nil {
		p.fg = opaque(s.Fg)
	}
	if s.Bg != nil {
		p.bg = opaque(s.Bg)
	}
	if s.Attrs&uv.AttrReverse != 0 {
		p.fg, p.bg = p.bg, p.fg
	}
	if s.Attrs&uv.AttrFaint != 0 {
		p.fg = mix(p.bg, p.fg, faintness)
	}
	return p
}

func opaque(c color.Color) color.RGBA {
	r, g, b, _ := c.RGBA()
	return color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 0xff}
}

// mix returns a colour that is part of the way from one to the other.
func mix(from, to color.RGBA, part float64) color.RGBA {
	one := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + (float64(b)-float64(a))*part)) }
	return color.RGBA{one(from.R, to.R), one(from.G, to.G), one(from.B, to.B), 0xff}
}

// Limits of a palette: GIF has maxColours, and letters with fewer shades than
// minShades look broken.
const (
	maxColours = 256
	maxShades  = 12
	minShades  = 2
)

// colours is the palette of a film: nothing at all, the grounds, and for each
// pair of colours the shades from its ground to its text, so that a letter's
// coverage is an index.
type colours struct {
	palette color.Palette
	shades  int // Of a letter beside its ground.
	ramps   map[pair][]uint8
}

// newColours makes the palette for these pairs.
func newColours(pairs []pair) (*colours, error) {
	grounds := map[color.RGBA]int{}
	c := &colours{palette: color.Palette{color.RGBA{}}, ramps: map[pair][]uint8{}}
	for _, p := range pairs {
		if _, known := grounds[p.bg]; !known {
			grounds[p.bg] = len(c.palette)
			c.palette = append(c.palette, p.bg)
		}
	}
	c.shades = min(maxShades, (maxColours-len(c.palette))/len(pairs))
	if c.shades < minShades {
		return nil, fmt.Errorf("screens in %d pairs of colours on %d grounds are too much for a GIF, which has %d colours",
			len(pairs), len(grounds), maxColours)
	}
	for _, p := range pairs {
		ramp := []uint8{uint8(grounds[p.bg])}
		for i := 1; i <= c.shades; i++ {
			ramp = append(ramp, uint8(len(c.palette)))
			c.palette = append(c.palette, mix(p.bg, p.fg, float64(i)/float64(c.shades)))
		}
		c.ramps[p] = ramp
	}
	return c, nil
}

// levels turns a coverage into places on a ramp.
func (c *colours) levels(mask *image.Alpha) []uint8 {
	out := make([]uint8, len(mask.Pix))
	for i, a := range mask.Pix {
		out[i] = uint8((int(a)*c.shades + 127) / 255)
	}
	return out
}

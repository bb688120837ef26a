package view

import (
	"strconv"
	"strings"
)

// String returns the canvas as lines of text with the fewest style changes. No
// line depends on the one above.
func (c *canvas) String() string {
	var b strings.Builder
	b.Grow(len(c.cells) * 2)
	for y := range c.h {
		if y > 0 {
			b.WriteByte('\n')
		}
		c.line(&b, c.cells[y*c.w:(y+1)*c.w])
	}
	return b.String()
}

func (c *canvas) line(b *strings.Builder, row []cell) {
	var now style
	for i := range row {
		at := &row[i]
		if at.hollow {
			continue
		}
		if at.style != now {
			writeStyle(b, at.style)
			now = at.style
		}
		if at.text == "" {
			b.WriteByte(' ')
			continue
		}
		b.WriteString(at.text)
	}
	if now != (style{}) {
		b.WriteString("\x1b[m")
	}
}

// sgr are the parameters of the attributes, in the order of their bits.
var sgr = [...]string{";1", ";2", ";3", ";4", ";7", ";9"}

func writeStyle(b *strings.Builder, s style) {
	b.WriteString("\x1b[0")
	for i, p := range sgr {
		if s.attr&(1<<i) != 0 {
			b.WriteString(p)
		}
	}
	writeColour(b, ";38;2;", s.fg)
	writeColour(b, ";48;2;", s.bg)
	b.WriteByte('m')
}

func writeColour(b *strings.Builder, kind string, c colour) {
	if c == 0 {
		return
	}
	var num [16]byte
	out := strconv.AppendUint(num[:0], uint64(c>>16&0xff), 10)
	out = append(out, ';')
	out = strconv.AppendUint(out, uint64(c>>8&0xff), 10)
	out = append(out, ';')
	out = strconv.AppendUint(out, uint64(c&0xff), 10)
	b.WriteString(kind)
	b.Write(out)
}

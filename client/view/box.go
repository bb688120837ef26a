package view

import "fmt"

// box is a bordered part of the screen.
type box struct {
	rect
	pane  Pane
	focus bool
}

// frame paints the border with its title and returns what is inside.
func (c *canvas) frame(b box, title []span) rect {
	line := c.st.border
	if b.focus {
		line = c.st.focus
	}
	c.clear(b.rect)
	last := b.y + b.h - 1
	c.fill(b.x, b.y, b.w, "─", line)
	c.fill(b.x, last, b.w, "─", line)
	for y := b.y + 1; y < last; y++ {
		c.fill(b.x, y, 1, "│", line)
		c.fill(b.x+b.w-1, y, 1, "│", line)
	}
	c.fill(b.x, b.y, 1, "╭", line)
	c.fill(b.x+b.w-1, b.y, 1, "╮", line)
	c.fill(b.x, last, 1, "╰", line)
	c.fill(b.x+b.w-1, last, 1, "╯", line)
	p := pen{c: c, x: b.x + 2, y: b.y, end: b.x + b.w - 3}
	p.put(" ", line)
	if b.pane != 0 {
		p.put(fmt.Sprintf("%d ", b.pane), c.st.dim)
	}
	p.spans(title)
	p.end++
	p.put(" ", line)
	return b.inner()
}

// corner paints a note at the right end of the box's top border.
func (c *canvas) corner(b box, note string, st style) {
	if w := c.width(note) + 2; w < b.w/2 {
		c.put(b.x+b.w-2-w, b.y, w, " "+note+" ", st)
	}
}

// thumb shows on the right border which part of a long list is in sight.
func (c *canvas) thumb(b box, top rect, first, shown, total int) {
	if total <= shown || top.h < 2 {
		return
	}
	size := max(1, top.h*shown/total)
	at := 0
	if total > shown {
		at = (top.h - size) * min(first, total-shown) / (total - shown)
	}
	for y := range size {
		c.fill(b.x+b.w-1, top.y+at+y, 1, "┃", c.st.dim)
	}
}

// centred returns a rect of that size in the middle of the screen, a little
// smaller than it.
func (c *canvas) centred(w, h int) rect {
	w, h = min(w, c.w-4), min(h, c.h-2)
	return rect{(c.w - w) / 2, (c.h - h) / 2, w, h}
}

package view

// faults paints what can be armed and what is.
func (c *canvas) faults(b box, f Faults) {
	in := c.frame(b, []span{{"faults", c.st.title}})
	if f.Off != "" {
		c.put(in.x+2, in.y, in.w-4, "off: "+f.Off, c.st.dim)
		return
	}
	if f.Aim != "" {
		c.corner(b, "aim: "+f.Aim, c.st.ahead)
	}
	first := max(0, min(f.Selected-in.h+1, len(f.Choices)-in.h))
	for i := first; i < len(f.Choices) && i-first < in.h; i++ {
		line := rect{in.x, in.y + i - first, in.w, 1}
		c.zone(line, Target{Pane: PaneFaults, Part: PartFault, Index: i})
		c.fault(line, f.Choices[i], i == f.Selected)
	}
	c.thumb(b, in, first, in.h, len(f.Choices))
}

// fault paints one fault.
func (c *canvas) fault(r rect, f FaultLine, selected bool) {
	p := pen{c: c, x: r.x + 1, y: r.y, end: r.x + r.w - 1}
	mark, look := "[ ]", c.st.text
	if f.Armed != "" {
		mark, look = "[x]", c.st.marks[MarkStalled]
	}
	if selected {
		p.put("▸", c.st.strong)
	}
	p.x = r.x + 3
	p.put(mark+" ", look)
	text := max(18, min(30, r.w*2/5))
	p.column(text, f.Text, look)
	p.gap(2)
	if f.Armed != "" {
		p.put("armed: "+f.Armed, look)
	} else {
		p.put(f.Help, c.st.dim)
	}
	if selected {
		c.ground(r, c.st.selected)
	}
}

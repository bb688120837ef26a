package view

// eventLog paints the newest events, the newest at the bottom.
func (c *canvas) eventLog(b box, l EventLog) {
	in := c.frame(b, []span{{"event log", c.st.title}})
	switch {
	case l.Following:
		c.corner(b, "▼ following", c.st.dim)
	case l.New > 0:
		c.corner(b, count(l.New)+" new ↓", c.st.ahead)
	}
	if len(l.Lines) == 0 {
		c.put(in.x+2, in.y, in.w-4, "no events yet", c.st.dim)
		return
	}
	first := max(0, len(l.Lines)-in.h)
	if !l.Following {
		first = max(0, min(first, l.Offset))
	}
	for i := first; i < len(l.Lines) && i-first < in.h; i++ {
		line := rect{in.x, in.y + i - first, in.w, 1}
		c.zone(line, Target{Pane: PaneLog, Part: PartEvent, Index: i})
		c.event(line, l.Lines[i], i == l.Selected)
	}
	c.thumb(b, in, first, in.h, len(l.Lines))
}

// event paints one event.
func (c *canvas) event(r rect, l LogLine, selected bool) {
	look := c.st.marks[l.Mark]
	p := pen{c: c, x: r.x + 1, y: r.y, end: r.x + r.w - 1}
	if selected {
		c.put(r.x, r.y, 1, "▸", c.st.strong)
	}
	p.rightColumn(7, "#"+count(l.Seq), c.st.dim)
	p.gap(1)
	tag := l.Tag
	if tag == "" {
		tag = "·"
	}
	p.column(4, tag, c.st.marks[MarkPending].with(bold))
	p.column(9, l.Kind, c.st.text)
	record := l.Record
	if l.Version > 0 {
		record += " " + Version(l.Version, false)
	}
	p.column(max(12, min(28, r.w/4)), record, c.st.text)
	p.gap(1)
	if l.By != "" && r.w >= 70 {
		p.column(8, l.By, c.st.dim)
		p.gap(1)
	}
	p.put(c.theme.Glyph(l.Mark)+" ", look.with(bold))
	p.put(l.Note, look)
	if selected {
		c.ground(r, c.st.selected)
	}
}

package view

// Size of what a lecture hall is shown, in cells: readable from the last row.
const (
	hallWidth  = 60
	hallHeight = 9
	hallTold   = 6 // Lines of a caption, at most.
)

// hall paints one record, and what is told of it or asked, in the middle of the
// screen: few rows, nothing faint, no clock.
func (c *canvas) hall(s Screen) {
	in := c.middle(hallWidth, hallHeight)
	c.hallFoot(s)
	head := in.top(1)
	p := pen{c: c, x: head.x, y: head.y, end: head.x + head.w}
	p.put(s.Header.Strategy, c.st.strong)
	if s.Header.Client != "" {
		c.right(p.x+1, p.end, p.y, s.Header.Client+" sees", c.st.strong)
	}
	var told []textLine
	if g := s.Stage; g != nil {
		told = c.hallLines(g, in.w)
	}
	low := in.bottom(min(len(told), in.h))
	c.paint(low, told)
	if in.h >= 2 {
		c.hallRecords(in, s.Records)
	}
}

// hallFoot paints, below what the hall is shown, how to join the class, and above
// that what whoever presses the keys must know.
func (c *canvas) hallFoot(s Screen) {
	if c.h < hallHeight+2 {
		return
	}
	foot := rect{0, c.h - 1, c.w, 1}
	if s.Guide != "" {
		c.guide(foot, s.Guide)
		foot.y--
	}
	if s.Toast != nil {
		c.message(foot, s)
	}
}

// hallCompare paints one record under each of two strategies, and what is told of
// them.
func (c *canvas) hallCompare(s Screen) {
	in := c.middle(hallWidth, hallHeight)
	c.hallFoot(s)
	for _, side := range s.Compare.Sides {
		c.bareSide(in.top(min(leastSide-1, in.h)), side.Records)
	}
	if s.Stage != nil {
		told := c.hallLines(s.Stage, in.w)
		c.paint(in.bottom(min(len(told), in.h)), told)
	}
}

// middle is a part of that size in the middle of the screen, or as much of it as
// there is.
func (c *canvas) middle(w, h int) rect {
	w, h = min(w, c.w), min(h, c.h)
	return rect{(c.w - w) / 2, (c.h - h) / 2, w, h}
}

// hallLines lays out the question or the caption.
func (c *canvas) hallLines(g *Stage, w int) []textLine {
	if g.Question != nil {
		lines := c.questionLines(g.Question, w, false)
		if len(lines) > hallHeight-1 && g.Question.Why != "" {
			told := *g.Question
			told.Options = nil // They are back with the next choice.
			lines = c.questionLines(&told, w, false)
		}
		if len(lines) > hallHeight {
			lines = c.questionLines(g.Question, w, true)
		}
		if n := len(lines) - 1; n > 0 && len(lines) > hallHeight-1 {
			lines = lines[:n] // Without the hint.
		}
		return lines[:min(len(lines), hallHeight-1)]
	}
	look := c.st.strong
	if g.Alarm {
		look = c.st.wrong
	}
	var lines []textLine
	for _, part := range c.wrap(g.Caption, w-1) {
		lines = append(lines, textLine{spans: []span{{part, look}}})
	}
	if len(lines) > hallTold {
		lines = lines[:hallTold]
		lines[hallTold-1].right = []span{{"…", look}}
	}
	return lines
}

// hallRecords paints as many records as fit, the selected one before all.
func (c *canvas) hallRecords(r rect, t Records) {
	const column = 6
	name := r.w - 3*column - 2*differWidth - 2
	head := r.top(1)
	p := pen{c: c, x: head.x + 2 + name, y: head.y, end: head.x + head.w}
	for i, word := range []string{"SEEN", "LOG", "DB"} {
		if i > 0 {
			p.gap(differWidth)
		}
		p.rightColumn(column, word, c.st.strong)
	}
	for _, row := range hallRows(t, r.h) {
		at := r.top(1)
		look := c.st.marks[row.Mark].with(bold)
		if row.Struck || row.Ghost {
			look = look.with(strike)
		}
		p := pen{c: c, x: at.x, y: at.y, end: at.x + at.w}
		p.put(c.theme.Glyph(row.Mark)+" ", look)
		p.x = at.x + 2
		text := row.Name
		if text == "" {
			text = row.ID
		}
		w := c.put(p.x, p.y, name-1, text, look) + 1
		if row.Erased != "" && w < name-3 {
			c.put(p.x+w, p.y, name-1-w, c.theme.Glyph(MarkRolledBack)+" "+row.Erased, c.st.marks[MarkRolledBack].with(strike|bold))
		}
		p.gap(name)
		c.versions(&p, columns{version: column}, row)
	}
}

// hallRows are at most n rows around the selected one.
func hallRows(t Records, n int) []Row {
	first := window(max(t.Selected, 0), len(t.Rows), n)
	return t.Rows[first:min(first+n, len(t.Rows))]
}

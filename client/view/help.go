package view

// helpColumn is the width of one column of keys, in cells.
const helpColumn = 36

// help paints every key, in as many columns as fit.
func (c *canvas) help(h Help) {
	lines := helpLines(h)
	columns := max(1, min((c.w-8)/helpColumn, 3))
	rows := (len(lines) + columns - 1) / columns
	b, in := c.dialog("keys", columns*helpColumn, rows)
	first := max(0, min(h.Offset, rows-in.h))
	for i, line := range lines {
		y := i%max(1, rows) - first
		if y < 0 || y >= in.h {
			continue
		}
		x := in.x + i/rows*helpColumn
		p := pen{c: c, x: x, y: in.y + y, end: min(x+helpColumn-1, in.x+in.w)}
		if line.Does == "" {
			p.put(line.Key, c.st.title)
			continue
		}
		p.gap(1)
		p.column(10, line.Key, c.st.key)
		p.gap(1)
		p.put(line.Does, c.st.text)
	}
	c.thumb(b, in, first, in.h, rows)
}

// helpLines lists titles and keys. A title is a key that does nothing.
func helpLines(h Help) []Key {
	var lines []Key
	for i, g := range h.Groups {
		if i > 0 {
			lines = append(lines, Key{})
		}
		lines = append(lines, Key{Key: g.Title})
		lines = append(lines, g.Keys...)
	}
	return lines
}

// HelpHeight returns how many lines of help there are and how many are in sight.
func HelpHeight(s Screen) (lines, shown int) {
	if s.Help == nil {
		return 0, 0
	}
	columns := max(1, min((s.Width-8)/helpColumn, 3))
	lines = (len(helpLines(*s.Help)) + columns - 1) / columns
	return lines, max(0, min(lines, s.Height-4))
}

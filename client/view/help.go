package view

// helpColumn is the width of one column of keys, in cells.
const helpColumn = 36

// help paints every key, in as many columns as fit.
func (c *canvas) help(h Help) {
	columns, rows := helpColumns(h, c.w)
	b, in := c.dialog("keys", len(columns)*helpColumn, rows)
	c.corner(b, "esc closes", c.st.dim)
	first := max(0, min(h.Offset, rows-in.h))
	for i, lines := range columns {
		for j := first; j < len(lines) && j-first < in.h; j++ {
			x := in.x + i*helpColumn
			p := pen{c: c, x: x, y: in.y + j - first, end: min(x+helpColumn-1, in.x+in.w)}
			p.helpLine(lines[j])
		}
	}
	c.thumb(b, in, first, in.h, rows)
}

// helpLine writes a key, or a title: a key that does nothing.
func (p *pen) helpLine(k Key) {
	if k.Does == "" {
		p.put(k.Key, p.c.st.title)
		return
	}
	p.gap(1)
	p.column(11, k.Key, p.c.st.key)
	p.gap(1)
	p.put(k.Does, p.c.st.text)
}

// helpColumns spreads the groups over the columns that a screen of width w has
// room for, none of them torn apart, and returns the height of the highest.
func helpColumns(h Help, w int) (columns [][]Key, rows int) {
	n := max(1, min((w-8)/helpColumn, 3))
	all := 0
	for _, g := range h.Groups {
		all += len(g.Keys) + 2
	}
	for rows = all / n; ; rows++ {
		if columns = packHelp(h, rows); len(columns) <= n {
			break
		}
	}
	rows = 0
	for _, lines := range columns {
		rows = max(rows, len(lines))
	}
	return columns, rows
}

// packHelp fills columns of that many rows, in order.
func packHelp(h Help, rows int) [][]Key {
	columns := make([][]Key, 1, 4)
	for _, g := range h.Groups {
		at := &columns[len(columns)-1]
		switch {
		case len(*at) == 0:
		case len(*at)+len(g.Keys)+2 > rows:
			columns = append(columns, nil)
			at = &columns[len(columns)-1]
		default:
			*at = append(*at, Key{})
		}
		*at = append(*at, Key{Key: g.Title})
		*at = append(*at, g.Keys...)
	}
	return columns
}

// HelpHeight returns how many lines of help there are and how many are in sight.
func HelpHeight(s Screen) (lines, shown int) {
	if s.Help == nil {
		return 0, 0
	}
	_, lines = helpColumns(*s.Help, s.Width)
	return lines, max(0, min(lines, s.Height-4))
}

package view

import "fmt"

// columns are the widths of the table, in cells.
type columns struct{ name, email, state, version, age int }

// nameAt is where the names begin, after the selection and the glyph.
const nameAt = 5

// columnsOf shares out the width. What helps least is dropped first.
func columnsOf(w int) columns {
	k := columns{state: 15, version: 4, age: 5}
	if w >= 74 {
		k.state = 17
	}
	if w >= 90 {
		k.state, k.version, k.age = 22, 5, 7
	}
	k.name = w - nameAt - 1 - k.state - 3*k.version - 2*differWidth - k.age
	if k.name >= 32 {
		k.email = k.name / 2
		k.name -= k.email
	}
	return k
}

// differWidth is what stands between two versions: equal or not.
const differWidth = 3

// records paints the table.
func (c *canvas) records(b box, t Records, loading bool) {
	in := c.frame(b, c.recordsTitle(t))
	c.filter(b, t)
	legend := in.h >= legendFrom
	if legend {
		low := in.bottom(1)
		in.bottom(1)
		c.legend(low)
	}
	k := columnsOf(in.w - 1)
	c.recordsHead(in.top(1), k)
	if len(t.Rows) == 0 {
		c.emptyRecords(in, t, loading)
		return
	}
	first := 0
	if t.Selected >= in.h {
		first = t.Selected - in.h + 1
	}
	for i := first; i < len(t.Rows) && i-first < in.h; i++ {
		line := rect{in.x, in.y + i - first, in.w, 1}
		c.zone(line, Target{Pane: PaneRecords, Part: PartRow, Index: i})
		c.row(line, k, t.Rows[i], i == t.Selected)
	}
	c.thumb(b, in, t.Offset+first, in.h, t.Total)
}

func (c *canvas) recordsTitle(t Records) []span {
	title := []span{{"records", c.st.title}, {" " + count(t.Total), c.st.dim}}
	if t.Title != "" {
		title = []span{{t.Title, c.st.title}}
	}
	if t.Pending > 0 {
		title = append(title, span{" · ", c.st.dim}, span{"✎ " + count(t.Pending), c.st.marks[MarkPending]})
	}
	if t.RolledBack > 0 {
		title = append(title, span{" · ", c.st.dim}, span{"✗ " + count(t.RolledBack), c.st.marks[MarkRolledBack]})
	}
	if t.Below > 0 {
		title = append(title, span{" · ", c.st.dim}, span{count(t.Below) + " new ↑", c.st.ahead})
	}
	return title
}

// filter paints the filter on the border: typed, set, or how to set one.
func (c *canvas) filter(b box, t Records) {
	switch {
	case t.Title != "":
	case t.Filtering:
		w := min(28, b.w/2)
		p := pen{c: c, x: b.x + b.w - w - 3, y: b.y, end: b.x + b.w - 2}
		p.put(" / ", c.st.key)
		p.input(t.Filter, t.Cursor, c.st.strong)
	case t.Filter != "":
		c.corner(b, "/ "+t.Filter, c.st.ahead)
	default:
		c.corner(b, "/ filter", c.st.dim)
	}
}

func (c *canvas) emptyRecords(r rect, t Records, loading bool) {
	text := t.Empty
	switch {
	case loading:
		text = "loading the first records …"
	case text == "" && t.Filter != "":
		text = "no record matches the filter"
	case text == "":
		text = "no records yet"
	}
	for i, line := range c.wrap(text, r.w-8) {
		if i+1 < r.h {
			c.put(r.x+5, r.y+1+i, r.w-6, line, c.st.dim)
		}
	}
}

func (c *canvas) recordsHead(r rect, k columns) {
	p := pen{c: c, x: r.x + nameAt, y: r.y, end: r.x + r.w - 1}
	p.column(k.name, "name", c.st.dim)
	if k.email > 0 {
		p.column(k.email, "email", c.st.dim)
	}
	p.gap(1)
	p.column(k.state, "state", c.st.dim)
	p.rightColumn(k.version, "SEEN", c.st.strong)
	p.gap(differWidth)
	p.rightColumn(k.version, "LOG", c.st.strong)
	p.gap(differWidth)
	p.rightColumn(k.version, "DB", c.st.strong)
	p.rightColumn(k.age, "age", c.st.dim)
}

// row paints one record.
func (c *canvas) row(r rect, k columns, row Row, selected bool) {
	look := c.st.marks[row.Mark]
	p := pen{c: c, x: r.x + 1, y: r.y, end: r.x + r.w - 1}
	if selected {
		p.put("▸", c.st.strong)
		p.x = r.x + 2
	}
	p.x = r.x + 3
	p.put(c.theme.Glyph(row.Mark), look.with(bold))
	p.x = r.x + nameAt
	c.name(p, k, row, look)
	p.gap(k.name + k.email + 1)
	c.state(p, k.state, row, look)
	p.gap(k.state)
	c.versions(&p, k, row)
	p.rightColumn(k.age, age(row.Age), c.st.dim)
	if selected {
		c.ground(r, c.st.selected)
	}
}

// shownWidth is the most that an id takes of the name's column, in cells.
const shownWidth = 9

// name paints the name, and the email where there is room for both.
func (c *canvas) name(p pen, k columns, row Row, look style) {
	if row.Struck || row.Ghost {
		look = look.with(strike)
	}
	name := row.Name
	if name == "" {
		name = row.ID
	}
	if k.email > 0 {
		c.put(p.x+k.name, p.y, k.email, row.Email, c.st.dim)
		k.name--
	}
	if row.Shown != "" {
		n := c.put(p.x, p.y, min(shownWidth, k.name-1), row.Shown, c.st.dim) + 1
		p.x, k.name = p.x+n, k.name-n
	}
	w := c.put(p.x, p.y, k.name, name, look) + 1
	if row.Erased != "" && w < k.name {
		c.put(p.x+w, p.y, k.name-w, c.theme.Glyph(MarkRolledBack)+" "+row.Erased, c.st.marks[MarkRolledBack].with(strike))
	}
}

// state paints the word of the glyph and the tags of what is under way.
func (c *canvas) state(p pen, w int, row Row, look style) {
	p.end = p.x + w - 1
	if row.Mark == MarkConfirmed && !row.Ghost {
		look = c.st.dim
	}
	word := stateWord(row)
	if row.Ghost && w < c.width(word)+6 {
		word = "deleted"
	}
	if row.Slow && row.Mark == MarkPending && w <= c.width(word)+1+c.width(row.Tags) {
		word = "slow" // That it is pending the pencil says, and the tags what.
	}
	p.put(word, look)
	if row.Tags != "" {
		p.gap(1)
		p.put(row.Tags, look.with(bold))
	}
}

// versions paints what the screen, the log and the database have, and where
// they disagree: the idea of the whole screen.
func (c *canvas) versions(p *pen, k columns, row Row) {
	seen, log, db := c.st.dim, c.st.dim, c.st.dim
	if row.Seen != row.Log || row.Guess {
		seen = c.st.ahead
	}
	if row.Log != row.DB {
		log, db = c.st.ahead, c.st.behind
	}
	if row.Mark == MarkRolledBack && row.Seen != row.Log {
		seen = c.st.behind
	}
	p.rightColumn(k.version, Version(row.Seen, row.Guess), seen)
	p.differ(row.Seen != row.Log)
	p.rightColumn(k.version, Version(row.Log, false), log)
	p.differ(row.Log != row.DB)
	p.rightColumn(k.version, Version(row.DB, false), db)
}

// differ paints what stands between two versions.
func (p *pen) differ(yes bool) {
	if yes {
		p.c.put(p.x+1, p.y, 2, "≠", p.c.st.behind)
	} else {
		p.c.put(p.x+1, p.y, 1, "·", p.c.st.ghost)
	}
	p.gap(differWidth)
}

// legend explains the glyphs.
func (c *canvas) legend(r rect) {
	p := pen{c: c, x: r.x + 3, y: r.y, end: r.x + r.w - 1}
	for i, m := range []Mark{MarkPending, MarkConfirmed, MarkRolledBack} {
		if i > 0 {
			p.gap(2)
		}
		p.put(c.theme.Glyph(m)+" ", c.st.marks[m].with(bold))
		p.put([]string{"pencil = guess", "ink = confirmed", "erased = rolled back"}[i], c.st.dim)
	}
}

// versionsTitle writes the versions of a record as a sentence: SEEN v2 ≠ DB –.
func versionsTitle(r Row) string {
	sign := "="
	if r.Seen != r.DB || r.Guess {
		sign = "≠"
	}
	return fmt.Sprintf("SEEN %s %s DB %s", Version(r.Seen, r.Guess), sign, Version(r.DB, false))
}

package view

import "fmt"

// overlay paints the dialog that is open, if any, over everything.
func (c *canvas) overlay(s Screen) {
	switch {
	case s.Form != nil:
		c.form(*s.Form)
	case s.Confirm != nil:
		c.confirm(*s.Confirm)
	case s.Palette != nil:
		c.palette(*s.Palette)
	case s.Help != nil:
		c.help(*s.Help)
	case s.Notices != nil:
		c.notices(*s.Notices)
	case s.Picker != nil:
		c.picker(*s.Picker)
	case s.Anomalies != nil:
		c.anomalies(*s.Anomalies)
	}
}

// dialog opens a box of that inner size in the middle of the screen and returns
// what is inside. What is behind it fades and takes no clicks.
func (c *canvas) dialog(title string, w, h int) (box, rect) {
	c.zones, c.cursor = c.zones[:0], point{-1, -1}
	for i := range c.cells {
		c.cells[i].style = c.st.ghost
	}
	b := box{rect: c.centred(w+4, h+2), focus: true}
	c.zone(b.rect, Target{Part: PartBox})
	in := c.frame(b, []span{{title, c.st.title}})
	return b, rect{in.x + 1, in.y, in.w - 2, in.h}
}

// The width of the dialogs, in cells.
const (
	dialogWidth = 56
	listWidth   = 72
)

// form paints the fields of a record being typed.
func (c *canvas) form(f Form) {
	notes := c.wrap(f.Hint, min(dialogWidth, c.w-8))
	wrong := c.wrap(f.Error, min(dialogWidth, c.w-8))
	h := 1 + len(f.Fields)*3 + len(wrong) + len(notes)
	_, in := c.dialog(f.Title, dialogWidth, h)
	in.top(1)
	for i, field := range f.Fields {
		c.field(in.top(3), i, field)
	}
	c.lines(&in, wrong, c.st.wrong)
	c.lines(&in, notes, c.st.dim)
}

// lines paints the lines that fit at the top of r, and cuts them off.
func (c *canvas) lines(r *rect, lines []string, look style) {
	for _, line := range lines[:min(len(lines), r.h)] {
		at := r.top(1)
		c.put(at.x, at.y, at.w, line, look)
	}
}

// field paints a label, the input and what is wrong with it.
func (c *canvas) field(r rect, i int, f FormField) {
	if r.h < 1 {
		return
	}
	const label = 9
	c.zone(rect{r.x, r.y, r.w, min(2, r.h)}, Target{Part: PartField, Index: i})
	look := c.st.dim
	if f.Cursor >= 0 {
		look = c.st.key
		c.put(r.x, r.y, 1, "▸", look)
	}
	c.put(r.x+2, r.y, label-2, f.Label, look)
	in := rect{r.x + label + 1, r.y, r.w - label - 1, 1}
	p := pen{c: c, x: in.x + 1, y: in.y, end: in.x + in.w - 1}
	p.input(f.Value, f.Cursor, c.st.text)
	ground := c.st.selected
	ground.attr = underline
	c.ground(in, ground)
	if f.Error != "" && r.h > 1 {
		c.put(in.x+1, r.y+1, in.w-1, "✗ "+f.Error, c.st.wrong)
	}
}

// input paints text being edited, its end or the cursor always in sight.
func (p *pen) input(value string, cursor int, look style) {
	runes := []rune(value)
	if cursor < 0 {
		p.put(value, look)
		return
	}
	cursor = min(cursor, len(runes))
	before := runes[:cursor]
	for len(before) > 0 && p.c.width(string(before)) > p.end-p.x-2 {
		before = before[1:]
	}
	p.put(string(before), look)
	if p.x >= p.end {
		return
	}
	p.c.cursor = point{p.x, p.y}
	under, after := " ", ""
	if cursor < len(runes) {
		under, after = string(runes[cursor]), string(runes[cursor+1:])
	}
	p.put(under, p.c.st.cursor)
	p.put(after, look)
}

// confirm asks before something is lost.
func (c *canvas) confirm(q Confirm) {
	var lines []string
	for _, text := range q.Text {
		lines = append(lines, c.wrap(text, min(dialogWidth, c.w-8))...)
	}
	_, in := c.dialog(q.Title, dialogWidth, len(lines)+4)
	keys := in.bottom(2)
	in.top(1)
	c.lines(&in, lines, c.st.text)
	p := pen{c: c, x: keys.x, y: keys.y, end: keys.x + keys.w}
	p.keys(q.Keys, 0)
}

// palette paints the actions that match what was typed.
func (c *canvas) palette(q Palette) {
	b, in := c.dialog("commands", listWidth, 2+max(1, min(len(q.Items), c.h)))
	c.corner(b, "esc closes", c.st.dim)
	head := in.top(2)
	p := pen{c: c, x: head.x, y: head.y, end: head.x + head.w}
	p.put(": ", c.st.key)
	p.input(q.Input, q.Cursor, c.st.strong)
	if len(q.Items) == 0 {
		c.put(in.x+2, in.y, in.w, "no command matches", c.st.dim)
	}
	first := window(q.Selected, len(q.Items), in.h)
	for i := first; i < len(q.Items) && i-first < in.h; i++ {
		item := q.Items[i]
		c.item(rect{in.x, in.y + i - first, in.w, 1}, i, i == q.Selected, item.Name, item.Help, item.Key)
	}
	c.thumb(b, in, first, in.h, len(q.Items))
}

// window returns the first of n items so that the selected one is in sight.
func window(selected, n, h int) int {
	return max(0, min(selected-h/2, n-h))
}

// item paints one line of a list: what, its meaning, its key.
func (c *canvas) item(r rect, i int, selected bool, name, help, key string) {
	if r.h < 1 {
		return
	}
	c.zone(r, Target{Part: PartItem, Index: i})
	p := pen{c: c, x: r.x, y: r.y, end: r.x + r.w}
	look := c.st.text
	if selected {
		p.put("▸", c.st.strong)
		look = c.st.strong
	}
	p.x = r.x + 2
	if key != "" {
		p.end = c.right(p.x, p.end, r.y, key, c.st.key) - 1
	}
	if help == "" {
		p.put(name, look)
	} else {
		p.column(max(18, min(24, r.w/3)), name, look)
		p.gap(1)
		p.say(help, c.st.dim)
	}
	if selected {
		c.ground(r, c.st.selected)
	}
}

// picker paints a choice.
func (c *canvas) picker(q Picker) {
	foot := 0
	if q.Note != "" {
		foot = 1 + noteLines
	}
	b, in := c.dialog(q.Title, listWidth, len(q.Items)+foot)
	c.corner(b, "esc closes", c.st.dim)
	c.pickerFoot(in.bottom(min(foot, max(in.h-leastItems, 0))), q)
	first := window(q.Selected, len(q.Items), in.h)
	for i := first; i < len(q.Items) && i-first < in.h; i++ {
		item, mark := q.Items[i], ""
		if item.Current {
			mark = "● now"
		}
		c.item(rect{in.x, in.y + i - first, in.w, 1}, i, i == q.Selected, item.Name, item.Help, mark)
	}
	c.thumb(b, in, first, in.h, len(q.Items))
}

// Lines of a picker.
const (
	noteLines  = 3 // What is said of the selected one, always as many, so that the list stays where it is.
	leastItems = 3
)

// pickerFoot paints what is typed, or else the keys, and below it the note.
func (c *canvas) pickerFoot(r rect, q Picker) {
	if r.h < 1 {
		return
	}
	line := r.top(1)
	p := pen{c: c, x: line.x, y: line.y, end: line.x + line.w}
	if q.Selected < 0 {
		p.put("▸ ", c.st.key)
		p.input(q.Input, q.Cursor, c.st.strong)
	} else {
		p.keys(q.Keys, 0)
	}
	look, mark := c.st.dim, ""
	if q.Wrong {
		look, mark = c.st.wrong, "✗ "
	}
	c.lines(&r, c.wrap(mark+q.Note, r.w), look)
}

// notices paints every notice there was, the newest first.
func (c *canvas) notices(n Notices) {
	b, in := c.dialog(fmt.Sprintf("messages %s", count(len(n.Lines))), listWidth, max(3, min(len(n.Lines), c.h)))
	c.corner(b, "esc closes", c.st.dim)
	if len(n.Lines) == 0 {
		c.put(in.x, in.y+1, in.w, "no messages yet", c.st.dim)
		return
	}
	first := max(0, min(n.Offset, len(n.Lines)-in.h))
	for i := first; i < len(n.Lines) && i-first < in.h; i++ {
		line := n.Lines[i]
		p := pen{c: c, x: in.x, y: in.y + i - first, end: in.x + in.w}
		p.put(c.theme.Glyph(line.Mark)+" ", c.st.marks[line.Mark].with(bold))
		p.put(line.Text, c.st.marks[line.Mark])
	}
	c.thumb(b, in, first, in.h, len(n.Lines))
}

package view

import "strings"

// textLine is one line of the inspector, laid out before it is known whether
// all of them fit.
type textLine struct {
	spans  []span
	right  []span // At the right end.
	keys   []Key
	step   int // Index of the step + 1.
	here   bool
	option int // Of a question, from 1; 0: none.
}

// inspector paints the life of the selected record.
func (c *canvas) inspector(b box, n Inspector) {
	if n.Row.ID == "" {
		in := c.frame(b, []span{{"inspector", c.st.title}})
		p := pen{c: c, x: in.x + 2, y: in.y + 1, end: in.x + in.w - 2}
		p.say("what becomes of the selected record is told here", c.st.dim)
		return
	}
	in := c.frame(b, append(c.inspectorTitle(n.Row, b.w), c.anomalyTitle(n)...))
	if n.Row.Mark != MarkNone && b.w >= 60 {
		word := c.theme.Glyph(n.Row.Mark) + " " + stateWord(n.Row)
		c.corner(b, word, c.st.marks[n.Row.Mark])
	}
	in.x, in.w = in.x+1, in.w-2
	switch {
	case n.Raw != "":
		c.paint(in, c.rawLines(n.Raw, in.w))
		return
	case n.Timeline != nil:
		c.timeline(b, in, n.Timeline, n.Offset)
		return
	}
	c.life(b, in, n)
}

func (c *canvas) inspectorTitle(r Row, w int) []span {
	name := r.Name
	if name == "" {
		name = r.ID
	}
	look := c.st.dim
	if r.Seen != r.DB || r.Guess {
		look = c.st.behind
	}
	return []span{{shorten(c, name, w/2), c.st.title}, {" · ", c.st.dim}, {versionsTitle(r), look}}
}

// life paints steps and verdicts. When they do not all fit, the verdict comes
// first and then the newest steps, or those from Offset on.
func (c *canvas) life(b box, in rect, n Inspector) {
	steps := c.stepLines(n.Steps, in.w)
	verdicts := join(c.verdictLines(n.Verdicts, in.w), c.anomalyLines(n.Anomalies, in.w))
	fields := c.fieldLines(n.Fields, in.w)
	if len(fields)+len(steps)+len(verdicts)+2 <= in.h {
		c.paint(in, join(fields, steps, verdicts))
		return
	}
	if len(steps)+len(verdicts)+1 <= in.h {
		c.paint(in, join(steps, verdicts))
		return
	}
	if len(verdicts) > 0 {
		keep := min(len(verdicts), max(1, in.h-2))
		c.paint(in.top(keep), verdicts[:keep])
		if in.h > 3 {
			c.fill(in.x, in.y, in.w, "─", c.st.ghost)
			in.top(1)
		}
	}
	room := in.h
	first := len(steps) - room
	if n.Offset >= 0 {
		first = min(first, n.Offset)
	}
	first = max(0, first)
	c.paint(in, steps[first:min(len(steps), first+room)])
	c.thumb(b, in, first, room, len(steps))
}

// join puts parts below each other with a blank line between.
func join(parts ...[]textLine) []textLine {
	var all []textLine
	for _, part := range parts {
		if len(part) == 0 {
			continue
		}
		if len(all) > 0 {
			all = append(all, textLine{})
		}
		all = append(all, part...)
	}
	return all
}

// paint writes the lines that fit.
func (c *canvas) paint(r rect, lines []textLine) {
	for i, line := range lines {
		if i >= r.h {
			return
		}
		y := r.y + i
		if line.step > 0 {
			c.zone(rect{r.x, y, r.w, 1}, Target{Pane: PaneInspector, Part: PartStep, Index: line.step - 1})
		}
		if line.option > 0 {
			c.zone(rect{r.x, y, r.w, 1}, Target{Part: PartOption, Index: line.option - 1})
		}
		end := r.x + r.w
		if len(line.right) > 0 {
			end -= c.spansWidth(line.right)
			q := pen{c: c, x: max(r.x, end), y: y, end: r.x + r.w}
			q.spans(line.right)
			end--
		}
		p := pen{c: c, x: r.x, y: y, end: end}
		p.spans(line.spans)
		if len(line.spans) > 1 && len(line.keys) > 0 {
			p.x = max(p.x, end-c.keysWidth(line.keys))
		}
		p.keys(line.keys, PaneInspector)
		if line.here {
			c.ground(rect{r.x, y, r.w, 1}, c.st.selected)
		}
	}
}

func (c *canvas) spansWidth(all []span) int {
	total := 0
	for _, s := range all {
		total += c.width(s.text)
	}
	return total
}

// pad returns s in exactly n cells.
func (c *canvas) pad(s string, n int) string {
	s = c.clean(s)
	w := c.width(s)
	if w > n {
		s = c.head(s, n)
		w = c.width(s)
	}
	return s + strings.Repeat(" ", max(0, n-w))
}

// stepLines lays out the steps: when, where, what, and what came of it.
func (c *canvas) stepLines(steps []Step, w int) []textLine {
	lines := make([]textLine, 0, len(steps))
	actor := 10
	if w < 50 {
		actor = 7
	}
	for i, s := range steps {
		look := c.st.marks[s.Mark]
		line := textLine{step: i + 1, here: s.Here}
		when := s.When
		if when == "" {
			when = since(s.At)
		}
		line.spans = []span{
			{c.pad(when, 9), c.st.dim},
			{c.pad(s.Actor, actor), actorLook(c.st, s.Actor)},
		}
		if s.Seq > 0 {
			line.spans = append(line.spans, span{"#" + count(s.Seq) + " ", c.st.strong})
		}
		line.spans = append(line.spans, span{s.Text, c.st.text})
		if s.Note != "" || s.Mark != MarkNone {
			line.right = append(line.right, span{c.theme.Glyph(s.Mark), look.with(bold)})
		}
		if s.Note != "" {
			line.right = append(line.right, span{" " + s.Note, look})
		}
		if s.Here {
			line.right = append(line.right, span{" ◀ now", c.st.strong})
		}
		lines = append(lines, line)
	}
	return lines
}

// actorLook lifts the person out of the machinery.
func actorLook(st *styles, actor string) style {
	if actor == "you" {
		return st.strong
	}
	return st.dim
}

// fieldLines lays out the record field by field, as seen and as stored.
func (c *canvas) fieldLines(fields []Field, w int) []textLine {
	lines := make([]textLine, 0, len(fields))
	for _, f := range fields {
		line := textLine{spans: []span{{c.pad(f.Name, 8), c.st.dim}}}
		if f.Seen == f.DB {
			line.spans = append(line.spans, span{f.Seen, c.st.text})
		} else {
			half := (w - 20) / 2
			line.spans = append(line.spans,
				span{shorten(c, f.Seen, half), c.st.ahead}, span{" ≠ ", c.st.behind}, span{"DB ", c.st.dim},
				span{shorten(c, f.DB, half), c.st.behind})
		}
		lines = append(lines, line)
	}
	return lines
}

// shorten returns s in at most n cells, a dash for nothing.
func shorten(c *canvas, s string, n int) string {
	if s == "" {
		return "–"
	}
	if c.width(s) <= n {
		return s
	}
	return c.head(c.clean(s), max(1, n-2)) + "…"
}

// verdictLines lays out what was rolled back, why, and what can be done.
func (c *canvas) verdictLines(verdicts []Verdict, w int) []textLine {
	var lines []textLine
	for i, v := range verdicts {
		if i > 0 {
			lines = append(lines, textLine{})
		}
		what := strings.TrimSpace(v.Tag + " " + v.What)
		beside := labelWidth+c.width(what)+3+c.keysWidth(v.Keys) <= w
		sign := c.theme.Glyph(MarkRolledBack)
		if v.Open {
			sign = c.theme.Glyph(MarkStalled)
		}
		lines = c.labelled(lines, sign+" WHAT", what, c.st.wrong, c.st.strong, w)
		if beside && len(lines) > 0 {
			lines[len(lines)-1].keys = v.Keys
		}
		lines = c.labelled(lines, "  WHY", v.Why, c.st.wrong, c.st.text, w)
		lines = c.labelled(lines, "  FIX", v.Fix, c.st.ahead, c.st.text, w)
		lines = c.labelled(lines, "  TYPED", v.Typed, c.st.dim, c.st.marks[MarkPending], w)
		if len(v.Keys) > 0 && !beside {
			lines = append(lines, textLine{spans: []span{{c.pad("", labelWidth), c.st.text}}, keys: v.Keys})
		}
	}
	return lines
}

// labelWidth is the room for WHAT, WHY and FIX, in cells.
const labelWidth = 9

func (c *canvas) labelled(lines []textLine, label, text string, look, body style, w int) []textLine {
	if text == "" {
		return lines
	}
	for i, part := range c.wrap(text, w-labelWidth) {
		if i > 0 {
			label = ""
		}
		lines = append(lines, textLine{spans: []span{{c.pad(label, labelWidth), look}, {part, body}}})
	}
	return lines
}

func (c *canvas) rawLines(raw string, w int) []textLine {
	var lines []textLine
	for part := range strings.Lines(raw) {
		part = c.clean(strings.TrimRight(part, "\r\n"))
		for part != "" {
			head := c.head(part, w)
			lines = append(lines, textLine{spans: []span{{head, c.st.text}}})
			part = part[len(head):]
		}
	}
	return lines
}

package view

// Anomaly is something that went wrong, by name.
type Anomaly struct {
	ID   string // V1
	Name string // spurious-rejection
	Why  string // One sentence.
	Also string // What it is called elsewhere, "" for nothing.
	Note string // What else is to be known, "" for nothing.
}

// Anomalies lists what was found.
type Anomalies struct {
	Title  string
	Items  []Anomaly // The newest first.
	Note   string    // What is to be known of the list.
	Offset int       // In lines.
}

// anomalies paints what was found, each with its name and its sentence.
func (c *canvas) anomalies(a Anomalies) {
	lines := c.anomalyList(a)
	b, in := c.dialog(a.Title, listWidth, max(3, min(len(lines), c.h)))
	c.corner(b, "esc closes", c.st.dim)
	first := max(0, min(a.Offset, len(lines)-in.h))
	c.paint(in, lines[first:])
	c.thumb(b, in, first, in.h, len(lines))
}

// AnomaliesHeight returns how many lines the list of anomalies has and how many
// are in sight.
func AnomaliesHeight(s Screen) (lines, shown int) {
	if s.Anomalies == nil {
		return 0, 0
	}
	c := newCanvas(max(0, s.Width), max(0, s.Height), s.Theme)
	lines = len(c.anomalyList(*s.Anomalies))
	return lines, max(0, min(lines, s.Height-4))
}

// anomalyList lays out everything that was found.
func (c *canvas) anomalyList(a Anomalies) []textLine {
	w := min(listWidth, c.w-6)
	var lines []textLine
	if len(a.Items) == 0 {
		lines = append(lines, textLine{}, textLine{spans: []span{{"nothing went wrong that this client could know of", c.st.dim}}})
	}
	for i, item := range a.Items {
		if i > 0 {
			lines = append(lines, textLine{})
		}
		name := c.theme.Glyph(MarkAnomaly) + " " + item.ID + " " + item.Name
		lines = append(lines, textLine{spans: []span{{name, c.st.marks[MarkAnomaly]}}})
		lines = c.indented(lines, item.Why, c.st.text, w)
		if item.Also != "" {
			lines = c.indented(lines, "elsewhere: "+item.Also, c.st.dim, w)
		}
		if item.Note != "" {
			lines = c.indented(lines, item.Note, c.st.dim, w)
		}
	}
	if a.Note != "" {
		lines = c.indented(append(lines, textLine{}), a.Note, c.st.dim, w)
	}
	return lines
}

// indented adds text below a heading.
func (c *canvas) indented(lines []textLine, text string, look style, w int) []textLine {
	for _, part := range c.wrap(text, w-2) {
		lines = append(lines, textLine{spans: []span{{"  " + part, look}}})
	}
	return lines
}

// anomalyLines lays out what was found of the inspected record.
func (c *canvas) anomalyLines(found []Anomaly, w int) []textLine {
	var lines []textLine
	for _, a := range found {
		text := a.Name + ": " + a.Why
		if a.Note != "" {
			text += " (" + a.Note + ")"
		}
		lines = c.labelled(lines, c.theme.Glyph(MarkAnomaly)+" "+a.ID, text, c.st.marks[MarkAnomaly], c.st.text, w)
	}
	return lines
}

// timeline paints a record's space–time diagram. The lanes' names stay in sight;
// offset -1 stands for the newest.
func (c *canvas) timeline(b box, in rect, lines []TimelineLine, offset int) {
	all := make([]textLine, 0, len(lines))
	for _, line := range lines {
		look := c.st.marks[line.Mark]
		if line.Head {
			c.paint(in.top(1), []textLine{{spans: []span{{line.Text, c.st.strong}}}})
			continue
		}
		all = append(all, textLine{spans: []span{{line.Text, look}}})
	}
	first := max(0, len(all)-in.h)
	if offset >= 0 {
		first = min(first, offset)
	}
	c.paint(in, all[first:])
	c.thumb(b, in, first, in.h, len(all))
}

// anomalyTitle names on the border what was found of the record, each once.
func (c *canvas) anomalyTitle(n Inspector) []span {
	named, ids := map[string]bool{}, ""
	for _, a := range n.Anomalies {
		if !named[a.ID] {
			named[a.ID], ids = true, ids+" "+a.ID
		}
	}
	if ids == "" {
		return nil
	}
	return []span{{" · ", c.st.dim}, {c.theme.Glyph(MarkAnomaly) + ids, c.st.marks[MarkAnomaly]}}
}

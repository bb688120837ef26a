package view

import (
	"fmt"
)

// Render returns the screen as Height lines of Width cells each.
func Render(s Screen) string {
	if s.Width <= 0 || s.Height <= 0 {
		return ""
	}
	return paint(s).String()
}

// paint puts everything on a canvas.
func paint(s Screen) *canvas {
	c := newCanvas(max(0, s.Width), max(0, s.Height), s.Theme)
	if tooSmall(s) {
		c.put(0, 0, c.w, fmt.Sprintf("need %d×%d, have %d×%d", MinWidth, MinHeight, s.Width, s.Height), c.st.text)
		return c
	}
	switch {
	case s.Matrix != nil:
		c.matrix(s)
		c.overlay(s)
		return c
	case s.Hall && s.Compare != nil:
		c.hallCompare(s)
		c.overlay(s)
		return c
	case s.Hall:
		c.hall(s)
		c.overlay(s)
		return c
	case s.Compare != nil:
		c.compare(s)
		c.overlay(s)
		return c
	}
	l := layoutOf(s)
	c.header(l.header, s)
	c.lane(l.lane, s.Pipeline)
	c.pane(l, s, PanePipeline)
	c.pane(l, s, PaneRecords)
	c.pane(l, s, PaneInspector)
	c.pane(l, s, PaneLog)
	c.pane(l, s, PaneFaults)
	c.message(l.message, s)
	c.guide(l.guide, s.Guide)
	c.stage(l.stage, s.Stage)
	c.footer(l.footer, s.Keys)
	c.overlay(s)
	return c
}

// pane paints one pane where the layout has it.
func (c *canvas) pane(l layout, s Screen, p Pane) {
	r := l.panes[p]
	if r.w < 4 || r.h < 3 {
		return
	}
	c.zone(r, Target{Pane: p, Part: PartPane})
	b := box{rect: r, focus: s.Focus == p}
	if s.Stage == nil {
		b.pane = p // In a story the digits are answers.
	}
	switch p {
	case PanePipeline:
		c.pipeline(b, s.Pipeline)
	case PaneRecords:
		c.records(b, s.Records, s.Header.Loading)
	case PaneInspector:
		c.inspector(b, s.Inspector)
	case PaneLog:
		c.eventLog(b, s.Log)
	case PaneFaults:
		c.faults(b, s.Faults)
	default:
		panic(fmt.Sprintf("view: unknown pane %d", p))
	}
}

// header paints the top line: who and how on the left, how far on the right.
func (c *canvas) header(r rect, s Screen) {
	h := s.Header
	c.ground(r, c.st.bar)
	right := c.headerRight(r, h)
	p := pen{c: c, x: r.x + 1, y: r.y, end: right - 1}
	p.put("optimist", c.st.bar.with(bold))
	p.gap(2)
	p.put(h.Mode, c.st.barDim)
	if h.Client != "" {
		p.put(" as ", c.st.barDim)
		p.put(h.Client, c.st.bar)
	}
	if h.Strategy != "" {
		if r.w >= wideWidth {
			p.put("  strategy", c.st.barDim)
		}
		p.put("  "+h.Strategy, c.st.bar.with(bold))
	}
	c.ground(r, c.st.bar)
}

// headerRight paints the positions and the connection, and returns where they
// begin. What fits least is left out first.
func (c *canvas) headerRight(r rect, h Header) int {
	state, look := "● online", c.st.bar
	switch {
	case !h.Online:
		state, look = "○ offline", c.st.wrong.on(c.st.bar)
	case h.Loading:
		state, look = "… loading", c.st.barDim
	}
	x := c.right(r.x, r.w-1, r.y, state, look)
	if h.Anomalies > 0 {
		x = c.right(r.x, x-2, r.y, c.theme.Glyph(MarkAnomaly)+" "+count(h.Anomalies), c.st.wrong.on(c.st.bar))
	}
	if r.w < fullWidth {
		return x
	}
	behind, look := "in step", c.st.barDim
	if h.Log > h.DB {
		behind, look = "behind "+count(h.Log-h.DB), c.st.behind.on(c.st.bar)
		if h.BehindFor > 0 {
			behind += " · " + age(h.BehindFor)
		}
	}
	x = c.right(r.x, x-2, r.y, behind, look)
	if r.w < wideWidth {
		return x // The lane, just below, has the positions.
	}
	x = c.right(r.x, x-2, r.y, "db #"+count(h.DB), c.st.bar)
	return c.right(r.x, x-2, r.y, "log #"+count(h.Log), c.st.bar)
}

// message paints the newest notice, or what is waited for.
func (c *canvas) message(r rect, s Screen) {
	if r.empty() {
		return
	}
	p := pen{c: c, x: r.x + 1, y: r.y, end: r.w - 1}
	if s.Toast == nil {
		if s.Header.Waiting != "" {
			p.say("… waiting for "+s.Header.Waiting, c.st.dim)
		}
		return
	}
	t := s.Toast
	if t.Total > 1 {
		p.end = c.right(p.x, p.end, r.y, fmt.Sprintf("%d of %d", t.Index, t.Total), c.st.dim) - 2
	}
	text := p
	if len(t.Keys) > 0 {
		text.end = max(p.x+20, p.end-c.keyWidth(t.Keys[0])-3)
	}
	text.put(c.theme.Glyph(t.Mark)+" ", c.st.marks[t.Mark])
	text.say(t.Text, c.st.marks[t.Mark].with(bold))
	p.x = text.x + 3
	p.keys(t.Keys, 0)
}

// guide paints the line that leads through the demo.
func (c *canvas) guide(r rect, text string) {
	if r.empty() {
		return
	}
	c.put(r.x+1, r.y, r.w-2, "▸ "+text, c.st.guide)
	c.ground(r, c.st.guide)
}

// footer paints the key hints that fit.
func (c *canvas) footer(r rect, keys []Key) {
	p := pen{c: c, x: r.x + 1, y: r.y, end: r.w - 1}
	p.keys(keys, 0)
}

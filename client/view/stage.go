package view

import (
	"fmt"
	"strings"
)

// Stage is what a story that is played adds to a screen: what is told and asked,
// what happens, and how far it has come.
type Stage struct {
	Caption  string
	Alarm    bool      // The caption is about something that went wrong.
	Question *Question // nil: nothing is asked.
	Doing    string    // What moved last, "" for nothing.
	Mark     Mark      // Of Doing.
	Ticks    []Tick    // One a step.
	At       int       // The step that is shown, as an index into Ticks.
	State    string    // Beside the scrubber: speed, place and time.
}

// Tick is how a step looks on the scrubber.
type Tick uint8

// The ticks, the more remarkable the later. The zero Tick is an ordinary step.
const (
	TickPlain Tick = iota
	TickQuestion
	TickAnomaly
)

// Question is a prediction that is asked for.
type Question struct {
	Text     string
	Options  []Option
	Revealed bool
	Hint     string // What can be done now.
	Poll     *Poll  // Of a class, nil for none.
	Why      string // Why the last answer was right or not, "" if that is not told.
}

// Option is one of the answers.
type Option struct {
	Text   string
	Chosen bool
	Right  bool // Shown once revealed.
	Wrong  bool // Tried, and not right.
	Votes  int  // How many of a class chose it; shown with a poll.
}

// minStage is the least height of a stage: a caption of two lines, what moves,
// and the scrubber.
const minStage = 4

// stageHeight is how many lines the stage takes.
func stageHeight(s Screen) int {
	if s.Stage == nil {
		return 0
	}
	c := newCanvas(0, 0, s.Theme)
	return min(max(minStage, len(c.stageLines(s.Stage, s.Width))+2), s.Height/2)
}

// stageLines lays out what is told, or asked.
func (c *canvas) stageLines(g *Stage, w int) []textLine {
	if g.Question != nil {
		return c.questionLines(g.Question, w-4, false)
	}
	var lines []textLine
	look := c.st.strong
	if g.Alarm {
		look = c.st.wrong
	}
	for _, part := range c.wrap(g.Caption, w-4) {
		lines = append(lines, textLine{spans: []span{{part, look}}})
	}
	return lines
}

// questionLines lays out a question, its options and what can be done. Short,
// each option has one line, whatever it says.
func (c *canvas) questionLines(q *Question, w int, short bool) []textLine {
	var lines []textLine
	var right []span
	room := w - 2
	if q.Poll != nil {
		right = []span{{q.Poll.text(), c.st.strong}}
		room -= c.spansWidth(right) + 1
	}
	for i, part := range c.wrap(q.Text, room) {
		head := "? "
		if i > 0 {
			head, right = "  ", nil
		}
		lines = append(lines, textLine{spans: []span{{head, c.st.ahead}, {part, c.st.strong}}, right: right})
	}
	for i, o := range q.Options {
		lines = append(lines, c.optionLines(q, i, o, w-6, short)...)
	}
	for _, part := range c.wrap(q.Why, w-2) {
		lines = append(lines, textLine{spans: []span{{"  " + part, c.st.strong}}})
	}
	return append(lines, textLine{spans: []span{{"  " + q.Hint, c.st.dim}}})
}

// optionLines lays out an option, and its bar.
func (c *canvas) optionLines(q *Question, i int, o Option, w int, short bool) []textLine {
	look, sign := c.st.text, " "
	switch {
	case q.Revealed && o.Right:
		look, sign = c.st.strong, "●"
	case o.Wrong, q.Revealed && o.Chosen:
		look, sign = c.st.marks[MarkRolledBack], "✗"
	case o.Chosen:
		look, sign = c.st.ahead, "▸"
	}
	from, room := c.bars(q, w)
	if room > 0 {
		w = from - 1
	}
	parts := c.wrap(o.Text+q.word(o), w)
	if short && len(parts) > 1 {
		const more = " …"
		word := more + q.word(o)
		parts = []string{c.wrap(o.Text, max(w-c.width(word), 1))[0] + word}
	}
	var lines []textLine
	for j, part := range parts {
		head := fmt.Sprintf("  %s %d ", sign, i+1)
		if j > 0 {
			head = "      "
		}
		line := textLine{spans: []span{{head, look}, {part, look}}, option: i + 1}
		if j == 0 && room > 0 {
			gap := strings.Repeat(" ", max(from-c.width(part), 0))
			line.spans = append(line.spans, span{gap, c.st.text})
			line.spans = append(line.spans, c.bar(q, o, room)...)
		}
		lines = append(lines, line)
	}
	return lines
}

// word marks the option that is right, once it is revealed.
func (q *Question) word(o Option) string {
	if q.Revealed && o.Right {
		return " ← this"
	}
	return ""
}

// stage paints the caption or the question, what moves, and the scrubber.
func (c *canvas) stage(r rect, g *Stage) {
	if g == nil || r.empty() {
		return
	}
	c.scrubber(r.bottom(1), g)
	if r.h > 2 && g.Doing != "" {
		low := r.bottom(1)
		p := pen{c: c, x: low.x + 2, y: low.y, end: low.x + low.w - 1}
		if glyph := c.theme.Glyph(g.Mark); g.Mark != MarkNone {
			p.put(glyph+" ", c.st.marks[g.Mark].with(bold))
		} else {
			p.put("▸ ", c.st.dim)
		}
		p.say(g.Doing, c.st.dim)
	}
	lines := c.stageLines(g, r.w)
	if len(lines) > r.h && g.Question != nil {
		lines = c.questionLines(g.Question, r.w-4, true)
	}
	if len(lines) > r.h {
		lines = lines[:r.h]
		if n := len(lines); n > 0 {
			lines[n-1].right = []span{{"…", c.st.dim}}
		}
	}
	c.paint(rect{r.x + 2, r.y, r.w - 4, r.h}, lines)
}

// scrubber paints a tick a step, or as many steps as must share one, and how
// far the story is.
func (c *canvas) scrubber(r rect, g *Stage) {
	end := c.right(r.x+r.w/2, r.x+r.w-1, r.y, g.State, c.st.dim) - 1
	room := end - r.x - 1
	n := len(g.Ticks)
	if room < 1 || n == 0 {
		return
	}
	cells := min(room, n)
	here := g.At * cells / n
	for i := range cells {
		most := TickPlain
		for _, t := range g.Ticks[i*n/cells : max((i+1)*n/cells, i*n/cells+1)] {
			most = max(most, t)
		}
		text, look := "·", c.st.ghost
		if i < here {
			text, look = "─", c.st.ahead
		}
		switch most {
		case TickQuestion:
			text, look = "?", c.st.strong
		case TickAnomaly:
			text, look = "!", c.st.wrong
		case TickPlain:
		}
		if i == here {
			look = c.st.cursor
			if most == TickPlain {
				text = "▸"
			}
		}
		c.put(r.x+1+i, r.y, 1, text, look)
		c.zone(rect{r.x + 1 + i, r.y, 1, 1}, Target{Part: PartTick, Index: i * n / cells})
	}
}

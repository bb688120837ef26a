package lab

import (
	"fmt"
	"slices"

	"optimist/client/view"
	"optimist/shared/scenario"
)

// Comparison is one story under two strategies, in lockstep by the script's
// lines: same intents, same seed, one clock. It has one owner.
type Comparison struct {
	sides   [2]*Player
	results [2]string
	differ  Difference
	lines   []int // Of the script, where either story stops.
	at      int   // Index into lines.
	playing bool
	speed   int
	walks   []string // What the sides are called, if they are schedules of one scope, in lockstep by their steps.
	ending  string   // Of a lesson that ends with it: what is told when it is over.
	asks    bool     // And a check is behind that.
}

// Compare puts two tapes of one script beside each other.
func Compare(a, b *Tape) *Comparison {
	c := &Comparison{
		sides: [2]*Player{NewPlayer(a), NewPlayer(b)}, results: [2]string{a.Account().String(), b.Account().String()}, differ: Differ(a, b),
		lines: []int{0}, speed: usualSpeed,
	}
	for _, t := range []*Tape{a, b} {
		for i := range t.Stops {
			if l := t.Stops[i].Line; l != nil && l.Kind == scenario.Directive {
				c.lines = append(c.lines, l.Number)
			}
		}
	}
	slices.Sort(c.lines)
	c.lines = slices.Compact(c.lines)
	return c
}

// Difference returns where the two first part.
func (c *Comparison) Difference() Difference { return c.differ }

// Len returns how many places there are.
func (c *Comparison) Len() int { return len(c.lines) }

// Parting reports whether this is where the two first differ.
func (c *Comparison) Parting() bool { return c.differ.Line > 0 && c.lines[c.at] == c.differ.Line }

// Wrong reports whether something is found here on either side.
func (c *Comparison) Wrong() bool {
	for _, p := range c.sides {
		for i := range p.tape.Stops {
			if c.lineOf(p, i) == c.lines[c.at] && len(p.tape.marked(i)) > 0 {
				return true
			}
		}
	}
	return false
}

// Step goes n lines on, or back, and reports whether it moved.
func (c *Comparison) Step(n int) bool {
	was := c.at
	c.at = min(max(c.at+n, 0), len(c.lines)-1)
	c.follow()
	return c.at != was
}

// Home goes to the beginning.
func (c *Comparison) Home() { c.Step(-len(c.lines)) }

// End goes to the end.
func (c *Comparison) End() { c.Step(len(c.lines)) }

// Part goes to where the two first differ.
func (c *Comparison) Part() {
	for i, line := range c.lines {
		if line == c.differ.Line {
			c.at = i
		}
	}
	c.follow()
}

// Seek goes to a line of the script, or the last before it.
func (c *Comparison) Seek(line int) {
	for i := range c.lines {
		if c.lines[i] <= line {
			c.at = i
		}
	}
	c.follow()
}

// follow brings both sides to the end of the line.
func (c *Comparison) follow() {
	for _, p := range c.sides {
		at := 0
		for i := range p.tape.Stops {
			if c.lineOf(p, i) <= c.lines[c.at] {
				at = i
			}
		}
		p.Jump(at)
	}
}

// Play starts or stops playing. At the end it starts over.
func (c *Comparison) Play(on bool) {
	if on && c.at == len(c.lines)-1 {
		c.Home()
	}
	c.playing = on
}

// onward says how what is behind the last words of a lesson is reached, once they
// are: they stay until somebody goes on. It is empty elsewhere.
func (c *Comparison) onward() string {
	if !c.asks || c.playing || c.at < len(c.lines)-1 {
		return ""
	}
	return "space goes on: a few questions"
}

// View draws where both stand, as height lines of width cells.
func (c *Comparison) View(width, height int, theme view.Theme, opt Options) string {
	return view.Render(c.Screen(width, height, theme, opt))
}

// Screen is what View draws.
func (c *Comparison) Screen(width, height int, theme view.Theme, opt Options) view.Screen {
	left := c.sides[0]
	s := view.Screen{
		Width: width, Height: height, Theme: theme, Header: left.header(), Stage: c.stage(), Keys: opt.Keys,
		Compare: &view.Compare{Differ: c.differ.Text, Reached: c.lines[c.at] >= c.differ.Line},
	}
	if s.Hall = opt.Hall; s.Hall && s.Compare.Reached && (c.at < len(c.lines)-1 || c.ending == "") {
		s.Stage.Caption = c.differ.Text // There is room for one thing only.
	}
	s.Header.Mode, s.Header.Waiting = "compare", ""
	s.Header.Strategy = c.name(0) + " | " + c.name(1)
	for i, p := range c.sides {
		full := p.Screen(width/2, height, theme, Options{})
		side := &s.Compare.Sides[i]
		side.Records, side.Pipeline, side.Inspector = full.Records, full.Pipeline, full.Inspector
		side.Records.Title = c.name(i)
		side.Result = c.results[i]
	}
	return s
}

// stage is the scrubber of both.
func (c *Comparison) stage() *view.Stage {
	g := &view.Stage{At: c.at, Ticks: make([]view.Tick, len(c.lines))}
	for _, p := range c.sides {
		for i := range p.tape.Stops {
			at, here := slices.BinarySearch(c.lines, c.lineOf(p, i))
			if here && len(p.tape.marked(i)) > 0 {
				g.Ticks[at] = view.TickAnomaly
			}
		}
	}
	if at, here := slices.BinarySearch(c.lines, c.differ.Line); here && c.differ.Line > 0 {
		g.Ticks[at] = max(g.Ticks[at], view.TickQuestion)
	}
	here, unit := c.lines[c.at], "line"
	if c.walks != nil {
		g.Caption, unit = c.bothSteps(), "step"
	} else if here > 0 {
		g.Caption = "both: " + c.sides[0].tape.text(here)
	} else {
		g.Caption = c.sides[0].tape.Trace.Title + ": the same intents, seed and clock under two strategies"
	}
	if c.at == len(c.lines)-1 && c.ending != "" {
		g.Caption = c.ending
	}
	state := "paused"
	switch {
	case c.at == len(c.lines)-1:
		state = "the end"
	case c.playing:
		state = "▶"
	}
	g.State = fmt.Sprintf("%s %g×  %s %d/%d", state, Speeds[c.speed], unit, here, c.lines[len(c.lines)-1])
	return g
}

// lineOf is the line of a side's stop, or which step it is.
func (c *Comparison) lineOf(p *Player, stop int) int {
	if c.walks != nil {
		return stop
	}
	return lineOf(&p.tape.Stops[stop])
}

// name is what a side is called.
func (c *Comparison) name(side int) string {
	if c.walks != nil {
		return c.walks[side]
	}
	return c.sides[side].tape.Under.Text()
}

// lineOf is the line of a stop, 0 for none.
func lineOf(s *Stop) int {
	if s.Line == nil {
		return 0
	}
	return s.Line.Number
}

// Faster goes n speeds up, or down.
func (c *Comparison) Faster(n int) { c.speed = min(max(c.speed+n, 0), len(Speeds)-1) }

// Pause is how long the comparison stays at this line, in milliseconds.
func (c *Comparison) Pause() int64 {
	ms := max(int64(leastAge), int64(words(c.stage().Caption))*wordTime)
	if c.lines[c.at] == c.differ.Line {
		ms += int64(words(c.differ.Text)) * wordTime
	}
	return max(int64(float64(ms)/Speeds[c.speed]), 1)
}

// NextPerson shows the screen of the next person on both sides.
func (c *Comparison) NextPerson() {
	c.sides[0].NextPerson()
	c.sides[1].person = c.sides[0].person
}

// Select goes n rows down, or up, on both sides.
func (c *Comparison) Select(n int) {
	for _, p := range c.sides {
		p.Select(n)
	}
}

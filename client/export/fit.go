package export

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Limits of a diagram that is fitted into a width, in cells.
const (
	leastGap = 6 // Between two lanes.
	lastRoom = 9 // Behind the last lane, for its name.
)

// FitLine is a line of a diagram that was fitted into a width.
type FitLine struct {
	Text string
	Tone Tone
	Head bool // It names the lanes.
}

// Fit returns the diagram as lines of at most width cells, without the title:
// for a pane or a narrow page. What is said does not stay between two lanes
// there but goes on over those beside it, and what was found is wrapped.
func (d Diagram) Fit(width int) []FitLine {
	f := fitted{width: width, clock: d.clockWidth()}
	f.place(len(d.Lanes))
	lines := []FitLine{{Text: f.heads(d.Lanes), Head: true}}
	last := ""
	for _, r := range d.Rows {
		at := shortClock(r.At)
		if at == last {
			at = ""
		} else {
			last = at
		}
		lines = append(lines, f.row(at, r)...)
	}
	return lines
}

// shortClock is a time in as few cells as it needs.
func shortClock(ms int64) string { return fmt.Sprintf("%d.%03d", ms/1000, ms%1000) }

// clockWidth is the room for the longest time.
func (d Diagram) clockWidth() int {
	width := 5
	for _, r := range d.Rows {
		width = max(width, len(shortClock(r.At)))
	}
	return width + 1
}

// fitted writes rows into a width.
type fitted struct {
	width, clock int
	lanes        []int // The column of each lane's line.
}

// place spreads the lanes.
func (f *fitted) place(n int) {
	gap := leastGap
	if n > 1 {
		gap = min(max((f.width-f.clock-lastRoom)/(n-1), leastGap), maxGap)
	}
	for i := range n {
		f.lanes = append(f.lanes, min(f.clock+i*gap, max(f.width-1, 0)))
	}
}

func (f *fitted) heads(names []string) string {
	line := newStrip(f.width)
	for i, name := range names {
		room := f.width - f.lanes[i]
		if i+1 < len(names) {
			room = f.lanes[i+1] - f.lanes[i] - 1
		}
		line.put(f.lanes[i], ansi.Truncate(name, room, "…"))
	}
	return f.cut(line)
}

// row returns the lines of one row.
func (f *fitted) row(at string, r Row) []FitLine {
	if r.Finding != nil {
		return f.finding(r)
	}
	line := newStrip(f.width)
	line.put(0, at)
	for _, x := range f.lanes {
		line.put(x, "│")
	}
	if r.Arrow() {
		f.arrow(line, r)
	} else {
		f.note(line, r)
	}
	return []FitLine{{Text: f.cut(line), Tone: r.Tone}}
}

// finding wraps what was found over the whole width.
func (f *fitted) finding(r Row) []FitLine {
	var lines []FitLine
	indent := strings.Repeat(" ", f.clock)
	for i, part := range strings.Split(ansi.Wrap(r.Text, max(f.width-f.clock-2, 1), ""), "\n") {
		sign := "⚠ "
		if i > 0 {
			sign = "  "
		}
		lines = append(lines, FitLine{Text: indent + sign + part, Tone: r.Tone})
	}
	return lines
}

// note writes at the lane and to its right, or to its left if there is no room.
func (f *fitted) note(line *strip, r Row) {
	x := f.lanes[r.From]
	if ansi.StringWidth(r.Text) <= f.width-x {
		line.put(x, r.Text)
		return
	}
	room := max(x-f.clock-1, f.width-x)
	text := ansi.Truncate(r.Text, room, "…")
	if room == f.width-x {
		line.put(x, text)
		return
	}
	line.put(x-1-ansi.StringWidth(text), text)
	line.put(x, "●")
}

// arrow draws from lane to lane. Its label stands on it if there is room, else
// beside it.
func (f *fitted) arrow(line *strip, r Row) {
	line.arrow(f.lanes, r)
	from, to := f.lanes[r.From], f.lanes[r.To]
	f.label(line, r.Text, min(from, to), max(from, to))
}

// label writes what is said on an arrow between two columns.
func (f *fitted) label(line *strip, text string, left, right int) {
	width := ansi.StringWidth(text)
	on, after, before := right-left-5, f.width-right-2, left-f.clock-1
	switch {
	case width <= on:
		line.put(left+2+(on-width)/2, " "+text+" ")
	case width <= after || after >= before && after > on:
		line.put(right+2, ansi.Truncate(text, after, "…"))
	case before > on:
		text = ansi.Truncate(text, before, "…")
		line.put(left-1-ansi.StringWidth(text), text)
	default:
		line.put(left+2, " "+ansi.Truncate(text, on, "…")+" ")
	}
}

// cut returns a line that is no wider than there is room.
func (f *fitted) cut(line *strip) string { return ansi.Truncate(line.String(), f.width, "") }

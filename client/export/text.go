package export

import (
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Limits of a diagram as text, in cells.
const (
	timeWidth = 9  // Of the clock at the left.
	minGap    = 14 // Between two lanes.
	maxGap    = 44
)

// Text writes the diagram as text: lanes as vertical lines, time downwards.
func Text(w io.Writer, run Run) error {
	_, err := io.WriteString(w, strings.Join(NewDiagram(run).Lines(), "\n")+"\n")
	return err
}

// Lines returns the diagram as lines of text without colour.
func (d Diagram) Lines() []string {
	s := sheet{lanes: d.lanePlaces()}
	lines := []string{}
	if d.Title != "" {
		lines = append(lines, d.Title+" ("+d.About+")", "")
	}
	lines = append(lines, s.heads(d.Lanes))
	last, first := int64(0), true
	for _, r := range d.Rows {
		at := ""
		if first || r.At != last {
			at = fmt.Sprintf("%4d.%03d", r.At/1000, r.At%1000)
		}
		last, first = r.At, false
		lines = append(lines, s.row(at, r))
	}
	return lines
}

// lanePlaces returns the column of each lane's line: wide enough for what is
// said between it and the next.
func (d Diagram) lanePlaces() []int {
	gaps := make([]int, len(d.Lanes))
	for i := range gaps {
		gaps[i] = max(minGap, ansi.StringWidth(d.Lanes[i])+2)
	}
	for _, r := range d.Rows {
		need := ansi.StringWidth(r.Text) + 6
		at := r.From
		if !r.Arrow() {
			need -= 3
		} else if r.To < r.From {
			at = r.From - 1 // The label stands left of the lane it comes from.
		}
		if r.Finding == nil {
			gaps[at] = max(gaps[at], min(need, maxGap))
		}
	}
	places := make([]int, len(d.Lanes))
	x := timeWidth
	for i := range places {
		places[i] = x
		x += gaps[i]
	}
	return places
}

// sheet writes rows onto lanes.
type sheet struct{ lanes []int }

// heads is the line with the actors' names.
func (s sheet) heads(names []string) string {
	line := newStrip(s.lanes[len(s.lanes)-1] + 1)
	for i, name := range names {
		line.put(s.lanes[i], name)
	}
	return line.String()
}

// row is one row with the time at its left.
func (s sheet) row(at string, r Row) string {
	line := newStrip(s.lanes[len(s.lanes)-1] + 1)
	line.put(0, at)
	for _, x := range s.lanes {
		line.put(x, "│")
	}
	if r.Arrow() {
		s.arrow(line, r)
	} else {
		s.note(line, r)
	}
	return line.String()
}

// note writes over the lane, and over those to the right if it is long.
func (s sheet) note(line *strip, r Row) {
	text := r.Text
	if r.Finding != nil {
		text = "⚠ " + text
	}
	end := r.From + 1
	if r.Finding == nil && end < len(s.lanes) {
		text = ansi.Truncate(text, s.lanes[end]-s.lanes[r.From]-1, "…")
	}
	line.put(s.lanes[r.From], text)
}

// arrow draws from lane to lane, with the label at its beginning.
func (s sheet) arrow(line *strip, r Row) {
	line.arrow(s.lanes, r)
	from := s.lanes[r.From]
	if r.From < r.To {
		line.put(from+2, " "+ansi.Truncate(r.Text, s.lanes[r.From+1]-from-5, "…")+" ")
		return
	}
	text := " " + ansi.Truncate(r.Text, from-s.lanes[r.From-1]-5, "…") + " "
	line.put(from-1-ansi.StringWidth(text), text)
}

// strip is a line of cells.
type strip struct{ cells []string }

func newStrip(width int) *strip {
	s := &strip{cells: make([]string, width)}
	for i := range s.cells {
		s.cells[i] = " "
	}
	return s
}

// put writes text from a cell on, over what is there.
func (s *strip) put(x int, text string) {
	for _, r := range text {
		width := ansi.StringWidth(string(r))
		for len(s.cells) < x+max(width, 1) {
			s.cells = append(s.cells, " ")
		}
		if width == 0 && x > 0 {
			s.cells[x-1] += string(r)
			continue
		}
		s.cells[x] = string(r)
		for i := 1; i < width; i++ {
			s.cells[x+i] = ""
		}
		x += width
	}
}

// arrow draws from one of the lanes to another, over those between.
func (s *strip) arrow(lanes []int, r Row) {
	from, to := lanes[r.From], lanes[r.To]
	left, right := min(from, to), max(from, to)
	for x := left + 1; x < right; x++ {
		s.put(x, "─")
	}
	for _, x := range lanes {
		if x > left && x < right {
			s.put(x, "┼")
		}
	}
	if from < to {
		s.put(from, "├")
		s.put(to-1, "▶")
		return
	}
	s.put(from, "┤")
	s.put(to+1, "◀")
}

// String returns the line without blanks at its end.
func (s *strip) String() string { return strings.TrimRight(strings.Join(s.cells, ""), " ") }

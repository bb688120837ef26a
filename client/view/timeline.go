package view

import "optimist/client/export"

// TimelineLine is a line of a record's space–time diagram, laid out already.
type TimelineLine struct {
	Text string
	Mark Mark
	Head bool // It names the lanes; it stays in sight.
}

// Timeline lays a diagram out in that many cells.
func Timeline(d export.Diagram, width int) []TimelineLine {
	var lines []TimelineLine
	for _, line := range d.Fit(width) {
		lines = append(lines, TimelineLine{Text: line.Text, Mark: toneMark(line.Tone), Head: line.Head})
	}
	return lines
}

// toneMark is how a tone of a diagram is drawn.
func toneMark(tone export.Tone) Mark {
	switch tone {
	case export.Pencil:
		return MarkPending
	case export.Ink:
		return MarkConfirmed
	case export.Erased:
		return MarkRolledBack
	case export.Fault:
		return MarkAnomaly
	case export.Neutral:
	}
	return MarkNone
}

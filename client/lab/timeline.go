package lab

import (
	"optimist/client/export"
	"optimist/client/view"
)

// diagram is the space–time diagram of the story up to this stop, as wide as its
// pane.
func (p *Player) diagram(width int) []view.TimelineLine {
	t, s := *p.tape.Trace, p.Stop()
	t.Events = t.Events[:s.Events]
	d := export.NewDiagram(export.Run{Trace: &t, Findings: p.tape.Findings[:s.Found]})
	var lines []view.TimelineLine
	for _, line := range d.Fit(width) {
		lines = append(lines, view.TimelineLine{Text: line.Text, Mark: toneMark(line.Tone), Head: line.Head})
	}
	return lines
}

// toneMark is how a tone of a diagram is drawn.
func toneMark(tone export.Tone) view.Mark {
	switch tone {
	case export.Pencil:
		return view.MarkPending
	case export.Ink:
		return view.MarkConfirmed
	case export.Erased:
		return view.MarkRolledBack
	case export.Fault:
		return view.MarkAnomaly
	case export.Neutral:
	}
	return view.MarkNone
}

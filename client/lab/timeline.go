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
	return view.Timeline(export.NewDiagram(export.Run{Trace: &t, Findings: p.tape.Findings[:s.Found]}), width)
}

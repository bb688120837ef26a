package lab

import (
	"fmt"
	"strings"

	"optimist/client/view"
	"optimist/shared/anomaly"
)

// Options say how a stop is drawn.
type Options struct {
	Hall   bool       // For the last row of a lecture hall: few rows, big words.
	Keys   []view.Key // Hints for the footer.
	Zoomed bool       // The inspector, or the timeline, has the whole screen.
}

// View draws where the player stands, as height lines of width cells.
func (p *Player) View(width, height int, theme view.Theme, opt Options) string {
	return view.Render(p.Screen(width, height, theme, opt))
}

// Screen is what View draws.
func (p *Player) Screen(width, height int, theme view.Theme, opt Options) view.Screen {
	s := view.Screen{
		Width: width, Height: height, Theme: theme, Header: p.header(), Stage: p.stage(),
		Focus: view.PaneRecords, Keys: opt.Keys,
	}
	if opt.Zoomed {
		s.Focus, s.Zoomed = view.PaneInspector, true
	}
	d := p.desk(theme)
	d.wide = width >= wideLane
	row, _ := d.row(p.Record())
	if p.Record() == "" {
		row = view.Row{}
	}
	s.Records = d.records(p.Record(), view.TableHeight(s))
	s.Pipeline = d.pipeline(row)
	s.Inspector = d.inspector(row)
	if p.timeline {
		s.Inspector.Timeline = p.diagram(view.PageWidth(s, view.PaneInspector))
	}
	if s.LogOpen = p.log; p.log {
		s.Log = d.eventLog()
	}
	s.Inspector.Offset = p.offset(s)
	if s.Hall = opt.Hall; s.Hall {
		p.loud(&s)
	}
	return s
}

// loud makes what moves the caption where there is room for one thing only.
func (p *Player) loud(s *view.Screen) {
	if stop := p.Stop(); stop.Action.Verb != 0 && !s.Stage.Alarm {
		s.Stage.Caption = p.tape.action(stop.Action) + "."
	}
}

// wideLane is the width from which a chip of the lane has room for a name.
const wideLane = 110

// desk is the screen of the person who is shown.
func (p *Player) desk(theme view.Theme) desk {
	d := desk{tape: p.tape, stop: p.Stop(), theme: theme}
	name := p.Person()
	for i := range d.stop.State.Clients {
		if c := &d.stop.State.Clients[i]; c.Name == name {
			d.client = c
		}
	}
	return d
}

// header is the top line.
func (p *Player) header() view.Header {
	s := p.Stop()
	h := view.Header{
		Mode: "play", Client: p.Person(), Strategy: p.tape.Under.Text(),
		Log: uint64(len(s.State.Log)), DB: s.State.Checkpoint, Online: true,
	}
	switch {
	case s.ByHand:
		h.Mode = "by hand"
	case p.tape.Live:
		h.Mode = "recorded live"
	}
	if c := p.desk(view.Theme{}).client; c != nil {
		h.Online = c.Online
	}
	if w := gates(s.State.Waiting); w != "" {
		h.Waiting = "a gate to open: " + w
	}
	return h
}

// stage is what is told or asked, what moves, and the scrubber.
func (p *Player) stage() *view.Stage {
	s := p.Stop()
	g := &view.Stage{
		Caption: s.Story, Question: p.question(), Doing: p.tape.doing(s), At: p.at, State: p.place(),
		Ticks: make([]view.Tick, p.Len()),
	}
	for i := range p.tape.Stops {
		switch t := &p.tape.Stops[i]; {
		case len(p.tape.marked(i)) > 0:
			g.Ticks[i] = view.TickAnomaly
		case t.Question >= 0:
			g.Ticks[i] = view.TickQuestion
		}
	}
	g.Doing, g.Mark = checked(g.Doing, s.Checks)
	if found := p.Found(); len(found) > 0 {
		g.Caption, g.Alarm = alarm(found[0]), true
	}
	switch {
	case s.Closing:
		g.Caption = p.closing()
	case p.at == 0 && p.lesson != nil:
		g.Caption = p.lesson.opening()
	}
	return g
}

// checked adds what the script expects here, and what came instead.
func checked(doing string, checks []Check) (string, view.Mark) {
	for _, c := range checks {
		if c.Wrong != "" {
			return fmt.Sprintf("%s, but: %s", strings.TrimSpace(cut(c.Text)), c.Wrong), view.MarkRolledBack
		}
	}
	return doing, view.MarkNone
}

// alarm says what a checker found.
func alarm(f anomaly.Finding) string {
	if f.Price {
		return fmt.Sprintf("%s %s, a price of the strategy: %s", f.ID, f.Name, f.Why)
	}
	return fmt.Sprintf("%s %s: %s", f.ID, f.Name, f.Why)
}

// question is what is asked at this stop.
func (p *Player) question() *view.Question {
	q, i := p.Asked()
	if q == nil {
		return nil
	}
	a := p.answers[i]
	out := &view.Question{Text: q.Text, Revealed: a.revealed, Hint: p.hint(q, a)}
	for n, o := range q.Options {
		out.Options = append(out.Options, view.Option{Text: o.Text, Chosen: n == a.choice, Right: o.Right, Wrong: q.Check && a.hasTried(n)})
	}
	if q.Check {
		out.Why, out.Hint = graded(q, a)
	}
	return out
}

// hint says what can be done with a question.
func (p *Player) hint(q *Question, a answer) string {
	switch {
	case !a.revealed && a.choice < 0:
		return fmt.Sprintf("predict: 1–%d · space reveals", len(q.Options))
	case !a.revealed:
		return "space reveals"
	case a.choice < 0:
		return ". goes on and shows it"
	case q.Options[a.choice].Right:
		return "right: . goes on and shows it"
	}
	return "not so: . goes on and shows it"
}

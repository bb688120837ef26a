package lab

import (
	"strings"

	"optimist/shared/scenario"
)

// Cue is where a story stands, for whoever presents it and does not look at its
// screen.
type Cue struct {
	At, Of  int    // Stop At of Of.
	Now     string // What is told, asked or moved here.
	Answer  string // The right one, if something is asked.
	Next    string // What comes next, "" at the end.
	Note    string // The presenter's, for here.
	Playing bool
}

// Cue returns where the player stands.
func (p *Player) Cue() Cue {
	out := Cue{At: p.at, Of: p.Len() - 1, Now: p.now(p.at), Note: p.tape.note(p.at), Playing: p.playing}
	if q, _ := p.Asked(); q != nil {
		for _, o := range q.Options {
			if o.Right {
				out.Answer = o.Text
			}
		}
	}
	if p.at < p.Len()-1 {
		out.Next = p.now(p.at + 1)
	}
	return out
}

// now says what is told, asked or moved at a stop.
func (p *Player) now(at int) string {
	s := &p.tape.Stops[at]
	switch {
	case s.Closing:
		return "the end of the lesson"
	case s.Question >= 0:
		return "? " + p.tape.Questions[s.Question].Text
	case at == 0, s.Line != nil && s.Line.Kind == scenario.Narration:
		return s.Story
	}
	text := p.tape.doing(s)
	for _, f := range p.tape.marked(at) {
		text += " — " + alarm(f)
	}
	return strings.TrimSpace(text)
}

// note is the presenter's note for a stop. Where a person has taken over, that
// of the last line of the story.
func (t *Tape) note(at int) string {
	for ; at > 0; at-- {
		if line := t.Stops[at].Line; line != nil {
			return t.Script.NoteAt(line.Number)
		}
	}
	return t.Script.NoteAt(0)
}

// Cue returns where the two stand.
func (c *Comparison) Cue() Cue {
	out := Cue{At: c.at, Of: len(c.lines) - 1, Now: c.stage().Caption, Note: c.sides[0].tape.Script.NoteAt(c.lines[c.at]), Playing: c.playing}
	if c.at < len(c.lines)-1 {
		out.Next = "both: " + c.sides[0].tape.text(c.lines[c.at+1])
	}
	return out
}

// stand tells whoever listens where the story stands, if that changed.
func (m *Model) stand() {
	if m.cfg.Where == nil {
		return
	}
	at := m.player().Cue()
	if m.pair != nil {
		at = m.pair.Cue()
	}
	if at != m.stood {
		m.stood = at
		m.cfg.Where(at)
	}
}

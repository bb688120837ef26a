package lab

import (
	"slices"
	"sync"

	"optimist/client/view"
)

// Scene is what a teacher shows: all that a seat needs to show the same at its
// own size. Nobody changes one after it was made, so that the whole class can
// draw from it at once.
type Scene struct {
	at     int         // Where the story is, whatever else is shown.
	player *Player     // Whose choices are nobody's.
	pair   *Comparison // nil: one story is shown.
	zoomed bool

	mu       sync.Mutex
	pictures map[picture]string // By what they depend on, for seats that show the same.
}

// picture is what the screen of a seat that follows depends on, besides the
// place.
type picture struct {
	width, height int
	theme         view.Options
	hall          bool
	choice        int
	guide, note   string
	seats         int
}

// maxPictures is how many different pictures of one place are kept; more are
// drawn each time.
const maxPictures = 64

// NewScene returns the place at the beginning of a story.
func NewScene(t *Tape) *Scene { return SceneOf(NewPlayer(t)) }

// SceneOf returns where a player stands.
func SceneOf(p *Player) *Scene { return &Scene{at: p.at, player: p.frozen()} }

// At returns where the story is, from 0.
func (p *Scene) At() int { return p.at }

// Revealed reports whether the answer of a question is out.
func (p *Scene) Revealed(question int) bool {
	return question < len(p.player.answers) && p.player.answers[question].revealed
}

// scene is what the model stands.
func (m *Model) scene() *Scene {
	p := &Scene{at: m.story.at, player: m.player().frozen(), zoomed: m.zoomed}
	if m.hand != nil {
		p.player.tape = m.hand.tape.frozen()
	}
	if m.pair != nil {
		pair := *m.pair
		for i, side := range m.pair.sides {
			pair.sides[i] = side.frozen()
		}
		p.pair = &pair
	}
	return p
}

// frozen returns a copy of the player that has made no choice and goes nowhere.
func (p *Player) frozen() *Player {
	c := *p
	c.answers = slices.Clone(p.answers)
	for i := range c.answers {
		c.answers[i] = answer{choice: -1, revealed: c.answers[i].revealed}
	}
	return &c
}

// frozen returns a copy of a tape that is still being made by hand.
func (t *Tape) frozen() *Tape {
	c, told := *t, *t.Trace
	told.Names, told.Events = slices.Clone(told.Names), slices.Clone(told.Events)
	c.Trace, c.Stops = &told, slices.Clone(t.Stops)
	return &c
}

// screen is what a seat shows that chose an answer of the question here.
func (p *Scene) screen(width, height int, theme view.Theme, opt Options, choice int) view.Screen {
	opt.Zoomed = p.zoomed
	if p.pair != nil {
		return p.pair.Screen(width, height, theme, opt)
	}
	own := *p.player
	if _, i := own.Asked(); i >= 0 {
		own.answers = slices.Clone(own.answers)
		own.answers[i].choice = choice
	}
	return own.Screen(width, height, theme, opt)
}

// draw returns the picture, drawn at most once for all who need the same.
func (p *Scene) draw(of picture, screen func() view.Screen) string {
	p.mu.Lock()
	kept, known := p.pictures[of]
	p.mu.Unlock()
	if known {
		return kept
	}
	drawn := view.Render(screen())
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.pictures == nil {
		p.pictures = map[picture]string{}
	}
	if len(p.pictures) < maxPictures {
		p.pictures[of] = drawn
	}
	return drawn
}

package film

import (
	"strings"

	"optimist/client/lab"
	"optimist/client/view"
	"optimist/shared/printable"
)

// Reading times in milliseconds, beyond those of the player.
const (
	wordTime   = 260   // Of a word that is asked.
	revealTime = 2_500 // Of an answer.
	endTime    = 4_000 // Of the last screen, at least.
)

// Options say how a story is filmed.
type Options struct {
	Width, Height int
	Look          view.Options
	Hall          bool // For the last row of a lecture hall.
	Progress      Progress
}

// Shoot plays a story at a reader's speed and films it: a shot a stop, and one
// more where an answer is revealed.
func Shoot(t *lab.Tape, opt Options) (*Film, error) {
	if err := CheckSize(opt.Width, opt.Height); err != nil {
		return nil, err
	}
	c := camera{player: lab.NewPlayer(t), theme: view.NewTheme(opt.Look), opt: opt}
	c.film = &Film{Title: printable.Line(t.Trace.Title), Width: opt.Width, Height: opt.Height, Look: opt.Look}
	c.player.Play(true)
	for i := range c.player.Len() {
		c.player.Jump(i)
		asked, _ := c.player.Asked()
		c.take(c.player.Pause() + readingTime(asked))
		if c.player.Reveal() {
			c.take(revealTime)
			c.film.Shots[len(c.film.Shots)-1].Marker = "the answer"
		}
		if err := opt.Progress.tell(i, c.player.Len()); err != nil {
			return nil, err
		}
		if len(c.film.Shots) > MaxShots {
			break // Check says so.
		}
	}
	last := &c.film.Shots[len(c.film.Shots)-1]
	last.For = max(last.For, endTime)
	return c.film, c.film.Check()
}

// readingTime is how long a question takes to read, with its options.
func readingTime(q *lab.Question) int64 {
	if q == nil {
		return 0
	}
	words := len(strings.Fields(q.Text))
	for _, o := range q.Options {
		words += len(strings.Fields(o.Text))
	}
	return int64(words) * wordTime
}

// camera films a player.
type camera struct {
	player *lab.Player
	film   *Film
	theme  view.Theme
	opt    Options
}

// take films what the player shows for that long.
func (c *camera) take(ms int64) {
	s := c.player.Screen(c.opt.Width, c.opt.Height, c.theme, lab.Options{Hall: c.opt.Hall})
	c.film.Shots = append(c.film.Shots, Shot{
		Screen: view.Render(s), For: min(ms, MaxFor), Marker: marker(s.Stage), Anomaly: len(c.player.Found()) > 0,
	})
}

// marker says what a stop is, in a line.
func marker(s *view.Stage) string {
	switch {
	case s.Doing != "":
		return printable.Line(s.Doing)
	case s.Question != nil:
		return printable.Line("? " + s.Question.Text)
	}
	return printable.Line("> " + s.Caption)
}

package cue

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"optimist/shared/printable"
)

// Waiting is what is shown while nothing is played.
const Waiting = "Nothing is played on this machine now. Waiting for optimist play, learn or serve."

// clock writes how long something takes, as minutes and seconds.
func clock(d time.Duration) string {
	seconds := int(max(d, 0) / time.Second)
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}

// head says which story it is, and how far it has come.
func (c *Cue) head(now time.Time) string {
	state := "paused"
	if c.Playing {
		state = "playing"
	}
	if c.At == c.Of {
		state = "the end"
	}
	return printable.Line(fmt.Sprintf("%s   %d/%d   %s   %s", c.Title, c.At, c.Of, clock(now.Sub(c.Began)), state))
}

// part is one thing that a presenter is told.
type part struct{ name, text string }

// parts are what a presenter is told, the note first.
func (c *Cue) parts() []part {
	note, next := c.Note, c.Next
	if note == "" {
		note = "(no note here)"
	}
	if next == "" {
		next = "this is the end"
	}
	list := []part{{"NOTE", note}, {"NOW", c.Now}}
	if c.Answer != "" {
		list = append(list, part{"ANSWER", c.Answer})
	}
	return append(list, part{"NEXT", next})
}

// Lines tells the cue line by line, for pipes and screen readers.
func (c *Cue) Lines(now time.Time) string {
	text := c.head(now) + "\n"
	for _, p := range c.parts() {
		text += p.name + ": " + printable.Line(p.text) + "\n"
	}
	return text + "\n"
}

// Attributes of the page. It has no colours.
const (
	bold  = "\x1b[1m"
	plain = "\x1b[0m"
)

// Page draws the cue for a terminal of that size; nil: nothing is played. The
// note has as much room as it needs, before anything else.
func (c *Cue) Page(width, height int, now time.Time) string {
	width, height = max(width, 1), max(height, 1)
	if c == nil {
		return say(Waiting, width, height)
	}
	lines := []string{bold + ansi.Truncate(c.head(now), width, "…") + plain, ""}
	for _, p := range c.parts() {
		const margin = "  "
		look := ""
		if p.name == "NOTE" {
			look = bold
		}
		lines = append(lines, p.name)
		for line := range strings.SplitSeq(ansi.Wrap(printable.Line(p.text), max(width-2*len(margin), 1), ""), "\n") {
			lines = append(lines, margin+look+line+plain)
		}
		lines = append(lines, "")
	}
	return fit(lines, height)
}

// say is a page with one thing to say.
func say(text string, width, height int) string {
	return fit(strings.Split(ansi.Wrap(printable.Line(text), max(width, 1), ""), "\n"), max(height, 1))
}

// fit cuts lines to the height of a page, and says so.
func fit(lines []string, height int) string {
	if len(lines) > height {
		lines = lines[:height]
		lines[height-1] = "…"
	}
	return strings.Join(lines, "\n")
}

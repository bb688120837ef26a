package film

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"optimist/client/view"
)

// Still writes the shot that says most as a picture that stands alone.
func Still(w io.Writer, f *Film, tell Progress) error {
	if err := f.Check(); err != nil {
		return err
	}
	screens, err := f.screens(tell)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, f.still(screens))
	return err
}

// still draws the shot that says most.
func (f *Film) still(screens []screen) string {
	var b strings.Builder
	b.WriteString(view.SVGOpen(f.Title, f.Width, f.Height, f.Look))
	for y, l := range screens[f.Punch()] {
		b.WriteString(view.SVGLine(y, l.cells, f.Look))
	}
	b.WriteString(view.SVGClose)
	return b.String()
}

// Animation writes the film as one picture that moves by CSS alone. Where
// nothing moves, or whoever looks wants no motion, it is the still.
func Animation(w io.Writer, f *Film, tell Progress) error {
	if err := f.Check(); err != nil {
		return err
	}
	screens, err := f.screens(tell)
	if err != nil {
		return err
	}
	a := animation{film: f, classes: map[string]string{}}
	a.draw(screens)
	var b strings.Builder
	b.WriteString(view.SVGOpen(f.Title, f.Width, f.Height, f.Look))
	b.WriteString("<style>\n.still{visibility:hidden}.still.shown{visibility:visible}\n@media (prefers-reduced-motion:no-preference){\n")
	b.WriteString(a.style.String())
	b.WriteString("}\n</style>\n")
	b.WriteString(a.body.String())
	b.WriteString(view.SVGClose)
	_, err = io.WriteString(w, b.String())
	return err
}

// animation is a film whose lines come and go by themselves.
type animation struct {
	film        *Film
	style, body strings.Builder
	classes     map[string]string // Names of what comes and goes at the same times.
}

// draw draws each text of each line once, with the times at which it is there.
func (a *animation) draw(screens []screen) {
	for y := range a.film.Height {
		var texts []*line
		times := map[*line][]bool{}
		for i, s := range screens {
			l := s[y]
			if times[l] == nil {
				texts = append(texts, l)
				times[l] = make([]bool, len(screens))
			}
			times[l][i] = true
		}
		for _, l := range texts {
			a.line(y, l, times[l])
		}
	}
}

// line draws one text of one line.
func (a *animation) line(y int, l *line, there []bool) {
	drawn := view.SVGLine(y, l.cells, a.film.Look)
	if drawn == "" {
		return
	}
	if !slices.Contains(there, false) {
		a.body.WriteString(drawn)
		return
	}
	shown := ""
	if there[a.film.Punch()] {
		shown = " shown"
	}
	fmt.Fprintf(&a.body, "<g class=\"still%s %s\">\n%s</g>\n", shown, a.class(there), drawn)
}

// class returns the name for being there at those shots, which is defined once.
func (a *animation) class(there []bool) string {
	starts, last := a.film.Starts(), false
	var frames strings.Builder
	for i, now := range there {
		if i > 0 && now == last {
			continue
		}
		last = now
		word := "hidden"
		if now {
			word = "visible"
		}
		fmt.Fprintf(&frames, "%.3f%%{visibility:%s}", 100*float64(starts[i])/float64(a.film.Length()), word)
	}
	key := frames.String()
	if a.classes[key] == "" {
		a.classes[key] = fmt.Sprintf("k%d", len(a.classes))
		fmt.Fprintf(&a.style, "@keyframes %[1]s{%[2]s}\n.%[1]s{animation:%[1]s %[3]dms step-end infinite}\n",
			a.classes[key], key, a.film.Length())
	}
	return a.classes[key]
}

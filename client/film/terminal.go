package film

import (
	"fmt"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
)

// start is what a terminal is told before the first shot: no cursor, an empty
// screen.
const start = "\x1b[?25l\x1b[2J"

// lines returns the lines of a shot, as many as the film is high.
func (f *Film) lines(shot int) []string {
	lines := strings.Split(f.Shots[shot].Screen, "\n")
	for len(lines) < f.Height {
		lines = append(lines, "")
	}
	return lines[:f.Height]
}

// output returns what a terminal is sent for a shot: the lines that differ from
// those of the shot before, each at its place. It moves by addresses alone, so
// that no line end can scroll the screen.
func (f *Film) output(shot int) string {
	var b strings.Builder
	var before []string
	if shot == 0 {
		b.WriteString(start)
	} else {
		before = f.lines(shot - 1)
	}
	for y, line := range f.lines(shot) {
		if before == nil || line != before[y] {
			fmt.Fprintf(&b, "\x1b[%d;1H\x1b[2K%s", y+1, line)
		}
	}
	return b.String()
}

// screen is what a terminal shows: its lines from the top. Screens share equal
// lines.
type screen []*line

// line is one line of cells.
type line struct{ cells uv.Line }

// screens plays the film in a terminal emulator and returns what it shows after
// each shot. A line's cells depend on nothing but its text, so each text is
// looked at once.
func (f *Film) screens(tell Progress) ([]screen, error) {
	terminal := vt.NewEmulator(f.Width, f.Height)
	known := map[string]*line{}
	screens := make([]screen, len(f.Shots))
	for i := range f.Shots {
		// The films ask a terminal nothing, so nothing waits to be read.
		_, _ = terminal.WriteString(f.output(i))
		screens[i] = make(screen, f.Height)
		for y, text := range f.lines(i) {
			if known[text] == nil {
				known[text] = readLine(terminal, y)
			}
			screens[i][y] = known[text]
		}
		if err := tell.tell(i, len(f.Shots)); err != nil {
			return nil, err
		}
	}
	return screens, nil
}

// readLine copies a line from the emulator.
func readLine(terminal *vt.Emulator, y int) *line {
	l := &line{cells: make(uv.Line, terminal.Width())}
	for x := range l.cells {
		if c := terminal.CellAt(x, y); c != nil {
			l.cells[x] = *c
		}
	}
	return l
}

// Progress is told how far an export is, and ends it with an error. The zero
// Progress is nobody.
type Progress func(done, of int) error

// tell tells that one more of them is done.
func (p Progress) tell(i, of int) error {
	if p == nil {
		return nil
	}
	return p(i+1, of)
}

//go:build e2e

package main

import (
	"fmt"
	"strings"
	"testing"
)

// runs types a command line.
func (m *tmux) runs(line string) {
	m.tb.Helper()
	m.types(line)
	m.keys("Enter")
}

// resize gives the terminal another size.
func (m *tmux) resize(width, height int) {
	m.tb.Helper()
	m.must("resize-window", "-x", fmt.Sprint(width), "-y", fmt.Sprint(height))
}

// left checks that the program has ended with a code, and the terminal is as it
// was: the main screen with its text, a cursor, no mouse.
func (m *tmux) left(code int) {
	m.tb.Helper()
	m.sees("shell>")
	m.runs("echo left with $?")
	m.sees(fmt.Sprintf("left with %d", code))
	state := strings.TrimSpace(m.must("display-message", "-p", "#{alternate_on} #{cursor_flag} #{mouse_any_flag}"))
	if state != "0 1 0" {
		m.tb.Errorf("alternate screen, cursor, mouse: %s, want 0 1 0", state)
	}
	if screen := m.must("capture-pane", "-p"); !strings.Contains(screen, "optimist play") {
		m.tb.Errorf("what stood there is gone:\n%s", screen)
	}
}

// A story in a real terminal: stepped there and back, a prediction, the other
// strategy beside it, the hall, taken over; and the terminal as it was.
func TestPlayInTmux(t *testing.T) {
	m := mustTmux(t, 80, 24)
	m.runs("optimist play create-then-edit")
	m.sees("The edit that came too early", "paused 1×", " 0/25", "? help")
	m.keys(".", ".", ".")
	m.sees(" 3/25")
	m.keys(",")
	m.sees(" 2/25")
	m.keys("!", ",")
	m.sees("What comes of it?", "predict: 1–3")
	m.keys("2")
	m.sees("▸ 2 that depends")
	m.keys("Space")
	m.sees("right: . goes on", "predicted so far: 1 of 1")
	m.keys("x")
	m.sees("compare check-projection with")
	m.keys("Enter", "D")
	m.sees("check-projection | reconcile", "they differ first at line", "RESULT 2 kept")
	m.keys("x", "P")
	m.sees("alice sees")
	m.keys("P", ".")
	m.sees("V1 spurious-rejection")
	m.keys(",", "i")
	m.sees("yours from here")
	m.keys("o")
	m.sees("what can happen next", "server handle")
	m.keys("Down", "Enter")
	m.sees("by hand as alice", "the projector takes the next event")
	m.keys("Escape")
	m.sees("What comes of it?")
	m.keys("C-z")
	m.sees("shell>")
	m.runs("fg")
	m.sees("What comes of it?")
	m.keys("q")
	m.left(0)
}

// Smaller than anything fits on, and back; without colour.
func TestPlaySizesInTmux(t *testing.T) {
	m := mustTmux(t, 80, 24)
	m.runs("NO_COLOR=1 optimist play create-then-edit")
	m.sees("The edit that came too early", "records", "inspector")
	for _, size := range []struct {
		width, height int
		shows         []string
	}{
		{60, 16, []string{"The edit that came too early", "0/25"}},
		{39, 9, []string{"need 40×10", "39×9"}},
		{120, 36, []string{"pipeline", "0/25"}},
		{20, 5, []string{"need 40×10"}},
		{80, 24, []string{"records", "inspector", "? help"}},
	} {
		m.resize(size.width, size.height)
		m.sees(size.shows...)
	}
	m.keys("!")
	m.sees("V1 spurious-rejection")
	if styled := m.must("capture-pane", "-p", "-e"); strings.Contains(styled, "\x1b[38") || strings.Contains(styled, "\x1b[31m") {
		t.Errorf("coloured:\n%q", styled)
	}
	m.keys("C-c")
	m.left(0)
}

// The mouse of a real terminal: the scrubber, and off again.
func TestPlayMouseInTmux(t *testing.T) {
	m := mustTmux(t, 80, 24)
	m.runs("optimist play create-then-edit")
	m.sees(" 0/25")
	m.click(1+5, 22)
	m.sees(" 5/25")
	m.keys("m")
	m.sees("the mouse is off")
	if on := strings.TrimSpace(m.must("display-message", "-p", "#{mouse_any_flag}")); on != "0" {
		t.Errorf("the mouse is asked for all the same: %s", on)
	}
	m.keys("q")
	m.left(0)
}

// click presses the left button at a cell, counted from 0, as a terminal tells
// it that reports the mouse in decimals.
func (m *tmux) click(x, y int) {
	m.tb.Helper()
	m.types(fmt.Sprintf("\x1b[<0;%d;%dM\x1b[<0;%d;%dm", x+1, y+1, x+1, y+1))
}

// A puzzle, solved with a detour and a hint.
func TestPuzzleInTmux(t *testing.T) {
	m := mustTmux(t, 80, 24)
	m.runs("optimist play a --puzzle --strategy check-projection --anomaly V1")
	m.sees("until it has gone wrong like this", "1 alice: create ada", "0 steps")
	m.keys("1", "1", "1")
	m.sees("3 steps", "2 the projector copies 1 event")
	m.keys("3", ",")
	m.sees("3 steps, 1 taken back")
	m.keys("h")
	m.sees("hint: the server decides alice.2")
	m.keys("1")
	m.sees("V1 spurious-rejection", "Yours: 4 steps", "shortest: 4 steps")
	m.keys("Enter")
	m.sees("the shortest as alice", "0/4")
	m.keys("Escape")
	m.sees("puzzle as alice")
	m.keys("x")
	m.sees("yours | the shortest", "yours is the shortest, step by step.")
	m.keys("q")
	m.left(0)
}

// The play that is closed to the terminal's input, or given what is no story.
func TestPlayRefusedInTmux(t *testing.T) {
	m := mustTmux(t, 80, 24)
	m.runs("optimist play create-then-edit <&- | tail -n 1")
	m.sees("RESULT 1 kept, 1 refused")
	m.runs("clear; optimist play /")
	m.sees("optimist: error: ", "shell>")
	m.runs("optimist play create-then-edt")
	m.sees("did you mean \"create-then-edit\"?")
	m.left(2)
}

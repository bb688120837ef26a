package lab

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"optimist/shared/strategy"
)

// find is the cell where a text begins on the screen, the last such.
func (r *rig) find(text string) (x, y int) {
	r.t.Helper()
	lines := strings.Split(r.text(), "\n")
	for y := len(lines) - 1; y >= 0; y-- {
		if before, _, found := strings.Cut(lines[y], text); found {
			return ansi.StringWidth(before), y
		}
	}
	r.t.Fatalf("no %q to click:\n%s", text, r.text())
	return 0, 0
}

func (r *rig) click(text string) {
	r.t.Helper()
	x, y := r.find(text)
	r.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
}

func (r *rig) wheel(text string, button tea.MouseButton) {
	r.t.Helper()
	x, y := r.find(text)
	r.send(tea.MouseWheelMsg{X: x, Y: y, Button: button})
}

// A click selects a record, goes to a place of the scrubber, answers a question,
// presses a hint's key; the wheel goes through what is under it.
func TestMouse(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 36}} {
		r := mustRig(t, "one-email-two-people", size[0], size[1], Config{})
		r.press("end")
		rows := r.m.story.desk(r.m.theme()).records("", 0).Rows
		first, second := rows[0], rows[1]
		for _, row := range []string{first.ID, second.ID, first.ID} {
			name := first.Name
			if row == second.ID {
				name = second.Name
			}
			x, y := 0, 0
			for line, text := range strings.Split(r.text(), "\n") {
				if before, _, found := strings.Cut(text, " "+name+" "); found && y == 0 {
					x, y = ansi.StringWidth(before)+1, line
				}
			}
			r.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
			if r.m.story.Record() != row {
				t.Fatalf("%v: a click on %s selected %s", size, row, r.m.story.Record())
			}
		}
		r.wheel(" "+second.Name+" ", tea.MouseWheelDown)
		if r.m.story.Record() != second.ID {
			t.Errorf("%v: the wheel over the table selected %s", size, r.m.story.Record())
		}
	}
}

func TestMouseOnTheScrubber(t *testing.T) {
	r := mustRig(t, "create-then-edit", 80, 24, Config{})
	_, y := r.find(" 0/25")
	r.send(tea.MouseClickMsg{X: 1 + 7, Y: y, Button: tea.MouseLeft})
	if r.m.story.At() != 7 {
		t.Fatalf("a click on the eighth tick went to %d", r.m.story.At())
	}
	// Dragged, even with an unsteady hand; let go, not any more.
	r.send(tea.MouseMotionMsg{X: 1 + 12, Y: y - 3, Button: tea.MouseLeft})
	if r.m.story.At() != 12 {
		t.Errorf("dragged to the thirteenth tick: at %d", r.m.story.At())
	}
	r.send(tea.MouseReleaseMsg{X: 1 + 12, Y: y})
	r.send(tea.MouseMotionMsg{X: 1 + 3, Y: y})
	if r.m.story.At() != 12 {
		t.Errorf("moved without a button: at %d", r.m.story.At())
	}
	r.send(tea.MouseWheelMsg{X: 3, Y: y, Button: tea.MouseWheelUp})
	if r.m.story.At() != 11 {
		t.Errorf("the wheel went to %d", r.m.story.At())
	}
	if r.send(tea.MouseClickMsg{X: 1 + 3, Y: y, Button: tea.MouseRight}); r.m.story.At() != 11 {
		t.Error("another button does something")
	}
}

func TestMouseAnswers(t *testing.T) {
	r := mustRig(t, "create-then-edit", 80, 24, Config{})
	r.until("What comes of it?")
	r.click("accepted, because the create was")
	r.shows("▸ 3")
	r.click("space ")
	r.shows("✗ 3", "← this")
	r.click("? help")
	r.shows("leave what is open")
	r.press("esc", "x")
	r.click("check-log")
	r.shows("compare", "check-log")
}

// In a comparison a click on either side selects the record on both.
func TestMouseOnBothSides(t *testing.T) {
	s := mustScript(t, "one-email-two-people")
	r := mustRig(t, "one-email-two-people", 80, 24, Config{Against: mustSimulate(t, s, strategy.Of("reserve"))})
	r.press("end")
	upper, lower := r.m.pair.sides[0], r.m.pair.sides[1]
	rows := lower.desk(r.m.theme()).records("", 0).Rows
	for _, row := range []int{0, 1, 0} {
		r.click(" " + rows[row].Name + " ") // The last on the screen, so of the lower side.
		if upper.record != rows[row].ID || lower.Record() != rows[row].ID {
			t.Errorf("row %d: %q and %q are selected", row, upper.record, lower.Record())
		}
	}
	// The upper side has no row yet: the click is on what the lower one shows.
	s = mustScript(t, "create-then-edit")
	r = mustRig(t, "create-then-edit", 80, 24, Config{Tape: mustSimulate(t, s, strategy.Of("read-log")), Against: mustSimulate(t, s, s.Strategy)})
	r.press("D")
	r.click(" Ada ")
	if got := r.m.pair.sides[1].record; got != "ada" {
		t.Errorf("%q is selected:\n%s", got, r.text())
	}
}

// The mouse is asked for until m gives it back to the terminal.
func TestMouseOff(t *testing.T) {
	r := mustRig(t, "create-then-edit", 80, 24, Config{})
	if r.m.View().MouseMode != tea.MouseModeCellMotion {
		t.Fatal("the mouse is not asked for")
	}
	r.press("m")
	r.shows("the mouse is off")
	if r.m.View().MouseMode != tea.MouseModeNone {
		t.Error("m did not turn it off")
	}
	r.press("m")
	if r.m.View().MouseMode == tea.MouseModeNone {
		t.Error("m did not turn it on again")
	}
}

// Whatever is clicked, wherever, with whatever open: nothing breaks.
func TestMouseEverywhere(t *testing.T) {
	s := mustScript(t, "create-then-edit")
	for _, cfg := range []Config{{}, {Hall: true}, {Against: mustSimulate(t, s, strategy.Of("reconcile"))}} {
		r := mustRig(t, "create-then-edit", 80, 24, cfg)
		for _, open := range []string{"", "?", "x", "i", "n", "t", "l", "!"} {
			r.press("esc", "esc")
			if open != "" {
				r.press(open)
			}
			for y := 0; y < 24; y += 2 {
				for x := 0; x < 80; x += 9 {
					r.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
					r.send(tea.MouseMotionMsg{X: x + 3, Y: y, Button: tea.MouseLeft})
					r.send(tea.MouseReleaseMsg{X: x, Y: y})
					r.send(tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelDown})
					if lines := strings.Count(r.m.View().Content, "\n"); lines != 23 {
						t.Fatalf("%d lines after a click at %d,%d with %q open", lines+1, x, y, open)
					}
				}
			}
		}
	}
}

// The log of the stop: what waits, what is in the database, what is void; and
// more of a life than fits can be gone through.
func TestEventLog(t *testing.T) {
	r := mustRig(t, "for-good", 80, 24, Config{})
	r.press("l")
	r.shows("event log", "#1")
	r.press("end")
	r.shows("made void", "rejected")
	r.press("home", "l")
	r.hides("event log")
	r = mustRig(t, "create-then-edit", 80, 24, Config{})
	r.press("end", "t")
	newest := r.text()
	r.press("g", "end")
	x, y := r.find("● alice.1 confirmed")
	r.send(tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelUp})
	if r.text() == newest {
		t.Error("the timeline does not scroll")
	}
	r.send(tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelDown})
	if r.text() != newest {
		t.Errorf("not the newest again:\n%s", r.text())
	}
}

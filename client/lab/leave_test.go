package lab

import (
	"testing"

	tea "charm.land/bubbletea/v2"

	"optimist/shared/strategy"
)

// Whatever is open, the footer says where Esc leads, its hint takes a click, and
// that is where one is then.
func TestHintsSayWhereEscLeads(t *testing.T) {
	for name, tt := range map[string]struct {
		open  []string
		leads string
		back  string // What the screen shows then.
	}{
		"zoomed":              {[]string{"z"}, "esc zoom out", "╭─ records ─"},
		"by hand":             {[]string{"i"}, "esc to the story", "2/25"},
		"compared":            {[]string{"x", "enter"}, "esc to the story", "2/25"},
		"zoomed and compared": {[]string{"z", "x", "enter"}, "esc to the story", "esc zoom out"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, by := range []string{"its key", "a click"} {
				r := mustRig(t, "create-then-edit", 80, 24, Config{})
				r.press(".", ".")
				r.hides("esc ") // There is nothing to leave but the program.
				r.press(tt.open...)
				r.shows(tt.leads)
				if by == "a click" {
					r.click(tt.leads)
				} else {
					r.press("esc")
				}
				r.shows(tt.back)
				r.hides("esc to the story")
			}
		})
	}
}

// In a puzzle too: from the shortest way to one's own, and from both beside each
// other to where one was.
func TestPuzzleSaysWhereEscLeads(t *testing.T) {
	r := mustPuzzleRig(t, mustSmall(t, "check-projection", "spurious-rejection"), 80, 24, false)
	r.found(r.m.puzzle.scout.whole)
	r.press("1", "1", "1", "1")
	r.says("V1 spurious-rejection", "enter play the shortest")
	r.press("x")
	r.says("esc leave it", "yours | the shortest")
	r.press("esc", "enter")
	r.says("esc to yours", "The shortest way has 4 steps")
	r.press("esc")
	r.says("enter play the shortest")
	r.hides("esc ")
}

// The narrowest footer has the way out, and help.
func TestNarrowestFooter(t *testing.T) {
	r := mustRig(t, "create-then-edit", 40, 10, Config{Back: "to the matrix", Left: func(bool) tea.Cmd { return nil }})
	r.shows("esc to the matrix  ? help  space play")
	r.press(".", ".", "i")
	r.shows("esc to the story  ? help")
}

// Who shows the model within another is told at once that it is left, and only
// when nothing else is open.
func TestWithin(t *testing.T) {
	left := 0
	cfg := Config{Back: "to the rest", Left: func(bool) tea.Cmd { left++; return nil }}
	r := mustRig(t, "create-then-edit", 80, 24, cfg)
	r.shows("esc to the rest")
	r.press(".", ".", "z", "esc", "?", "esc", "x", "q", "i", "esc")
	if left != 0 {
		t.Fatalf("it was left %d times", left)
	}
	for i, leave := range []func(){
		func() { r.press("esc") }, func() { r.press("q") }, func() { r.click("esc to the rest") }, func() { r.press("i", "q") },
	} {
		if leave(); left != i+1 {
			t.Fatalf("left %d times, want %d", left, i+1)
		}
	}
}

// Beside each other two stories have no panes to zoom, and the life of a record
// only where there is room: no hint promises more, and a key says so.
func TestComparedOnASmallScreen(t *testing.T) {
	r := mustRig(t, "create-then-edit", 80, 24, Config{})
	r.press(".", ".", "x", "enter")
	r.hides("t timeline")
	for key, says := range map[string]string{
		"t": "timeline, or its life: not here", "z": "zoom it, or not: not here", "l": "the event log, or not: not here",
	} {
		r.press(key)
		r.shows(says)
	}
	r.send(mustKeyNamed(t, "pgup"))
	r.shows("back in what happened: not here")
	r.send(tea.WindowSizeMsg{Width: 120, Height: 36})
	r.press("D")
	r.shows("t timeline")
	before := r.text()
	if r.press("t"); r.text() == before {
		t.Error("t does nothing")
	}
}

// Of two stories that were asked for together neither can be taken away.
func TestComparedFromTheBeginning(t *testing.T) {
	s := mustScript(t, "create-then-edit")
	r := mustRig(t, "create-then-edit", 80, 24, Config{Against: mustSimulate(t, s, strategy.Of("reconcile"))})
	r.shows("D first difference", "q quit")
	r.hides("x compare", "esc ")
	r.press("x")
	r.shows("with another strategy: not here")
}

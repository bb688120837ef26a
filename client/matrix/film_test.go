package matrix

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// mustFilm plays the film of check-projection and V1.
func mustFilm(t *testing.T) *rig {
	t.Helper()
	r := mustRig(t, 80, 24)
	r.fill()
	r.press("down", "down", "down", "enter")
	r.shows("esc to the matrix", "0/9")
	return r
}

// click clicks where a text begins, the last such on the screen.
func (r *rig) click(text string) tea.Cmd {
	r.t.Helper()
	lines := strings.Split(r.text(), "\n")
	for y := len(lines) - 1; y >= 0; y-- {
		if before, _, found := strings.Cut(lines[y], text); found {
			return r.send(tea.MouseClickMsg{X: len([]rune(before)), Y: y, Button: tea.MouseLeft})
		}
	}
	r.t.Fatalf("no %q to click:\n%s", text, r.text())
	return nil
}

// Esc, q and a click on the hint lead from a film to its cell, at once: the next
// key is the matrix's. Ctrl-C ends all.
func TestLeaveFilm(t *testing.T) {
	for name, leave := range map[string]func(*rig) tea.Cmd{
		"esc":          func(r *rig) tea.Cmd { return r.press("esc") },
		"q":            func(r *rig) tea.Cmd { return r.press("q") },
		"its hint":     func(r *rig) tea.Cmd { return r.click("esc to the matrix") },
		"q by hand":    func(r *rig) tea.Cmd { return r.press(".", ".", "i", "q") },
		"q in the end": func(r *rig) tea.Cmd { return r.press("end", "x", "enter", "q") },
	} {
		r := mustFilm(t)
		if cmd := leave(r); cmd != nil {
			t.Errorf("%s asks for %v", name, cmd())
		}
		r.shows("check-projection shows V1")
		r.press("down")
		r.shows("wait shows, without a fault, no V1")
		if cmd := r.press("q"); cmd == nil || cmd() != (tea.QuitMsg{}) {
			t.Errorf("after %s q does not quit", name)
		}
	}
	for _, open := range []string{"", "?", "x", "n"} {
		r := mustFilm(t)
		r.press(".", ".", ".", "i", open)
		if cmd := r.send(tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl}); cmd == nil || cmd() != (tea.QuitMsg{}) {
			t.Errorf("ctrl+c does not quit with %q open", open)
		}
	}
}

// Each hint of a film does with a click what its key does.
func TestFilmHintsTakeClicks(t *testing.T) {
	for _, hint := range []string{"esc to the matrix", "space play", ". step", "? help", ", back", "t timeline", "x compare"} {
		pressed, clicked := mustFilm(t), mustFilm(t)
		pressed.press(".", ".", ".", ".")
		clicked.press(".", ".", ".", ".")
		before := clicked.text()
		key, _, _ := strings.Cut(hint, " ")
		pressed.press(key)
		clicked.click(hint)
		if got := clicked.text(); got != pressed.text() || got == before {
			t.Errorf("a click on %q:\n%s\nits key:\n%s", hint, got, pressed.text())
		}
	}
}

// The help of both says what leaves what.
func TestHelpSaysWhatLeaves(t *testing.T) {
	r := mustFilm(t)
	r.press("?")
	r.shows("q           to the matrix", "^C          quit")
	r.hides("q ^C")
	r.press("esc", "esc", "?")
	r.shows(fmt.Sprintf("%-11s quit", "q ^C"))
}

// The mouse stays with the terminal in a film too, once it was left to it.
func TestMouseIsLeftToTheTerminal(t *testing.T) {
	r := mustRig(t, 80, 24)
	r.fill()
	r.press("m")
	r.shows("the mouse is off: the terminal selects text")
	r.press("down", "down", "down", "enter")
	if r.m.View().MouseMode != tea.MouseModeNone {
		t.Error("a film takes it")
	}
	r.press("q", "m")
	r.shows("the mouse is on: click a cell, and again to play its film")
	r.press("enter")
	if r.m.View().MouseMode == tea.MouseModeNone {
		t.Error("a film does not take it")
	}
}

// What ran on the real thing while another film was looked at is not forgotten
// without a word.
func TestLiveMeanwhile(t *testing.T) {
	r := mustRig(t, 80, 24)
	r.fill()
	r.press("down", "down", "down", "v", "enter")
	film := r.m.film
	if r.work(); r.m.film != film {
		t.Error("another film is shown")
	}
	r.press("q")
	r.shows("V1 under check-projection was run meanwhile: v runs and plays it")
	r.press("v")
	r.work()
	r.shows("esc to the matrix")
}

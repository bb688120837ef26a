package matrix

import (
	"errors"
	"fmt"
	"image/color"
	"regexp"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"optimist/client/search"
	"optimist/client/view"
)

// From the first look to a film and back, in both sizes.
func TestScreensLookAsKept(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 36}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			at := func(name string) string { return fmt.Sprintf("%s.%dx%d", name, size[0], size[1]) }
			r := mustRig(t, size[0], size[1])
			r.golden(at("01-nothing-yet"))
			r.fill()
			r.press("!", "!")
			r.golden(at("02-defect"))
			r.press("!", "!")
			r.golden(at("03-open-price"))
			r.press("left")
			r.golden(at("04-half"))
			r.press("tab", "?")
			r.golden(at("05-help"))
			r.press("esc", "tab", "!", "!")
			r.golden(at("06-one-scope"))
			r.press("v")
			r.golden(at("07-live"))
			r.work()
			r.shows("esc to the matrix")
		})
	}
}

// In a small terminal the footer has help, and figures stand whole or not at all.
func TestSmallScreens(t *testing.T) {
	whole := regexp.MustCompile(`(?s)Costs: .* falling`)
	for _, size := range [][2]int{{40, 10}, {50, 16}, {60, 20}, {80, 24}} {
		r := mustRig(t, size[0], size[1])
		r.fill()
		for range 25 {
			r.shows("? help")
			if text := r.text(); strings.Contains(text, "Costs:") && !whole.MatchString(text) {
				t.Errorf("%dx%d: half of what it costs:\n%s", size[0], size[1], text)
			}
			r.press("right")
		}
	}
}

// A film is played from its cell, taken over by hand, and left to where one was.
func TestPlay(t *testing.T) {
	r := mustRig(t, 80, 24)
	r.fill()
	r.press("down", "down", "down")
	r.shows("check-projection shows V1 spurious-rejection", "Shortest film: 4 steps, no fault, in scope a.")
	r.press("enter")
	r.shows("check-projection", "esc to the matrix", "spurious-rejection under check-projection")
	r.press(".", ".", "i")
	r.shows("yours from here")
	r.press("o")
	r.shows("what can happen next", "alice disconnect")
	r.press("esc", "esc") // Out of the list, and back to the film.
	r.shows("esc to the matrix")
	r.press("?", "esc", "esc")
	r.shows("check-projection shows V1")
	if r.m.film != nil || r.m.row != 3 || r.m.column != 0 {
		t.Errorf("it stands at %d, %d", r.m.row, r.m.column)
	}
	r.press("down", "enter")
	r.shows("this cell has no film")
	r.press("up")
	r.hides("this cell has no film")
}

// A film is run on the real thing, with a line of how far it is, and what was
// recorded is played.
func TestLive(t *testing.T) {
	r := mustRig(t, 80, 24)
	r.fill()
	r.press("down", "down", "down", "v")
	r.shows("running V1 under check-projection on NATS and SQLite: no step; esc stops it")
	r.press("v")
	r.send(liveStep{r.m.live, 2})
	r.shows("2 steps; esc")
	r.work()
	r.shows("esc to the matrix")
	if r.script != "a-check-projection-spurious-rejection" {
		t.Errorf("%s was run", r.script)
	}
	r.press("esc", "v")
	r.press("esc")
	r.shows("stopped")
	if r.jobs[0].ctx.Err() == nil {
		t.Error("it runs on")
	}
	r.work()
	r.shows("check-projection shows V1")
	r.hides("it does not replay") // Nobody waits for it any more.
	r.tape = errors.New("step 3 differs")
	r.press("v")
	r.work()
	r.shows("it does not replay: step 3 differs")
}

// The screen fills while the search goes on: films at once, the rest as each
// search ends.
func TestFills(t *testing.T) {
	r := mustRig(t, 80, 24)
	r.shows("searching", "· dual-write is not decided yet on V1")
	scope := r.m.scopes[3]
	if scope.Strategy.Text() != "check-projection" {
		t.Fatal(scope.Strategy.Text())
	}
	result, err := search.Explore(t.Context(), scope, search.Options{Limits: search.Limits{States: 2_000}, Found: func(f *search.Film) {
		r.send(found{scope, f})
	}})
	if err != nil {
		t.Fatal(err)
	}
	r.send(Progress{Done: 3, Of: 24, Scope: "a", Strategy: "check-projection", Speed: 12_345})
	r.shows("4/24: 0 states 12k/s frontier 0 depth 0")
	r.press("tab")
	r.shows("a/0: A new record, edited at once, no fault", "4/24: 0 states 12k/s ") // There is no room for more.
	r.hides("frontier")
	r.press("[")
	r.press("down", "down", "down")
	r.shows("check-projection shows V1", "alice's edit alice.2 of ada was refused")
	r.press("enter")
	r.shows("esc to the matrix")
	r.send(result) // It goes on behind the film.
	r.press("esc", "right", "tab", "tab")
	if len(r.m.early) != 0 {
		t.Errorf("%d early cells are left", len(r.m.early))
	}
	r.shows("[a/1]", "check-projection")
	if got := r.m.entry().Sign; got != view.SignClean && got != view.SignCut {
		t.Errorf("V2 is %v", got)
	}
	r.send(searched{errors.New("no room")})
	r.shows("stopped: no room")
}

// A price that is found first gives way to a defect, and not the other way.
func TestEarlyDefect(t *testing.T) {
	r := mustRig(t, 80, 24)
	scope := r.m.scopes[0]
	film := func(price bool, steps int) found {
		f := &search.Film{Steps: steps, Faults: 1, Text: []byte(sampleFilm)}
		f.Anomaly.ID, f.Anomaly.Name, f.Finding.Price = "V4", "broken-promise", price
		return found{scope, f}
	}
	for i, want := range []view.Sign{view.SignPrice, view.SignDefect, view.SignDefect} {
		r.send(film(i != 1, i+3))
		if got := r.m.sheets[0].mustAt(t, "dual-write", "V4").Sign; got != want {
			t.Errorf("after %d films it is %v, want %v", i+1, got, want)
		}
	}
	if got := r.m.sheets[1].mustAt(t, "dual-write", "V4").Sign; got != view.SignWaiting {
		t.Errorf("without a fault it is %v", got)
	}
}

// A click chooses a cell, another plays it; tabs and hints can be clicked.
func TestMouse(t *testing.T) {
	r := mustRig(t, 80, 24)
	r.fill()
	click := func(x, y int) { r.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft}) }
	click(18, 7)
	r.shows("check-projection shows V1")
	click(18, 7)
	r.shows("esc to the matrix")
	r.press("esc")
	click(25, 0)
	if r.m.tab == 0 {
		t.Error("the tab stays")
	}
	click(3, 14)
	if r.m.row != 10 || r.m.column != 0 {
		t.Errorf("a click on reconcile leads to %d, %d", r.m.row, r.m.column)
	}
	r.send(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	if r.m.row != 11 {
		t.Errorf("the wheel leads to %d", r.m.row)
	}
	x := strings.Index(strings.Split(r.text(), "\n")[23], "? help")
	click(x, 23)
	r.shows("The signs")
	click(1, 1)
	r.hides("The signs")
	if r.m.View().MouseMode == tea.MouseModeNone {
		t.Error("the mouse is not asked for")
	}
	r.press("m")
	if r.m.View().MouseMode != tea.MouseModeNone {
		t.Error("the mouse is not left")
	}
}

// The ends of the matrix, and the way around the scopes.
func TestGoingAbout(t *testing.T) {
	r := mustRig(t, 80, 24)
	r.press("!")
	r.shows("no film was found yet")
	r.fill()
	r.press("up", "left")
	if r.m.row != 0 || r.m.column != 0 {
		t.Error("it left the matrix")
	}
	r.press("G")
	for range 30 {
		r.press("right")
	}
	r.shows("reserve shows, without a fault, no D9 stalled-projection")
	r.press("g", "[")
	r.shows("[c/1]")
	r.press("]")
	r.shows("[all]")
	r.press("]", "!", "!", "!")
	r.shows("check-projection shows V1") // The only one in a/0.
	if cmd := r.press("q"); cmd == nil || cmd() != (tea.QuitMsg{}) {
		t.Error("q does not quit")
	}
}

// The list of keys goes to its end and back, and stays open.
func TestHelpScrollsToItsEnd(t *testing.T) {
	r := mustRig(t, 80, 16)
	r.press("?")
	first := r.text()
	r.press("G")
	r.shows("esc closes", "with one rolled back")
	r.press("g")
	if r.text() != first {
		t.Errorf("g goes to\n%s\nwant\n%s", r.text(), first)
	}
}

// What the terminal tells of itself holds for the films too, and so do the
// symbols.
func TestTerminal(t *testing.T) {
	r := mustRig(t, 80, 24)
	r.m.cfg.ASCII = true
	r.fill()
	r.send(tea.BackgroundColorMsg{Color: color.White})
	r.send(tea.WindowSizeMsg{Width: 100, Height: 30})
	r.press("down", "down", "down", "enter")
	for _, where := range []string{"film", "matrix"} {
		lines := strings.Split(r.text(), "\n")
		if len(lines) != 30 || len([]rune(lines[0])) != 100 {
			t.Errorf("the %s is %d×%d", where, len([]rune(lines[0])), len(lines))
		}
		if strings.ContainsFunc(r.text(), func(c rune) bool { return c > '~' }) {
			t.Errorf("the %s is not in seven bits:\n%s", where, r.text())
		}
		r.press("esc")
	}
}

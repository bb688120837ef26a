package main

import "testing"

// The race as it is played in a terminal: a prediction, what went wrong, a step
// back, the other strategy beside it, and a terminal as it was.
func TestPlay(t *testing.T) {
	term := mustStart(t, 80, 24, "play", "create-then-edit")
	term.sees("The edit that came too early", "paused 1×", "0/25")
	term.typed(".", ".")
	term.sees("2/25")
	term.typed("!")
	term.sees("V1 spurious-rejection", "12/25")
	term.typed(",")
	term.sees("What comes of it?", "predict: 1–3", "11/25")
	term.typed("2", " ")
	term.sees("right: . goes on", "predicted so far: 1 of 1")
	term.typed("x")
	term.sees("compare check-projection with", "reconcile")
	term.typed(enter, "D")
	term.sees("they differ first at line", "RESULT 1 kept, 1 refused", "RESULT 2 kept")
	term.typed("x", "]", "]", "]", "]", " ")
	term.sees("the end 16×", "25/25")
	term.typed("q")
	code, raw := term.ends()
	if code != 0 {
		t.Errorf("exit code %d", code)
	}
	mustBeRestored(t, raw)
}

// A story runs on the real thing and is played from what was recorded there.
func TestPlayLive(t *testing.T) {
	term := mustStart(t, 120, 36, "play", "create-then-edit", "--live", "--strategy", "reconcile")
	term.sees("recorded live", "The edit that came too early")
	term.typed("G")
	term.sees("the end", "as the database", "Ada Lovelace")
	term.typed(",")
	term.sees("back over what was recorded: a live world only goes on")
	term.typed("i")
	term.sees("the live world is gone: its simulated twin is yours from here")
	term.typed("q")
	if code, _ := term.ends(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// From a phone's size to a wall's, while a story is played.
func TestPlayResize(t *testing.T) {
	term := mustStart(t, 80, 24, "play", "create-then-edit", "--compare", "check-projection,reconcile")
	term.sees("compare", "RESULT")
	for _, size := range []struct {
		width, height int
		shows         string
	}{{30, 8, "need 40×10"}, {200, 50, "PROJ"}, {50, 12, "compare"}, {80, 24, "RESULT 2 kept"}} {
		term.resize(size.width, size.height)
		term.sees(size.shows)
	}
	term.typed("q")
	if code, _ := term.ends(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

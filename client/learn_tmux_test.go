//go:build e2e

package main

import (
	"os"
	"path/filepath"
	"testing"
)

// A lesson in a real terminal, from the list to its pass, with the presenter's
// notes beside it in a second one.
func TestLearnInTmux(t *testing.T) {
	home := t.TempDir()
	student, presenter := mustTmux(t, 80, 24), mustTmux(t, 80, 24)
	for _, m := range []*tmux{student, presenter} {
		m.types("export XDG_STATE_HOME=" + home)
		m.keys("Enter")
	}
	presenter.types("optimist notes --follow")
	presenter.keys("Enter")
	presenter.sees("Nothing is played on this machine now.")

	student.types("clear; optimist learn")
	student.keys("Enter")
	student.sees("0 of 13 passed. optimist learn next plays lesson 1.")
	student.types("clear; optimist learn next")
	student.keys("Enter")
	student.sees("Lesson 1 of 13: Sixty seconds.")
	presenter.sees("Lesson 1: Sixty seconds", "Say what the three columns are")
	for range 10 {
		student.keys(".")
	}
	student.sees("She mends the name.", "predict: 1–3")
	presenter.sees("Have them raise hands", "ANSWER", "refused: no such user")
	student.keys("1", "Space")
	student.sees("not so: . goes on", "predicted so far: 0 of 1")
	student.keys("End")
	student.sees("0 of 2 are answered")
	student.keys("Enter")
	student.sees("Where was Ada when the edit was refused?")
	student.keys("3", "Enter")
	student.sees("Not so. The column DB had a dash")
	student.keys("2", "Enter")
	student.sees("Right. It had happened")
	student.keys("Enter", "2", "Enter")
	student.sees("Right. One question to another place")
	student.keys("Enter")
	student.sees("Passed. To remember: The screen was ahead", "lesson 2, Three truths about one user")
	student.keys("q")
	student.sees("shell>", "Lesson 1 is passed. To remember:", "Next is lesson 2, Three truths about one user: optimist learn 2")
	presenter.sees("Nothing is played on this machine now.")
	presenter.keys("C-c")
	presenter.sees("shell>")
	presenter.types("echo left with $?")
	presenter.keys("Enter")
	presenter.sees("left with 0")
	student.types("clear; optimist learn; echo left with $?")
	student.keys("Enter")
	student.sees("✓  1  sixty-seconds", "1 of 13 passed. optimist learn next plays lesson 2.", "left with 0")
	if _, err := os.Stat(filepath.Join(home, "optimist", "progress.json")); err != nil {
		t.Error(err)
	}
}

package main

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// mustStartAs runs optimist in a usual terminal, for a person whose state is kept in
// home.
func mustStartAs(tb testing.TB, home string, args ...string) *tty {
	tb.Helper()
	return mustStartProgram(tb, "env", 80, 24, append([]string{"XDG_STATE_HOME=" + home, "optimist"}, args...)...)
}

// A lesson as a student goes through it: predict, see it, answer wrongly, read
// why, answer rightly; it is kept, and enter opens the next one.
func TestLearn(t *testing.T) {
	home := t.TempDir()
	term := mustStartAs(t, home, "learn", "next")
	term.sees("Lesson 1 of 13: Sixty seconds. Space plays it", "0/26")
	term.typed("]", "]", "]", "]", " ")
	term.sees("She mends the name.", "predict: 1–3")
	term.typed("2", " ")
	term.sees("RESULT 2 kept", "The screen was ahead of the database. The log was not.", "space goes on: a few questions")
	term.typed(" ")
	term.sees("Now you: 2 questions")
	term.sees("Where was Ada when the edit was refused?")
	term.typed("1", enter)
	term.sees("Not so. Her event was in the log")
	term.typed("2", enter)
	term.sees("What did it do otherwise?")
	term.typed("2", enter)
	term.sees("Passed. To remember: The screen was ahead", "lesson 2, Three truths about one user")
	term.typed(enter)
	term.sees("Lesson 2 of 13: Three truths about one user")
	term.typed("q")
	code, raw := term.ends()
	if code != 0 || !strings.Contains(raw, "Lesson 2 is not passed yet: optimist learn 2 plays it again.") {
		t.Errorf("exit code %d, left with:\n%.300q", code, raw[max(len(raw)-300, 0):])
	}
	mustBeRestored(t, raw)
	kept, err := os.ReadFile(filepath.Join(home, "optimist", "progress.json"))
	if err != nil || !strings.Contains(string(kept), `"sixty-seconds"`) || strings.Contains(string(kept), `"three-truths"`) {
		t.Errorf("kept %q, %v", kept, err)
	}
}

// From a phone's size to a wall's, in the check.
func TestLearnResize(t *testing.T) {
	term := mustStartAs(t, t.TempDir(), "learn", "1", "--hall")
	term.sees("Sixty seconds")
	term.typed("G", enter)
	term.sees("Where was Ada")
	for _, size := range []struct {
		width, height int
		shows         string
	}{{30, 8, "need 40×10"}, {200, 50, "1–3 chooses, enter answers"}, {50, 12, "Where was Ada"}, {80, 24, "enter answers"}} {
		term.resize(size.width, size.height)
		term.sees(size.shows)
	}
	term.typed("q")
	if code, _ := term.ends(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// A reset asks, and takes nothing but yes.
func TestLearnReset(t *testing.T) {
	home := t.TempDir()
	for _, answer := range []struct{ typed, says string }{{"\r", "Nothing is forgotten."}, {"no\r", "Nothing is forgotten."}, {"y\r", "Forgotten: 0 lessons were passed."}} {
		term := mustStartAs(t, home, "learn", "--reset")
		term.sees("[y/N]")
		term.typed(answer.typed)
		if code, raw := term.ends(); code != 0 || !strings.Contains(raw, answer.says) {
			t.Errorf("%q: exit code %d: %q", answer.typed, code, raw)
		}
	}
}

// A second terminal follows what is played in the first, step by step, and a
// pipe does too; when the story is left, both wait for the next one.
func TestNotesFollow(t *testing.T) {
	home := t.TempDir()
	notes := mustStartAs(t, home, "notes", "--follow")
	notes.sees("Nothing is played on this machine now.")
	pipe := exec.Command("optimist", "notes", "--follow")
	pipe.Env = append(os.Environ(), "XDG_STATE_HOME="+home)
	out, err := pipe.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := pipe.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	reads := func(want string) {
		t.Helper()
		for lines.Scan() {
			if strings.Contains(lines.Text(), want) {
				return
			}
		}
		t.Fatalf("the pipe ended before %q: %v", want, lines.Err())
	}
	reads("Nothing is played")

	play := mustStartAs(t, home, "play", "sixty-seconds")
	play.sees("0/22")
	notes.sees("Sixty seconds   0/22", "Say what the three columns are", "client alice")
	reads("NOTE: Say what the three columns are")
	play.typed("!", ",")
	play.typed(strings.Repeat(",", 20), strings.Repeat(".", 10))
	play.sees("She mends the name.")
	notes.sees("10/22", "Have them raise hands", "ANSWER", "refused: no such user")
	reads("ANSWER: refused: no such user")
	play.typed("q")
	if code, _ := play.ends(); code != 0 {
		t.Errorf("play ended with %d", code)
	}
	notes.sees("Nothing is played on this machine now.")
	reads("Nothing is played")
	notes.typed("q")
	if code, raw := notes.ends(); code != 0 {
		t.Errorf("notes ended with %d", code)
	} else {
		mustBeRestored(t, raw)
	}
	if err := pipe.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := pipe.Wait(); err != nil {
		t.Errorf("the pipe ended with %v", err)
	}
}

package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"syscall"
	"testing"
)

// Bounds of what is typed without sense.
const (
	anyRounds = 12
	anyKeys   = 40 // In a round, in one go.
)

// Whatever is typed, pasted and clicked, in whatever size, every screen goes on to
// answer, and leaves the terminal as it was.
func TestAnyKeys(t *testing.T) {
	for i, args := range [][]string{
		{"--demo"},
		{"play", "create-then-edit"},
		{"play", "create-then-edit", "--puzzle"},
		{"play", "create-then-edit", "--compare", "check-projection,reconcile"},
		{"learn", "three-truths"},
		{"matrix", "a", "--tui", "--strategy", "check-projection"},
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			t.Parallel()
			chance := rand.New(rand.NewPCG(uint64(i), 0))
			term := mustStart(t, 80, 24, args...)
			term.until(func(screen string) bool { return strings.TrimSpace(screen) != "" }, "anything")
			for range anyRounds {
				// A size that comes as keys do is taken behind all of them, and the screen
				// for one that is too small shows that they were.
				term.typed(anything(chance), sized(30, 8))
				term.sees("need 40×10")
				size := [][2]int{{40, 10}, {60, 16}, {80, 24}, {120, 36}}[chance.IntN(4)]
				term.resize(size[0], size[1])
				term.typed(sized(size[0], size[1]))
				term.until(func(screen string) bool { return !strings.Contains(screen, "need 40×10") }, "more than its size")
			}
			if err := term.cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			code, raw := term.ends()
			if code != 0 {
				t.Errorf("exit code %d, left with:\n%.600q", code, raw[max(len(raw)-600, 0):])
			}
			mustBeRestored(t, raw)
		})
	}
}

// sized is how a terminal tells its size among the keys.
func sized(width, height int) string { return fmt.Sprintf("\x1b[48;%d;%d;0;0t", height, width) }

// anything returns keys of a round. What would end or stop the program is not among
// them: q, Ctrl-C and Ctrl-Z, and the palette, which has words for it.
func anything(chance *rand.Rand) string {
	const letters = "nedurRsSfFtALlxXoOhHDgGNWvVyYkjm?/.,;+-_ 0123456789"
	const escape = "\x1b[27u" // By itself it would be taken for the beginning of what follows.
	others := []string{
		enter, enter, enter, tab, down, escape, "\x1b[A", "\x1b[C", "\x1b[D", "\x1b[Z", "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F", "\x7f", "\x15", "\x12", "\x17", "\x0b", "\x1bd", "\x1bb",
		"\x1b[<0;10;5M\x1b[<0;10;5m", "\x1b[<64;10;8M", "\x1b[<65;10;8M", "\x1b[200~pasted\ntext\x1b[201~", "日本é", "ada@example.org",
	}
	var keys strings.Builder
	for range anyKeys {
		if chance.IntN(2) == 0 {
			keys.WriteByte(letters[chance.IntN(len(letters))])
		} else {
			keys.WriteString(others[chance.IntN(len(others))])
		}
	}
	return keys.String()
}

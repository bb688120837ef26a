package lab

import (
	"fmt"
	"image/color"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"optimist/shared/strategy"
)

// The race as it is played, in both sizes.
func TestScreensLookAsKept(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 36}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			at := func(name string) string { return fmt.Sprintf("%s.%dx%d", name, size[0], size[1]) }
			r := mustRig(t, "create-then-edit", size[0], size[1], Config{})
			r.golden(at("01-beginning"))
			r.until("The screen did not wait")
			r.golden(at("02-pencil"))
			r.until("What comes of it?")
			r.press("1")
			r.golden(at("03-predicted"))
			r.press("space")
			r.golden(at("04-revealed"))
			r.press(".")
			r.golden(at("05-anomaly"))
			r.press("end")
			r.golden(at("06-end"))
			r.press("t")
			r.golden(at("07-timeline"))
			r.press("t", "?")
			r.golden(at("08-help"))
			r.press("esc", "i", "o")
			r.golden(at("09-by-hand"))
			r.press("esc", "esc", "x")
			r.golden(at("10-strategies"))
			r.press("enter", "D")
			r.golden(at("11-compared"))
		})
	}
}

// A lecture hall sees at most nine rows and sixty columns of content.
func TestHall(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {60, 10}, {200, 50}} {
		r := mustRig(t, "create-then-edit", size[0], size[1], Config{Hall: true})
		for at := -1; at != r.m.story.At(); r.press(".") {
			at = r.m.story.At()
			rows := 0
			for _, line := range strings.Split(r.text(), "\n") {
				if line = strings.TrimSpace(line); line != "" {
					rows++
				}
				if n := len([]rune(line)); n > 60 {
					t.Fatalf("%d columns: %q", n, line)
				}
			}
			if rows > 9 || rows < 2 {
				t.Fatalf("%d rows:\n%s", rows, r.text())
			}
		}
	}
	r := mustRig(t, "create-then-edit", 80, 24, Config{Hall: true})
	r.until("What comes of it?")
	r.golden("hall-question.80x24")
	r.press("2", "space")
	r.golden("hall-revealed.80x24")
	r.press(".")
	r.golden("hall-anomaly.80x24")
	r.press("P")
	r.shows("records", "LOG #3")
}

// In a hall a comparison ends with where the two differ, unless its story has
// last words.
func TestHallComparison(t *testing.T) {
	s := mustScript(t, "create-then-edit")
	tape := mustSimulate(t, s, s.Strategy)
	r := mustRig(t, "create-then-edit", 80, 24, Config{Tape: tape, Against: mustSimulate(t, s, strategy.Of("reconcile")), Hall: true})
	r.press("G")
	r.shows("they differ first at line 45")
	r.hides("both: ")
}

func TestPredictions(t *testing.T) {
	r := mustRig(t, "create-then-edit", 80, 24, Config{})
	r.press("1")
	r.shows("nothing is asked here")
	r.until("What comes of it?")
	r.shows("predict: 1–3")
	r.press("7", "2", "3")
	r.shows("▸ 3", "space reveals")
	r.hides("← this")
	r.press("space")
	r.shows("✗ 3", "← this", "predicted so far: 0 of 1", "not so")
	r.press("2")
	r.shows("✗ 3") // What is revealed is not predicted any more.
	r.press(".", ",")
	r.shows("← this")
	if right, made := r.m.story.Score(); right != 0 || made != 1 {
		t.Errorf("%d of %d", right, made)
	}
}

// It plays by itself, waits at a question, goes on once that is answered, and
// stops at the end.
func TestPlay(t *testing.T) {
	r := mustRig(t, "create-then-edit", 80, 24, Config{})
	run := func(cmd tea.Cmd) {
		t.Helper()
		for n := 0; cmd != nil; n++ {
			if n > r.m.story.Len() {
				t.Fatal("it never comes to rest")
			}
			cmd = r.send(tick{r.m.beat})
		}
	}
	run(r.press("space"))
	if !r.m.story.Open() {
		t.Fatalf("it stands at %d, not at the question", r.m.story.At())
	}
	run(r.press("space"))
	if r.m.story.At() != r.m.story.Len()-1 || r.m.story.Playing() {
		t.Fatalf("it stands at %d", r.m.story.At())
	}
	r.shows("the end")
	if r.press("space"); r.m.story.At() != 0 {
		t.Error("it does not start over")
	}
	at := r.m.story.At()
	if r.send(tick{r.m.beat - 1}); r.m.story.At() != at {
		t.Error("an old tick moved it")
	}
}

func TestSpeed(t *testing.T) {
	r := mustRig(t, "create-then-edit", 80, 24, Config{})
	usual := r.m.story.Pause()
	r.press("]", "]", "]", "]", "]", "]")
	r.shows("16×")
	if fast := r.m.story.Pause(); fast > usual/15 {
		t.Errorf("%d ms at 16×, %d at 1×", fast, usual)
	}
	for range 9 {
		r.press("[")
	}
	r.shows("0.1×")
	if slow := r.m.story.Pause(); slow != usual*10 {
		t.Errorf("%d ms at 0.1×, %d at 1×", slow, usual)
	}
}

func TestEnds(t *testing.T) {
	r := mustRig(t, "create-then-edit", 80, 24, Config{})
	r.press(",")
	r.shows("where the story begins")
	r.press("end", ".")
	r.shows("where the story ends", "the end")
	r.press("home")
	r.shows(" 0/")
	r.press("!")
	r.shows("V1 spurious-rejection")
	r.press("!")
	r.shows("nothing more goes wrong")
}

// What only waits is no alarm, whatever it costs.
func TestWaitingIsNoAlarm(t *testing.T) {
	r := mustRig(t, "offline", 80, 24, Config{})
	if len(r.m.story.tape.Findings) == 0 {
		t.Fatal("nothing waits in this story")
	}
	r.press("!")
	r.shows("nothing more goes wrong")
	r.press("home")
	r.until("Pencil, all of it.")
	r.hides("V7", "!")
}

// Several people: tab shows the next one's screen.
func TestPeople(t *testing.T) {
	r := mustRig(t, "two-hands", 80, 24, Config{})
	r.press("tab")
	r.shows("next person's screen: not here")
	r.press("end", "home")
	r.until("This is bob.1")
	r.shows("as bob", "Grace Murray")
	r.press("tab")
	r.shows("as alice", "Grace Hopper")
	r.press("end")
	r.shows("as alice")
}

func TestThemes(t *testing.T) {
	r := mustRig(t, "create-then-edit", 80, 24, Config{})
	r.press("!")
	dark := r.m.View().Content
	r.send(tea.BackgroundColorMsg{Color: color.White})
	light := r.m.View().Content
	r.send(tea.ColorProfileMsg{Profile: colorprofile.ASCII})
	plain := r.m.View().Content
	if dark == light || light == plain || strings.Contains(plain, "38;") {
		t.Error("dark, light and NO_COLOR must differ, and the last has no colours")
	}
}

// With ASCII symbols nothing is on the screen but seven bits, whatever is open.
func TestASCII(t *testing.T) {
	r := mustRig(t, "create-then-edit", 120, 36, Config{ASCII: true})
	check := func(after string) {
		t.Helper()
		for _, c := range r.text() {
			if c > 0x7e {
				t.Fatalf("after %s: %q is not ASCII:\n%s", after, c, r.text())
			}
		}
	}
	for at := -1; at != r.m.story.At(); r.press(".") {
		at = r.m.story.At()
		check("a step")
	}
	for _, k := range []string{"t", "?", "esc", "P", "P", "i", "o", "esc", "n", "esc", "esc", "x", "enter", "D", "esc", "home", "!", "space"} {
		r.press(k)
		check(k)
	}
}

func TestEverySize(t *testing.T) {
	r := mustRig(t, "create-then-edit", 80, 24, Config{})
	r.until("What comes of it?")
	for w := 1; w < 210; w += 43 {
		for h := 1; h < 60; h += 11 {
			r.send(tea.WindowSizeMsg{Width: w, Height: h})
			for _, k := range []string{".", "t", "z", "z", "P", "P", "?", "esc", "x", "enter", "D", "t", "esc", "t", "i", "n", "esc", "o", "esc", "esc", ","} {
				r.press(k)
				if lines := strings.Split(r.text(), "\n"); len(lines) != h {
					t.Fatalf("%d×%d after %s: %d lines", w, h, k, len(lines))
				}
			}
		}
	}
	r.send(tea.WindowSizeMsg{Width: 30, Height: 8})
	r.shows("need 40×10, have 30×8")
}

// Two strategies from the beginning; esc does not leave what was asked for.
func TestCompareFlag(t *testing.T) {
	s := mustScript(t, "create-then-edit")
	r := mustRig(t, "create-then-edit", 80, 24, Config{Against: mustSimulate(t, s, strategy.Of("hold"))})
	r.shows("check-projection", "hold", "later: they differ first", "RESULT")
	r.press("!", "esc")
	r.shows("hold keeps", "alice.2 back in its client; check-projection sends it at once")
	r.press("end")
	r.shows("the end", "1 kept, 1 refused", "2 kept")
	r.press("home", "space")
	r.send(tick{r.m.beat})
	r.shows("both: client alice", "▶")
}

// On the smallest screen that has a table, one story or two leave it a record.
func TestSmallScreenShowsARecord(t *testing.T) {
	r := mustRig(t, "create-then-edit", 60, 16, Config{})
	r.until("The screen did not wait")
	r.golden("told.60x16")
	s := mustScript(t, "create-then-edit")
	r = mustRig(t, "create-then-edit", 60, 16, Config{Against: mustSimulate(t, s, strategy.Of("reconcile"))})
	r.press("D")
	r.golden("compared.60x16")
}

package tui

import (
	"fmt"
	"image/color"
	"strings"
	"testing"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"optimist/client/remote"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// hostile are texts that try to leave their place.
var hostile = []string{
	"\x1b[2J\x1b[31mred", "\x1b]0;owned\x07", "\u009b31m", "a\u202eb", "x\u200by", "tag\U000E0041", "e\u0301\u0301\u0301\u0301",
	"日本語の名前がとても長い", "bad\xff\xfeutf8", "line\nbreak\ttab", "👩‍👩‍👧‍👦 family", strings.Repeat("w", 300),
}

// TestHostileText puts hostile text everywhere it can come from.
func TestHostileText(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 36}} {
		for i, text := range hostile {
			t.Run(fmt.Sprintf("%dx%d/%d", size[0], size[1], i), func(t *testing.T) {
				r := mustRig(t, size[0], size[1], Options{}, protocol.Row{
					ID: "rec", Name: text, Email: text, Version: 1, Seq: 3, Born: 3, By: text,
				})
				r.event(event.Event{Kind: event.Edited, Op: user.Edit, Seq: 4, Ref: user.Ref{Client: text, Command: "c"}, Record: "rec", Patch: user.SetName(text), Version: 2})
				r.send(remote.Batch{Failures: []error{fmt.Errorf("%s", text)}})
				r.tell(func(s *protocol.Status) { s.Projector, s.At, s.Why = "stalled", 4, text })
				for _, keys := range [][]string{{}, {"l"}, {"f"}, {"e"}, {"esc", "M"}, {"esc", "d"}, {"esc", "3"}, {"a"}} {
					r.press(keys...)
					r.clean()
				}
			})
		}
	}
}

// clean fails unless the screen has its size and only sequences that style.
func (r *rig) clean() {
	r.t.Helper()
	v := r.m.View()
	if strings.ContainsAny(v.WindowTitle, "\x1b\x07\n") {
		r.t.Fatalf("the title is %q", v.WindowTitle)
	}
	if !utf8.ValidString(v.Content) {
		r.t.Fatal("the screen is not UTF-8")
	}
	lines := strings.Split(v.Content, "\n")
	if len(lines) != r.m.term.Height {
		r.t.Fatalf("%d lines, want %d:\n%s", len(lines), r.m.term.Height, r.text())
	}
	for _, bad := range []string{"\x1b[2J", "\x1b]", "\u009b", "\u202e", "\u200b", "\U000E0041", "\x07", "\t"} {
		if strings.Contains(v.Content, bad) {
			r.t.Fatalf("%q is on the screen", bad)
		}
	}
}

func TestGuideFits80Columns(t *testing.T) {
	for i, step := range guideSteps {
		for _, g := range []*guide{{}, {refused: true}, {accepted: true}, {accepted: true, asked: true}, {held: true}, {accepted: true, unchecked: true}} {
			if n := utf8.RuneCountInString(step.text(g)); n > 76 {
				t.Errorf("step %d has %d columns: %s", i+1, n, step.text(g))
			}
		}
	}
}

// The narrowest footer has help.
func TestFooterHasHelp(t *testing.T) {
	for _, size := range [][2]int{{40, 10}, {60, 16}, {80, 24}} {
		r := mustRig(t, size[0], size[1], Options{Demo: true}, someRows(5)...)
		r.shows("? help")
		r.press("f")
		r.shows("? help")
	}
}

func TestGuideIsSkippedAndHidden(t *testing.T) {
	r := mustRig(t, 80, 24, Options{Demo: true}, someRows(5)...)
	r.press("H")
	r.hides("1/9")
	r.press("H", "N")
	r.shows("2/9")
	for range 20 {
		r.press("N")
	}
	r.shows("The log was not.")
	r = mustRig(t, 80, 24, Options{}, someRows(5)...)
	r.press("N")
	r.shows("only the demo has a guide")
}

// TestGuideSaysSoWhenTheRaceWasWon edits after the database has the row.
func TestGuideSaysSoWhenTheRaceWasWon(t *testing.T) {
	r := mustRig(t, 80, 24, Options{Demo: true}, someRows(5)...)
	r.press("N")
	r.create("Ada", "ada@example.org")
	r.accept(1, 8, 1)
	r.feed(8, protocol.Row{ID: "id-001", Name: "Ada", Email: "ada@example.org", Version: 1, Seq: 8, Born: 8, By: "ann"})
	r.press("e")
	r.typed("!")
	r.press("enter")
	r.stored()
	r.accept(2, 9, 2)
	r.shows("4/9 Accepted: the database was faster")
}

// TestGuideSaysSoWhenNobodyAskedTheDatabase edits under a strategy that has no
// race to lose.
func TestGuideSaysSoWhenNobodyAskedTheDatabase(t *testing.T) {
	r := mustRig(t, 80, 24, Options{Demo: true, Strategy: "check-log"}, someRows(5)...)
	r.press("N")
	r.create("Ada", "ada@example.org")
	r.accept(1, 8, 1)
	r.press("e")
	r.typed("!")
	r.press("enter")
	r.stored()
	r.accept(2, 9, 2)
	r.shows("4/9 Accepted: nobody asked the database. s: check-projection")
}

// TestGuideSaysWhyTheSecondEditIsKept goes through the second round under
// strategies that check nothing, or send nothing yet.
func TestGuideSaysWhyTheSecondEditIsKept(t *testing.T) {
	for name, want := range map[string]string{
		"reconcile":       "8/9 Accepted: LOG is ahead, checked against the log",
		"fire-and-forget": "8/9 Accepted, and nobody checked it",
		"hold":            "8/9 Kept back: it is sent once the create is confirmed",
	} {
		t.Run(name, func(t *testing.T) {
			r := mustRig(t, 80, 24, Options{Demo: true, Strategy: name}, someRows(5)...)
			for range secondRound - 1 { // The step before it is done already.
				r.press("N")
			}
			r.shows("7/9")
			r.tell(func(s *protocol.Status) { s.Faults = []fault.Fault{{ID: 1, Kind: fault.ProjectStall}} })
			r.create("Ada", "ada@example.org")
			r.accept(1, 8, 1)
			r.press("e")
			r.typed("!")
			r.press("enter")
			r.stored()
			if name != "hold" {
				r.accept(2, 9, 2)
			}
			r.shows(want)
		})
	}
}

func TestMessages(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(5)...)
	r.create("Ada", "ada@example.org")
	r.refuse(1, user.ErrEmailTaken, "grace has it")
	r.shows("A1 rolled back, email_taken", "enter why")
	r.press("j")
	r.shows("o go there")
	r.hides("enter why  R retry")
	r.press("o")
	r.shows("FIX", "E: give another email", "enter why")
	r.press("M")
	r.golden("messages")
	r.press("esc")
	r.hides("A1 rolled back")
	r.press("R")
	r.stored()
	r.now += 3_000
	r.accept(2, 9, 1)
	r.feed(9, protocol.Row{ID: "id-001", Name: "Ada", Email: "ada@example.org", Version: 1, Seq: 9, Born: 9, By: "ann"})
	r.shows("A2 confirmed after 3.0 s")
	r.now += ToastFor
	r.input(reconcile.Input{Kind: reconcile.Tick})
	r.hides("A2 confirmed after")
	r.press("M")
	r.shows("A2 confirmed after 3.0 s", "A1 rolled back")
}

func TestWaitingIsSaid(t *testing.T) {
	m := New(Options{Client: "ann", Mode: "lab"})
	_, _ = m.Update(Waiting{For: "the log to open"})
	r := &rig{t: t, m: m}
	r.shows("waiting for the log to open", "loading")
	r.press("n", "esc", "e")
	r.shows("edit: wait until the session is open")
	_, _ = m.Update(remote.Batch{Inputs: []reconcile.Input{{Kind: reconcile.Connected}}})
	if len(r.did) != 0 {
		t.Fatal("effects went nowhere")
	}
	_, _ = m.Update(Opened{Remote: r})
	if len(r.did) == 0 || r.did[len(r.did)-1].Kind != reconcile.Sync {
		t.Fatalf("what was asked for before is lost: %+v", r.did)
	}
}

func TestOfflineIsSaid(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(5)...)
	r.input(reconcile.Input{Kind: reconcile.Disconnected})
	r.shows("offline", "waiting for the server")
	r.create("Ada", "ada@example.org")
	r.shows("Ada", "pending A1", "[A1]")
}

func TestRestoredWorkIsShown(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(5)...)
	r.input(reconcile.Input{Kind: reconcile.Restore, Mutation: &reconcile.Mutation{
		ID: "old", Number: 4, Record: "r", Op: user.Create, Patch: user.SetBoth("Kept", "k@example.org"), Phase: reconcile.Sent,
	}})
	r.shows("Kept", "pending A4")
	r.press("g")
	r.shows("kept from the last session")
}

func TestStrategyFollowsTheServerUntilChosen(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(5)...)
	r.tell(func(s *protocol.Status) { s.Strategy = "check-log" })
	r.shows("check-log")
	r.press("s", "r", "r", "enter")
	r.tell(func(s *protocol.Status) { s.Strategy = "check-projection" })
	if r.m.strategy != "reconcile" {
		t.Fatalf("the strategy is %s", r.m.strategy)
	}
}

// TestASCII looks for anything else than ASCII wherever the screen has words of
// its own.
func TestASCII(t *testing.T) {
	r := mustRig(t, 120, 36, Options{ASCII: true, Demo: true}, someRows(5)...)
	r.create("Ada", "ada@example.org")
	r.accept(1, 8, 1)
	r.tell(func(s *protocol.Status) {
		s.Projector, s.At, s.Faults = "stalled", 8, []fault.Fault{{ID: 1, Kind: fault.ProjectStall, Struck: 2}}
	})
	r.press("e")
	r.typed("!")
	r.press("enter")
	r.stored()
	r.refuse(2, user.ErrConflict, "")
	for _, keys := range [][]string{
		{}, {"l"}, {"f"}, {"e"}, {"esc", "n", "enter"}, {"esc", "c"}, {"esc", "d"}, {"esc", "s"}, {"esc", "?"},
		{"esc", ":"}, {"esc", "M"}, {"esc", "3", "z"}, {"esc", "2", "/", "q"}, {"esc", "N"}, {"N", "N", "N", "N", "N", "N", "N", "N"},
	} {
		r.press(keys...)
		for _, c := range r.text() {
			if c > 0x7e {
				t.Fatalf("after %v: %q is not ASCII:\n%s", keys, c, r.text())
			}
		}
	}
}

func TestThemes(t *testing.T) {
	r := mustRig(t, 80, 24, Options{}, someRows(5)...)
	coloured := r.m.View().Content
	r.send(tea.BackgroundColorMsg{Color: color.White})
	light := r.m.View().Content
	r.send(tea.ColorProfileMsg{Profile: colorprofile.ASCII})
	plain := r.m.View().Content
	if light == coloured || plain == light || strings.Contains(plain, "38;") {
		t.Fatal("dark, light and NO_COLOR must differ, and the last has no colours")
	}
}

func TestEverySize(t *testing.T) {
	r := mustRig(t, 80, 24, Options{Demo: true}, someRows(50)...)
	for w := 1; w < 210; w += 13 {
		for h := 1; h < 60; h += 7 {
			r.send(tea.WindowSizeMsg{Width: w, Height: h})
			for _, k := range []string{"l", "f", "3", "z", "z", "?", "esc", "n", "esc", "down", "pgdown"} {
				r.press(k)
			}
			r.clean()
		}
	}
}

func TestRawAndCopy(t *testing.T) {
	r := mustRig(t, 120, 36, Options{}, someRows(5)...)
	r.press("a")
	r.shows(`"status": "confirmed"`)
	r.press("y")
	if len(r.cmds) != 1 || !strings.Contains(fmt.Sprint(r.cmds[0]()), `"id"`) {
		t.Fatal("nothing was copied")
	}
}

package lab

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"optimist/client/view"
	"optimist/scenarios"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// mustScript reads a story of the library.
func mustScript(tb testing.TB, name string) *scenario.Script {
	tb.Helper()
	text, err := scenarios.Read(name)
	if err != nil {
		tb.Fatal(err)
	}
	return mustParse(tb, name, string(text))
}

func mustParse(tb testing.TB, name, text string) *scenario.Script {
	tb.Helper()
	s, err := scenario.Parse(name+scenarios.Ext, []byte(text))
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func mustSimulate(tb testing.TB, s *scenario.Script, under strategy.Strategy) *Tape {
	tb.Helper()
	t, err := Simulate(tb.Context(), s, under)
	if err != nil {
		tb.Fatalf("%s under %s: %v", s.Name, under.Text(), err)
	}
	return t
}

// mustPlay returns a player of a story of the library, under its own strategy
// for "".
func mustPlay(tb testing.TB, name, under string) *Player {
	tb.Helper()
	s := mustScript(tb, name)
	u := s.Strategy
	if under != "" {
		u = strategy.Of(under)
	}
	return NewPlayer(mustSimulate(tb, s, u))
}

// everyTape calls do with each story of the library under each strategy.
func everyTape(t *testing.T, do func(*testing.T, *Tape)) {
	for _, name := range scenarios.Names() {
		s := mustScript(t, name)
		for _, u := range strategy.All() {
			t.Run(name+"/"+u.Name, func(t *testing.T) { do(t, mustSimulate(t, s, u)) })
		}
	}
}

// Every story, under every strategy, is recorded once, and then looked at in
// each of these ways.
func TestEveryStory(t *testing.T) {
	var first *Tape // Of the story.
	everyTape(t, func(t *testing.T, tape *Tape) {
		mustBeTheRun(t, tape)
		mustComeAgain(t, tape)
		mustGoBack(t, tape)
		mustBeTold(t, tape)
		if first == nil || first.Script != tape.Script {
			first = tape
		}
		mustBeToldBeside(t, first, tape)
	})
}

// mustBeTheRun checks that a tape is the whole run: what the checkers find stop
// by stop is what they find at once, every event is known at the end, and
// nothing is known too early.
func mustBeTheRun(tb testing.TB, tape *Tape) {
	tb.Helper()
	if got, want := fmt.Sprint(tape.Findings), fmt.Sprint(tape.Result.Anomalies); got != want {
		tb.Errorf("found %s, want %s", got, want)
	}
	end := tape.Stops[len(tape.Stops)-1]
	if end.Events != len(tape.Trace.Events) || end.Actions != tape.Result.Steps {
		tb.Errorf("the end has %d of %d events, %d of %d steps", end.Events, len(tape.Trace.Events), end.Actions, tape.Result.Steps)
	}
	for i, s := range tape.Stops[1:] {
		if before := tape.Stops[i]; s.Events < before.Events || s.Found < before.Found || s.Actions < before.Actions {
			tb.Fatalf("stop %d knows less than the one before", i+1)
		}
	}
}

// mustComeAgain checks that the world at a stop is there again when the same
// steps are taken.
func mustComeAgain(tb testing.TB, tape *Tape) {
	tb.Helper()
	at := len(tape.Stops) / 2
	w, err := tape.World(at)
	if err != nil {
		tb.Fatal(err)
	}
	if diff := cmp.Diff(tape.Stops[at].State, w.State()); diff != "" {
		tb.Fatalf("stop %d (-tape +again):\n%s", at, diff)
	}
}

// mustGoBack checks that N steps forward and N back give every screen again, the
// first one last, and that no step leaves the screen as it was.
func mustGoBack(tb testing.TB, tape *Tape) {
	tb.Helper()
	theme := view.NewTheme(view.Options{Dark: true, Color: true})
	look := func(p *Player) string { return p.View(60, 16, theme, Options{}) }
	p := NewPlayer(tape)
	screens := []string{look(p)}
	for p.Step(1) {
		screens = append(screens, look(p))
		if screens[p.At()] == screens[p.At()-1] {
			tb.Errorf("step %d changes nothing on the screen", p.At())
		}
	}
	if len(screens) != p.Len() || len(screens) < 5 {
		tb.Fatalf("%d screens of %d stops", len(screens), p.Len())
	}
	for at := p.Len() - 1; at >= 0; at-- {
		if p.At() != at || look(p) != screens[at] {
			tb.Fatalf("stop %d is another screen on the way back", at)
		}
		p.Step(-1)
	}
}

// What is certain only because nothing moves any more belongs to the line after
// which nothing does.
func TestQuietBelongsToItsLine(t *testing.T) {
	s := mustParse(t, "stall", "client alice\nfault project stall\nalice create ada name=\"Ada\" email=ada@example.org\nstabilize\n")
	tape := mustSimulate(t, s, s.Strategy)
	mustBeTheRun(t, tape)
	if end := len(tape.Stops) - 1; len(tape.found(end)) == 0 {
		t.Errorf("nothing is found at the end, but %v before", tape.Findings)
	}
}

// A story of hundreds of records is recorded in a moment, and what does not
// change is kept once; one that is too big is refused.
func TestBigStory(t *testing.T) {
	script := func(n int) *scenario.Script {
		text := "client alice\nhold all\n"
		for i := range n {
			text += fmt.Sprintf("alice create r%d name=\"N\" email=r%d@example.org\nserver handle alice.%d\n", i, i, i+1)
		}
		return mustParse(t, "big", text+"stabilize\n")
	}
	s := script(60)
	tape := mustSimulate(t, s, s.Strategy)
	p := NewPlayer(tape)
	p.End()
	if rows := p.desk(view.Theme{}).records("", 0).Rows; len(rows) != 60 {
		t.Errorf("%d rows", len(rows))
	}
	shared := 0
	for i := 1; i < len(tape.Stops); i++ {
		if a, b := tape.Stops[i-1].State, tape.Stops[i].State; len(a.Rows) > 0 && len(b.Rows) > 0 && &a.Rows[0] == &b.Rows[0] {
			shared++
		}
	}
	if shared < 60 {
		t.Errorf("%d of %d stops share their rows", shared, len(tape.Stops))
	}
	full := keeper{kept: maxKept}
	for i, want := range []error{nil, ErrTooMuch} {
		if _, err := full.keep(tape.Stops[len(tape.Stops)-1-i].State); !errors.Is(err, want) {
			t.Errorf("state %d: %v, want %v", i, err, want)
		}
	}
}

// What a script says cannot leave its place on the screen.
func TestHostileStory(t *testing.T) {
	hostile := "\\x1b[2J\\x1b]0;x\\x07\\u202e 日本語の名前がとても長い \\u200b"
	s := mustParse(t, "hostile", "# title: a family 👩‍👩‍👧‍👦\nclient alice\n> told 日本語 e\u0301\u0301\u0301\n? asked 日本語\n* yes\n- no\n"+
		"alice create ada name=\""+hostile+"\" email=ada@example.org\nalice edit ada name=\"x\"\n")
	p := NewPlayer(mustSimulate(t, s, s.Strategy))
	for more := true; more; more = p.Step(1) {
		for _, opt := range []Options{{}, {Hall: true}, {Zoomed: true}} {
			frame := p.View(80, 24, view.NewTheme(view.Options{}), opt)
			for _, bad := range []string{"\x1b[2J", "\x1b]", "\x1b[31m", "\u202e", "\u200b", "\x07"} {
				if strings.Contains(frame, bad) {
					t.Fatalf("%q is on the screen at %d", bad, p.At())
				}
			}
			for _, line := range strings.Split(frame, "\n") {
				if w := ansi.StringWidth(line); w != 80 {
					t.Fatalf("a line has %d cells: %q", w, line)
				}
			}
		}
		p.ToggleTimeline()
	}
}

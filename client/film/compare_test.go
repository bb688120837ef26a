package film

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"optimist/client/golden"
	"optimist/client/lab"
	"optimist/client/view"
	"optimist/scenarios"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// mustBoth films a story of the library under two strategies.
func mustBoth(tb testing.TB, name, a, b string, width, height int) *Film {
	tb.Helper()
	text, err := scenarios.Read(name)
	if err != nil {
		tb.Fatal(err)
	}
	script, err := scenario.Parse(name+scenarios.Ext, text)
	if err != nil {
		tb.Fatal(err)
	}
	var tapes []*lab.Tape
	for _, under := range []string{a, b} {
		tape, err := lab.Simulate(context.Background(), script, strategy.Of(under))
		if err != nil {
			tb.Fatal(err)
		}
		tapes = append(tapes, tape)
	}
	f, err := ShootBoth(tapes[0], tapes[1], Options{Width: width, Height: height, Look: view.Options{Dark: true, Color: true}})
	if err != nil {
		tb.Fatal(err)
	}
	return f
}

// The race under two strategies, as it is kept: every screen, what begins there,
// and for how long it stands.
func TestShootBoth(t *testing.T) {
	f := mustBoth(t, "create-then-edit", "check-projection", "reconcile", 80, 24)
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", f.Title)
	for i, s := range f.Shots {
		fmt.Fprintf(&b, "\n%d: %d ms, wrong: %v, %s\n%s\n", i, s.For, s.Anomaly, s.Marker, ansi.Strip(s.Screen))
	}
	golden.Match(t, filepath.Join("testdata", "both.80x24.txt"), b.String())
}

// It stands longest, but for the end, where the two part; the still is the end,
// with both results.
func TestBothPart(t *testing.T) {
	f := mustBoth(t, "create-then-edit", "check-projection", "reconcile", 120, 36)
	part := slices.IndexFunc(f.Shots, func(s Shot) bool { return strings.HasPrefix(s.Marker, "they differ first at line ") })
	if part < 1 || !f.Shots[part].Anomaly {
		t.Fatalf("they part at shot %d", part)
	}
	for i, s := range f.Shots[:len(f.Shots)-1] {
		if i != part && s.For >= f.Shots[part].For {
			t.Errorf("shot %d stands for %d ms, where they part for %d", i, s.For, f.Shots[part].For)
		}
	}
	if f.Punch() != len(f.Shots)-1 {
		t.Errorf("the still is shot %d of %d", f.Punch(), len(f.Shots))
	}
	end := ansi.Strip(f.Shots[f.Punch()].Screen)
	for _, want := range []string{"RESULT 1 kept, 1 refused", "RESULT 2 kept", "they differ first", "rolled back", "● Ada Lovelace"} {
		if !strings.Contains(end, want) {
			t.Errorf("the end says nothing of %q:\n%s", want, end)
		}
	}
}

// The same two runs give the same bytes in every format.
func TestBothAgain(t *testing.T) {
	for _, format := range Formats() {
		var bytesOf [2][]byte
		for i := range bytesOf {
			var b bytes.Buffer
			s := Settings{Cast: CastV2, Scale: 1, Animate: true}
			if err := format.Write(&b, mustBoth(t, "two-hands", "reconcile", "fire-and-forget", 80, 24), s); err != nil {
				t.Fatal(err)
			}
			bytesOf[i] = b.Bytes()
		}
		if !bytes.Equal(bytesOf[0], bytesOf[1]) {
			t.Errorf("%s: other bytes the second time", format.Name)
		}
	}
}

func TestBothLimits(t *testing.T) {
	tape := mustTape(t)
	if _, err := ShootBoth(tape, tape, Options{Width: 20, Height: 5}); err == nil || !strings.Contains(err.Error(), "20×5") {
		t.Errorf("got %v", err)
	}
}

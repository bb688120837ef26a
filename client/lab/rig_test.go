package lab

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"optimist/shared/strategy"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// rig drives a model as a terminal would.
type rig struct {
	t *testing.T
	m *Model
}

// mustRig plays a story of the library in a terminal of that size.
func mustRig(t *testing.T, name string, width, height int, cfg Config) *rig {
	t.Helper()
	s := mustScript(t, name)
	if cfg.Tape == nil {
		cfg.Tape = mustSimulate(t, s, s.Strategy)
	}
	cfg.Again = func(u strategy.Strategy) (*Tape, error) { return Simulate(t.Context(), s, u) }
	r := &rig{t: t, m: New(cfg)}
	r.send(tea.WindowSizeMsg{Width: width, Height: height})
	return r
}

// send gives the model a message and returns what it asks for.
func (r *rig) send(msg tea.Msg) tea.Cmd {
	r.t.Helper()
	_, cmd := r.m.Update(msg)
	return cmd
}

// named are the keys that have names.
var named = map[string]rune{
	"space": tea.KeySpace, "enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab,
	"home": tea.KeyHome, "end": tea.KeyEnd, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
}

// press presses keys and returns what the last one asks for.
func (r *rig) press(keys ...string) (cmd tea.Cmd) {
	r.t.Helper()
	for _, k := range keys {
		if code, ok := named[k]; ok {
			cmd = r.send(tea.KeyPressMsg{Code: code})
			continue
		}
		cmd = r.send(tea.KeyPressMsg{Code: []rune(k)[0], Text: k})
	}
	return cmd
}

// typed types text, letter by letter.
func (r *rig) typed(text string) {
	r.t.Helper()
	for _, c := range text {
		r.press(string(c))
	}
}

// text is the screen without colours.
func (r *rig) text() string { return ansi.Strip(r.m.View().Content) }

// shows fails unless the screen has every text.
func (r *rig) shows(texts ...string) {
	r.t.Helper()
	for _, text := range texts {
		if !strings.Contains(r.text(), text) {
			r.t.Fatalf("%q is not on the screen:\n%s", text, r.text())
		}
	}
}

// hides fails if the screen has one of the texts.
func (r *rig) hides(texts ...string) {
	r.t.Helper()
	for _, text := range texts {
		if strings.Contains(r.text(), text) {
			r.t.Fatalf("%q is on the screen:\n%s", text, r.text())
		}
	}
}

// golden compares the screen with a kept one, and its lines with its size.
func (r *rig) golden(name string) {
	r.t.Helper()
	lines := strings.Split(r.text(), "\n")
	if len(lines) != r.m.term.Height {
		r.t.Fatalf("%d lines, want %d", len(lines), r.m.term.Height)
	}
	for i, line := range lines {
		if w := ansi.StringWidth(line); w != r.m.term.Width {
			r.t.Errorf("line %d has %d cells, want %d: %q", i, w, r.m.term.Width, line)
		}
	}
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(r.text()+"\n"), 0o644); err != nil {
			r.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		r.t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), r.text()+"\n"); diff != "" {
		r.t.Errorf("%s (-kept +now):\n%s", path, diff)
	}
}

// until steps on until the screen shows a text.
func (r *rig) until(text string) {
	r.t.Helper()
	for at := -1; r.m.player().At() != at; {
		if strings.Contains(r.text(), text) {
			return
		}
		at = r.m.player().At()
		r.press(".")
	}
	r.t.Fatalf("the story never shows %q", text)
}

package lab

import (
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"optimist/client/golden"
	"optimist/client/terminal"
	"optimist/shared/strategy"
)

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

// press presses keys and returns what the last one asks for.
func (r *rig) press(keys ...string) (cmd tea.Cmd) {
	r.t.Helper()
	for _, k := range keys {
		cmd = r.send(terminal.Key(k))
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
	golden.Shows(r.t, r.text(), texts...)
}

// hides fails if the screen has one of the texts.
func (r *rig) hides(texts ...string) {
	r.t.Helper()
	golden.Hides(r.t, r.text(), texts...)
}

// golden compares the screen with a kept one, and its lines with its size.
func (r *rig) golden(name string) {
	r.t.Helper()
	golden.Fills(r.t, r.text(), r.m.term.Width, r.m.term.Height, ansi.GraphemeWidth)
	golden.Match(r.t, filepath.Join("testdata", name+".txt"), r.text()+"\n")
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

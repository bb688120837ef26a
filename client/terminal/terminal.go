// Package terminal is what a screen learns of the terminal it is drawn on, and
// what is the same for all screens: keys, and the end of the terminal. Every
// model of a screen holds a Terminal.
package terminal

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"optimist/client/view"
)

// What a terminal is taken for until it says otherwise.
const (
	defaultWidth  = 80
	defaultHeight = 24
)

// Terminal is one terminal, as far as it has told.
type Terminal struct {
	Width, Height int // In cells.

	dark      bool
	graphemes bool // It counts cells by grapheme cluster.
	profile   colorprofile.Profile
}

// New returns a dark terminal of 80×24 cells with all colours.
func New() Terminal {
	return Terminal{Width: defaultWidth, Height: defaultHeight, dark: true, profile: colorprofile.TrueColor}
}

// Learn takes a message, if it tells of the terminal.
func (t *Terminal) Learn(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		t.Width, t.Height = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		t.dark = msg.IsDark()
	case tea.ColorProfileMsg:
		t.profile = msg.Profile
	case tea.ModeReportMsg:
		if msg.Mode == ansi.ModeUnicodeCore {
			t.graphemes = msg.Value == ansi.ModeSet || msg.Value == ansi.ModeReset || msg.Value == ansi.ModePermanentlySet
		}
	}
}

// Theme returns how things look on it; ascii keeps to ASCII.
func (t *Terminal) Theme(ascii bool) view.Theme {
	return view.NewTheme(view.Options{
		Dark: t.dark, Color: t.profile > colorprofile.ASCII, ASCII: ascii, Graphemes: t.graphemes,
	})
}

package terminal

import (
	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// maxInput is how many characters an input takes, so that a paste cannot be
// endless.
const maxInput = 1_000

// Input is one line of text being typed.
type Input struct {
	text  textinput.Model
	given string // What it held at first.
}

// NewInput returns an empty input that has the keys. Its cursor is drawn by
// package view, so it needs no messages to blink.
func NewInput() Input {
	t := textinput.New()
	t.CharLimit = maxInput
	t.SetVirtualCursor(false)
	t.Focus()
	return Input{text: t}
}

// Filled returns an input that holds text already.
func Filled(text string) Input {
	in := NewInput()
	in.Set(text)
	// The editor leaves out what cannot be edited, so this may differ from text.
	in.given = in.text.Value()
	return in
}

// Set has it hold a text, with the cursor behind.
func (in *Input) Set(text string) {
	in.text.SetValue(text)
	in.text.CursorEnd()
}

// Value returns what it holds.
func (in *Input) Value() string { return in.text.Value() }

// Touched reports whether the person changed it.
func (in *Input) Touched() bool { return in.text.Value() != in.given }

// Cursor returns where the next character goes, in characters.
func (in *Input) Cursor() int { return in.text.Position() }

// Take gives it a key or a paste.
func (in *Input) Take(msg tea.Msg) {
	if pressed, is := msg.(tea.KeyPressMsg); is && key.Matches(pressed, in.text.KeyMap.DeleteWordForward) && in.atLast() {
		msg = tea.KeyPressMsg{Code: tea.KeyDelete} // That word is one character; textinput v2.2.1 looks behind it and panics.
	}
	// Its commands blink a cursor or read the clipboard, and neither is wanted.
	in.text, _ = in.text.Update(msg)
}

// atLast reports whether the cursor is on the last character.
func (in *Input) atLast() bool { return in.text.Position() == len([]rune(in.text.Value()))-1 }

package tui

import (
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
)

// input is one line of text being typed.
type input struct {
	text  textinput.Model
	given string // What it held at first.
}

// newInput returns an empty input that has the keys. Its cursor is drawn by
// package view, so it needs no messages to blink.
func newInput() input {
	t := textinput.New()
	t.CharLimit = MaxInput
	t.SetVirtualCursor(false)
	t.Focus()
	return input{text: t}
}

// filled returns an input that holds text already.
func filled(text string) input {
	in := newInput()
	in.text.SetValue(text)
	in.text.CursorEnd()
	// The editor leaves out what cannot be edited, so this may differ from text.
	in.given = in.text.Value()
	return in
}

func (in *input) value() string { return in.text.Value() }

// touched reports whether the person changed it.
func (in *input) touched() bool { return in.text.Value() != in.given }

// cursor returns where the next character goes, in characters.
func (in *input) cursor() int { return in.text.Position() }

// take gives it a key or a paste.
func (in *input) take(msg tea.Msg) {
	// Its commands blink a cursor or read the clipboard, and neither is wanted.
	in.text, _ = in.text.Update(msg)
}

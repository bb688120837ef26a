// Package exit is how a program of this project ends: the same four codes
// everywhere, and errors that know theirs and what to do about it.
package exit

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"optimist/shared/printable"
)

// Code is a program's exit status.
type Code int

// The codes.
const (
	True    Code = 0 // True, confirmed, equal, done.
	False   Code = 1 // False, rolled back, refused, differs.
	Usage   Code = 2 // Wrong usage, a parse error, a missing file.
	Unknown Code = 3 // Unknown, unreachable, or failed I/O.
)

// Error is an error with an exit code and, if there is one, a hint: what the
// person can do about it.
type Error struct {
	Code Code
	Err  error
	Hint string
}

// Error returns the message without the hint.
func (e *Error) Error() string { return e.Err.Error() }

// Unwrap returns the error inside.
func (e *Error) Unwrap() error { return e.Err }

// With returns err as an Error with that code, or nil for nil. An Error inside
// err keeps its own code and hint.
func With(code Code, err error, hint string) error {
	var inner *Error
	if err == nil || errors.As(err, &inner) {
		return err
	}
	return &Error{Code: code, Err: err, Hint: hint}
}

// Silent is an end that has nothing to say: its code was explained by what the
// program printed.
type Silent Code

// Error returns a text for logs; nobody prints it.
func (s Silent) Error() string { return "the answer was printed" }

// Of returns err's code. An error that does not say is wrong usage: it comes
// from the flags, unless it is of a page that could not be written.
func Of(err error) Code {
	var known *Error
	var silent Silent
	var file *fs.PathError
	switch {
	case err == nil:
		return True
	case errors.As(err, &known):
		return known.Code
	case errors.As(err, &silent):
		return Code(silent)
	case errors.As(err, &file) && file.Op == "write":
		return Unknown
	}
	return Usage
}

// Message is what a program says of err on standard error: a line with the error
// and, where there is something to do, one with a hint. It is empty for a Silent.
// command is the program's name, with that of the subcommand behind it: whose
// help tells how it is used.
func Message(command string, err error) string {
	var silent Silent
	if errors.As(err, &silent) {
		return ""
	}
	program, _, _ := strings.Cut(command, " ")
	text := fmt.Sprintf("%s: error: %s\n", program, printable.Text(err.Error()))
	hint := ""
	var known *Error
	if errors.As(err, &known) {
		hint = known.Hint
	}
	if hint == "" && Of(err) == Usage {
		hint = "see " + command + " --help"
	}
	if hint != "" {
		text += fmt.Sprintf("%s: hint: %s\n", program, printable.Text(hint))
	}
	return text
}

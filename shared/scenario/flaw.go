package scenario

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"optimist/shared/printable"
)

// How many characters an error shows of a line, and of what it says.
const (
	maxShown = 100
	maxWhat  = 300
)

// Error is one thing that is wrong with a script, and where.
type Error struct {
	File   string
	Line   int // From 1.
	Column int // In characters, from 1.
	What   string
	Text   string // The line.
	Hint   string // What to write instead; "" if nobody knows.

	missing string // The name that no line brings; "" if that is not what is wrong.
}

// Error says where and what, shows the line with a caret under the place, and
// what to write instead.
func (e Error) Error() string {
	shown, caret := e.excerpt()
	text := fmt.Sprintf("%s:%d:%d: %s\n    %s\n    %s^", e.File, e.Line, e.Column, e.What, shown, strings.Repeat(" ", caret))
	if e.Hint != "" {
		text += " " + e.Hint
	}
	return text
}

// excerpt returns the part of the line around the error as it may be shown, and
// how many characters of it are before the place.
func (e Error) excerpt() (shown string, caret int) {
	before, after := split(e.Text, e.Column-1)
	if n := utf8.RuneCountInString(before); n > maxShown*3/4 {
		_, before = split(before, n-maxShown/2)
		before = "…" + before
	}
	room := maxShown - utf8.RuneCountInString(before)
	if cut, rest := split(after, room); rest != "" {
		after = cut + "…"
	}
	before = printable.Line(before)
	return strings.TrimRight(before+printable.Line(after), " "), utf8.RuneCountInString(before)
}

// split cuts text behind its first n characters.
func split(text string, n int) (before, after string) {
	for i := range text {
		if n <= 0 {
			return text[:i], text[i:]
		}
		n--
	}
	return text, ""
}

// Errors is everything that is wrong with a script, as far as it is told, in
// the order of its lines.
type Errors []Error

// Error joins them, each on lines of its own.
func (e Errors) Error() string {
	texts := make([]string, len(e))
	for i := range e {
		texts[i] = e[i].Error()
	}
	return strings.Join(texts, "\n")
}

// causes returns the errors, in the order of their lines, that are not the outcome
// of one before: that a name is missing says nothing where a line that could have
// brought it is wrong itself.
func (e Errors) causes() Errors {
	var causes Errors
	named := map[string]bool{}
	for i := range e {
		if e[i].missing != "" && named[e[i].missing] {
			continue
		}
		causes = append(causes, e[i])
		for _, word := range strings.Fields(e[i].Text) {
			named[word] = named[word] || word != e[i].missing
		}
	}
	return causes
}

// Package printable is the one sanitiser: all text from a record, a server or a
// file passes it before a terminal, a window title or an export. It takes
// terminal sequences out and shows whatever else a person could not see (or
// that would move what they see) as an escape, such as \u202e.
//
// Stripping sequences alone is not enough: ansi.Strip of charmbracelet/x leaves
// C1 controls in UTF-8, bidi controls, zero-width characters and towers of
// combining marks.
package printable

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The number of combining marks that one character keeps. Marks that any script
// can use, the building material of "zalgo" text, are rarer in honest text than
// a script's own: Burmese puts four on a letter.
const (
	MaxMarks    = 2
	MaxOwnMarks = 4
)

// cut stands for the marks that were dropped.
const cut = `\…`

// Line returns s as one line that is safe to show. Newlines and tabs become
// escapes too.
func Line(s string) string {
	if plain(s, false) {
		return s
	}
	return clean(s, false)
}

// Text returns s safe to show and keeps its lines.
func Text(s string) string {
	if plain(s, true) {
		return s
	}
	return clean(s, true)
}

// plain reports whether s is printable ASCII, the common case that costs
// nothing.
func plain(s string, lines bool) bool {
	for i := range len(s) {
		if b := s[i]; (b < ' ' || b > '~') && (!lines || b != '\n') {
			return false
		}
	}
	return true
}

// writer holds the text so far and what a combining mark would sit on.
type writer struct {
	strings.Builder
	based bool // There is a character that can carry marks.
	marks int  // How many marks it carries.
}

func clean(s string, lines bool) string {
	var w writer
	w.Grow(len(s) + len(s)/2)
	for i := 0; i < len(s); {
		if n := sequence(s[i:]); n > 0 {
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case lines && r == '\n':
			w.newline()
		case lines && r == '\r' && strings.HasPrefix(s[i+n:], "\n"):
			// The newline follows.
		case unicode.Is(unicode.M, r) && !hidden(r):
			w.mark(r)
		case !unicode.IsGraphic(r) || hidden(r):
			w.escape(r)
		default:
			w.WriteRune(r)
			w.based, w.marks = true, 0
		}
		i += n
	}
	return w.String()
}

func (w *writer) newline() {
	w.WriteByte('\n')
	w.based = false
}

// mark writes a combining mark. Without a character below it, it would sit on
// whatever is left of the text, so it gets a dotted circle.
func (w *writer) mark(r rune) {
	if !w.based {
		w.WriteRune('◌')
		w.based, w.marks = true, 0
	}
	limit := MaxOwnMarks
	if unicode.Is(unicode.Inherited, r) {
		limit = MaxMarks
	}
	if w.marks >= limit {
		if w.marks <= MaxOwnMarks {
			w.WriteString(cut)
			w.marks = MaxOwnMarks + 1
		}
		return
	}
	w.WriteRune(r)
	w.marks++
}

// escape writes r as Go would in a string literal.
func (w *writer) escape(r rune) {
	const hex = "0123456789abcdef"
	w.based = false
	digits := 0
	switch {
	case r == '\n':
		w.WriteString(`\n`)
	case r == '\t':
		w.WriteString(`\t`)
	case r == '\r':
		w.WriteString(`\r`)
	case r < utf8.RuneSelf:
		w.WriteString(`\x`)
		digits = 2
	case r <= 0xffff:
		w.WriteString(`\u`)
		digits = 4
	default:
		w.WriteString(`\U`)
		digits = 8
	}
	for shift := 4 * (digits - 1); shift >= 0; shift -= 4 {
		w.WriteByte(hex[r>>shift&0xf])
	}
}

// hidden reports whether r is graphic by its class, yet shows nothing: fillers,
// joiners and variation selectors other than the two that choose between a text
// and an emoji form.
func hidden(r rune) bool {
	switch {
	case r == '\u034f', r == '\u115f', r == '\u1160', r == '\u3164', r == '\uffa0':
		return true
	case r == '\u17b4', r == '\u17b5', r == '\u2800', r >= '\u180b' && r <= '\u180f':
		return true
	case r >= '\ufe00' && r <= '\ufe0d', r >= '\U000e0100' && r <= '\U000e01ef':
		return true
	}
	return false
}

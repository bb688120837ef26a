package scenario

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/tools/txtar"
)

// boundWidth is how far the words of a bound stand from its line's beginning.
const boundWidth = 8

// maxAligned is how many characters a line may have to move the notes of its
// paragraph. A longer one has its note two blanks behind it.
const maxAligned = 100

// Format returns the script in its one form: words a blank apart, comments
// behind directives aligned within their paragraph, what people read in quotes,
// at most one blank line in a row. Golden sections stay as they are.
func Format(s *Script) []byte {
	a := txtar.Archive{Comment: join(layOut(s.Lines, (*Line).canonical))}
	if len(a.Comment) > 0 && len(s.Files) > 0 {
		a.Comment = append(a.Comment, '\n')
	}
	for _, f := range s.Files {
		if f.Name == "explore" && s.Explore != nil {
			f.Data = join(layOut(s.Explore.lines, (*Line).bound))
		}
		if f.Name == checkSection {
			f.Data = join(layOut(s.asked, (*Line).canonical))
		}
		a.Files = append(a.Files, f)
	}
	return txtar.Format(&a)
}

// join makes lines of a text, without blank ones at its beginning and end.
func join(lines []string) []byte {
	text := strings.Trim(strings.Join(lines, "\n"), "\n")
	if text == "" {
		return nil
	}
	return []byte(text + "\n")
}

// layOut returns the lines in their form, with their notes aligned.
func layOut(lines []Line, form func(*Line) string) []string {
	out := make([]string, 0, len(lines))
	paragraph := 0 // Where in out it begins.
	var notes []string
	for i := range lines {
		text := form(&lines[i])
		if text == "" && lines[i].Note == "" {
			align(out[paragraph:], notes)
			if n := len(out); n == 0 || out[n-1] != "" {
				out = append(out, "")
			}
			paragraph, notes = len(out), nil
			continue
		}
		out, notes = append(out, text), append(notes, lines[i].Note)
	}
	align(out[paragraph:], notes)
	return out
}

// align puts the notes of a paragraph behind its lines, in one column.
func align(lines, notes []string) {
	width := 0
	for i, note := range notes {
		if n := utf8.RuneCountInString(lines[i]); note != "" && n <= maxAligned {
			width = max(width, n)
		}
	}
	for i, note := range notes {
		switch {
		case note == "":
		case lines[i] == "":
			lines[i] = note
		default:
			lines[i] += strings.Repeat(" ", max(width-utf8.RuneCountInString(lines[i]), 0)+2) + note
		}
	}
}

// canonical is a line of the script in its form, without the note behind it.
func (l *Line) canonical() string {
	switch l.Kind {
	case Blank:
		return ""
	case Comment:
		return l.Text
	case Narration:
		return l.Only.canonical() + mark(">", l.Text)
	case Question:
		return l.Only.canonical() + mark("?", l.Text)
	case Option:
		if l.Right {
			return mark("*", l.Text)
		}
		return mark("-", l.Text)
	case Directive:
		return l.Only.canonical() + spaced(l.words)
	}
	panic("scenario: unknown kind of line")
}

func mark(m, text string) string {
	if text == "" {
		return m
	}
	return m + " " + text
}

// canonical is the condition with a blank behind it, or nothing.
func (c Condition) canonical() string {
	switch {
	case len(c.Names) == 0:
		return ""
	case c.Not:
		return "[strategy!=" + strings.Join(c.Names, ",") + "] "
	}
	return "[strategy=" + strings.Join(c.Names, ",") + "] "
}

// bound is a line of the explore section in its form.
func (l *Line) bound() string {
	words := spaced(l.words)
	switch {
	case l.Text == "" && words == "":
		return ""
	case words == "":
		return l.Text
	}
	return l.Text + strings.Repeat(" ", max(boundWidth-len(l.Text), 1)) + words
}

func spaced(words []word) string {
	var b bytes.Buffer
	for i, w := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.canonical())
	}
	return b.String()
}

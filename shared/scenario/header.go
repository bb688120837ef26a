package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"optimist/shared/spelling"
	"optimist/shared/strategy"
)

// MaxLesson is the highest place in the course.
const MaxLesson = 99

// headers are the comments that say what the script is: `# title: TEXT`. Each is
// given once, but for notes, which may stand at any place.
var headers = []struct {
	key  string
	read func(*parser, string) (what, hint string)
}{
	{"title", (*parser).title},
	{"level", (*parser).level},
	{"lesson", (*parser).lesson},
	{"takeaway", (*parser).takeaway},
	{"compare", (*parser).compare},
	{"note", (*parser).note},
}

// comment reads a comment, and those that say what the script is.
func (p *parser) comment(text string) {
	p.line.Kind, p.line.Text = Comment, text
	key, value, found := strings.Cut(strings.TrimSpace(text[1:]), ":")
	for _, h := range headers {
		if h.key != key || !found {
			continue
		}
		if key != "note" && slices.Contains(p.headed, key) {
			p.flaw(p.line.Column, "a second "+key, "a script has one")
			return
		}
		p.headed = append(p.headed, key)
		if what, hint := h.read(p, strings.TrimSpace(value)); what != "" {
			p.flaw(valueColumn(p.line.Column, text), what, hint)
		}
	}
}

// valueColumn is where the value of a header begins that stands at a column.
func valueColumn(column int, text string) int {
	key, value, _ := strings.Cut(text, ":")
	blanks := len(value) - len(strings.TrimLeft(value, " \t"))
	return column + utf8.RuneCountInString(key) + 1 + blanks
}

func (p *parser) title(value string) (what, hint string) {
	p.script.Title = value
	return "", ""
}

func (p *parser) level(value string) (what, hint string) {
	if len(value) != 1 || value < "1" || value > "9" {
		return fmt.Sprintf("the level is %q", spelling.Brief(value)), "one of 1 to 9"
	}
	p.script.Level = int(value[0] - '0')
	return "", ""
}

func (p *parser) lesson(value string) (what, hint string) {
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 || n > MaxLesson || value != strconv.Itoa(n) {
		return fmt.Sprintf("the lesson is %q", spelling.Brief(value)), fmt.Sprintf("its place in the course, 1 to %d", MaxLesson)
	}
	p.script.Lesson, p.lessonAt = n, p.line
	return "", ""
}

func (p *parser) takeaway(value string) (what, hint string) {
	if value == "" {
		return "the takeaway is empty", "one sentence to remember"
	}
	p.script.Takeaway = value
	return "", ""
}

func (p *parser) compare(value string) (what, hint string) {
	other, err := strategy.Parse(value)
	if err != nil {
		return fmt.Sprintf("unknown strategy %q", spelling.Brief(value)), suggest(value, strategy.Names())
	}
	p.script.Compare = &other
	return "", ""
}

func (p *parser) note(value string) (what, hint string) {
	s := p.script
	s.Notes, s.noted = append(s.Notes, value), append(s.noted, p.line.Number)
	return "", ""
}

// wholeLesson says what a script lacks to be a lesson, if it says it is one.
func (p *parser) wholeLesson() {
	at := p.lessonAt
	if at == nil || p.full() {
		return
	}
	if p.script.Takeaway == "" {
		p.at(at.Number, at.Column, "the lesson has no takeaway", "# takeaway: one sentence to remember")
	}
	if !slices.ContainsFunc(p.script.Files, isCheck) {
		p.at(at.Number, at.Column, "the lesson has no check", "a section -- check -- behind the story, with two or three questions")
	}
}

// NoteAt returns what the notes say at a line of the file: the last of them that
// stands there or before, and those right above it. Before the story begins,
// and at line 0, that are the notes at its top. It is "" for none.
func (s *Script) NoteAt(line int) string {
	line = max(line, s.begins())
	last := -1
	for i, at := range s.noted {
		if at <= line {
			last = i
		}
	}
	if last < 0 {
		return ""
	}
	first := last
	for first > 0 && s.noted[first-1] == s.noted[first]-1 {
		first--
	}
	return strings.Join(s.Notes[first:last+1], " ")
}

// NoteLines returns the notes with the lines where they stand; those right below
// each other are one.
func (s *Script) NoteLines() []Note {
	var list []Note
	for i, text := range s.Notes {
		if i > 0 && s.noted[i-1] == s.noted[i]-1 {
			list[len(list)-1].Text += " " + text
			continue
		}
		list = append(list, Note{Line: s.noted[i], Text: text})
	}
	return list
}

// begins is the first line that is more than a comment.
func (s *Script) begins() int {
	for i := range s.Lines {
		if k := s.Lines[i].Kind; k != Blank && k != Comment {
			return s.Lines[i].Number
		}
	}
	return 0
}

package scenario

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"optimist/shared/strategy"
)

// parser is a script while it is read.
type parser struct {
	script *Script
	flaws  Errors

	line     *Line // At hand.
	words    []word
	next     int // Of words.
	question *Line
	options  int // Of question.
	right    int // Of them, marked.

	clients  map[string]int // How many intents each has made.
	records  map[string]bool
	emails   map[string]string // Of given records: whose each is.
	used     bool              // A `use` line was read.
	headed   []string          // Headers that were read, notes apart.
	lessonAt *Line             // The header that makes it a lesson; nil: it is none.
	mentions []mention
	targets  []mention // Records that faults aim at.
}

// Parse reads a script and checks it under its own strategy. name is the file's,
// for errors. The error is of type Errors, at most MaxErrors of them.
func Parse(name string, text []byte) (*Script, error) {
	p := &parser{
		script:  &Script{Name: name},
		clients: make(map[string]int), records: make(map[string]bool), emails: make(map[string]string),
	}
	p.script.Strategy, _ = strategy.Named(strategy.Default) // It is one of them.
	if p.limits(text) {
		return nil, p.flaws
	}
	archive := txtar.Parse(plain(text))
	p.script.Files = archive.Files
	p.script.text = cutLines(string(archive.Comment))
	p.script.Lines = make([]Line, len(p.script.text))
	for i, line := range p.script.text {
		p.read(i, line)
		if p.full() {
			return nil, p.flaws.causes()
		}
	}
	p.endQuestion()
	p.resolve()
	p.sections(archive.Files)
	p.wholeLesson()
	slices.SortStableFunc(p.flaws, func(a, b Error) int { return a.Line - b.Line })
	p.flaws = p.flaws.causes()
	if len(p.flaws) == 0 {
		p.flaws = p.script.check(p.script.Strategy)
	}
	if len(p.flaws) > 0 {
		return nil, p.flaws[:min(len(p.flaws), MaxErrors)]
	}
	return p.script, nil
}

func (p *parser) full() bool { return len(p.flaws) >= MaxErrors }

// plain is a file's text as it would be without the ways of some editors: a
// byte-order mark, and two bytes at the end of a line.
func plain(text []byte) []byte {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
}

// limits reports whether the text is not to be read at all, and notes why.
func (p *parser) limits(text []byte) bool {
	switch lines := bytes.Count(text, []byte("\n")); {
	case len(text) > MaxBytes:
		p.fail(1, 1, "", fmt.Sprintf("the file has %d bytes; at most %d are read", len(text), MaxBytes), "")
	case lines > MaxLines:
		p.fail(MaxLines+1, 1, "", fmt.Sprintf("the file has %d lines; at most %d are read", lines, MaxLines), "")
	case !utf8.Valid(text):
		before, broken := valid(text)
		line := bytes.Count(before, []byte("\n"))
		start := before[bytes.LastIndexByte(before, '\n')+1:]
		p.fail(line+1, utf8.RuneCount(start)+1, string(start), fmt.Sprintf("the byte %#02x is not UTF-8", broken), "save the file as UTF-8")
	}
	return len(p.flaws) > 0
}

// valid returns what is before the first byte that is not UTF-8, and that byte.
func valid(text []byte) (before []byte, broken byte) {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 {
			return text[:i], text[i]
		}
		i += n
	}
	return text, 0
}

// cutLines returns the lines of text without their ends. Text that ends with a
// newline has no empty line behind it.
func cutLines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// read reads the line at that place of the script.
func (p *parser) read(at int, text string) {
	line := &p.script.Lines[at]
	line.Number, line.Column = at+1, 1
	p.line = line
	if column := controlAt(text); column > 0 {
		p.flaw(column, "a control character", "in quotes it can be written as an escape")
		return
	}
	s := scanner{text: strings.TrimRight(text, " \t"), column: 1}
	s.skip()
	if s.at('[') {
		if bad := p.condition(&s); bad != nil {
			p.flaw(bad.column, bad.what, bad.hint)
			return
		}
	}
	line.Column = s.column
	option := s.at('-') || s.at('*')
	if !option {
		p.endQuestion()
	}
	conditional := len(line.Only.Names) > 0
	switch {
	case conditional && (s.text == "" || s.at('#')):
		p.flaw(line.Column, "nothing after the condition", "write the line that it is for behind it")
	case s.text == "":
		line.Kind = Blank
	case s.at('#'):
		p.comment(s.text)
	case s.at('>'):
		line.Kind, line.Text = Narration, marked(s.text)
	case s.at('?'):
		line.Kind, line.Text = Question, marked(s.text)
		p.question, p.options, p.right = line, 0, 0
	case option:
		p.option(s.text)
	default:
		p.directive(&s)
	}
}

// controlAt is the column of the first character that may not stand in a script,
// 0 for none.
func controlAt(text string) int {
	if i := strings.IndexFunc(text, forbidden); i >= 0 {
		return utf8.RuneCountInString(text[:i]) + 1
	}
	return 0
}

// forbidden reports whether a character may not stand in a script.
func forbidden(r rune) bool { return unicode.IsControl(r) && r != '\t' }

// marked is a line of text without its mark.
func marked(text string) string { return strings.TrimSpace(text[1:]) }

func (p *parser) option(text string) {
	p.line.Kind, p.line.Text, p.line.Right = Option, marked(text), text[0] == '*'
	switch {
	case p.question == nil:
		p.flaw(p.line.Column, "an answer without a question", "a line with ? comes before it")
		return
	case len(p.line.Only.Names) > 0:
		p.flaw(1, "a condition on an answer", "it belongs before the ?")
	}
	p.options++
	if p.line.Right {
		p.right++
	}
}

// endQuestion says what is wrong with the question that ends here, if any.
func (p *parser) endQuestion() {
	asked, options, right := p.question, p.options, p.right
	p.question = nil
	if asked == nil {
		return
	}
	if what, hint := badQuestion(asked.Text, options, right); what != "" {
		p.at(asked.Number, asked.Column, what, hint)
	}
}

// flaw notes what is wrong at a column of the line at hand.
func (p *parser) flaw(column int, what, hint string) { p.at(p.line.Number, column, what, hint) }

// missing notes that no line brings a name that is mentioned.
func (p *parser) missing(m mention, what, hint string) {
	if p.full() {
		return
	}
	p.at(m.line, m.column, what, hint)
	p.flaws[len(p.flaws)-1].missing = m.name
}

// at notes what is wrong at a place of the script.
func (p *parser) at(line, column int, what, hint string) {
	p.fail(line, column, p.script.text[line-1], what, hint)
}

func (p *parser) fail(line, column int, text, what, hint string) {
	if before, rest := split(what, maxWhat); rest != "" {
		what = before + "…"
	}
	if !p.full() {
		p.flaws = append(p.flaws, Error{File: p.script.Name, Line: line, Column: column, What: what, Text: text, Hint: hint})
	}
}

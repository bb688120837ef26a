package scenario

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is one word of a line: KEY=VALUE, or a plain one whose key is empty.
// Either's value may be quoted.
type word struct {
	column int    // In characters, from 1.
	raw    string // As typed.
	key    string
	value  string // Unquoted.
	at     int    // Column of the value.
}

// canonical is the word as Format writes it: what people read is quoted, the
// rest only where it must be.
func (w word) canonical() string {
	switch {
	case w.key == "name" || w.key == "reason" || !bare(w.value):
		w.value = strconv.Quote(w.value)
	}
	if w.key == "" {
		return w.value
	}
	return w.key + "=" + w.value
}

// bare reports whether a value can stand without quotes and mean the same.
func bare(value string) bool {
	if value == "" || value[0] == '#' || !utf8.ValidString(value) {
		return false
	}
	return !strings.ContainsFunc(value, func(r rune) bool {
		return r == '"' || r == '`' || r == '\\' || r == '=' || unicode.IsSpace(r) || !unicode.IsPrint(r)
	})
}

// usualWords is for how many words of a line there is room at once.
const usualWords = 16

// scanner cuts a line into words. Columns are counted along the way, so that a
// line of any length is read once.
type scanner struct {
	text   string
	column int // Of text's first character.
}

// flaw is what is wrong at a column of the line at hand.
type flaw struct {
	column int
	what   string
	hint   string
}

// words returns the words and the comment behind them, with its #.
func (s *scanner) words() (found []word, note string, bad *flaw) {
	found = make([]word, 0, min(strings.Count(s.text, " ")+1, usualWords))
	for s.skip(); s.text != ""; s.skip() {
		if s.text[0] == '#' {
			return found, strings.TrimRight(s.text, " \t"), nil
		}
		w, bad := s.word()
		if bad != nil {
			return found, "", bad
		}
		found = append(found, w)
	}
	return found, "", nil
}

func (s *scanner) skip() {
	rest := strings.TrimLeft(s.text, " \t")
	s.column += len(s.text) - len(rest)
	s.text = rest
}

// word reads the next word, up to a blank.
func (s *scanner) word() (word, *flaw) {
	w := word{column: s.column, at: s.column}
	plain := s.plain("=")
	if s.at('=') && plain != "" {
		s.take(1)
		w.key, w.raw, w.at = plain, plain+"=", s.column
		plain = s.plain("")
	}
	w.raw += plain
	w.value = plain
	if plain != "" || !s.at('"') && !s.at('`') {
		return w, s.endWord(plain)
	}
	return s.quoted(w)
}

// plain takes what stands before a blank, a quote, or one of stop.
func (s *scanner) plain(stop string) string {
	end := strings.IndexAny(s.text, " \t\"`"+stop)
	if end < 0 {
		end = len(s.text)
	}
	return s.take(end)
}

func (s *scanner) at(b byte) bool { return s.text != "" && s.text[0] == b }

// take cuts n bytes off.
func (s *scanner) take(n int) string {
	taken := s.text[:n]
	s.text = s.text[n:]
	s.column += utf8.RuneCountInString(taken)
	return taken
}

// endWord says what is wrong with what follows a word that is over.
func (s *scanner) endWord(plain string) *flaw {
	if s.text == "" || s.at(' ') || s.at('\t') {
		return nil
	}
	if plain == "" && s.at('=') {
		return &flaw{column: s.column, what: "nothing before ="}
	}
	return &flaw{column: s.column, what: "a quote inside a word", hint: "put the whole value into quotes"}
}

// quoted reads a value in quotes, by Go's rules.
func (s *scanner) quoted(w word) (word, *flaw) {
	start := s.column
	literal, err := strconv.QuotedPrefix(s.text)
	if err != nil {
		return w, s.badQuote(start)
	}
	w.value, err = strconv.Unquote(literal)
	if err != nil {
		return w, s.badQuote(start)
	}
	w.raw += s.take(len(literal))
	if s.text != "" && !s.at(' ') && !s.at('\t') {
		return w, &flaw{column: s.column, what: "text right behind a quote", hint: "put a blank between them"}
	}
	return w, nil
}

// badQuote tells an open quote from a wrong escape in a closed one.
func (s *scanner) badQuote(column int) *flaw {
	if s.text[0] == '`' || !closed(s.text[1:]) {
		return &flaw{column: column, what: "the quote is not closed"}
	}
	return &flaw{column: column, what: "not a quoted text by Go's rules", hint: `write \" for a quote and \\ for a backslash`}
}

// closed reports whether text has a quote that no backslash is before.
func closed(text string) bool {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return true
		}
	}
	return false
}

package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/tools/txtar"

	"optimist/shared/spelling"
)

// exploreFaults are the faults that a search may strike with.
var exploreFaults = []string{
	"append-refuse", "append-lose-ack", "reply-drop", "feed-drop", "feed-repeat", "project-transient", "project-permanent",
	"crash-before-commit", "crash-after-commit", "crash-after-reject", "disconnect",
}

// bounds are the words that may begin a line of the section; an indented line
// continues the one before.
var bounds = []string{"faults", "budget", "window", "limits"}

// Limits of a search's bounds.
const (
	maxBudget = 16
	maxWindow = 64
)

// wantPrefix is what the names of golden sections begin with.
const wantPrefix = "want/"

// sections checks what comes after the script.
func (p *parser) sections(files []txtar.File) {
	line := len(p.script.text)
	seen := make(map[string]bool)
	for _, f := range files {
		line++
		marker := "-- " + f.Name + " --"
		switch {
		case seen[f.Name]:
			p.fail(line, 4, marker, fmt.Sprintf("a second section %q", spelling.Brief(f.Name)), "")
		case f.Name == "explore":
			p.explore(line, string(f.Data))
		case f.Name == checkSection:
			p.check(line, string(f.Data))
		case !strings.HasPrefix(f.Name, wantPrefix) || f.Name == wantPrefix:
			p.fail(line, 4, marker, fmt.Sprintf("unknown section %q", spelling.Brief(f.Name)), suggest(f.Name, []string{checkSection, "explore", "want/…"}))
		}
		if p.full() {
			return
		}
		seen[f.Name] = true
		line += len(cutLines(string(f.Data)))
	}
}

// bounding reads the section of a search's bounds.
type bounding struct {
	*parser
	at   int    // The file's line.
	text string // The line.
	seen []string
	to   *Explore
}

// explore reads the section; before is the line of its marker.
func (p *parser) explore(before int, data string) {
	b := bounding{parser: p, to: &Explore{Budget: 1, Window: 2}}
	bound := ""
	for i, text := range cutLines(data) {
		b.at, b.text = before+1+i, text
		s := scanner{text: strings.TrimRight(text, " \t"), column: 1}
		words, note, bad := s.words()
		if bad != nil {
			b.flaw(bad.column, bad.what, bad.hint)
		}
		line := Line{Number: b.at, words: words, Note: note}
		indented := strings.HasPrefix(text, " ") || strings.HasPrefix(text, "\t")
		if len(words) > 0 && !indented {
			bound = b.begin(words[0])
			line.Text, words = words[0].raw, words[1:]
			line.words = words
		} else if len(words) > 0 && bound == "" {
			b.flaw(1, "an indented line continues nothing", "one of "+strings.Join(bounds, ", "))
		}
		for _, w := range words {
			b.bound(bound, w)
		}
		b.to.lines = append(b.to.lines, line)
		if p.full() {
			return
		}
	}
	p.script.Explore = b.to
}

func (b *bounding) flaw(column int, what, hint string) { b.fail(b.at, column, b.text, what, hint) }

// begin returns the bound that a line is about.
func (b *bounding) begin(w word) string {
	switch {
	case !slices.Contains(bounds, w.raw):
		b.flaw(w.column, fmt.Sprintf("unknown bound %q", spelling.Brief(w.raw)), suggest(w.raw, bounds))
		return "?"
	case slices.Contains(b.seen, w.raw):
		b.flaw(w.column, "a second "+w.raw, "")
		return "?"
	}
	b.seen = append(b.seen, w.raw)
	return w.raw
}

// bound reads one word of a bound.
func (b *bounding) bound(bound string, w word) {
	switch bound {
	case "faults":
		if !slices.Contains(exploreFaults, w.raw) {
			b.flaw(w.column, fmt.Sprintf("unknown fault %q", spelling.Brief(w.raw)), suggest(w.raw, exploreFaults))
			return
		}
		if slices.Contains(b.to.Faults, w.raw) {
			b.flaw(w.column, "a second "+w.raw, "")
			return
		}
		b.to.Faults = append(b.to.Faults, w.raw)
	case "budget":
		b.to.Budget = b.number(bound, w, 0, maxBudget)
	case "window":
		b.to.Window = b.number(bound, w, 1, maxWindow)
	case "limits":
		b.limit(w)
	}
}

func (b *bounding) number(bound string, w word, least, most int) int {
	n, err := strconv.Atoi(w.raw)
	if err != nil || n < least || n > most {
		b.flaw(w.column, fmt.Sprintf("the %s is %q", bound, spelling.Brief(w.raw)), fmt.Sprintf("%d to %d", least, most))
	}
	return n
}

// limit reads states=N and time=D.
func (b *bounding) limit(w word) {
	switch w.key {
	case "states":
		n, err := strconv.ParseFloat(w.value, 64)
		if err != nil || n < 1 || n > MaxExplored || n != float64(int64(n)) {
			b.flaw(w.at, fmt.Sprintf("%q is no number of states", spelling.Brief(w.value)), "such as 5e6")
			return
		}
		b.to.States = int64(n)
	case "time":
		d, err := time.ParseDuration(w.value)
		if err != nil || d < time.Millisecond || d.Milliseconds() > MaxSearch {
			b.flaw(w.at, fmt.Sprintf("%q is no time to search", spelling.Brief(w.value)), "such as 60s")
			return
		}
		b.to.Time = d.Milliseconds()
	default:
		b.flaw(w.column, fmt.Sprintf("unknown limit %q", spelling.Brief(w.raw)), suggest(w.key, []string{"states", "time"}))
	}
}

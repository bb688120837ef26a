package scenarios

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"optimist/shared/strategy"
)

// directives are the words that may begin a step; `server` and the names of
// clients begin one too, with a verb.
var directives = []string{
	"use", "client", "given", "hold", "release", "project", "deliver",
	"stabilize", "fault", "clear", "wait", "expect",
}

// verbs are what a client and the server may do.
var verbs = map[bool][]string{
	false: {"create", "edit", "delete", "retry", "dismiss", "undo", "disconnect", "reconnect", "crash", "restart"},
	true:  {"handle", "crash", "restart"},
}

// bounds are the words that may begin a line of the explore section; an
// indented line continues the one before.
var bounds = []string{"faults", "budget", "window", "limits"}

var (
	title     = regexp.MustCompile(`^# title: \S.*$`)
	level     = regexp.MustCompile(`^# level: [1-9]$`)
	condition = regexp.MustCompile(`^\[strategy!?=([a-z,-]+)\] +(.*)$`)
)

func TestStories(t *testing.T) {
	for _, name := range Names() {
		t.Run(name, func(t *testing.T) {
			text, err := Read(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range flaws(text) {
				t.Errorf("%s%s:%s", name, Ext, f)
			}
		})
	}
}

// flaws returns what is wrong with a story, each as line and words. It knows
// the form only; what the steps mean is the business of who runs them.
func flaws(text []byte) []string {
	archive := txtar.Parse(text)
	lines := strings.Split(string(archive.Comment), "\n")
	var found []string
	note := func(line int, err error) {
		if err != nil {
			found = append(found, fmt.Sprintf("%d: %v", line, err))
		}
	}
	if len(lines) < 2 || !title.MatchString(lines[0]) || !level.MatchString(lines[1]) {
		note(1, errors.New("begins with the lines `# title: TEXT` and `# level: 1` to 9"))
	}
	var s script
	for i, line := range lines {
		note(i+1, s.line(line))
	}
	note(len(lines), s.endQuestion())
	for _, f := range archive.Files {
		note(len(lines), section(f))
	}
	return found
}

// script is what a line's form may depend on.
type script struct {
	clients []string
	asking  bool
	answers int
	right   int
}

// line says what is wrong with the next line, or nil.
func (s *script) line(line string) error {
	if strings.TrimRight(line, " \t\r") != line {
		return errors.New("white space at the end")
	}
	if s.asking && (strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "* ")) {
		s.answers++
		if line[0] == '*' {
			s.right++
		}
		return nil
	}
	if err := s.endQuestion(); err != nil {
		return err
	}
	switch {
	case line == "", strings.HasPrefix(line, "#"), strings.HasPrefix(line, "> "):
		return nil
	case strings.HasPrefix(line, "? "):
		s.asking = true
		return nil
	}
	if m := condition.FindStringSubmatch(line); m != nil {
		for _, name := range strings.Split(m[1], ",") {
			if _, err := strategy.Named(name); err != nil {
				return err
			}
		}
		line = m[2]
	}
	return s.step(strings.Fields(line))
}

// endQuestion says what is wrong with the question that ends here, if any.
func (s *script) endQuestion() error {
	asked := *s
	s.asking, s.answers, s.right = false, 0, 0
	if asked.asking && (asked.answers < 2 || asked.right != 1) {
		return errors.New("the question before has not two answers or more, one of them marked *")
	}
	return nil
}

// step says what is wrong with a step's first words.
func (s *script) step(words []string) error {
	first := words[0]
	if first == "server" || slices.Contains(s.clients, first) {
		if len(words) < 2 || !slices.Contains(verbs[first == "server"], words[1]) {
			return fmt.Errorf("%s does nothing known; its verbs are %s", first, strings.Join(verbs[first == "server"], ", "))
		}
		return nil
	}
	if !slices.Contains(directives, first) {
		return fmt.Errorf("unknown word %q", first)
	}
	if first == "client" {
		s.clients = append(s.clients, words[1:]...)
	}
	return nil
}

// section says what is wrong with a section after the script.
func section(f txtar.File) error {
	if strings.HasPrefix(f.Name, "want/") {
		return nil // Golden text, written by the engine.
	}
	if f.Name != "explore" {
		return fmt.Errorf("unknown section %q", f.Name)
	}
	for line := range strings.Lines(string(f.Data)) {
		word, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if word != "" && !slices.Contains(bounds, word) {
			return fmt.Errorf("explore: unknown word %q", word)
		}
	}
	return nil
}

func TestFlaws(t *testing.T) {
	const head = "# title: A\n# level: 1\n"
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"fine":              {head + "client al\n\n> Text.\nal create x name=\"X\" # one\n[strategy=reconcile] expect rows none\n? Why?\n- a\n* b\nstabilize\n-- explore --\nbudget 1\n  more\n-- want/log --\nanything\n", nil},
		"no title":          {"# level: 1\n", []string{"1: begins with the lines `# title: TEXT` and `# level: 1` to 9"}},
		"no level":          {"# title: A\nstabilize\n", []string{"1: begins with the lines `# title: TEXT` and `# level: 1` to 9"}},
		"unknown word":      {head + "stabilise\n", []string{`3: unknown word "stabilise"`}},
		"undeclared client": {head + "bob undo x\n", []string{`3: unknown word "bob"`}},
		"unknown verb":      {head + "server create x\n", []string{"3: server does nothing known; its verbs are handle, crash, restart"}},
		"unknown strategy":  {head + "[strategy=hope] stabilize\n", []string{`3: unknown strategy "hope"; choose one of ` + strings.Join(strategy.Names(), ", ")}},
		"unknown condition": {head + "[mood=good] stabilize\n", []string{`3: unknown word "[mood=good]"`}},
		"no right answer":   {head + "? Why?\n- a\n- b\n\n", []string{"6: the question before has not two answers or more, one of them marked *"}},
		"question at end":   {head + "? Why?\n* a", []string{"5: the question before has not two answers or more, one of them marked *"}},
		"trailing space":    {head + "stabilize \n", []string{"3: white space at the end"}},
		"unknown section":   {head + "-- notes --\n", []string{`3: unknown section "notes"`}},
		"unknown bound":     {head + "-- explore --\nspeed 9\n", []string{`3: explore: unknown word "speed"`}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, flaws([]byte(c.text))); diff != "" {
				t.Errorf("flaws (-want +got):\n%s", diff)
			}
		})
	}
}

package anomaly_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"optimist/shared/protocol"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// A story is a trace as a person writes it, one fact a line:
//
//	STEP KIND WORD …
//
// A word means what it looks like: alice.2 is an intent and names its client,
// #5 an event of the log, !3 the event that a rejection voids, [alice.1,alice.2]
// the own intents shown, ="Ada/ada@x" a value, =absent none, ~5 the event last
// folded into it, name=Ada email=ada@x what is set, on=alice.1 base=3 root=alice.1
// by=STRATEGY v=2 the fields of that name. Of the rest, what is in a list of words
// is that, alice and bob are clients, and anything else is a record. Appended
// repeats what was acted; Committed makes the row what it says or, without a
// value, what was acted. Lines that begin with > tell the story.
type story struct {
	*trace.Trace
	acted []trace.Event
}

// section is one story of a file and what must be found in it.
type section struct {
	file, name string
	trace      *trace.Trace
	want       []string
}

// mustSections reads every story under testdata that matches.
func mustSections(tb testing.TB, pattern string) []section {
	tb.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", pattern))
	if err != nil || len(files) == 0 {
		tb.Fatalf("no stories match %s: %v", pattern, err)
	}
	var all []section
	for _, name := range files {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		if len(archive.Files)%2 != 0 {
			tb.Fatalf("%s: each story needs its want", name)
		}
		for i := 0; i < len(archive.Files); i += 2 {
			s := section{
				file: strings.TrimSuffix(filepath.Base(name), ".trace"), name: archive.Files[i].Name,
				trace: mustStory(tb, name, string(archive.Files[i].Data)),
			}
			for line := range strings.Lines(string(archive.Files[i+1].Data)) {
				if line = strings.TrimSpace(line); line != "" {
					s.want = append(s.want, line)
				}
			}
			all = append(all, s)
		}
	}
	return all
}

// mustStory parses one story.
func mustStory(tb testing.TB, file, text string) *trace.Trace {
	tb.Helper()
	s := story{Trace: &trace.Trace{Strategy: "reconcile", Mode: "simulated", Clients: []string{"alice", "bob"}}}
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '>' || line[0] == '#' {
			continue
		}
		if rest, ok := strings.CutPrefix(line, "strategy "); ok {
			s.Strategy = rest
			continue
		}
		if err := s.line(line); err != nil {
			tb.Fatalf("%s: line %d of a story: %s: %v", file, n+1, line, err)
		}
	}
	return s.Trace
}

// line parses one fact.
func (s *story) line(line string) error {
	words, err := split(line)
	if err != nil {
		return err
	}
	step, err := strconv.Atoi(words[0])
	if err != nil || len(words) < 2 {
		return fmt.Errorf("a fact begins with its step and its kind")
	}
	e := trace.Event{Step: step}
	for _, k := range trace.Kinds {
		if k.String() == words[1] {
			e.Kind = k
		}
	}
	if e.Kind == 0 {
		return fmt.Errorf("unknown kind %q", words[1])
	}
	said := false
	for _, w := range words[2:] {
		said = said || w[0] == '='
		if err := readWord(&e, w); err != nil {
			return fmt.Errorf("%s: %w", w, err)
		}
	}
	s.complete(&e, said)
	s.Events = append(s.Events, e)
	return nil
}

// complete adds to e what its intent was acted with.
func (s *story) complete(e *trace.Event, said bool) {
	if e.Kind == trace.Acted {
		s.acted = append(s.acted, *e)
	}
	at := slices.IndexFunc(s.acted, func(a trace.Event) bool { return a.Intent == e.Intent })
	if at < 0 || e.Kind != trace.Appended && e.Kind != trace.Committed && e.Kind != trace.Wrote && e.Kind != trace.Skipped {
		return
	}
	a := s.acted[at]
	e.Record = a.Record
	if e.Kind == trace.Appended {
		e.Op, e.Patch, e.Cause = a.Op, a.Patch, a.Cause
		if e.Base == 0 {
			e.Base = a.Base
		}
	}
	if e.Kind != trace.Appended && e.Kind != trace.Skipped && !said {
		e.Value = trace.Value{Exists: a.Op != user.Delete, Name: a.Patch.Name, Email: a.Patch.Email, Seq: e.Seq}
	}
}

// readWord puts one word into e.
func readWord(e *trace.Event, w string) error {
	key, value, isField := strings.Cut(w, "=")
	switch {
	case w[0] == '#':
		return number(&e.Seq, w[1:])
	case w[0] == '!':
		return number(&e.Target, w[1:])
	case w[0] == '~':
		return number(&e.Value.Seq, w[1:])
	case w[0] == '[':
		e.Shown = strings.Split(strings.Trim(w, "[]"), ",")
	case w == "=absent":
	case w[0] == '=':
		e.Value.Exists = true
		e.Value.Name, e.Value.Email, _ = strings.Cut(w[1:], "/")
	case isField:
		return readField(e, key, value)
	case strings.Contains(w, "."):
		e.Intent = w
		e.Client, _, _ = strings.Cut(w, ".")
	default:
		readBare(e, w)
	}
	return nil
}

// readField puts key=value into e.
func readField(e *trace.Event, key, value string) error {
	switch key {
	case "name":
		e.Patch = user.SetName(value).Over(e.Patch)
	case "email":
		e.Patch = user.SetEmail(value).Over(e.Patch)
	case "on":
		e.Cause = value
	case "root":
		e.Root = value
	case "by":
		e.Strategy = value
	case "base":
		return number(&e.Base, value)
	case "v":
		return number(&e.Value.Version, value)
	default:
		return fmt.Errorf("unknown field")
	}
	return nil
}

// readBare puts a word that stands for itself into e.
func readBare(e *trace.Event, w string) {
	if op, ok := user.ParseOp(w); ok {
		e.Op = op
		return
	}
	for _, f := range trace.Fates {
		if e.Kind == trace.Believed && f.String() == w {
			e.Fate = f
			return
		}
	}
	for _, m := range trace.Marks {
		if e.Kind == trace.Rendered && m.String() == w {
			e.Mark = m
			return
		}
	}
	switch {
	case slices.Contains(user.Codes, user.Code(w)):
		e.Code = user.Code(w)
	case e.Kind == trace.Decided || e.Kind == trace.Answered:
		switch w {
		case "projection":
			e.Looked = trace.AtProjection
		case "log":
			e.Looked = trace.AtLog
		default:
			e.Verdict = protocol.Verdict(w)
		}
	case w == "twin":
		e.Twin = true
	case w == "stalled":
		e.Stalled = true
	case w == "alice" || w == "bob":
		e.Client, e.Actor = w, w
	default:
		e.Record = w
	}
}

// number reads text into n.
func number(n *uint64, text string) error {
	var err error
	*n, err = strconv.ParseUint(text, 10, 64)
	return err
}

// split cuts a line into words; a part in double quotes is one word's.
func split(line string) ([]string, error) {
	var words []string
	for line = strings.TrimSpace(line); line != ""; line = strings.TrimSpace(line) {
		at, quoted := 0, false
		for ; at < len(line) && (quoted || line[at] != ' '); at++ {
			quoted = quoted != (line[at] == '"')
		}
		if quoted {
			return nil, fmt.Errorf("a quote is not closed")
		}
		words = append(words, strings.ReplaceAll(line[:at], `"`, ""))
		line = line[at:]
	}
	if len(words) == 0 {
		return nil, os.ErrInvalid
	}
	return words, nil
}

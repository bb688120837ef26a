package main

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// Lines break between words, behind their indent, however they arrive.
func TestFold(t *testing.T) {
	var b strings.Builder
	f := &fold{out: &b, width: 20}
	for _, part := range []string{"The projector, which", " copies the log,\nstands", " still.\n\n  1 it waits for the projector\n"} {
		if n, err := f.Write([]byte(part)); n != len(part) || err != nil {
			t.Fatalf("%d, %v", n, err)
		}
	}
	want := "The projector, which\ncopies the log,\nstands still.\n\n  1 it waits for the\n  projector\n"
	if got := b.String(); got != want {
		t.Errorf("folded:\n%q\nwant:\n%q", got, want)
	}
}

// A pipe has lines as long as they are, and signs that it can show.
func TestFoldForPipes(t *testing.T) {
	long := "  " + strings.Repeat("word ", 50) + "\n"
	for name, tt := range map[string]struct {
		ascii      bool
		text, want string
	}{
		"long":    {text: long, want: long},
		"signs":   {text: "“Ada” · ✎\n", want: "“Ada” · ✎\n"},
		"ascii":   {ascii: true, text: "“Ada” · ✎ Ädä\n", want: "\"Ada\" | ~ Ädä\n"},
		"in part": {text: "no end", want: ""},
	} {
		var b strings.Builder
		if _, err := folded(&b, tt.ascii).Write([]byte(tt.text)); err != nil || b.String() != tt.want {
			t.Errorf("%s: %q, %v", name, b.String(), err)
		}
	}
}

// What is printed for people is as narrow as their terminal.
func TestTextFitsTheTerminal(t *testing.T) {
	const width = 60
	for name, args := range map[string][]string{
		"notes":  {"notes", "sixty-seconds"},
		"matrix": {"matrix", "a", "--strategy", "hold"},
	} {
		t.Run(name, func(t *testing.T) {
			term := mustStart(t, width, 60, args...)
			if code, text := term.ends(); code != 0 {
				t.Fatalf("exit code %d:\n%s", code, text)
			}
			for line := range strings.Lines(term.raw.String()) {
				parts := strings.Split(strings.TrimRight(line, "\r\n"), "\r") // Progress is written over.
				if last := ansi.Strip(parts[len(parts)-1]); ansi.StringWidth(last) > width {
					t.Errorf("wider than %d cells: %s", width, last)
				}
			}
		})
	}
}

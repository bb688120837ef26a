package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"optimist/shared/exit"
	"optimist/shared/strategy"
)

// language names the commands whose every documented example is run here: those
// that need no server.
var language = []string{"run", "export", "scenarios", "vet", "fmt", "strategies", "play", "explore"}

// TestExamples runs every example of these commands in the README and in the
// programs' help, in their order, beside the story that the README tells.
func TestExamples(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	story := fenced(string(readme), "scenario")
	if len(story) != 1 {
		t.Fatalf("the README tells %d stories, want one", len(story))
	}
	for place, lines := range examples(string(readme)) {
		t.Run(place, func(t *testing.T) {
			t.Chdir(t.TempDir())
			mustWrite(t, "story.scenario", story[0])
			mustWrite(t, filepath.Join("scenarios", "story.scenario"), story[0])
			for _, line := range lines {
				code, out := runLine(t, line)
				// A search that finds what it is to show ends with 1, and a puzzle that nobody solves.
				open := strings.Fields(line)[1] == "explore" || strings.Contains(line, " --puzzle")
				if found := code == exit.False && open; code != exit.True && !found {
					t.Errorf("%s\nends with %d:\n%s", line, code, out)
				}
			}
		})
	}
}

// TestReadmeStory: the story holds under every strategy, as its words say.
func TestReadmeStory(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	mustWrite(t, "story.scenario", fenced(string(readme), "scenario")[0])
	for _, name := range strategy.Names() {
		if code, out := runLine(t, "optimist run story.scenario --strategy "+name); code != exit.True {
			t.Errorf("under %s it ends with %d:\n%s", name, code, out)
		}
	}
}

// examples returns the command lines by where they stand.
func examples(readme string) map[string][]string {
	found := map[string][]string{}
	add := func(place, text string) {
		for line := range strings.Lines(text) {
			line = strings.TrimPrefix(strings.TrimSpace(line), "bin/")
			if comment := strings.Index(line, "  #"); comment >= 0 {
				line = line[:comment]
			}
			if words := strings.Fields(line); len(words) > 1 && words[0] == "optimist" && isLanguage(words[1]) {
				found[place] = append(found[place], line)
			}
		}
	}
	for _, block := range fenced(readme, "sh") {
		add("README", block)
	}
	for _, cmd := range rootCommand().Commands() {
		if isLanguage(cmd.Name()) {
			add(cmd.Name(), cmd.Example)
		}
	}
	return found
}

func isLanguage(command string) bool {
	for _, name := range language {
		if name == command {
			return true
		}
	}
	return false
}

// fenced returns the blocks of a Markdown text in that language.
func fenced(text, lang string) []string {
	var blocks []string
	for _, m := range regexp.MustCompile("(?s)```"+lang+"\n(.*?)```").FindAllStringSubmatch(text, -1) {
		blocks = append(blocks, m[1])
	}
	return blocks
}

// runLine runs a command line as a shell would that knows quotes and one
// redirection of the input.
func runLine(tb testing.TB, line string) (exit.Code, string) {
	tb.Helper()
	line, input, _ := strings.Cut(line, " < ")
	root := rootCommand()
	var out bytes.Buffer
	root.SetOut(&out)
	root.SetErr(&out)
	root.SetContext(context.Background())
	if input != "" {
		f, err := os.Open(strings.TrimSpace(input))
		if err != nil {
			tb.Fatal(err)
		}
		defer func() { _ = f.Close() }() // It was only read.
		root.SetIn(f)
	}
	root.SetArgs(shellWords(tb, line)[1:])
	root.SilenceErrors, root.SilenceUsage = true, true
	err := root.Execute()
	if err != nil {
		out.WriteString(err.Error())
	}
	return exit.Of(err), out.String()
}

// shellWords splits a line at blanks outside quotes, and puts files in the place
// of a pattern.
func shellWords(tb testing.TB, line string) []string {
	tb.Helper()
	var words []string
	for _, w := range regexp.MustCompile(`"[^"]*"|'[^']*'|[^\s]+`).FindAllString(line, -1) {
		plain := strings.Trim(w, `"'`)
		if files, err := filepath.Glob(plain); err == nil && len(files) > 0 && strings.Contains(plain, "*") {
			words = append(words, files...)
			continue
		}
		words = append(words, plain)
	}
	return words
}

func mustWrite(tb testing.TB, path, text string) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		tb.Fatal(err)
	}
}

package main

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Every help page fits a terminal of 80 columns, and a narrow one but for its
// examples, which fang cuts.
func TestHelpFits(t *testing.T) {
	for _, width := range []int{80, 60} {
		t.Run(strconv.Itoa(width), func(t *testing.T) {
			t.Setenv("__FANG_TEST_WIDTH", strconv.Itoa(width))
			helpFits(t, width)
		})
	}
}

// What is said beside a name stays beside it.
func TestHelpKeepsItsColumns(t *testing.T) {
	const text = "Formats.\n\n  svg  a picture that stands\n  ✗ 4  reachable"
	const want = "Formats.\n\n  svg  a picture\n       that stands\n  ✗ 4  reachable"
	if diff := cmp.Diff(want, wrapLong(text, 20)); diff != "" {
		t.Error(diff)
	}
}

func helpFits(t *testing.T, width int) {
	t.Helper()
	var pages func(cmd *cobra.Command, path ...string)
	pages = func(cmd *cobra.Command, path ...string) {
		page := mustHelp(t, width, path...)
		for line := range strings.Lines(page) {
			example := width < 80 && strings.HasPrefix(strings.TrimLeft(line, " "), "optimist ")
			if line = strings.TrimRight(line, " \n"); !example && ansi.StringWidth(line) > width {
				t.Errorf("optimist %s --help is wider than %d cells:\n%s", strings.Join(path, " "), width, line)
			}
		}
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if strings.Contains(f.Usage, "`") {
				t.Errorf("optimist %s --%s has quotes that nobody takes away: %s", strings.Join(path, " "), f.Name, f.Usage)
			}
		})
		for _, child := range cmd.Commands() {
			pages(child, append(path, child.Name())...)
		}
	}
	pages(rootCommand())
}

// mustHelp returns the help page of a command in a terminal of that width.
func mustHelp(tb testing.TB, width int, path ...string) string {
	tb.Helper()
	var out bytes.Buffer
	root := rootCommand()
	if err := dress(tb.Context(), root); err != nil {
		tb.Fatal(err)
	}
	fitHelp(root, width)
	root.SetOut(&out)
	root.SetArgs(append(path[:len(path):len(path)], "--help"))
	if err := root.Execute(); err != nil {
		tb.Fatal(err)
	}
	return out.String()
}

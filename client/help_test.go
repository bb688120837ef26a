package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Every help page fits a terminal of 80 columns.
func TestHelpFits(t *testing.T) {
	const width = 80
	t.Setenv("__FANG_TEST_WIDTH", "80")
	var pages func(cmd *cobra.Command, path ...string)
	pages = func(cmd *cobra.Command, path ...string) {
		page := mustHelp(t, width, path...)
		for line := range strings.Lines(page) {
			if line = strings.TrimRight(line, " \n"); ansi.StringWidth(line) > width {
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

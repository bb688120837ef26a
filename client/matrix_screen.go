package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"optimist/client/crash"
	"optimist/client/matrix"
	"optimist/client/search"
	"optimist/client/terminal"
	"optimist/shared/exit"
)

// screenFlags say whether a search is shown on a screen, and how.
type screenFlags struct {
	tui     bool
	symbols symbols
}

func (f *screenFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&f.tui, "tui", false, "show the matrix as a screen, and play its films")
	f.symbols.flag(cmd, usualSymbols)
}

// check says what is wrong with the flags.
func (f *screenFlags) check() error {
	if err := f.symbols.check(); err != nil {
		return exit.With(exit.Usage, err, "")
	}
	if err := terminal.Unfit(); f.tui && err != nil {
		return exit.With(exit.Usage, fmt.Errorf("--tui: %w", err), "without --tui the same is printed")
	}
	return nil
}

// plain writes the signs of a search in the symbols that are wanted.
func (f *screenFlags) plain(text string) string {
	if f.symbols.ascii() {
		return strings.NewReplacer("✗", "x", "✓", "+", "…", "?").Replace(text)
	}
	return text
}

// options is how a matrix is printed.
func (f *screenFlags) options(out io.Writer) matrix.Options {
	o := matrix.Options{Symbols: matrix.Unicode, Width: widthOf(out)}
	if f.symbols.ascii() {
		o.Symbols = matrix.ASCII
	}
	return o
}

// show shows the search until the person leaves it.
func (f *screenFlags) show(cmd *cobra.Command, work *matrix.Work) error {
	calm, err := crash.Watch()
	if err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	defer calm()
	cfg := matrix.Config{Work: work, ASCII: f.symbols.ascii(), Live: recordLive}
	// The screen takes signals by itself, so that it can restore the terminal first.
	return exit.With(exit.Unknown, matrix.Run(context.WithoutCancel(cmd.Context()), cfg), "")
}

// completeScope completes one of them.
func completeScope(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return completeScopes(cmd, args, typed)
}

// completeScopes completes the default scopes and the scenarios.
func completeScopes(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	list, directive := completeScenarios(cmd, args, typed)
	defaults, err := search.Defaults()
	if err != nil {
		return list, directive
	}
	var all []cobra.Completion
	for _, s := range defaults {
		if !slices.Contains(args, s.Name) {
			all = append(all, cobra.CompletionWithDesc(s.Name, s.Title))
		}
	}
	return append(all, list...), directive
}

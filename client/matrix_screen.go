package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"optimist/client/crash"
	"optimist/client/lab"
	"optimist/client/live"
	"optimist/client/matrix"
	"optimist/client/search"
	"optimist/client/story"
	"optimist/shared/exit"
	"optimist/shared/scenario"
	"optimist/shared/sim"
	"optimist/shared/strategy"
)

// screenFlags say whether a search is shown on a screen, and how.
type screenFlags struct {
	tui     bool
	symbols string
}

func (f *screenFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVar(&f.tui, "tui", false, "show the matrix as a screen, and play its films")
	flags.StringVar(&f.symbols, "symbols", "unicode", "unicode or ascii")
	// The flag exists, so registering its completion cannot fail.
	_ = cmd.RegisterFlagCompletionFunc("symbols", cobra.FixedCompletions([]string{"unicode", "ascii"}, cobra.ShellCompDirectiveNoFileComp))
}

// check says what is wrong with the flags.
func (f *screenFlags) check() error {
	if f.symbols != "unicode" && f.symbols != "ascii" {
		return exit.With(exit.Usage, fmt.Errorf("--symbols is %q; choose unicode or ascii", f.symbols), "")
	}
	if f.tui && (!term.IsTerminal(os.Stdin.Fd()) || !term.IsTerminal(os.Stdout.Fd())) {
		return exit.With(exit.Usage, errors.New("--tui needs a terminal, and this is none"), "without --tui the same is printed")
	}
	return nil
}

// plain writes the signs of a search in the symbols that are wanted.
func (f *screenFlags) plain(text string) string {
	if f.symbols == "ascii" {
		return strings.NewReplacer("✗", "x", "✓", "+", "…", "?").Replace(text)
	}
	return text
}

// options is how a matrix is printed.
func (f *screenFlags) options() matrix.Options {
	if f.symbols == "ascii" {
		return matrix.Options{Symbols: matrix.ASCII}
	}
	return matrix.Options{Symbols: matrix.Unicode}
}

// show shows the search until the person leaves it.
func (f *screenFlags) show(cmd *cobra.Command, work *matrix.Work) error {
	calm, err := crash.Watch()
	if err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	defer calm()
	cfg := matrix.Config{Work: work, ASCII: f.symbols == "ascii", Live: recordLive}
	// The screen takes signals by itself, so that it can restore the terminal first.
	return exit.With(exit.Unknown, matrix.Run(context.WithoutCancel(cmd.Context()), cfg), "")
}

// recordLive runs a story on the real thing, and tells how many steps it has
// taken.
func recordLive(ctx context.Context, script *scenario.Script, under strategy.Strategy, tell func(steps int)) (*lab.Tape, error) {
	job := story.Job{Script: script, Under: under}
	world, err := live.New(live.Config{Strategy: under.Text(), Given: script.Given(under), Crashes: job.Crashes()})
	if err != nil {
		return nil, err
	}
	tape, err := lab.Record(ctx, script, under, &counted{World: world, tell: tell})
	if closing := world.Close(); closing != nil {
		err = errors.Join(err, fmt.Errorf("close the live world: %w", closing))
	}
	return tape, err
}

// counted is a world that tells how many steps it has taken.
type counted struct {
	scenario.World
	tell  func(int)
	steps int
}

// Do takes a step.
func (c *counted) Do(a sim.Action) error {
	c.steps++
	c.tell(c.steps)
	return c.World.Do(a)
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

package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"optimist/client/export"
	"optimist/client/film"
	"optimist/client/lab"
	"optimist/client/story"
	"optimist/shared/exit"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// The views of a scenario.
const (
	timelineView = "timeline"
	screenView   = "screen"
)

// exportFlags say what a scenario is exported as.
type exportFlags struct {
	to       string
	out      string
	strategy string
	compare  string
	live     bool
	view     string
	film     filmFlags
}

func exportCommand() *cobra.Command {
	var f exportFlags
	cmd := &cobra.Command{
		Use:   "export FILE|NAME",
		Short: "Draw what happens in a scenario: as a diagram, a page, a film",
		Long: "Run a scenario and draw what happened. The timeline is a space–time diagram, one lane an actor, time downwards; the " +
			"screen is what optimist play shows, at a reader's speed. What the script expects does not matter here: optimist run " +
			"checks it. The same story gives the same bytes.\n\n" + formatList(),
		Example: "optimist export create-then-edit -o race.html\noptimist export create-then-edit --to mermaid --strategy reconcile\n" +
			"optimist export create-then-edit -o race.gif --size 100x30\noptimist export create-then-edit -o race.svg --view screen --animate\n" +
			"optimist export create-then-edit -o both.gif --compare check-projection,reconcile",
		Args:              takes(1, 1),
		ValidArgsFunction: completeScenarios,
		RunE:              func(cmd *cobra.Command, args []string) error { return f.export(cmd, args) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.to, "to", "", "the format; by default that of --out's name, else txt")
	flags.StringVarP(&f.out, "out", "o", "-", "the file to write; - is standard output")
	flags.BoolVar(&f.live, "live", false, "run on a real NATS server and SQLite")
	flags.StringVar(&f.view, "view", "", "show the timeline or the screen; by default the screen where the format has no other")
	strategyFlag(cmd, &f.strategy, "run under this strategy instead of the script's own")
	compareFlag(cmd, &f.compare, "film it under two strategies side by side: S1,S2")
	cmd.MarkFlagsMutuallyExclusive("compare", "strategy")
	f.film.add(cmd)
	var names []cobra.Completion
	for _, name := range formatNames() {
		names = append(names, cobra.CompletionWithDesc(name, formatAbout(name)))
	}
	// The flags exist, so registering their completion cannot fail.
	_ = cmd.RegisterFlagCompletionFunc("to", cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("view", cobra.FixedCompletions([]string{timelineView, screenView}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// formatNames are those of every format, diagrams first.
func formatNames() []string {
	var names []string
	for _, f := range export.Formats() {
		names = append(names, f.Name)
	}
	for _, f := range film.Formats() {
		if !slices.Contains(names, f.Name) {
			names = append(names, f.Name)
		}
	}
	return names
}

// formatAbout says what a format is, for each view that has it.
func formatAbout(name string) string {
	var about []string
	if f, err := export.Named(name); err == nil {
		about = append(about, f.About)
	}
	if f, found := film.Named(name); found {
		text := f.About
		if len(about) > 0 {
			text = "with --view " + screenView + ": " + text
		}
		about = append(about, text)
	}
	return strings.Join(about, "; ")
}

// formatList is one line a format.
func formatList() string {
	var b strings.Builder
	for _, name := range formatNames() {
		fmt.Fprintf(&b, "  %-8s %s\n", name, formatAbout(name))
	}
	return b.String()
}

// export runs the scenario and writes what is asked for.
func (f *exportFlags) export(cmd *cobra.Command, args []string) error {
	write, err := f.writer(cmd)
	if err != nil {
		return exit.With(exit.Usage, err, "")
	}
	script, err := oneScript(cmd, args[0])
	if err != nil {
		return err
	}
	under, err := (&playFlags{strategy: f.strategy, compare: f.compare}).under(script)
	if err != nil {
		return err
	}
	var b bytes.Buffer // Whole or not at all: a story that cannot be run leaves no half of a file.
	if err := write(cmd, script, under, &b); err != nil {
		return err
	}
	if f.out == "-" {
		_, err := cmd.OutOrStdout().Write(b.Bytes())
		return exit.With(exit.Unknown, err, "")
	}
	return exit.With(exit.Unknown, writeWhole(f.out, func(w io.Writer) error { _, err := w.Write(b.Bytes()); return err }), "")
}

// writeStory runs a script under a strategy, or two, and writes it in some
// format.
type writeStory func(cmd *cobra.Command, script *scenario.Script, under []strategy.Strategy, w io.Writer) error

// writer chooses the format and the view, or says what is wrong with the flags.
func (f *exportFlags) writer(cmd *cobra.Command) (writeStory, error) {
	name := f.format()
	diagram, err := export.Named(name)
	moving, films := film.Named(name)
	if err != nil && !films {
		return nil, fmt.Errorf("unknown format %q; choose one of %s", name, strings.Join(formatNames(), ", "))
	}
	switch {
	case f.view != "" && f.view != timelineView && f.view != screenView:
		return nil, fmt.Errorf("--view is %q; choose %s or %s", f.view, timelineView, screenView)
	case f.compare != "" && f.film.hall:
		return nil, fmt.Errorf("--hall has room for one story; leave out --hall or --compare")
	case f.compare != "" && f.view == timelineView:
		return nil, fmt.Errorf("--compare shows two screens, not the timeline; leave out --view")
	case f.compare != "" && !films:
		return nil, fmt.Errorf("%s does not show two screens; cast, gif, svg and html do: choose with --to, or by the name of -o", name)
	case f.view == screenView && !films:
		return nil, fmt.Errorf("%s does not show the screen; cast, gif, svg and html do", name)
	case f.view == timelineView && err != nil:
		return nil, fmt.Errorf("%s does not show the timeline; %s shows the screen alone", name, name)
	case f.view == screenView || f.compare != "" || err != nil:
		if moving.Binary && f.out == "-" && term.IsTerminal(os.Stdout.Fd()) {
			return nil, fmt.Errorf("%s is no text for a terminal; name a file with -o", name)
		}
		return f.filmed(moving), f.film.check(cmd, name)
	}
	if flag := f.film.given(cmd); flag != "" {
		return nil, fmt.Errorf("--%s is about the screen; this is the timeline (--view %s shows the other)", flag, screenView)
	}
	return f.drawn(diagram), nil
}

// format is the name of the format: as said, or as the file's name says. What
// ends in another format's name is not filled with text.
func (f *exportFlags) format() string {
	if f.to != "" {
		return f.to
	}
	ext := strings.ToLower(filepath.Ext(f.out))
	if ext == "" {
		return "txt"
	}
	for _, name := range formatNames() {
		d, _ := export.Named(name)
		m, _ := film.Named(name)
		if ext == d.Ext || ext == m.Ext {
			return name
		}
	}
	return ext[1:]
}

// drawn writes a diagram.
func (f *exportFlags) drawn(format export.Format) writeStory {
	return func(cmd *cobra.Command, script *scenario.Script, under []strategy.Strategy, w io.Writer) error {
		o := story.Job{Script: script, Under: under[0]}.Run(cmd.Context(), story.Mode(f.live))
		if o.Err != nil {
			return exit.With(o.Code(), o.Err, "")
		}
		return exit.With(exit.Unknown, format.Write(w, o.Export()), "")
	}
}

// filmed writes a film.
func (f *exportFlags) filmed(format film.Format) writeStory {
	return func(cmd *cobra.Command, script *scenario.Script, under []strategy.Strategy, w io.Writer) error {
		tapes, err := (&playFlags{live: f.live}).records(cmd, script, under)
		if err != nil {
			return err
		}
		progress := progressTo(cmd.ErrOrStderr())
		defer progress("")
		shot, err := shoot(tapes, f.film.options(cmd.Context(), progress))
		if err == nil {
			err = format.Write(w, shot, f.film.settings(cmd.Context(), progress))
		}
		return exit.With(exit.Unknown, err, "")
	}
}

// shoot films a story, or two beside each other.
func shoot(tapes [2]*lab.Tape, o film.Options) (*film.Film, error) {
	if tapes[1] != nil {
		return film.ShootBoth(tapes[0], tapes[1], o)
	}
	return film.Shoot(tapes[0], o)
}

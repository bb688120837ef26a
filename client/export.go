package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"optimist/client/export"
	"optimist/client/story"
	"optimist/shared/exit"
	"optimist/shared/strategy"
)

// exportFlags say what a scenario is exported as.
type exportFlags struct {
	to       string
	out      string
	strategy string
	live     bool
}

func exportCommand() *cobra.Command {
	var f exportFlags
	cmd := &cobra.Command{
		Use:   "export FILE|NAME",
		Short: "Run a scenario and draw what happened: text, Mermaid, SVG, a page, JSON, JUnit",
		Long: "Run a scenario and draw what happened as a space–time diagram, one lane an actor, time downwards. What the script " +
			"expects does not matter here: optimist run checks it.\n\n" + formatList(),
		Example:           "optimist export create-then-edit --to html -o race.html\noptimist export create-then-edit --to mermaid --strategy reconcile",
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: completeScenarios,
		RunE:              func(cmd *cobra.Command, args []string) error { return f.export(cmd, args) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.to, "to", "txt", "the format")
	flags.StringVarP(&f.out, "out", "o", "-", "the `file` to write; - is standard output")
	flags.BoolVar(&f.live, "live", false, "run on a real NATS server and SQLite")
	strategyFlag(cmd, &f.strategy, "run under this strategy instead of the script's own")
	var names []cobra.Completion
	for _, format := range export.Formats() {
		names = append(names, cobra.CompletionWithDesc(format.Name, format.About))
	}
	// The flag exists, so registering its completion cannot fail.
	_ = cmd.RegisterFlagCompletionFunc("to", cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// formatList is one line a format.
func formatList() string {
	var b strings.Builder
	for _, f := range export.Formats() {
		fmt.Fprintf(&b, "  %-8s %s\n", f.Name, f.About)
	}
	return b.String()
}

// export runs the scenario and writes its trace.
func (f *exportFlags) export(cmd *cobra.Command, args []string) error {
	format, err := export.Named(f.to)
	if err != nil {
		return exit.With(exit.Usage, err, "")
	}
	sources, err := gatherScripts(cmd, args)
	if err != nil {
		return err
	}
	if len(sources) != 1 {
		return exit.With(exit.Usage, fmt.Errorf("%s holds %d scenarios; export takes one", args[0], len(sources)), "")
	}
	job := story.Job{Script: sources[0].script, Under: sources[0].script.Strategy}
	if f.strategy != "" {
		if job.Under, err = strategy.Parse(f.strategy); err != nil {
			return exit.With(exit.Usage, err, "optimist strategies explains them")
		}
	}
	o := job.Run(story.Mode(f.live))
	if o.Err != nil {
		return exit.With(o.Code(), o.Err, "")
	}
	if f.out == "-" {
		return exit.With(exit.Unknown, format.Write(cmd.OutOrStdout(), o.Export()), "")
	}
	return exit.With(exit.Unknown, writeWhole(f.out, func(w io.Writer) error { return format.Write(w, o.Export()) }), "")
}

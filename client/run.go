package main

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"optimist/client/export"
	"optimist/client/story"
	"optimist/shared/exit"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// everyStrategy is the word for all presets.
const everyStrategy = "all"

// runFlags say how scenarios are run and what becomes of the outcome.
type runFlags struct {
	strategy  string
	simulated bool
	live      bool
	json      bool
	update    bool
	junit     string
	trace     string
}

func runCommand() *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:   "run [FILE|DIR|NAME...]",
		Short: "Run scenarios, simulated or on the real thing",
		Long: "Run scenarios and tell what held: 0 everything, 1 an expectation failed, 2 wrong usage, a parse error or a missing " +
			"file, 3 it cannot be told. A DIR means the scenarios in it, a NAME an embedded one, nothing the whole embedded library.\n\n" +
			scenario.Help,
		Example: "optimist run\noptimist run create-then-edit --strategy all\noptimist run --live story.scenario\noptimist run scenarios --junit report.xml",
		RunE:    func(cmd *cobra.Command, args []string) error { return f.run(cmd, args) },
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.simulated, "sim", false, "run simulated (the default)")
	flags.BoolVar(&f.live, "live", false, "run on a real NATS server and SQLite, each step compared with the simulation")
	flags.BoolVar(&f.json, "json", false, "print one JSON object a scenario")
	flags.BoolVar(&f.update, "update", false, "write the want/ sections of the files anew")
	flags.StringVar(&f.junit, "junit", "", "write a JUnit report to this file")
	flags.StringVar(&f.trace, "trace", "", "write the traces to this file, one JSON object a line")
	cmd.MarkFlagsMutuallyExclusive("sim", "live")
	cmd.ValidArgsFunction = completeScenarios
	strategyFlag(cmd, &f.strategy, "run under this strategy instead of the script's own, or under "+everyStrategy)
	return cmd
}

// run runs every scenario and tells what came of each.
func (f *runFlags) run(cmd *cobra.Command, args []string) error {
	under, err := f.strategies()
	if err != nil {
		return err
	}
	sources, err := gatherScripts(cmd, args)
	if err != nil {
		return err
	}
	scripts := make([]*scenario.Script, len(sources))
	for i := range sources {
		scripts[i] = sources[i].script
	}
	r := reporter{flags: f, out: cmd.OutOrStdout(), progress: progressTo(cmd.ErrOrStderr()), sources: sources}
	jobs := story.Jobs(scripts, under)
	r.total = len(jobs)
	err = story.Run(cmd.Context(), jobs, story.Mode(f.live), r.take)
	r.progress("")
	if err := errors.Join(err, r.finish()); err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	if code := story.Code(r.outcomes); code != exit.True {
		return exit.Silent(code)
	}
	return nil
}

// strategies returns under which strategies a script runs.
func (f *runFlags) strategies() (func(*scenario.Script) []strategy.Strategy, error) {
	switch f.strategy {
	case "":
		return func(s *scenario.Script) []strategy.Strategy { return []strategy.Strategy{s.Strategy} }, nil
	case everyStrategy:
		return func(*scenario.Script) []strategy.Strategy { return strategy.All() }, nil
	}
	one, err := strategy.Parse(f.strategy)
	if err != nil {
		return nil, exit.With(exit.Usage, err, "optimist strategies explains them; "+everyStrategy+" means each of them")
	}
	return func(*scenario.Script) []strategy.Strategy { return []strategy.Strategy{one} }, nil
}

// reporter tells of outcomes as they come.
type reporter struct {
	flags    *runFlags
	out      io.Writer
	progress func(string)
	sources  []source
	total    int

	outcomes []*story.Outcome
	written  error
}

// take tells of one outcome.
func (r *reporter) take(o *story.Outcome) {
	if !r.flags.update {
		o.CheckGolden()
	}
	r.outcomes = append(r.outcomes, o)
	r.progress("")
	if err := r.print(o); err != nil && r.written == nil {
		r.written = err
	}
	r.progress(fmt.Sprintf("%d of %d", len(r.outcomes), r.total))
}

func (r *reporter) print(o *story.Outcome) error {
	if r.flags.json {
		return printJSON(r.out, o.JSON())
	}
	text := o.Line() + "\n"
	if r.total == 1 {
		text += o.Anomalies()
	}
	_, err := fmt.Fprint(r.out, text+o.Trouble())
	return err
}

// finish writes what is written at the end.
func (r *reporter) finish() error {
	errs := []error{r.written}
	if r.flags.update {
		errs = append(errs, r.update())
	}
	if r.flags.junit != "" {
		errs = append(errs, writeWhole(r.flags.junit, r.junit))
	}
	if r.flags.trace != "" {
		errs = append(errs, writeWhole(r.flags.trace, r.traces))
	}
	if !r.flags.json && r.written == nil {
		text := r.summary() + "\n"
		if r.total > 1 {
			text = story.Legend(r.outcomes) + text
		}
		_, err := fmt.Fprint(r.out, text)
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// summary counts.
func (r *reporter) summary() string {
	bad, untold := 0, 0
	for _, o := range r.outcomes {
		switch o.Code() {
		case exit.True:
		case exit.Unknown:
			untold++
		case exit.False, exit.Usage:
			bad++
		}
	}
	switch {
	case bad+untold == 0:
		return fmt.Sprintf("%d of %d hold", len(r.outcomes), r.total)
	case bad == 0:
		return fmt.Sprintf("%d of %d cannot be told", untold, r.total)
	case untold == 0:
		return fmt.Sprintf("%d of %d do not hold", bad, r.total)
	}
	return fmt.Sprintf("%d of %d do not hold, %d cannot be told", bad, r.total, untold)
}

// update writes the golden sections of the files that were run under their own
// strategy.
func (r *reporter) update() error {
	for _, src := range r.sources {
		at := slices.IndexFunc(r.outcomes, func(o *story.Outcome) bool {
			return o.Script == src.script && o.Under == o.Script.Strategy
		})
		if src.path == "" || at < 0 {
			continue
		}
		text, changed, err := r.outcomes[at].Golden(src.text)
		if err == nil && changed {
			err = overwrite(src.path, text)
		}
		if err != nil {
			return fmt.Errorf("update %s: %w", src.path, err)
		}
	}
	return nil
}

// junit writes the report: one suite of all outcomes.
func (r *reporter) junit(w io.Writer) error {
	suite := export.Suite{Name: "optimist scenarios"}
	for _, o := range r.outcomes {
		suite.Add(o.Case())
	}
	return export.WriteSuites(w, []export.Suite{suite})
}

// traces writes each trace on a line of its own.
func (r *reporter) traces(w io.Writer) error {
	for _, o := range r.outcomes {
		if err := printJSON(w, o.Trace); err != nil {
			return err
		}
	}
	return nil
}

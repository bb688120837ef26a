package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"optimist/client/matrix"
	"optimist/client/search"
	"optimist/shared/anomaly"
	"optimist/shared/exit"
	"optimist/shared/scenario"
)

// Limits of a search that nothing else is said of.
const (
	usualStates = 20_000_000
	usualMemory = 2048 // MiB.
)

// searchFlags bound a search.
type searchFlags struct {
	states int64
	memory int64
	time   time.Duration
}

func (f *searchFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.Int64Var(&f.states, "states", 0, fmt.Sprintf("stop a search after so many states (default: the scenario's limit, or %d)", usualStates))
	flags.Int64Var(&f.memory, "memory", usualMemory, "stop a search at so many MiB")
	flags.DurationVar(&f.time, "time", 0, "stop a search after this duration (default: the scenario's limit, or none)")
	flags.Lookup("time").DefValue = "" // Its usage says what nothing means.
}

// limits returns the limits of a search of a script.
func (f *searchFlags) limits(s *scenario.Script) search.Limits {
	l := search.Limits{States: usualStates, Memory: f.memory << 20, Time: f.time}
	if e := s.Explore; e != nil {
		if e.States > 0 {
			l.States = e.States
		}
		if f.time == 0 {
			l.Time = time.Duration(e.Time) * time.Millisecond
		}
	}
	if f.states > 0 {
		l.States = f.states
	}
	return l
}

func (f *searchFlags) check() error {
	switch {
	case f.states < 0:
		return exit.With(exit.Usage, errors.New("--states must be above zero"), "")
	case f.memory < 1:
		return exit.With(exit.Usage, errors.New("--memory must be above zero"), "")
	case f.time < 0:
		return exit.With(exit.Usage, errors.New("--time must be above zero"), "")
	}
	return nil
}

// exploreFlags say what is searched and what becomes of what is found.
type exploreFlags struct {
	searchFlags
	screenFlags
	strategy string
	budget   int
	anomaly  string
	live     bool
	out      string
	json     bool
}

func exploreCommand() *cobra.Command {
	f := exploreFlags{}
	cmd := &cobra.Command{
		Use:   "explore FILE|NAME",
		Short: "Search every schedule of a scenario for anomalies, and write the shortest film of each",
		Long: "Search every schedule of a scenario: its people do what they do there, in their order, and all else may happen in any " +
			"order, faults included. The bounds are those of its explore section: the kinds of fault, how many of them (budget), " +
			"and how far the system may lag (window): so many intents under way at once, pending or not yet both in the log and in the rows, " +
			"and so many messages to each client. Faults, waits and steps of the script are left out; people act on what their screen shows; " +
			"a command is decided and appended in one step; time passes only when nothing else can move.\n\n" +
			"Each anomaly is told with a film: a scenario that shows it with the fewest faults, and of those in the fewest steps. " +
			"A star marks the printed price of a strategy. A FILE is a scenario; a NAME an embedded one, or one of the default scopes: a, b, c.\n\n" +
			"Exits with 0 if nothing was found but prices, 1 if something was or a film does not replay, 2 for wrong usage, 3 if the search was cut before it found anything.",
		Example: "optimist explore create-then-edit --strategy all\noptimist explore b --strategy check-log --anomaly zombie --live\noptimist explore story.scenario --budget 2 --out films",
		Args:    takes(1, 1),
		RunE:    func(cmd *cobra.Command, args []string) error { return f.run(cmd, args[0]) },
	}
	f.searchFlags.add(cmd)
	f.screenFlags.add(cmd)
	flags := cmd.Flags()
	flags.IntVar(&f.budget, "budget", -1, "allow so many faults on a path (default: the scenario's budget, or 1)")
	flags.Lookup("budget").DefValue = "" // As for --time.
	flags.StringVar(&f.anomaly, "anomaly", "", "stop once this anomaly is found: a name such as spurious-rejection, or an id such as V1")
	flags.BoolVar(&f.live, "live", false, "replay each film on a real NATS server and SQLite, each step compared with the simulation")
	flags.StringVar(&f.out, "out", "", "write the films into this directory instead of printing them")
	flags.BoolVar(&f.json, "json", false, "print one JSON object, films included: the matrix of this scope")
	for _, other := range []string{"anomaly", "live", "out", "json"} {
		cmd.MarkFlagsMutuallyExclusive("tui", other)
	}
	cmd.MarkFlagsMutuallyExclusive("json", "live")
	cmd.ValidArgsFunction = completeScope
	// The flag exists, so registering its completion cannot fail.
	_ = cmd.RegisterFlagCompletionFunc("anomaly", completeAnomalies)
	strategyFlag(cmd, &f.strategy, "search under this strategy instead of the scenario's own, or under "+everyStrategy)
	return cmd
}

// maxBudget is the most faults of a path.
const maxBudget = 16

// run searches under each strategy and tells what came of it.
func (f *exploreFlags) run(cmd *cobra.Command, name string) error {
	work, err := f.work(cmd, name)
	if err != nil {
		return err
	}
	if f.tui {
		return f.show(cmd, work)
	}
	progress := progressTo(cmd.ErrOrStderr())
	x := exploration{flags: f, out: cmd.OutOrStdout()}
	all, err := work.Fill(cmd.Context(), matrix.Watch{
		Progress: func(p matrix.Progress) { progress(p.Text()) },
		Done: func(r *search.Result) {
			progress("")
			x.take(cmd.Context(), r)
		},
	})
	if err == nil {
		err = x.close(all)
	}
	if err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	if x.code != exit.True {
		return exit.Silent(x.code)
	}
	return nil
}

// work is what is to be searched.
func (f *exploreFlags) work(cmd *cobra.Command, name string) (*matrix.Work, error) {
	if err := errors.Join(f.searchFlags.check(), f.screenFlags.check()); err != nil {
		return nil, err
	}
	if f.budget < -1 || f.budget > maxBudget {
		return nil, exit.With(exit.Usage, fmt.Errorf("--budget is %d; use 0 to %d", f.budget, maxBudget), "")
	}
	script, err := findScope(cmd, name)
	if err != nil {
		return nil, err
	}
	under, err := (&runFlags{strategy: f.strategy}).strategies()
	if err != nil {
		return nil, err
	}
	work := &matrix.Work{
		Scripts: []*scenario.Script{script}, Under: under, Limits: f.limits, Budget: func(*scenario.Script) int { return f.budget },
	}
	if f.anomaly != "" {
		d, err := anomaly.Lookup(f.anomaly)
		if err != nil {
			return nil, exit.With(exit.Usage, err, "")
		}
		work.Only = []anomaly.Definition{d}
	}
	if _, err := work.Scopes(); err != nil { // What cannot be searched is told before anything is.
		return nil, exit.With(exit.Usage, err, "")
	}
	return work, nil
}

// findScope reads the scenario that is meant: a default scope, or what play
// means by the name.
func findScope(cmd *cobra.Command, name string) (*scenario.Script, error) {
	defaults, err := search.Defaults()
	if err != nil {
		return nil, exit.With(exit.Unknown, err, "")
	}
	if _, err := os.Stat(name); err != nil {
		for _, s := range defaults {
			if s.Name == name {
				return s, nil
			}
		}
	}
	return oneScript(cmd, name)
}

// completeAnomalies completes the name of an anomaly.
func completeAnomalies(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var list []cobra.Completion
	for _, d := range anomaly.All() {
		if d.Applicable {
			list = append(list, cobra.CompletionWithDesc(d.Name, d.Title))
		}
	}
	return list, cobra.ShellCompDirectiveNoFileComp
}

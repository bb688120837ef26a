package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"optimist/client/crash"
	"optimist/client/lab"
	"optimist/client/live"
	"optimist/client/terminal"
	"optimist/shared/exit"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// playFlags say how a story is played.
type playFlags struct {
	strategy string
	compare  string
	live     bool
	hall     bool
	plain    bool
	puzzle   bool
	anomaly  string
	symbols  symbols
}

func playCommand() *cobra.Command {
	var f playFlags
	cmd := &cobra.Command{
		Use:   "play FILE|NAME",
		Short: "Play a scenario step by step, forwards and back",
		Long: "Play a scenario on a simulated world: what it tells is a caption, what it asks a prediction. Space plays, . steps, " +
			", steps back exactly, [ and ] change the speed, t shows the timeline, x compares with another strategy, i takes over, " +
			"P is for a lecture hall, ? lists every key, m gives the mouse back. Without a terminal it is told line by line. With --live it runs on a real NATS server and SQLite first, and what was recorded there is played.\n\n" +
			"With --puzzle you are the scheduler: all that people do and all that the system can do next is a list of choices, and the " +
			"goal is an anomaly: that of --anomaly, or the first that the scenario expects. h gives a hint, and at the end your way is " +
			"compared with a shortest one. FILE may be a default scope too: a, b, c. Line by line, a puzzle that is left ends with 1.",
		Example:           "optimist play create-then-edit\noptimist play create-then-edit --compare check-projection,reconcile\noptimist play story.scenario --live --hall\noptimist play create-then-edit --plain\noptimist play create-then-edit --puzzle\noptimist play b --puzzle --strategy check-log --anomaly zombie",
		Args:              takes(1, 1),
		ValidArgsFunction: completeScenarios,
		RunE:              func(cmd *cobra.Command, args []string) error { return f.play(cmd, args) },
	}
	flags := cmd.Flags()
	strategyFlag(cmd, &f.strategy, "play under this strategy instead of the script's own")
	compareFlag(cmd, &f.compare, "play under two strategies side by side: S1,S2")
	flags.BoolVar(&f.live, "live", false, "run on a real NATS server and SQLite first, and play what was recorded")
	flags.BoolVar(&f.hall, "hall", false, "begin in lecture-hall mode: few rows, big words")
	flags.BoolVar(&f.plain, "plain", false, "tell it line by line, for pipes and screen readers (the default without a terminal)")
	flags.BoolVar(&f.puzzle, "puzzle", false, "be the scheduler: choose what happens next until it goes wrong")
	flags.StringVar(&f.anomaly, "anomaly", "", "the goal of the puzzle: a name such as spurious-rejection, or an id such as V1")
	f.symbols.flag(cmd, usualSymbols)
	cmd.MarkFlagsMutuallyExclusive("compare", "strategy")
	// The flag exists, so registering its completion cannot fail.
	_ = cmd.RegisterFlagCompletionFunc("anomaly", completeAnomalies)
	return cmd
}

// play records the story, and shows or tells it.
func (f *playFlags) play(cmd *cobra.Command, args []string) error {
	if err := f.symbols.check(); err != nil {
		return exit.With(exit.Usage, err, "")
	}
	if err := f.checkPuzzle(); err != nil {
		return exit.With(exit.Usage, err, "")
	}
	if f.puzzle {
		return f.playPuzzle(cmd, args[0])
	}
	script, err := oneScript(cmd, args[0])
	if err != nil {
		return err
	}
	under, err := f.under(script)
	if err != nil {
		return err
	}
	tapes, err := f.records(cmd, script, under)
	if err != nil {
		return err
	}
	if f.linear() {
		return exit.With(exit.Unknown, f.tell(cmd, tapes), "")
	}
	return f.show(cmd, script, tapes)
}

// linear reports whether it is told line by line.
func (f *playFlags) linear() bool {
	return f.plain || !terminal.Interactive()
}

// tell tells the story line by line.
func (f *playFlags) tell(cmd *cobra.Command, tapes [2]*lab.Tape) error {
	endAtOnce()
	if tapes[1] != nil {
		return lab.PlainCompare(foldedTo(cmd.OutOrStdout(), f.symbols.ascii(), usualWidth), tapes[0], tapes[1])
	}
	return lab.Plain(cmd.InOrStdin(), folded(cmd.OutOrStdout(), f.symbols.ascii()), tapes[0])
}

// endAtOnce has a signal end the program at once, while it reads from a terminal:
// a read cannot be called back, and there is nothing to restore.
func endAtOnce() { signal.Reset(os.Interrupt, syscall.SIGTERM, syscall.SIGHUP) }

// show plays the story on the screen, until the person leaves it.
func (f *playFlags) show(cmd *cobra.Command, script *scenario.Script, tapes [2]*lab.Tape) error {
	where, leave := cueing(cmd.ErrOrStderr(), tapes[0].Trace.Title)
	defer leave()
	return f.screen(cmd, lab.Config{
		Tape: tapes[0], Against: tapes[1], Hall: f.hall, ASCII: f.symbols.ascii(), Where: where,
		Again: func(s strategy.Strategy) (*lab.Tape, error) { return lab.Simulate(cmd.Context(), script, s) },
	})
}

// screen shows a story or a puzzle on the screen.
func (f *playFlags) screen(cmd *cobra.Command, cfg lab.Config) error {
	calm, err := crash.Watch()
	if err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	defer calm()
	// The screen takes signals by itself, so that it can restore the terminal first.
	return exit.With(exit.Unknown, lab.Run(context.WithoutCancel(cmd.Context()), cfg), "")
}

// under returns under which strategy the story is played, or under which two.
func (f *playFlags) under(script *scenario.Script) ([]strategy.Strategy, error) {
	texts := []string{f.strategy}
	if f.compare != "" {
		if texts = strings.Split(f.compare, ","); len(texts) != 2 {
			return nil, exit.With(exit.Usage, fmt.Errorf("--compare is %q; name two strategies: S1,S2", f.compare), seeStrategies)
		}
	}
	var list []strategy.Strategy
	for _, text := range texts {
		s := script.Strategy
		if text != "" || f.compare != "" {
			var err error
			if s, err = strategy.Parse(strings.TrimSpace(text)); err != nil {
				return nil, exit.With(exit.Usage, err, seeStrategies)
			}
		}
		list = append(list, s)
	}
	return list, nil
}

// records records the story under each strategy; a single one with what its
// script puts beside it at its end.
func (f *playFlags) records(cmd *cobra.Command, script *scenario.Script, under []strategy.Strategy) (tapes [2]*lab.Tape, err error) {
	for i, s := range under {
		if tapes[i], err = f.record(cmd, script, s); err != nil {
			return tapes, err
		}
	}
	if tapes[1] == nil {
		return tapes, playable(tapes[0].Accompany(cmd.Context()))
	}
	return tapes, nil
}

// record records the story, simulated or on the real thing.
func (f *playFlags) record(cmd *cobra.Command, script *scenario.Script, under strategy.Strategy) (*lab.Tape, error) {
	if !f.live {
		tape, err := lab.Simulate(cmd.Context(), script, under)
		return tape, playable(err)
	}
	progress := progressTo(cmd.ErrOrStderr())
	progress("running " + script.Name + " on the real thing under " + under.Text() + " …")
	defer progress("")
	tape, err := recordLive(cmd.Context(), script, under, func(int) {})
	return tape, playable(err)
}

// playable gives an error of a run its exit code.
func playable(err error) error {
	var contradiction scenario.Errors
	switch {
	case errors.As(err, &contradiction):
		return exit.With(exit.Usage, err, "")
	case errors.Is(err, live.ErrDiffers):
		return exit.With(exit.False, err, "")
	}
	return exit.With(exit.Unknown, err, "")
}

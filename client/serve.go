package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"optimist/client/classroom"
	"optimist/client/crash"
	"optimist/client/lab"
	"optimist/client/state"
	"optimist/client/terminal"
	"optimist/shared/exit"
	"optimist/shared/scenario"
	"optimist/shared/strategy"
)

// serveFlags say who comes into a class, and how it is taught.
type serveFlags struct {
	ssh      string
	anywhere bool
	seats    int
	keys     string
	data     string
	strategy string
	hall     bool
	symbols  symbols
	json     bool
	logFile  string
}

// classSeats is how many seats a class has unless told otherwise.
const classSeats = 30

func serveCommand() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "serve FILE|NAME",
		Short: "Teach a class over SSH: everybody in a terminal of their own",
		Long: "Play a scenario for a class. Everybody joins with ssh and the join code that is printed, follows the teacher in a terminal of " +
			"their own size, votes on what is asked with 1–9, and can go on alone with f. In a terminal, that terminal is the teacher's screen, with the votes; " +
			"elsewhere the teacher joins as the user teacher, with a code of their own. Codes are new at each start. " +
			"Only this machine can connect unless --listen-anywhere is given.",
		Example: "optimist serve three-truths\noptimist serve create-then-edit --ssh 0.0.0.0:2222 --listen-anywhere --hall\n" +
			"optimist serve story.scenario --authorized-keys class.pub --seats 12",
		Args:              takes(1, 1),
		ValidArgsFunction: completeScenarios,
		RunE:              func(cmd *cobra.Command, args []string) error { return f.serve(cmd, args[0]) },
	}
	fl := cmd.Flags()
	fl.StringVar(&f.ssh, "ssh", "127.0.0.1:2222", "listen at this address; port 0 picks one and prints it")
	fl.BoolVar(&f.anywhere, "listen-anywhere", false, "let --ssh be an address that others than this machine can reach")
	fl.IntVar(&f.seats, "seats", classSeats, "how many can sit in the class")
	fl.StringVar(&f.keys, "authorized-keys", "", "let in who has a key in this file, and nobody by a join code")
	fl.StringVar(&f.data, "data", "", "keep the host key in this directory (default: the state directory)")
	strategyFlag(cmd, &f.strategy, "play under this strategy instead of the script's own")
	fl.BoolVar(&f.hall, "hall", false, "begin the teacher's screen in lecture-hall mode: few rows, big words")
	f.symbols.flag(cmd, "draw every screen in unicode or ascii")
	fl.BoolVar(&f.json, "json", false, "print address, codes and the host key's fingerprint as JSON; the teacher joins over SSH")
	fl.StringVar(&f.logFile, "log-file", "", "write logs there (default: standard error, where no screen is)")
	return cmd
}

// serve opens the class and teaches it until it is over.
func (f *serveFlags) serve(cmd *cobra.Command, name string) error {
	if err := f.symbols.check(); err != nil {
		return exit.With(exit.Usage, err, "")
	}
	here := !f.json && terminal.Interactive()
	logs, done, err := f.logger(here, cmd.ErrOrStderr())
	if err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	defer done()
	cfg, err := f.config(cmd, name)
	if err != nil {
		return err
	}
	cfg.Log, cfg.TeacherHere = logs, here
	where, leave := cueing(cmd.ErrOrStderr(), cfg.Tape.Trace.Title)
	defer leave()
	cfg.Where = where
	room, err := classroom.Open(cfg)
	if err != nil {
		return err
	}
	if here {
		return f.teach(cmd.Context(), room, cfg)
	}
	if err := f.announce(cmd.OutOrStdout(), room.Info()); err != nil {
		return exit.With(exit.Unknown, errors.Join(err, room.Close()), "")
	}
	return room.Serve(cmd.Context())
}

// config is the class that the flags ask for.
func (f *serveFlags) config(cmd *cobra.Command, name string) (classroom.Config, error) {
	cfg := classroom.Config{
		Listen: f.ssh, Anywhere: f.anywhere, Seats: f.seats, AuthorizedKeys: f.keys, Data: f.data, ASCII: f.symbols.ascii(),
	}
	script, err := oneScript(cmd, name)
	if err != nil {
		return cfg, err
	}
	if cfg.Data == "" {
		dir, err := state.Dir()
		if err != nil {
			return cfg, exit.With(exit.Unknown, err, "say where the host key is kept with --data DIR")
		}
		cfg.Data = filepath.Join(dir, "classroom")
	}
	if cfg.Tape, err = f.record(cmd.Context(), script); err != nil {
		return cfg, err
	}
	cfg.Again = func(s strategy.Strategy) (*lab.Tape, error) { return lab.Simulate(cmd.Context(), script, s) }
	return cfg, nil
}

// record records what is taught.
func (f *serveFlags) record(ctx context.Context, script *scenario.Script) (*lab.Tape, error) {
	under := script.Strategy
	if f.strategy != "" {
		var err error
		if under, err = strategy.Parse(f.strategy); err != nil {
			return nil, exit.With(exit.Usage, err, seeStrategies)
		}
	}
	tape, err := lab.Study(ctx, script, under)
	return tape, playable(err)
}

// announce prints how to come in.
func (f *serveFlags) announce(out io.Writer, i classroom.Info) error {
	if f.json {
		return printJSON(out, i)
	}
	_, err := fmt.Fprintf(out, "class:    %s\nteacher:  %s · code %s\nhost key: %s\n", i.Title(), i.Command("teacher"), i.TeacherCode, i.Fingerprint)
	return err
}

// teach shows the teacher's screen in this terminal, while the class is served.
// The screen takes signals by itself, so that it can restore the terminal first.
func (f *serveFlags) teach(ctx context.Context, room *classroom.Room, cfg classroom.Config) error {
	class, leave, err := room.Teach()
	if err != nil {
		return errors.Join(err, room.Close())
	}
	defer leave()
	calm, err := crash.Watch()
	if err != nil {
		return exit.With(exit.Unknown, errors.Join(err, room.Close()), "")
	}
	defer calm()
	ctx, over := context.WithCancel(context.WithoutCancel(ctx))
	defer over()
	served := make(chan error, 1)
	// One goroutine serves the class, which ends with the teacher's screen; the
	// screen ends with the class if that fails.
	go func() {
		defer over()
		served <- room.Serve(ctx)
	}()
	err = lab.Run(ctx, lab.Config{Tape: cfg.Tape, Again: cfg.Again, Hall: f.hall, ASCII: cfg.ASCII, Class: class, Where: cfg.Where})
	over()
	return exit.With(exit.Unknown, errors.Join(<-served, err), "")
}

// logger writes where nobody looks at a screen.
func (f *serveFlags) logger(here bool, errs io.Writer) (*slog.Logger, func(), error) {
	if f.logFile == "" {
		if here {
			return slog.New(slog.DiscardHandler), func() {}, nil
		}
		return slog.New(slog.NewTextHandler(errs, nil)), func() {}, nil
	}
	file, err := os.OpenFile(f.logFile, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("open the log file: %w", err)
	}
	opts := &slog.HandlerOptions{Level: slog.LevelDebug}
	// The process ends here; a failed close has nobody to tell.
	return slog.New(slog.NewTextHandler(file, opts)), func() { _ = file.Close() }, nil
}

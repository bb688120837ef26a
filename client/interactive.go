package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"optimist/client/crash"
	"optimist/client/outbox"
	"optimist/client/terminal"
	"optimist/client/tui"
	"optimist/server/app"
	"optimist/shared/exit"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// interactiveFlags are those of the screen.
type interactiveFlags struct {
	demo       bool
	data       string
	server     string
	as         string
	strategy   string
	durability string
	symbols    symbols
	logFile    string
	faults     bool
	noMouse    bool
}

// interactiveCommand is the program without a subcommand: the screen.
func interactiveCommand() *cobra.Command {
	var f interactiveFlags
	cmd := &cobra.Command{
		Use:   "optimist",
		Short: "A terminal lab for optimistic UI over an event log",
		Long: "optimist shows every user as SEEN on the screen, in the LOG and in the DB, and every change as " +
			"pending, confirmed or rolled back. It runs on an embedded server, or joins one with --server.",
		Example: "optimist --demo\noptimist --data ./store --faults\noptimist --server nats://127.0.0.1:4222 --as bob",
		Args:    knownCommand,
		RunE:    func(cmd *cobra.Command, _ []string) error { return f.run(cmd.Context()) },
	}
	fl := cmd.Flags()
	fl.BoolVar(&f.demo, "demo", false, "twenty users in a throw-away store, faults, and a guide through the race")
	fl.StringVar(&f.data, "data", "", "keep everything in this directory (default: a throw-away store)")
	fl.StringVar(&f.server, "server", "", "join the server at this URL (nats:// or ws://) instead of embedding one")
	fl.StringVar(&f.as, "as", "you", "the client id to speak as")
	strategyFlag(cmd, &f.strategy, "begin with this strategy")
	fl.StringVar(&f.durability, "durability", "", "of the embedded store: fsync (default with --data) or page-cache")
	// The flag exists, so registering its completion cannot fail.
	_ = cmd.RegisterFlagCompletionFunc("durability", cobra.FixedCompletions([]string{string(app.Fsync), string(app.PageCache)}, cobra.ShellCompDirectiveNoFileComp))
	fl.BoolVar(&f.faults, "faults", false, "let faults be armed on the embedded server")
	f.symbols.flag(cmd, usualSymbols)
	fl.BoolVar(&f.noMouse, "no-mouse", false, "leave the mouse to the terminal")
	fl.StringVar(&f.logFile, "log-file", "", "write logs there; there are none otherwise")
	for _, embedded := range []string{"demo", "data", "durability", "faults"} {
		cmd.MarkFlagsMutuallyExclusive("server", embedded)
	}
	cmd.MarkFlagsMutuallyExclusive("demo", "data")
	return cmd
}

// check says what is wrong with the flags.
func (f *interactiveFlags) check() error {
	if f.strategy != "" {
		if _, err := strategy.Named(f.strategy); err != nil {
			return exit.With(exit.Usage, err, seeStrategies)
		}
	}
	if f.durability != "" {
		if _, err := app.ParseDurability(f.durability); err != nil {
			return fmt.Errorf("--durability: %w", err)
		}
	}
	if err := errors.Join(f.symbols.check(), checkURL(f.server)); err != nil {
		return err
	}
	if err := user.ValidateID(f.as); err != nil {
		return fmt.Errorf("--as: %w", err)
	}
	return nil
}

// run shows the screen until the person leaves it. The screen takes signals by
// itself, so that it can restore the terminal first.
func (f *interactiveFlags) run(ctx context.Context) error {
	if err := f.check(); err != nil {
		return exit.With(exit.Usage, err, "")
	}
	if err := terminal.Unfit(); err != nil {
		return exit.With(exit.Usage, err, "run optimist in a terminal that draws; in others optimist play and learn tell a story line by line, "+
			"and optimist create, edit, delete, list and wait are for scripts")
	}
	logs, done, err := f.logger()
	if err != nil {
		return exit.With(exit.Usage, err, "")
	}
	defer done()
	ctx = context.WithoutCancel(ctx)
	calm, err := crash.Watch()
	if err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	defer calm()
	s := &session{flags: f, log: logs}
	err = tui.Run(ctx, f.options(ctx), s.open)
	return advise(errors.Join(err, s.close()))
}

// options is how the screen starts.
func (f *interactiveFlags) options(ctx context.Context) tui.Options {
	mode := "lab"
	switch {
	case f.demo:
		mode = "demo"
	case f.server != "":
		mode = f.server
	}
	return tui.Options{
		ASCII: f.symbols.ascii(), Mouse: !f.noMouse, Demo: f.demo, Kept: f.data != "" || f.server != "", Embedded: f.server == "",
		Mode: mode, Strategy: f.strategy, Client: f.as, Version: version, Course: sessionCourse(ctx),
	}
}

// logger writes to the file that was asked for: never over the screen.
func (f *interactiveFlags) logger() (*slog.Logger, func(), error) {
	if f.logFile == "" {
		return slog.New(slog.DiscardHandler), func() {}, nil
	}
	file, err := os.OpenFile(f.logFile, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("open the log file: %w", err)
	}
	opts := &slog.HandlerOptions{Level: slog.LevelDebug}
	// The process ends here; a failed close has nobody to tell.
	return slog.New(slog.NewTextHandler(file, opts)), func() { _ = file.Close() }, nil
}

// advise gives an error of a part its exit code and a hint.
func advise(err error) error {
	var locked *app.LockedError
	var used *outbox.InUseError
	var damaged *outbox.DamagedError
	switch {
	case errors.As(err, &locked):
		return exit.With(exit.False, err, "stop that process, or join its server with --server URL")
	case errors.As(err, &used):
		return exit.With(exit.False, err, "be somebody else with --as NAME")
	case errors.As(err, &damaged):
		return exit.With(exit.Unknown, err, "move that file away to begin with an empty outbox; what was pending in it is not sent then")
	}
	return exit.With(exit.Unknown, err, "")
}

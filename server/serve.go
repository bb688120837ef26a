package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"optimist/server/app"
	"optimist/server/natsd"
	"optimist/shared/exit"
	"optimist/shared/strategy"
)

// serveFlags are those of the server.
type serveFlags struct {
	data       string
	listen     string
	listenWS   string
	durability string
	strategy   string
	logFile    string
	faults     bool
	verbose    bool
}

func serveCommand() *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use:   "optimistd",
		Short: "The event log, the projector and the read model, as a server",
		Long: "optimistd keeps an event log (NATS JetStream) and a read model (SQLite) in one directory, " +
			"takes commands, and tells every client what becomes of them.",
		Example: "optimistd --listen 127.0.0.1:4222 --data ./store\n" +
			"optimistd --listen 127.0.0.1:0 --listen-ws 127.0.0.1:0 --faults",
		Args: knownCommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.run(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&f.data, "data", "", "keep everything in this directory\n(default: a throw-away one)")
	fl.StringVar(&f.listen, "listen", "", "take NATS clients at this loopback address, such as\n127.0.0.1:4222; port 0 picks one and prints it")
	fl.StringVar(&f.listenWS, "listen-ws", "", "take NATS clients over WebSocket there")
	fl.StringVar(&f.durability, "durability", "", "what an accepted event survives: fsync (a power cut;\ndefault with --data) or page-cache (a crash)")
	// The flag exists, so registering its completion cannot fail.
	_ = cmd.RegisterFlagCompletionFunc("durability", cobra.FixedCompletions([]string{string(app.Fsync), string(app.PageCache)}, cobra.ShellCompDirectiveNoFileComp))
	fl.StringVar(&f.strategy, "strategy", strategy.Default, "for commands that name none: a name, and AXIS=VALUE\nbehind it (see optimist strategies)")
	fl.BoolVar(&f.faults, "faults", false, "let clients arm faults; with --data a fault may crash\nit, which ends it with 3")
	fl.StringVar(&f.logFile, "log-file", "", "write logs there instead of to standard error")
	fl.BoolVarP(&f.verbose, "verbose", "v", false, "log details")
	// The flags exist, so registering their completions cannot fail.
	_ = cmd.RegisterFlagCompletionFunc("strategy", completeStrategy)
	_ = cmd.RegisterFlagCompletionFunc("durability", cobra.FixedCompletions(
		[]string{string(natsd.Fsync), string(natsd.PageCache)}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// completeStrategy completes a strategy in one argument, its axes included.
func completeStrategy(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var offers []cobra.Completion
	for _, w := range strategy.NextWhole(typed) {
		offers = append(offers, cobra.CompletionWithDesc(w.Text, w.Help))
	}
	return offers, cobra.ShellCompDirectiveNoFileComp
}

// run serves until a signal or a failure.
func (f *serveFlags) run(ctx context.Context, out, errs io.Writer) error {
	cfg, err := f.config()
	if err != nil {
		return exit.With(exit.Usage, err, "")
	}
	logs, done, err := f.logger(errs)
	if err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	defer done()
	cfg.Logger = logs
	cfg.Progress = func(what string) { logs.Info(what) }
	if f.data != "" { // Of a throw-away store nothing would be left to start again.
		cfg.Crash = func(point string) { crash(logs, errs, point) }
	}
	a, err := app.Open(ctx, cfg)
	if err != nil {
		return advise(err)
	}
	if len(a.URLs()) == 0 {
		logs.Warn("nobody can connect: give --listen or --listen-ws")
	}
	for _, url := range a.URLs() {
		if _, err := fmt.Fprintf(out, "optimistd: ready at %s\n", url); err != nil {
			logs.Warn("the address was not printed", "url", url, "err", err)
		}
	}
	select {
	case <-ctx.Done():
		logs.Info("stopping")
	case err = <-a.Failed():
	}
	if closing := a.Close(); err == nil {
		err = closing
	}
	return advise(err)
}

// crash ends the process where a fault wants it to: at once, with nothing closed.
// What is in memory is lost, what is on the disk is kept.
func crash(logs *slog.Logger, errs io.Writer, point string) {
	logs.Warn("crashing", "fault", point)
	printError(errs, "optimistd", exit.With(exit.Unknown, fmt.Errorf("a fault crashed the server: %s", point),
		"start it again on the same directory, which has all that the log and the database had; no fault is armed then"))
	os.Exit(int(exit.Unknown))
}

// config turns the flags into what the server needs.
func (f *serveFlags) config() (app.Config, error) {
	cfg := app.Config{
		Dir: f.data, Listen: f.listen, ListenWS: f.listenWS, Strategy: f.strategy, Faults: f.faults,
	}
	if _, err := strategy.Named(f.strategy); err != nil {
		return app.Config{}, exit.With(exit.Usage, err, "optimist strategies explains them and their axes")
	}
	for flag, addr := range map[string]string{"--listen": f.listen, "--listen-ws": f.listenWS} {
		if err := natsd.CheckAddress(addr); addr != "" && err != nil {
			return app.Config{}, fmt.Errorf("%s: %w", flag, err)
		}
	}
	if f.durability != "" {
		d, err := natsd.ParseDurability(f.durability)
		if err != nil {
			return app.Config{}, fmt.Errorf("--durability: %w", err)
		}
		cfg.Durability = d
	}
	return cfg, nil
}

// logger writes to the file that was asked for, or to errs.
func (f *serveFlags) logger(errs io.Writer) (*slog.Logger, func(), error) {
	level := slog.LevelInfo
	if f.verbose {
		level = slog.LevelDebug
	}
	opts := &slog.HandlerOptions{Level: level}
	if f.logFile == "" {
		return slog.New(slog.NewTextHandler(errs, opts)), func() {}, nil
	}
	file, err := os.OpenFile(f.logFile, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, fmt.Errorf("open the log file: %w", err)
	}
	// The process ends here; a failed close has nobody to tell.
	return slog.New(slog.NewTextHandler(file, opts)), func() { _ = file.Close() }, nil
}

// Command optimistd is the server by itself: an embedded event log, the
// projector into SQLite, and what it takes to look after them.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"optimist/server/natsd"
	"optimist/server/projector"
	"optimist/shared/exit"
)

// version is set by the linker.
var version = "devel"

func main() { os.Exit(run()) }

// run is main with an exit code, so that tests can be the program.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	root := serveCommand()
	root.AddCommand(verifyCommand(), rebuildCommand(), dumpCommand(), healthCommand())
	cmd, err := execute(ctx, root)
	if err != nil {
		printError(os.Stderr, cmd.CommandPath(), err)
	}
	return int(exit.Of(err))
}

// printError says what went wrong with a command and what to do.
func printError(w io.Writer, command string, err error) {
	// Nothing is left to report a failed write to standard error to.
	_, _ = io.WriteString(w, exit.Message(command, err))
}

// advise gives an error of a part its exit code and a hint.
func advise(err error) error {
	var locked *natsd.LockedError
	var mismatch *projector.MismatchError
	switch {
	case errors.As(err, &locked):
		return exit.With(exit.False, err, "stop that process; while it runs, health and dump can ask it with --server URL")
	case errors.As(err, &mismatch):
		return exit.With(exit.False, err, "make the rows again from the log: optimistd rebuild --data DIR")
	case err != nil && strings.Contains(err.Error(), syscall.EADDRINUSE.Error()): // The nats-server tells it as text.
		return exit.With(exit.Unknown, err, "another program listens there; choose another port, or 0 for a free one")
	}
	return exit.With(exit.Unknown, err, "")
}

// Command optimist is the terminal lab for one question: what may the screen
// show while the event store knows more than the database? Without a subcommand
// it is the interactive client; the subcommands are for shells.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"

	"optimist/client/crash"
	"optimist/client/live"
	"optimist/shared/exit"
)

// version is set by the linker.
var version = "devel"

func main() { os.Exit(run()) }

// run is main with an exit code, so that tests can be the program.
func run() int {
	if crash.Monitor() || live.Child() {
		return int(exit.True)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	context.AfterFunc(ctx, stop) // A second Ctrl-C is no request any more.
	err := fang.Execute(ctx, rootCommand(), fang.WithVersion(version), fang.WithErrorHandler(printError))
	return int(exit.Of(err))
}

// printError says what went wrong and what to do.
func printError(w io.Writer, _ fang.Styles, err error) {
	// Nothing is left to report a failed write to standard error to.
	_, _ = io.WriteString(w, exit.Message("optimist", err))
}

// rootCommand is the whole command line.
func rootCommand() *cobra.Command {
	root := interactiveCommand()
	root.AddCommand(createCommand(), editCommand(), deleteCommand(), listCommand(), waitCommand(), faultCommand(), strategiesCommand(),
		runCommand(), playCommand(), exploreCommand(), matrixCommand(), exportCommand(), scenariosCommand(), fmtCommand(), vetCommand())
	return root
}

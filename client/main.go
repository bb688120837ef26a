// Command optimist is the terminal lab for one question: what may the screen
// show while the event store knows more than the database? Without a subcommand
// it is the interactive client; the subcommands are for shells.
package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

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
	cmd, err := execute(ctx, rootCommand())
	if err = interrupted(ctx, err); err != nil {
		// Nothing is left to report a failed write to standard error to.
		_, _ = os.Stderr.WriteString(exit.Message(cmd.CommandPath(), err))
	}
	return int(exit.Of(err))
}

// interrupted says in a word that a signal ended what was done: the context's own
// words are for programs.
func interrupted(ctx context.Context, err error) error {
	if ctx.Err() == nil || !errors.Is(err, context.Canceled) {
		return err
	}
	return &exit.Error{Code: exit.Of(err), Err: errors.New("interrupted")}
}

// rootCommand is the whole command line.
func rootCommand() *cobra.Command {
	root := interactiveCommand()
	group(root, "watch it", playCommand(), exportCommand(), scenariosCommand(), strategiesCommand())
	group(root, "learn it, teach it", learnCommand(), notesCommand(), serveCommand())
	group(root, "check it", runCommand(), exploreCommand(), matrixCommand(), vetCommand(), fmtCommand())
	group(root, "a shell beside a server", createCommand(), editCommand(), deleteCommand(), listCommand(), waitCommand(), faultCommand())
	group(root, "more")
	root.SetHelpCommandGroupID("more")
	root.SetCompletionCommandGroupID("more")
	return root
}

// group adds commands that a help page lists under one title.
func group(root *cobra.Command, title string, commands ...*cobra.Command) {
	root.AddGroup(&cobra.Group{ID: title, Title: title})
	for _, cmd := range commands {
		cmd.GroupID = title
	}
	root.AddCommand(commands...)
}

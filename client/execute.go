package main

import (
	"context"
	"os"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"

	"optimist/client/terminal"
)

// execute does what the arguments of the process ask for, and returns which
// command that was.
func execute(ctx context.Context, root *cobra.Command) (*cobra.Command, error) {
	if err := dress(ctx, root); err != nil {
		return root, err
	}
	return root.ExecuteContextC(ctx)
}

// dress has fang make the pages of a command line: help, version and manual. Fang
// dresses only what it executes, and for each error it would ask the terminal for
// its colours, which takes seconds where none answers. So it is given nothing to
// do.
func dress(ctx context.Context, root *cobra.Command) error {
	nothing := &cobra.Command{Use: "nothing", Hidden: true, Run: func(*cobra.Command, []string) {}}
	root.AddCommand(nothing)
	root.SetArgs([]string{nothing.Name()})
	err := fang.Execute(ctx, root, fang.WithVersion(version))
	root.SetArgs(nil)
	root.RemoveCommand(nothing)
	page := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		if terminal.Undrawable(os.Getenv("TERM")) != nil {
			bare()
		}
		fitHelp(root, helpWidth())
		page(cmd, args)
	})
	root.SetFlagErrorFunc(wrongFlag)
	root.PersistentPreRunE = together
	for _, cmd := range root.Commands() {
		switch cmd.Name() { // Those that the library made.
		case "help":
			cmd.Args = knownTopic
		case "completion":
			cmd.Args, cmd.RunE = knownCommand, showHelp
		}
	}
	return err
}

// bare keeps fang from colours, and from asking the terminal for its own: it
// looks at nothing but these.
func bare() {
	_ = os.Setenv("TERM", "dumb") // A name and a value without NUL are always taken.
	if nobody, err := os.Open(os.DevNull); err == nil {
		os.Stdin = nobody
	}
}

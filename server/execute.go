package main

import (
	"context"
	"os"

	"charm.land/fang/v2"
	"github.com/spf13/cobra"
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
// its colours: one that does not answer is waited for, and a slow one answers
// into the next prompt. So it is given nothing to do.
func dress(ctx context.Context, root *cobra.Command) error {
	nothing := &cobra.Command{Use: "nothing", Hidden: true, Run: func(*cobra.Command, []string) {}}
	root.AddCommand(nothing)
	root.SetArgs([]string{nothing.Name()})
	err := fang.Execute(ctx, root, fang.WithVersion(version))
	root.SetArgs(nil)
	root.RemoveCommand(nothing)
	page := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		if kind := os.Getenv("TERM"); kind == "" || kind == "dumb" {
			bare()
		}
		page(cmd, args)
	})
	return err
}

// bare keeps fang from colours, and from asking a terminal that cannot draw for
// its own: it looks at nothing but these.
func bare() {
	_ = os.Setenv("TERM", "dumb") // A name and a value without NUL are always taken.
	if nobody, err := os.Open(os.DevNull); err == nil {
		os.Stdin = nobody
	}
}

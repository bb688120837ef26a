package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"optimist/shared/spelling"
)

// knownCommand is the Args of a command that holds others: what is none of them
// is refused, with the one that was meant.
func knownCommand(cmd *cobra.Command, args []string) error {
	err := cobra.NoArgs(cmd, args)
	if err == nil {
		return nil
	}
	var names []string
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	if near := spelling.Nearest(args[0], names); near != "" {
		return fmt.Errorf("%w; did you mean %s?", err, near)
	}
	return err
}

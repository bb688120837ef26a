package main

import (
	"github.com/spf13/cobra"
)

func interactiveCommand() *cobra.Command {
	return &cobra.Command{Use: "optimist", Short: "A terminal lab for optimistic UI"}
}

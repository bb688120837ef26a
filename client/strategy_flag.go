package main

import (
	"strings"

	"github.com/spf13/cobra"

	"optimist/shared/strategy"
)

// strategyFlag adds --strategy and its completion.
func strategyFlag(cmd *cobra.Command, to *string, usage string) {
	cmd.Flags().StringVar(to, "strategy", "", usage+`: a name, and AXIS=VALUE behind it (see optimist strategies)`)
	// The flag exists, so registering its completion cannot fail.
	_ = cmd.RegisterFlagCompletionFunc("strategy", func(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return completions(strategy.NextWhole(typed)), cobra.ShellCompDirectiveNoFileComp
	})
}

// compareFlag adds --compare and its completion.
func compareFlag(cmd *cobra.Command, to *string, usage string) {
	cmd.Flags().StringVar(to, "compare", "", usage)
	// The flag exists, so registering its completion cannot fail.
	_ = cmd.RegisterFlagCompletionFunc("compare", func(_ *cobra.Command, _ []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
		first, second, both := strings.Cut(typed, ",")
		if !both {
			return completions(strategy.NextWhole(first)), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
		}
		words := strategy.NextWhole(second)
		for i := range words {
			words[i].Text = first + "," + words[i].Text
		}
		return completions(words), cobra.ShellCompDirectiveNoFileComp
	})
}

// completeWords completes a strategy that is given word by word.
func completeWords(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return completions(strategy.Next(args)), cobra.ShellCompDirectiveNoFileComp
}

func completions(words []strategy.Word) []cobra.Completion {
	var out []cobra.Completion
	for _, w := range words {
		out = append(out, cobra.CompletionWithDesc(w.Text, w.Help))
	}
	return out
}

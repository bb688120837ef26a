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
		begun := ""
		if space := strings.LastIndexByte(typed, ' '); space >= 0 {
			begun = typed[:space+1]
		}
		var whole []cobra.Completion
		for _, next := range nextWords(strings.Fields(begun)) {
			whole = append(whole, begun+next)
		}
		return whole, cobra.ShellCompDirectiveNoFileComp
	})
}

// completeWords completes a strategy that is given word by word.
func completeWords(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return nextWords(args), cobra.ShellCompDirectiveNoFileComp
}

// nextWords returns what makes sense after the words of a strategy, each with
// its description.
func nextWords(words []string) []cobra.Completion {
	var next []cobra.Completion
	if len(words) == 0 {
		for _, s := range strategy.All() {
			next = append(next, cobra.CompletionWithDesc(s.Name, s.Summary))
		}
		return next
	}
	text := strings.Join(words, " ")
	now, err := strategy.Parse(text)
	if err != nil {
		return nil
	}
	for _, a := range strategy.Axes() {
		for _, v := range a.Values {
			choice := a.Name + "=" + v.Name
			if s, err := strategy.Parse(text + " " + choice); err == nil && s != now {
				next = append(next, cobra.CompletionWithDesc(choice, v.Help))
			}
		}
	}
	return next
}

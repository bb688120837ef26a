package main

import (
	"errors"

	"github.com/spf13/cobra"

	"optimist/shared/exit"
)

func vetCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "vet FILE...|NAME...",
		Short: "Check scenarios without running them",
		Long: "Check scenarios without running them: what they say, and what contradicts itself under any strategy. " +
			"A NAME is that of an embedded scenario; the file - is standard input. 0 if nothing is wrong, 2 if something is.",
		Args:              takes(1, unlimited),
		ValidArgsFunction: completeScenarios,
		Example:           "optimist vet story.scenario\noptimist vet create-then-edit",
		RunE: func(cmd *cobra.Command, names []string) error {
			var wrong []error
			for _, name := range names {
				if err := vet(cmd, name); err != nil {
					wrong = append(wrong, err)
				}
			}
			return exit.With(exit.Usage, errors.Join(wrong...), noHint(wrong))
		},
	}
}

// vet checks one scenario.
func vet(cmd *cobra.Command, name string) error {
	shown, text, err := findScript(cmd, name)
	if err != nil {
		return err
	}
	s, err := parseScript(shown, text)
	if err != nil {
		return err
	}
	return s.Vet()
}

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"optimist/scenarios"
	"optimist/shared/exit"
	"optimist/shared/scenario"
)

func scenariosCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "scenarios",
		Short:   "List, show and copy out the embedded scenarios",
		Long:    "List the embedded scenarios: level, name and title. Each can be shown, run by its name, and copied out to be changed.",
		Example: "optimist scenarios\noptimist scenarios show create-then-edit\noptimist scenarios copy mine create-then-edit",
		Args:    knownCommand,
		RunE:    func(cmd *cobra.Command, _ []string) error { return listScenarios(cmd) },
	}
	cmd.AddCommand(showCommand(), copyCommand())
	return cmd
}

// listScenarios prints a line for each, the easy ones first.
func listScenarios(cmd *cobra.Command) error {
	var scripts []*scenario.Script
	for _, name := range scenarios.Names() {
		s, err := embedded(name)
		if err != nil {
			return err
		}
		scripts = append(scripts, s)
	}
	slices.SortStableFunc(scripts, func(a, b *scenario.Script) int { return a.Level - b.Level })
	for _, s := range scripts {
		name := strings.TrimSuffix(s.Name, scenarios.Ext)
		if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%d  %-28s %s\n", s.Level, name, s.Title); err != nil {
			return exit.With(exit.Unknown, err, "")
		}
	}
	return nil
}

// embedded reads a scenario of the library.
func embedded(name string) (*scenario.Script, error) {
	text, err := scenarios.Read(name)
	if err != nil {
		return nil, exit.With(exit.Usage, err, "")
	}
	return scenario.Parse(name+scenarios.Ext, text)
}

func showCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "show NAME",
		Short:             "Print an embedded scenario",
		Args:              takes(1, 1),
		ValidArgsFunction: completeScenarios,
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := scenarios.Read(args[0])
			if err != nil {
				return exit.With(exit.Usage, err, "optimist scenarios lists them")
			}
			_, err = cmd.OutOrStdout().Write(text)
			return exit.With(exit.Unknown, err, "")
		},
	}
}

func copyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "copy DIR [NAME...]",
		Short: "Copy embedded scenarios into a directory, all of them or those named",
		Long:  "Copy embedded scenarios into a directory, which is made if need be. A file that is there already is left alone and told of.",
		Args:  takes(1, unlimited),
		ValidArgsFunction: func(cmd *cobra.Command, args []string, typed string) ([]cobra.Completion, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return nil, cobra.ShellCompDirectiveFilterDirs
			}
			return completeScenarios(cmd, args, typed)
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if err := meantDirectory(args); err != nil {
				return err
			}
			return copyScenarios(args[0], args[1:])
		},
	}
}

// meantDirectory refuses a scenario in the place of the directory: nobody wants
// the whole library in a directory of its name.
func meantDirectory(args []string) error {
	name := args[0]
	if _, err := os.Stat(name); err == nil || len(args) > 1 || !slices.Contains(scenarios.Names(), name) {
		return nil
	}
	return exit.With(exit.Usage, fmt.Errorf("%s is a scenario; the directory comes before it", name), "optimist scenarios copy . "+name)
}

// copyScenarios writes each scenario that is not there yet. No name means all.
func copyScenarios(dir string, names []string) error {
	if len(names) == 0 {
		names = scenarios.Names()
	}
	texts := make([][]byte, len(names))
	for i, name := range names {
		var err error
		if texts[i], err = scenarios.Read(name); err != nil {
			return exit.With(exit.Usage, err, "optimist scenarios lists them")
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	var wrong []error
	for i, name := range names {
		if err := writeNew(filepath.Join(dir, name+scenarios.Ext), texts[i]); err != nil {
			wrong = append(wrong, err)
		}
	}
	hint := ""
	if errors.Is(errors.Join(wrong...), fs.ErrExist) {
		hint = "the others were copied; remove what you want anew"
	}
	return exit.With(exit.Unknown, errors.Join(wrong...), hint)
}

// completeScenarios completes the name of an embedded scenario, or a file.
func completeScenarios(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var left []cobra.Completion
	for _, name := range scenarios.Names() {
		if slices.Contains(args, name) {
			continue
		}
		about := name
		if s, err := embedded(name); err == nil {
			about = cobra.CompletionWithDesc(name, s.Title)
		}
		left = append(left, about)
	}
	return left, cobra.ShellCompDirectiveDefault
}

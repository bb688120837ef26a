package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"optimist/shared/spelling"
)

// takes returns the Args of a command that takes so many arguments, which its Use
// names.
func takes(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		_, names, _ := strings.Cut(cmd.Use, " ")
		switch {
		case len(args) < least:
			return fmt.Errorf("%s is missing: %s", strings.ReplaceAll(strings.Fields(names)[0], "...", ""), called(cmd))
		case len(args) > most:
			return fmt.Errorf("%q is more than is wanted: %s", args[most], called(cmd))
		}
		return nil
	}
}

// called is how a command is called, without its flags.
func called(cmd *cobra.Command) string {
	path := cmd.CommandPath()
	if _, names, any := strings.Cut(cmd.Use, " "); any {
		path += " " + names
	}
	return path
}

// unlimited is the most arguments of a command that takes any number.
const unlimited = int(^uint(0) >> 1)

// showHelp is what a command does that only holds others. Without it a wrong
// word after the command would be taken for a wish to see the help, with exit 0.
func showHelp(cmd *cobra.Command, _ []string) error { return cmd.Help() }

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
	return meant(err, spelling.Nearest(args[0], names))
}

// knownTopic is the Args of the help command: what has no help is refused.
func knownTopic(cmd *cobra.Command, args []string) error {
	topic, rest, err := cmd.Root().Find(args)
	if err != nil || len(rest) == 0 {
		return err
	}
	return knownCommand(topic, rest)
}

// wrongFlag says which flag was meant by one that there is not, and what a flag
// takes that was given something else.
func wrongFlag(cmd *cobra.Command, err error) error {
	var value *pflag.InvalidValueError
	if errors.As(err, &value) {
		return wrongValue(value)
	}
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return err
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	})
	near := spelling.Nearest(unknown.GetSpecifiedName(), names)
	if near != "" {
		near = "--" + near
	}
	return meant(err, near)
}

// wrongValue says what a flag takes. The library would say which of its functions
// did not understand the value.
func wrongValue(err *pflag.InvalidValueError) error {
	name, value := err.GetFlag().Name, err.GetValue()
	if errors.Is(err, strconv.ErrRange) {
		return fmt.Errorf("%q is too much for --%s", value, name)
	}
	switch err.GetFlag().Value.Type() {
	case "int", "int64", "uint64":
		return fmt.Errorf("%q is no whole number for --%s", value, name)
	case "float64":
		return fmt.Errorf("%q is no number for --%s", value, name)
	case "duration":
		return fmt.Errorf("%q is no duration for --%s, such as 500ms, 2s or 1m30s", value, name)
	case "bool":
		return fmt.Errorf("--%s takes no value; leave out %q", name, value)
	}
	return err
}

// together refuses flags that exclude each other. The library would too, with
// every flag of the group and words for none of them.
func together(cmd *cobra.Command, _ []string) error {
	const groups = "cobra_annotation_mutually_exclusive" // Where the library keeps them.
	given := map[string]string{}
	var err error
	cmd.Flags().Visit(func(f *pflag.Flag) {
		for _, group := range f.Annotations[groups] {
			if other := given[group]; other != "" {
				err = fmt.Errorf("--%s and --%s do not go together", other, f.Name)
			}
			given[group] = f.Name
		}
	})
	return err
}

// meant adds to an error what was meant, if that can be told.
func meant(err error, near string) error {
	if near == "" {
		return err
	}
	return fmt.Errorf("%w; did you mean %s?", err, near)
}

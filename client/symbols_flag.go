package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

// The symbols that a screen can be drawn with.
const (
	unicodeSymbols = "unicode"
	asciiSymbols   = "ascii"
)

// usualSymbols is what the flag is for, in most commands.
const usualSymbols = "draw in unicode or ascii"

// symbols says what a screen is drawn with.
type symbols string

// flag adds --symbols and its completion.
func (s *symbols) flag(cmd *cobra.Command, usage string) {
	cmd.Flags().StringVar((*string)(s), "symbols", unicodeSymbols, usage)
	// The flag exists, so registering its completion cannot fail.
	_ = cmd.RegisterFlagCompletionFunc("symbols", cobra.FixedCompletions([]string{unicodeSymbols, asciiSymbols}, cobra.ShellCompDirectiveNoFileComp))
}

// check says what is wrong with the flag.
func (s symbols) check() error {
	if s != unicodeSymbols && s != asciiSymbols {
		return fmt.Errorf("--symbols is %q; choose unicode or ascii", string(s))
	}
	return nil
}

// ascii reports whether nothing but ASCII is drawn.
func (s symbols) ascii() bool { return s == asciiSymbols }

package main

import (
	"os"
	"regexp"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// The table of a help page, as fang lays it out, in cells.
const (
	helpMargin = 2 // Before running text.
	helpIndent = 4 // Before a name.
	helpGap    = 2 // Between the longest name and what it does.
	leastName  = 9
	leastHelp  = 16
	usualHelp  = 120 // Where there is no terminal.
)

// helpWidth is how wide a help page may be.
func helpWidth() int {
	width, _, err := term.GetSize(os.Stdout.Fd())
	if err != nil {
		return usualHelp
	}
	return min(width, usualHelp)
}

// fitHelp breaks what help pages say, so that they fit into width cells: fang
// wraps running text only, and that between the two hyphens of a flag. Completions
// and the man page want whole lines, so it is called for help alone.
func fitHelp(cmd *cobra.Command, width int) {
	longest := leastName
	for _, child := range cmd.Commands() {
		longest = max(longest, ansi.StringWidth(listed(child)))
	}
	cmd.Flags().VisitAll(func(f *pflag.Flag) { longest = max(longest, ansi.StringWidth("-h --"+f.Name)) })
	room := max(width-helpIndent-longest-helpGap, leastHelp)
	cmd.Long = wrapLong(cmd.Long, width-helpMargin)
	for _, child := range cmd.Commands() {
		child.Short = wrapHelp(child.Short, room)
		fitHelp(child, width)
	}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		text := f.Usage
		if f.DefValue != "" && f.DefValue != "false" {
			text += strings.Repeat("\u00a0", len(f.DefValue)+len(" ()")) // Fang writes the default behind it.
		}
		f.Usage = strings.TrimRight(wrapHelp(text, room), "\u00a0")
	})
}

// wrapLong breaks text of several lines. What goes on beside a column stays in
// it, where the column leaves room.
func wrapLong(text string, width int) string {
	var wrapped strings.Builder
	for line := range strings.Lines(text) {
		head := beforeColumn.FindString(line)
		if ansi.StringWidth(head) > width/2 {
			head = ""
		}
		column := ansi.StringWidth(head)
		rest, end := strings.CutSuffix(line[len(head):], "\n")
		wrapped.WriteString(head + strings.ReplaceAll(wrapHelp(rest, width-column), "\n", "\n"+strings.Repeat(" ", column)))
		if end {
			wrapped.WriteByte('\n')
		}
	}
	return wrapped.String()
}

// beforeColumn is a name and the gap before what is said beside it.
var beforeColumn = regexp.MustCompile(`^ +\S+( \S+)*  +`)

// wrapHelp breaks text between words, and no flag at its hyphens.
func wrapHelp(text string, width int) string {
	const hyphen = "\u2011" // One that does not break.
	text = ansi.Wordwrap(strings.ReplaceAll(text, "-", hyphen), width, "")
	return strings.ReplaceAll(text, hyphen, "-")
}

// listed is a command as a help page lists it.
func listed(cmd *cobra.Command) string {
	text := cmd.Use
	if cmd.HasAvailableSubCommands() {
		text += " [command]"
	}
	if cmd.HasFlags() || cmd.HasPersistentFlags() || cmd.HasAvailableFlags() {
		text += " [--flags]"
	}
	return text
}

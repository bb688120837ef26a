package main

import (
	"fmt"
	"io"
	"os"

	"github.com/charmbracelet/x/term"

	"optimist/client/terminal"
)

// progressTo returns how to tell of progress on one line of a terminal, which
// is erased by an empty text; nobody is told where there is none, or one
// that cannot erase a line.
func progressTo(w io.Writer) func(string) {
	f, isFile := w.(*os.File)
	if !isFile || !term.IsTerminal(f.Fd()) || terminal.Undrawable(os.Getenv("TERM")) != nil {
		return func(string) {}
	}
	return func(text string) { fmt.Fprintf(f, "\r\x1b[K%s", text) }
}

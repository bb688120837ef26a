package main

import (
	"fmt"
	"io"
	"os"

	"github.com/charmbracelet/x/term"
)

// progressTo returns how to tell of progress on one line of a terminal, which
// is erased by an empty text; nobody is told where there is none.
func progressTo(w io.Writer) func(string) {
	f, isFile := w.(*os.File)
	if !isFile || !term.IsTerminal(f.Fd()) {
		return func(string) {}
	}
	return func(text string) { fmt.Fprintf(f, "\r\x1b[K%s", text) }
}

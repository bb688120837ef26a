package terminal

import (
	"os"

	"github.com/charmbracelet/x/term"
)

// Interactive reports whether somebody is at the process's own terminal: one
// that it reads from and writes to.
func Interactive() bool {
	return term.IsTerminal(os.Stdin.Fd()) && term.IsTerminal(os.Stdout.Fd())
}

package terminal

import (
	"errors"
	"fmt"
	"os"

	"github.com/charmbracelet/x/term"
)

// Interactive reports whether somebody is at the process's own terminal, and a
// screen can be drawn on it.
func Interactive() bool { return Unfit() == nil }

// Unfit says why no screen can be shown on the process's own terminal, which is
// one that it reads from and writes to; nil: it can.
func Unfit() error {
	if !term.IsTerminal(os.Stdin.Fd()) || !term.IsTerminal(os.Stdout.Fd()) {
		return errors.New("this is not a terminal")
	}
	return Undrawable(os.Getenv("TERM"))
}

// Undrawable says why a terminal of that name cannot be drawn on: it does not know
// the sequences with which a line is erased or the cursor moved. nil: it can.
func Undrawable(name string) error {
	if name == "" || name == "dumb" {
		return fmt.Errorf("TERM is %q, a terminal that cannot draw", name)
	}
	return nil
}

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
	switch {
	case !term.IsTerminal(os.Stdin.Fd()) || !term.IsTerminal(os.Stdout.Fd()):
		return errors.New("this is not a terminal")
	case !Draws():
		return fmt.Errorf("TERM is %q, a terminal that cannot draw", os.Getenv("TERM"))
	}
	return nil
}

// Draws reports whether the process's terminal, if it has one, knows the
// sequences with which a line is erased or the cursor moved.
func Draws() bool {
	name := os.Getenv("TERM")
	return name != "" && name != "dumb"
}

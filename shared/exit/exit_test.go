package exit_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"optimist/shared/exit"
)

func TestMessage(t *testing.T) {
	plain := errors.New("unknown flag: --x")
	for _, c := range []struct {
		name string
		err  error
		code exit.Code
		want string
	}{
		{"nothing wrong", nil, exit.True, ""},
		{"from the flags", plain, exit.Usage, "p: error: unknown flag: --x\np: hint: see p --help\n"},
		{"with a hint", exit.With(exit.False, errors.New("in use"), "stop it"), exit.False, "p: error: in use\np: hint: stop it\n"},
		{"without one", exit.With(exit.Unknown, errors.New("broken"), ""), exit.Unknown, "p: error: broken\n"},
		{"the first code counts", exit.With(exit.Unknown, exit.With(exit.False, plain, ""), "late"), exit.False, "p: error: unknown flag: --x\n"},
		{"also when wrapped", fmt.Errorf("open: %w", exit.With(exit.False, plain, "")), exit.False, "p: error: open: unknown flag: --x\n"},
		{"a page that was not written", &fs.PathError{Op: "write", Path: "/dev/stdout", Err: fs.ErrClosed}, exit.Unknown, "p: error: write /dev/stdout: file already closed\n"},
		{"a file that is not there", &fs.PathError{Op: "open", Path: "x", Err: fs.ErrNotExist}, exit.Usage, "p: error: open x: file does not exist\np: hint: see p --help\n"},
		{"what the answer said", exit.Silent(exit.False), exit.False, ""},
		{"what a server sent", exit.With(exit.Unknown, errors.New("a\x1b[31mb"), ""), exit.Unknown, "p: error: ab\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := exit.Of(c.err); got != c.code {
				t.Errorf("code %d, want %d", got, c.code)
			}
			if c.err == nil {
				return
			}
			if got := exit.Message("p", c.err); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			of := strings.ReplaceAll(c.want, "see p --help", "see p play --help")
			if got := exit.Message("p play", c.err); got != of {
				t.Errorf("of a subcommand: %q, want %q", got, of)
			}
		})
	}
}

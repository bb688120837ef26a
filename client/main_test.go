package main

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"optimist/shared/exit"
)

// What a signal ended says so, and keeps its exit code; other errors keep their
// words.
func TestInterrupted(t *testing.T) {
	over, end := context.WithCancel(t.Context())
	end()
	canceled := exit.With(exit.Unknown, fmt.Errorf("run: %w", context.Canceled), "")
	broken := errors.New("broken")
	for _, c := range []struct {
		name string
		ctx  context.Context
		err  error
		want string
		code exit.Code
	}{
		{"by a signal", over, canceled, "interrupted", exit.Unknown},
		{"by something else", t.Context(), canceled, "run: context canceled", exit.Unknown},
		{"broken before", over, broken, "broken", exit.Usage},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := interrupted(c.ctx, c.err)
			if got.Error() != c.want || exit.Of(got) != c.code {
				t.Errorf("%q with %d, want %q with %d", got, exit.Of(got), c.want, c.code)
			}
		})
	}
}

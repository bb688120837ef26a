package terminal

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	tea "charm.land/bubbletea/v2"
)

// HangUp has a program quit when its terminal goes away, and returns when that
// happens or ctx ends. Bubble Tea itself takes SIGTERM.
func HangUp(ctx context.Context, program *tea.Program) {
	gone := make(chan os.Signal, 1)
	signal.Notify(gone, syscall.SIGHUP)
	defer signal.Stop(gone)
	select {
	case <-ctx.Done():
	case <-gone:
		program.Send(tea.QuitMsg{})
	}
}

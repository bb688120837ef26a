package lab

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"

	tea "charm.land/bubbletea/v2"
)

// Run shows the story until the person quits, the process is told to end, or ctx
// ends; SIGTERM and SIGHUP are a quit. The terminal is restored in every case.
// The options of Bubble Tea are for other terminals than the process's own.
func Run(ctx context.Context, cfg Config, more ...tea.ProgramOption) error {
	if cfg.Puzzle != nil {
		defer cfg.Puzzle.Close()
	}
	return run(ctx, New(cfg), more...)
}

// run shows a model.
func run(ctx context.Context, m *Model, more ...tea.ProgramOption) error {
	ctx, stop := context.WithCancel(ctx)
	program := tea.NewProgram(m, append(more, tea.WithContext(ctx))...)
	var ours sync.WaitGroup
	// One goroutine turns a lost terminal into a quit. Bubble Tea itself takes
	// SIGTERM.
	ours.Go(func() {
		gone := make(chan os.Signal, 1)
		signal.Notify(gone, syscall.SIGHUP)
		defer signal.Stop(gone)
		select {
		case <-ctx.Done():
		case <-gone:
			program.Send(tea.QuitMsg{})
		}
	})
	_, err := program.Run()
	stop()
	ours.Wait()
	if err == nil || errors.Is(err, tea.ErrInterrupted) {
		return nil
	}
	return fmt.Errorf("play the story: %w", err)
}

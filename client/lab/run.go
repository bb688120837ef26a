package lab

import (
	"context"
	"errors"
	"fmt"
	"sync"

	tea "charm.land/bubbletea/v2"

	"optimist/client/terminal"
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
	// One goroutine turns a lost terminal into a quit.
	ours.Go(func() { terminal.HangUp(ctx, program) })
	_, err := program.Run()
	stop()
	ours.Wait()
	if err == nil || errors.Is(err, tea.ErrInterrupted) {
		return nil
	}
	return fmt.Errorf("play the story: %w", err)
}

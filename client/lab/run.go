package lab

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"optimist/client/terminal"
)

// Run shows the story until the person quits, the process is told to end, or ctx
// ends. The terminal is restored in every case.
// The options of Bubble Tea are for other terminals than the process's own.
func Run(ctx context.Context, cfg Config, more ...tea.ProgramOption) error {
	if cfg.Puzzle != nil {
		defer cfg.Puzzle.Close()
	}
	return run(ctx, New(cfg), more...)
}

// run shows a model.
func run(ctx context.Context, m *Model, more ...tea.ProgramOption) error {
	if err := terminal.Run(ctx, terminal.Program(m, more...)); err != nil {
		return fmt.Errorf("play the story: %w", err)
	}
	return nil
}

package terminal

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"

	tea "charm.land/bubbletea/v2"
)

// Program returns a program for Run.
func Program(model tea.Model, more ...tea.ProgramOption) *tea.Program {
	return tea.NewProgram(model, append(more, tea.WithoutSignalHandler())...)
}

// Run runs what Program returned until it quits by itself, the process is told to end
// (SIGINT, SIGTERM), its terminal goes away (SIGHUP), or ctx ends. All of these
// are a quit: where Bubble Tea is interrupted or killed, it closes the terminal's
// input under whoever reads it.
func Run(ctx context.Context, program *tea.Program) error {
	told := make(chan os.Signal, 1)
	signal.Notify(told, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(told)
	over := make(chan struct{})
	var ours sync.WaitGroup
	// One goroutine tells the program to quit.
	ours.Go(func() {
		select {
		case <-over:
			return
		case <-told:
		case <-ctx.Done():
		}
		program.Quit()
	})
	_, err := program.Run()
	close(over)
	ours.Wait()
	return err
}

package matrix

import (
	"context"
	"fmt"
	"sync"

	tea "charm.land/bubbletea/v2"

	"optimist/client/search"
	"optimist/client/terminal"
)

// Run shows a search while it goes on, until the person quits, the process is
// told to end, or ctx ends. Whatever is under way
// then is ended before it returns. The options of Bubble Tea are for other
// terminals than the process's own.
func Run(ctx context.Context, cfg Config, more ...tea.ProgramOption) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var program *tea.Program
	var ours sync.WaitGroup
	cfg.host = host{
		send: func(msg tea.Msg) { program.Send(msg) },
		start: func(work func(context.Context)) func() {
			ctx, cancel := context.WithCancel(ctx)
			// A goroutine for each film that is run on the real thing, one at a time.
			ours.Go(func() {
				defer cancel()
				work(ctx)
			})
			return cancel
		},
	}
	m, err := New(cfg)
	if err != nil {
		return err
	}
	program = terminal.Program(m, more...)
	// One goroutine searches, and tells the screen.
	ours.Go(func() {
		_, err := cfg.Work.Fill(ctx, watching(program.Send))
		program.Send(searched{err})
	})
	err = terminal.Run(ctx, program)
	stop()
	ours.Wait()
	if err != nil {
		return fmt.Errorf("show the matrix: %w", err)
	}
	return nil
}

// watching sends what a search comes to.
func watching(send func(tea.Msg)) Watch {
	return Watch{
		Progress: func(p Progress) { send(p) },
		Found: func(s *search.Scope, f *search.Film) {
			send(found{scope: s, film: f})
		},
		Done: func(r *search.Result) { send(r) },
	}
}

// found is a film that was found while the search goes on.
type found struct {
	scope *search.Scope
	film  *search.Film
}

// searched says that the search is over.
type searched struct{ err error }

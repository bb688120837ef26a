package tui

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	tea "charm.land/bubbletea/v2"
)

// PanicError says that the program broke, and where the report is.
type PanicError struct {
	Path  string // "" if no report could be written.
	Value any
}

// Error names the report.
func (e *PanicError) Error() string {
	if e.Path == "" {
		return fmt.Sprintf("the screen broke: %v; no report could be written", e.Value)
	}
	return fmt.Sprintf("the screen broke: %v; the report is in %s", e.Value, e.Path)
}

// watched is the model with its panics caught: what is kept of one is a report,
// not what scrolls by.
type watched struct {
	*Model
	run *run
}

// Update takes one message, unless the model is broken.
func (w watched) Update(msg tea.Msg) (_ tea.Model, cmd tea.Cmd) {
	if !w.run.broken.Load() {
		w.run.guard(func() { _, cmd = w.Model.Update(msg) })
	}
	return w, cmd
}

// View draws, unless the model is broken.
func (w watched) View() (v tea.View) {
	if !w.run.broken.Load() {
		w.run.guard(func() { v = w.Model.View() })
	}
	return v
}

// guard does work. A panic in it would leave the terminal as it is, so it is
// caught and ends the program.
func (s *run) guard(work func()) {
	defer func() {
		if broken := recover(); broken != nil {
			s.fail(s.report(broken))
			s.broken.Store(true)
			s.end()
		}
	}()
	work()
}

// report writes what is known of a panic into a file.
func (s *run) report(broken any) *PanicError {
	out := &PanicError{Value: broken}
	f, err := os.CreateTemp(s.opts.Reports, "optimist-panic-*.txt")
	if err != nil {
		return out
	}
	_, err = fmt.Fprintf(f, "optimist %s\n\npanic: %v\n\n%s", s.opts.Version, broken, debug.Stack())
	if errors.Join(err, f.Close()) == nil {
		out.Path = f.Name()
	}
	return out
}

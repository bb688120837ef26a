package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"optimist/client/crash"
	"optimist/client/cue"
	"optimist/client/lab"
	"optimist/client/terminal"
	"optimist/shared/exit"
	"optimist/shared/printable"
	"optimist/shared/scenario"
)

// notesFlags say which notes are shown.
type notesFlags struct {
	follow bool
	plain  bool
	json   bool
}

func notesCommand() *cobra.Command {
	var f notesFlags
	cmd := &cobra.Command{
		Use:   "notes [FILE|NAME]",
		Short: "Show a presenter's notes, beside what is played",
		Long: "With --follow, show in a second terminal what the presenter of a story should know: the note of the place where it stands, " +
			"what the audience sees, the right answer of what is asked, and what comes next. It follows whatever optimist play, learn or serve of this person plays on this machine, " +
			"and waits while nothing does. Without --follow, print the notes of one scenario.",
		Example:           "optimist notes --follow\noptimist notes --follow | cat\noptimist notes sixty-seconds",
		Args:              takes(0, 1),
		ValidArgsFunction: completeScenarios,
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case f.follow && len(args) > 0:
				return exit.With(exit.Usage, errors.New("--follow shows what is played, whichever it is"), "leave out "+args[0])
			case f.follow:
				return f.followed(cmd)
			case len(args) == 0:
				return exit.With(exit.Usage, errors.New("name a scenario, or follow what is played"), "optimist notes --follow")
			}
			return f.print(cmd, args[0])
		},
	}
	flags := cmd.Flags()
	flags.BoolVarP(&f.follow, "follow", "f", false, "follow what is played on this machine")
	flags.BoolVar(&f.plain, "plain", false, "with --follow: line by line, for pipes and screen readers (the default without a terminal)")
	flags.BoolVar(&f.json, "json", false, "print JSON, with --follow an object a step")
	return cmd
}

// print prints every note of a scenario with the line that it is for.
func (f *notesFlags) print(cmd *cobra.Command, name string) error {
	script, err := oneScript(cmd, name)
	if err != nil {
		return err
	}
	w := cmd.OutOrStdout()
	notes := script.NoteLines()
	if f.json {
		return exit.With(exit.Unknown, json.NewEncoder(w).Encode(append([]scenario.Note{}, notes...)), "")
	}
	const margin = "    "
	width := widthOf(w)
	text := printable.Line(script.Title) + "\n"
	if len(notes) == 0 {
		text += "\n  There are no notes in it. A line `# note: TEXT` at any place of a scenario is one.\n"
	}
	for _, n := range notes {
		text += fmt.Sprintf("\n  %s\n", printable.Line(ansi.Truncate(placeOf(script, n.Line), width-2, "…")))
		text += indent(ansi.Wordwrap(printable.Line(n.Text), width-len(margin), ""), margin)
	}
	_, err = io.WriteString(w, text)
	return exit.With(exit.Unknown, err, "")
}

// placeOf says what stands behind a line of a script.
func placeOf(s *scenario.Script, line int) string {
	for i := range s.Lines {
		switch l := &s.Lines[i]; {
		case l.Number < line || l.Kind == scenario.Comment || l.Kind == scenario.Blank || !l.Only.Holds(s.Strategy):
		case l.Number > line && !begun(s, line):
			return "before it begins"
		default:
			return fmt.Sprintf("line %d: %s", l.Number, strings.TrimSpace(s.Text()[l.Number-1]))
		}
	}
	for _, a := range s.Asks {
		if a.Line > line {
			return fmt.Sprintf("line %d: ? %s", a.Line, a.Text)
		}
	}
	return "at the end"
}

// begun reports whether anything but comments stands before a line.
func begun(s *scenario.Script, line int) bool {
	for i := range s.Lines {
		if l := &s.Lines[i]; l.Number < line && l.Kind != scenario.Comment && l.Kind != scenario.Blank {
			return true
		}
	}
	return false
}

// followed follows what is played until a signal, or a key, ends it.
func (f *notesFlags) followed(cmd *cobra.Command) error {
	dir, err := cue.Dir()
	if err != nil {
		return exit.With(exit.Unknown, err, writable)
	}
	if !f.plain && !f.json && terminal.Interactive() {
		calm, err := crash.Watch()
		if err != nil {
			return exit.With(exit.Unknown, err, "")
		}
		defer calm()
		err = terminal.Run(cmd.Context(), terminal.Program(cue.NewScreen(dir, time.Now)))
		return exit.With(exit.Unknown, err, "")
	}
	return exit.With(exit.Unknown, f.lines(cmd.Context(), cmd.OutOrStdout(), dir), "")
}

// lines writes each place as lines, until ctx ends or nobody reads any more.
func (f *notesFlags) lines(ctx context.Context, w io.Writer, dir string) error {
	poll := time.NewTicker(cue.Poll)
	defer poll.Stop()
	var last *cue.Cue
	for first := true; ; first = false {
		c, ok, err := cue.Newest(dir)
		switch {
		case err != nil:
			return err
		case ok && (last == nil || last.PID != c.PID || !last.Moved.Equal(c.Moved)):
			err = f.step(w, &c)
			last = &c
		case !ok && (first || last != nil):
			last = nil
			if !f.json {
				_, err = fmt.Fprintln(w, cue.Waiting)
			}
		}
		if err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-poll.C:
		}
	}
}

// step writes one place.
func (f *notesFlags) step(w io.Writer, c *cue.Cue) error {
	if f.json {
		return json.NewEncoder(w).Encode(c)
	}
	_, err := io.WriteString(w, c.Lines(time.Now()))
	return err
}

// cueing has a presenter's second terminal follow a story that is played here.
// The function that it returns ends that; what went wrong it says, for a story
// is worth playing without.
func cueing(errs io.Writer, title string) (where func(lab.Cue), stop func()) {
	dir, err := cue.Dir()
	if err != nil {
		return nil, func() { unfollowed(errs, err) }
	}
	w := cue.Begin(dir, title, time.Now)
	return w.Put, func() { unfollowed(errs, w.Close()) }
}

// unfollowed says why nobody could follow.
func unfollowed(errs io.Writer, err error) {
	if err != nil {
		// Nothing is left to report a failed write to standard error to.
		_, _ = fmt.Fprintf(errs, "optimist: optimist notes --follow could not see this story: %v\n", err)
	}
}

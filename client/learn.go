package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"optimist/client/course"
	"optimist/client/crash"
	"optimist/client/lab"
	"optimist/client/terminal"
	"optimist/shared/exit"
	"optimist/shared/strategy"
)

// learnFlags say what is learnt, and how.
type learnFlags struct {
	plain   bool
	hall    bool
	symbols symbols
	json    bool
	reset   bool
	yes     bool
}

// nextLesson is the word for the first lesson that is not passed.
const nextLesson = "next"

func learnCommand() *cobra.Command {
	var f learnFlags
	cmd := &cobra.Command{
		Use:   "learn [N|NAME|next]",
		Short: "Learn it alone: a course of short lessons, each with a check",
		Long: "List the course, or play one of its lessons: by its number, its name, or next, the first that is not passed yet. A lesson is a story that is played " +
			"step by step, and a few questions on it; with all of them right it is passed. Which are is kept in the state directory. " +
			"Without a terminal a lesson is told line by line, with the answers read from standard input: 0 is passed, 1 is not.",
		Example:           "optimist learn\noptimist learn next\noptimist learn 3\noptimist learn three-truths --plain\noptimist learn --reset",
		Args:              takes(0, 1),
		ValidArgsFunction: completeLessons,
		RunE:              func(cmd *cobra.Command, args []string) error { return f.learn(cmd, args) },
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.plain, "plain", false, "tell it line by line, for pipes and screen readers (the default without a terminal)")
	flags.BoolVar(&f.hall, "hall", false, "begin in lecture-hall mode: few rows, big words")
	f.symbols.flag(cmd, usualSymbols)
	flags.BoolVar(&f.json, "json", false, "print the list as JSON")
	flags.BoolVar(&f.reset, "reset", false, "forget which lessons are passed; asks before")
	flags.BoolVar(&f.yes, "yes", false, "with --reset: do not ask")
	cmd.MarkFlagsMutuallyExclusive("reset", "json")
	return cmd
}

// learn lists the course, forgets what was passed, or plays lessons.
func (f *learnFlags) learn(cmd *cobra.Command, args []string) error {
	if err := f.symbols.check(); err != nil {
		return exit.With(exit.Usage, err, "")
	}
	lessons, err := course.Lessons()
	if err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	switch {
	case len(args) > 0 && (f.reset || f.json):
		return exit.With(exit.Usage, errors.New("--reset and --json are for the whole course"), "leave out "+args[0])
	case f.yes && !f.reset:
		return exit.With(exit.Usage, errors.New("--yes is for --reset"), "")
	}
	at := -1
	if len(args) > 0 && args[0] != nextLesson {
		if at, err = course.Find(lessons, args[0]); err != nil {
			return exit.With(exit.Usage, err, "optimist learn lists them")
		}
	}
	progress, err := openProgress(cmd)
	switch {
	case err != nil:
		return err
	case f.reset:
		return f.forget(cmd, progress)
	case len(args) == 0:
		return f.list(cmd, lessons, progress)
	case at < 0:
		if at = course.Next(lessons, progress); at < 0 {
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "All %d lessons are passed. optimist learn N plays one again, optimist learn --reset begins anew.\n", len(lessons))
			return exit.With(exit.Unknown, err, "")
		}
	}
	return f.study(cmd, lessons, at, progress)
}

// openProgress reads which lessons are passed, and says so if the file for it
// had to be moved away.
func openProgress(cmd *cobra.Command) (*course.Progress, error) {
	path, err := course.Path()
	if err != nil {
		return nil, exit.With(exit.Unknown, err, writable)
	}
	p, err := course.Open(path)
	var newer *course.NewerError
	switch {
	case errors.As(err, &newer):
		return nil, exit.With(exit.Unknown, err, "use that one, or move the file away to begin the course anew")
	case err != nil:
		return nil, exit.With(exit.Unknown, err, elsewhere(err))
	}
	if aside := p.Aside(); aside != "" {
		// Nothing is left to report a failed write to standard error to.
		_, _ = fmt.Fprintf(cmd.ErrOrStderr(), "optimist: %s cannot be read as progress; it is kept as %s, and the course begins anew\n"+
			"optimist: hint: mend it and move it back, or leave it there\n", path, aside)
	}
	return p, nil
}

// study plays a lesson, and those behind it as long as the person goes on.
func (f *learnFlags) study(cmd *cobra.Command, lessons []course.Lesson, at int, progress *course.Progress) error {
	if f.plain || !terminal.Interactive() {
		return f.tell(cmd, lessons, at, progress)
	}
	for {
		out, err := f.show(cmd, lessons, at, progress)
		if err != nil {
			return err
		}
		if !out.Next {
			_, err := fmt.Fprintln(folded(cmd.OutOrStdout(), f.symbols.ascii()), farewell(lessons, at, out.Passed))
			return exit.With(exit.Unknown, err, "")
		}
		at++
	}
}

// tell tells a lesson line by line.
func (f *learnFlags) tell(cmd *cobra.Command, lessons []course.Lesson, at int, progress *course.Progress) error {
	l := &lessons[at]
	tape, err := lab.Study(cmd.Context(), l.Script, l.Script.Strategy)
	if err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	w := folded(cmd.OutOrStdout(), f.symbols.ascii())
	if _, err := fmt.Fprintf(w, "Lesson %d of %d, level %d\n", l.Number, len(lessons), l.Level); err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	endAtOnce()
	passed, err := lab.PlainLesson(cmd.InOrStdin(), w, tape)
	if err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	if _, err := fmt.Fprintf(w, "\n%s\n", farewell(lessons, at, passed)); err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	if !passed {
		return exit.With(exit.False, fmt.Errorf("lesson %d is not passed: its check is not answered to the end", l.Number), "")
	}
	return keepPassed(cmd.Context(), progress, l)
}

// show plays a lesson on the screen.
func (f *learnFlags) show(cmd *cobra.Command, lessons []course.Lesson, at int, progress *course.Progress) (lab.Outcome, error) {
	// The screen takes signals by itself, so that it can restore the terminal first.
	ctx := context.WithoutCancel(cmd.Context())
	cfg, err := lessonConfig(ctx, lessons, at, progress)
	if err != nil {
		return lab.Outcome{}, exit.With(exit.Unknown, err, "")
	}
	cfg.Hall, cfg.ASCII = f.hall, f.symbols.ascii()
	l := &lessons[at]
	where, leave := cueing(cmd.ErrOrStderr(), fmt.Sprintf("Lesson %d: %s", l.Number, l.Title))
	defer leave()
	cfg.Where = where
	calm, err := crash.Watch()
	if err != nil {
		return lab.Outcome{}, exit.With(exit.Unknown, err, "")
	}
	defer calm()
	out, err := lab.RunLesson(ctx, cfg)
	return out, exit.With(exit.Unknown, err, "")
}

// lessonConfig is a lesson as it is played on a screen.
func lessonConfig(ctx context.Context, lessons []course.Lesson, at int, progress *course.Progress) (lab.Config, error) {
	l := &lessons[at]
	tape, err := lab.Study(ctx, l.Script, l.Script.Strategy)
	if err != nil {
		return lab.Config{}, err
	}
	cfg := lab.Config{
		Tape:   tape,
		Again:  func(s strategy.Strategy) (*lab.Tape, error) { return lab.Simulate(ctx, l.Script, s) },
		Lesson: &lab.Lesson{Name: fmt.Sprintf("Lesson %d of %d: %s", l.Number, len(lessons), l.Title), Pass: func() error { return keepPassed(ctx, progress, l) }},
	}
	if at+1 < len(lessons) {
		cfg.Lesson.Next = lessons[at+1].String()
	}
	return cfg, nil
}

// keepPassed keeps that a lesson is passed.
func keepPassed(ctx context.Context, progress *course.Progress, l *course.Lesson) error {
	err := progress.Pass(ctx, l.Name, time.Now())
	return exit.With(exit.Unknown, err, elsewhere(err))
}

// elsewhere is what to do where a file cannot be read or written.
func elsewhere(err error) string {
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.EROFS) || errors.Is(err, syscall.ENOTDIR) {
		return writable
	}
	return ""
}

// writable is the way out where the state directory cannot be used.
const writable = "set XDG_STATE_HOME to a directory that you may write to"

// farewell says how a lesson went, and what comes now.
func farewell(lessons []course.Lesson, at int, passed bool) string {
	l := &lessons[at]
	if !passed {
		return fmt.Sprintf("Lesson %d is not passed yet: optimist learn %d plays it again.", l.Number, l.Number)
	}
	text := fmt.Sprintf("Lesson %d is passed. To remember: %s\n", l.Number, l.Takeaway)
	if at+1 < len(lessons) {
		next := &lessons[at+1]
		return text + fmt.Sprintf("Next is %v: optimist learn %d", next, next.Number)
	}
	return text + "That was the last one. optimist lets you live through it, optimist explore has every schedule of a story."
}

// forget forgets which lessons are passed, after a question.
func (f *learnFlags) forget(cmd *cobra.Command, progress *course.Progress) error {
	n := progress.Count()
	if !f.yes {
		if !term.IsTerminal(os.Stdin.Fd()) {
			return exit.With(exit.Usage, errors.New("--reset asks before it forgets, and nobody is there to answer"), "add --yes")
		}
		if _, err := fmt.Fprintf(cmd.OutOrStdout(), "Forget that %s passed? [y/N] ", amount(n, "lesson is", "lessons are")); err != nil {
			return exit.With(exit.Unknown, err, "")
		}
		endAtOnce()
		line, err := bufio.NewReader(cmd.InOrStdin()).ReadString('\n')
		if answer := strings.ToLower(strings.TrimSpace(line)); err != nil || answer != "y" && answer != "yes" {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), "Nothing is forgotten.")
			return exit.With(exit.Unknown, err, "")
		}
	}
	if err := progress.Reset(cmd.Context()); err != nil {
		return exit.With(exit.Unknown, err, elsewhere(err))
	}
	_, err := fmt.Fprintf(cmd.OutOrStdout(), "Forgotten: %s passed. optimist learn 1 begins anew.\n", amount(n, "lesson was", "lessons were"))
	return exit.With(exit.Unknown, err, "")
}

// amount is n things, with what is said of them.
func amount(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// completeLessons completes a lesson's name.
func completeLessons(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	lessons, err := course.Lessons()
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	list := []cobra.Completion{cobra.CompletionWithDesc(nextLesson, "the first that is not passed")}
	for i := range lessons {
		list = append(list, cobra.CompletionWithDesc(lessons[i].Name, lessons[i].String()))
	}
	return list, cobra.ShellCompDirectiveNoFileComp
}

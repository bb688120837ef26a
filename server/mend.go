package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"optimist/server/app"
	"optimist/server/projector"
	"optimist/server/sqlite"
	"optimist/shared/exit"
	"optimist/shared/printable"
)

func verifyCommand() *cobra.Command {
	var f sourceFlags
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Compare the rows with the log: 0 equal, 1 differs",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.withStore(cmd.Context(), func(s *app.Store) error { return verify(cmd.Context(), s, cmd.OutOrStdout()) })
		},
	}
	f.registerData(cmd)
	requireData(cmd)
	return cmd
}

func rebuildCommand() *cobra.Command {
	var f sourceFlags
	cmd := &cobra.Command{
		Use:   "rebuild",
		Short: "Make the rows again from the log",
		Long: "rebuild folds the whole log into a fresh read model beside the old one and swaps it in. " +
			"What the log holds a rejection for stays rejected: the same rows come out, unless they " +
			"differed from the log. It says where they did, as verify does.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return f.withStore(cmd.Context(), func(s *app.Store) error {
				return rebuild(cmd.Context(), s, cmd.OutOrStdout(), cmd.ErrOrStderr())
			})
		},
	}
	f.registerData(cmd)
	requireData(cmd)
	return cmd
}

func requireData(cmd *cobra.Command) {
	// The flag exists, so this cannot fail.
	_ = cmd.MarkFlagRequired("data")
}

// verify prints every difference between log and rows.
func verify(ctx context.Context, s *app.Store, out io.Writer) error {
	diff, err := compare(ctx, s)
	if err != nil {
		return advise(err)
	}
	if err := printDiff(out, diff); err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	if !diff.Equal() {
		return exit.With(exit.False, fmt.Errorf("the rows differ from the log in %s", places(diff)),
			"make the rows again from the log: optimistd rebuild --data DIR")
	}
	_, err = fmt.Fprintf(out, "equal: %d records are what %d events say\n", diff.Records, diff.Events)
	return exit.With(exit.Unknown, err, "")
}

// compare returns how the rows differ from the log.
func compare(ctx context.Context, s *app.Store) (diff projector.Diff, err error) {
	db, err := s.Rows(ctx)
	if err != nil {
		return diff, err
	}
	diff, err = projector.Verify(ctx, s.Log, db)
	return diff, errors.Join(err, db.Close())
}

func printDiff(out io.Writer, diff projector.Diff) error {
	for _, line := range diff.Lines {
		if _, err := fmt.Fprintln(out, printable.Line(line)); err != nil {
			return err
		}
	}
	if diff.More == 0 {
		return nil
	}
	_, err := fmt.Fprintf(out, "and %d more\n", diff.More)
	return err
}

// places is how many differences there are.
func places(diff projector.Diff) string {
	n := len(diff.Lines) + diff.More
	if n == 1 {
		return "1 place"
	}
	return fmt.Sprintf("%d places", n)
}

// rebuild makes the rows again and says what they are now, and where they were
// not.
func rebuild(ctx context.Context, s *app.Store, out, errs io.Writer) error {
	diff := differences(ctx, s)
	told := uint64(0)
	progress := func(done, total uint64) {
		if percent := done * 100 / max(total, 1); percent >= told+10 {
			told = percent
			// Progress is for people who watch; nothing depends on it.
			_, _ = fmt.Fprintf(errs, "optimistd: projecting event %d of %d\n", done, total)
		}
	}
	cp, err := projector.Rebuild(ctx, s.Path, sqlite.Full, projector.Config{Log: s.Log, Progress: progress})
	if err != nil {
		return advise(err)
	}
	if err := printDiff(out, diff); err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	mended := ""
	if !diff.Equal() {
		mended = fmt.Sprintf("; the rows differed from the log in %s, and are now as it says", places(diff))
	}
	_, err = fmt.Fprintf(out, "rebuilt: build %d, at #%d%s\n", cp.Build, cp.Seq, mended)
	return exit.With(exit.Unknown, err, "")
}

// differences returns what a rebuild will change, as far as the old rows can be
// read at all: that they cannot may be why one rebuilds.
func differences(ctx context.Context, s *app.Store) projector.Diff {
	if _, err := os.Stat(s.Path); err != nil {
		return projector.Diff{}
	}
	diff, err := compare(ctx, s)
	if err != nil {
		return projector.Diff{}
	}
	return diff
}

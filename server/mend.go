package main

import (
	"context"
	"errors"
	"fmt"
	"io"

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
		Use:   "verify --data DIR",
		Short: "Compare the rows with what the log says: 0 equal, 1 differs",
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
		Use:   "rebuild --data DIR",
		Short: "Make the rows again from the log",
		Long: "rebuild folds the whole log into a fresh read model beside the old one and swaps it in.\n" +
			"What the log holds a rejection for stays rejected: the same rows come out, always.",
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
func verify(ctx context.Context, s *app.Store, out io.Writer) (err error) {
	db, err := s.Rows(ctx)
	if err != nil {
		return advise(err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	diff, err := projector.Verify(ctx, s.Log, db)
	if err != nil {
		return advise(err)
	}
	for _, line := range diff.Lines {
		if _, err := fmt.Fprintln(out, printable.Line(line)); err != nil {
			return exit.With(exit.Unknown, err, "")
		}
	}
	if !diff.Equal() {
		return exit.With(exit.False, fmt.Errorf("the rows differ from the log in %d places", len(diff.Lines)+diff.More),
			"make the rows again from the log: optimistd rebuild --data DIR")
	}
	_, err = fmt.Fprintf(out, "equal: %d records are what %d events say\n", diff.Records, diff.Events)
	return exit.With(exit.Unknown, err, "")
}

// rebuild makes the rows again and says what they are now.
func rebuild(ctx context.Context, s *app.Store, out, errs io.Writer) error {
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
	_, err = fmt.Fprintf(out, "rebuilt: build %d, at #%d\n", cp.Build, cp.Seq)
	return exit.With(exit.Unknown, err, "")
}

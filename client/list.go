package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go"
	"github.com/spf13/cobra"

	"optimist/client/remote"
	"optimist/shared/exit"
	"optimist/shared/protocol"
	"optimist/shared/strategy"
)

func listCommand() *cobra.Command {
	var f serverFlags
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List every user in the log or the database",
		Args:  takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, nc, done, err := f.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer done()
			return f.list(ctx, nc, cmd)
		},
	}
	f.register(cmd)
	return cmd
}

// list prints each record as it comes.
func (f *serverFlags) list(ctx context.Context, nc *nats.Conn, cmd *cobra.Command) error {
	var printing error
	numbered := strategyOf(ctx, nc, f.as, "").Identity == strategy.ByServer
	err := remote.List(ctx, nc, f.as, func(r protocol.Record) bool {
		if !deleted(r) {
			l := recordLine(r)
			l.numbered = numbered
			printing = l.print(cmd.OutOrStdout(), f.json)
		}
		return printing == nil
	})
	return exit.With(exit.Unknown, errors.Join(err, printing), "")
}

// deleted reports whether r is neither in the log nor in the rows any more.
func deleted(r protocol.Record) bool {
	return r.Settled && r.Log == 0 && r.DB == 0 && r.Last.Verdict == protocol.Confirmed
}

func waitCommand() *cobra.Command {
	var f serverFlags
	var commandID string
	cmd := &cobra.Command{
		Use:   "wait ID",
		Short: "Wait until nothing on a user is pending: 0 confirmed, 1 rolled back, 3 unknown",
		Args:  takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, nc, done, err := f.connect(cmd.Context())
			if err != nil {
				return err
			}
			defer done()
			return f.wait(ctx, nc, cmd, args[0], commandID)
		},
	}
	f.register(cmd)
	cmd.Flags().StringVar(&commandID, "command-id", "", "tell the outcome of this command of --as instead of the newest one")
	return cmd
}

// wait prints the record once it is settled and ends with what became of the
// command that is asked about.
func (f *serverFlags) wait(ctx context.Context, nc *nats.Conn, cmd *cobra.Command, id, commandID string) error {
	rec, found, err := remote.AwaitRecord(ctx, nc, f.as, id)
	pending := errors.Is(err, context.DeadlineExceeded)
	if err != nil && !pending {
		return exit.With(exit.Unknown, err, "")
	}
	if commandID != "" && !pending {
		if rec.Last, err = remote.Outcome(ctx, nc, f.as, commandID); err != nil {
			return exit.With(exit.Unknown, err, "")
		}
		found = found || rec.Last.Verdict != protocol.Unknown
		rec.ID = id
	}
	if !found {
		return exit.With(exit.False, fmt.Errorf("not_found: there is no %s in the log or the database", id), "optimist list shows what there is")
	}
	l := recordLine(rec)
	if !pending {
		l = settledLine(rec)
	}
	if err := l.print(cmd.OutOrStdout(), f.json); err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	switch phase := phaseOf(rec.Last.Verdict); {
	case pending || phase.Pending():
		return exit.With(exit.Unknown, fmt.Errorf("%s is still pending after %s", id, f.timeout), "the projector may be stalled: optimist fault list")
	case rec.Last.Verdict != protocol.Confirmed:
		return exit.Silent(exit.False)
	}
	return nil
}

// recordNow returns the record as the server knows it now; false if it does not
// know it or does not say.
func recordNow(ctx context.Context, nc *nats.Conn, client, id string) (protocol.Record, bool) {
	rec, found, err := remote.Record(ctx, nc, client, id)
	return rec, found && err == nil
}

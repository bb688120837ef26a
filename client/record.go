package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/spf13/cobra"

	"optimist/client/remote"
	"optimist/shared/event"
	"optimist/shared/exit"
	"optimist/shared/protocol"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// recordFlags are those of the commands that change a record.
type recordFlags struct {
	serverFlags
	id        string
	name      string
	email     string
	commandID string
	strategy  string
	noWait    bool
}

func (f *recordFlags) register(cmd *cobra.Command) {
	f.serverFlags.register(cmd)
	cmd.Flags().StringVar(&f.commandID, "command-id", "", "name the command, so that repeating it is safe (default: a new id)")
	strategyFlag(cmd, &f.strategy, "decide by this strategy instead of the server's default")
	cmd.Flags().BoolVar(&f.noWait, "no-wait", false, "return at the server's answer: 0 accepted, 1 refused")
}

func createCommand() *cobra.Command {
	var f recordFlags
	cmd := &cobra.Command{
		Use:     "create",
		Short:   "Create a user",
		Example: "optimist create --id ada --name Ada --email ada@example.org",
		Args:    takes(0, 0),
		RunE:    func(cmd *cobra.Command, _ []string) error { return f.run(cmd, user.Create, f.id) },
	}
	f.register(cmd)
	cmd.Flags().StringVar(&f.id, "id", "", "the record's id (default: a new UUIDv7, or the email's token where the email is the id)")
	cmd.Flags().StringVar(&f.name, "name", "", "the name")
	cmd.Flags().StringVar(&f.email, "email", "", "the email")
	return cmd
}

func editCommand() *cobra.Command {
	var f recordFlags
	cmd := &cobra.Command{
		Use:   "edit ID",
		Short: "Edit a user",
		Long: "edit changes a user's name, email or both. It is checked by the server's strategy, or by " +
			"--strategy. A strategy that is about what else is pending, such as hold, speaks of clients that " +
			"stay: a command for one change has none of its own.",
		Example: `optimist edit ada --name "Ada Lovelace"`,
		Args:    takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !cmd.Flags().Changed("name") && !cmd.Flags().Changed("email") {
				return exit.With(exit.Usage, errors.New("nothing to edit"), "give --name, --email or both")
			}
			return f.run(cmd, user.Edit, args[0])
		},
	}
	f.register(cmd)
	cmd.Flags().StringVar(&f.name, "name", "", "the new name")
	cmd.Flags().StringVar(&f.email, "email", "", "the new email")
	return cmd
}

func deleteCommand() *cobra.Command {
	var f recordFlags
	cmd := &cobra.Command{
		Use:   "delete ID",
		Short: "Delete a user",
		Args:  takes(1, 1),
		RunE:  func(cmd *cobra.Command, args []string) error { return f.run(cmd, user.Delete, args[0]) },
	}
	f.register(cmd)
	return cmd
}

// command returns what is asked for: only the fields whose flags were given.
func (f *recordFlags) command(cmd *cobra.Command, op user.Op, record string) user.Command {
	id := f.commandID
	if id == "" {
		id = uuid.Must(uuid.NewV7()).String()
	}
	if op == user.Create && record == "" {
		record = uuid.Must(uuid.NewV7()).String()
	}
	c := user.Command{Ref: user.Ref{Client: f.as, Command: id}, Record: record, Op: op}
	if cmd.Flags().Changed("name") {
		c.Patch = user.SetName(f.name)
	}
	if cmd.Flags().Changed("email") {
		c.Patch = user.SetEmail(f.email).Over(c.Patch)
	}
	return c
}

// run sends the command, waits for its outcome unless told not to, and prints
// it.
func (f *recordFlags) run(cmd *cobra.Command, op user.Op, record string) error {
	if f.strategy != "" {
		if _, err := strategy.Named(f.strategy); err != nil {
			return exit.With(exit.Usage, err, seeStrategies)
		}
	}
	c := f.command(cmd, op, record)
	if err := user.Validate(c); err != nil {
		return f.refuse(cmd.OutOrStdout(), c, err)
	}
	ctx, nc, done, err := f.connect(cmd.Context())
	if err != nil {
		return err
	}
	defer done()
	under := strategyOf(ctx, nc, f.as, f.strategy)
	if op == user.Create && record == "" && under.Identity == strategy.ByEmail {
		c.Record = event.EmailToken(c.Patch.Email)
	}
	return f.send(ctx, nc, cmd, c, under)
}

// send sends c as a client of the strategy does, and prints what it was told.
func (f *recordFlags) send(ctx context.Context, nc *nats.Conn, cmd *cobra.Command, c user.Command, under strategy.Strategy) error {
	reply, err := f.outcome(ctx, nc, c, under)
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return exit.With(exit.Unknown, err, "")
	}
	now, known := recordNow(cmd.Context(), nc, f.as, c.Record)
	l := commandLine(c, reply, now, known)
	taken := under.Feedback == strategy.NoFeedback && reply.Verdict == protocol.Accepted
	if taken {
		l = takenLine(c, reply, now)
	}
	l.numbered = under.Identity == strategy.ByServer
	if err := l.print(cmd.OutOrStdout(), f.json); err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	if taken {
		return nil
	}
	return f.end(c, reply, err)
}

// strategyOf returns the strategy that text is of, or the server's if it is
// empty: how a client behaves is a part of it.
func strategyOf(ctx context.Context, nc *nats.Conn, client, text string) strategy.Strategy {
	if text == "" {
		// A server that does not say in time leaves the default, and what is asked of
		// it next says why.
		health, _ := remote.Health(ctx, nc, client)
		text = health.Strategy
	}
	return strategy.Of(text)
}

// outcome returns the newest answer to c: its outcome, or the first verdict if
// nobody waits for more, or looks for it under the strategy. At the timeout it
// is what was heard so far.
func (f *recordFlags) outcome(ctx context.Context, nc *nats.Conn, c user.Command, under strategy.Strategy) (protocol.Reply, error) {
	if f.noWait || under.Feedback == strategy.NoFeedback {
		return remote.Ask(ctx, nc, f.as, protocol.CommandOf(c, f.strategy))
	}
	return remote.Await(ctx, nc, f.as, protocol.CommandOf(c, f.strategy))
}

// end turns the answer into an exit code. late says why there was none in time.
func (f *recordFlags) end(c user.Command, a protocol.Reply, late error) error {
	switch phase := phaseOf(a.Verdict); {
	case !phase.Pending() && a.Verdict == protocol.Confirmed, f.noWait && a.Verdict == protocol.Accepted:
		return nil
	case !phase.Pending():
		return exit.Silent(exit.False)
	}
	unknown := fmt.Errorf("the outcome of %s is unknown: %s", c.Command, a.Why)
	if late != nil && a.Verdict == protocol.Accepted {
		late = errors.New("it is in the log, and not in the database yet")
	}
	if late != nil {
		unknown = fmt.Errorf("the outcome of %s is unknown after %s, it may still be confirmed or rolled back: %w", c.Command, f.timeout, late)
	}
	return exit.With(exit.Unknown, unknown,
		fmt.Sprintf("ask again with: optimist wait %s --command-id %s --as %s", c.Record, c.Command, f.as))
}

// refuse prints what no server needs to be asked about, with the words that the
// server would use.
func (f *recordFlags) refuse(w io.Writer, c user.Command, err error) error {
	var code user.Code
	if !errors.As(err, &code) {
		return exit.With(exit.Unknown, err, "")
	}
	reply := protocol.Reply{Command: c.Command, Verdict: protocol.Refused, Code: code, Why: user.Words(err)}
	if err := commandLine(c, reply, protocol.Record{}, false).print(w, f.json); err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	return exit.Silent(exit.False)
}

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/nats-io/nats.go"
	"github.com/spf13/cobra"

	"optimist/server/app"
	"optimist/server/natsd"
	"optimist/shared/exit"
	"optimist/shared/printable"
	"optimist/shared/protocol"
)

// asClient is who optimistd's own questions come from.
const asClient = "optimistd"

func healthCommand() *cobra.Command {
	var f sourceFlags
	cmd := &cobra.Command{
		Use:   "health",
		Short: "Say how far log and rows are; 0 only when ready",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			h, err := f.health(cmd.Context())
			if err != nil {
				return err
			}
			return printHealth(cmd.OutOrStdout(), h, f.json)
		},
	}
	f.register(cmd)
	return cmd
}

// health asks the server, or looks into a directory at rest, which is never
// ready: nobody serves it.
func (f *sourceFlags) health(ctx context.Context) (protocol.Health, error) {
	var h protocol.Health
	if f.data != "" {
		err := f.withStore(ctx, func(s *app.Store) error { return healthAtRest(ctx, s, &h) })
		return h, err
	}
	nc, err := f.connect()
	if err != nil {
		return h, err
	}
	defer nc.Close()
	return h, ask(nc, f, protocol.Query{Ask: protocol.AskHealth}, &h)
}

// ask sends a query and reads its answer into answer.
func ask(nc *nats.Conn, f *sourceFlags, q protocol.Query, answer any) error {
	data, err := json.Marshal(q)
	if err != nil {
		return exit.With(exit.Unknown, err, "")
	}
	msg, err := nc.Request(protocol.QuerySubject(asClient), data, f.timeout)
	if err != nil {
		return exit.With(exit.Unknown, fmt.Errorf("ask %s for %s: %w", f.server, q.Ask, err), "is that an optimistd, and is it ready?")
	}
	var failure protocol.Failure
	if err := json.Unmarshal(msg.Data, &failure); err == nil && failure.Error != "" {
		return exit.With(exit.Unknown, errors.New(failure.Error), "")
	}
	return exit.With(exit.Unknown, json.Unmarshal(msg.Data, answer), "")
}

func healthAtRest(ctx context.Context, s *app.Store, h *protocol.Health) error {
	end, err := s.Log.End(ctx)
	if err != nil {
		return advise(err)
	}
	db, err := s.Rows(ctx)
	if err != nil {
		return advise(err)
	}
	cp, err := db.Checkpoint()
	*h = protocol.Health{
		Log: end, Projected: cp.Seq, Lag: end - min(cp.Seq, end),
		Durability: string(natsd.Fsync), Epoch: fmt.Sprintf("%s/%d", cp.Stream, cp.Build),
	}
	return advise(errors.Join(err, db.Close()))
}

func printHealth(w io.Writer, h protocol.Health, asJSON bool) error {
	var err error
	if asJSON {
		err = json.NewEncoder(w).Encode(h)
	} else {
		state := "ready"
		if !h.Ready {
			state = "at rest: no server runs on it"
		}
		_, err = fmt.Fprintln(w, printable.Line(fmt.Sprintf("%s · log #%d · rows #%d · behind %d · durability %s · epoch %s%s",
			state, h.Log, h.Projected, h.Lag, h.Durability, h.Epoch, strategyText(h))))
	}
	if err == nil && !h.Ready {
		return exit.Silent(exit.False)
	}
	return exit.With(exit.Unknown, err, "")
}

// strategyText says how commands are decided that name no strategy; nobody does
// so at rest.
func strategyText(h protocol.Health) string {
	if h.Strategy == "" {
		return ""
	}
	return " · strategy " + h.Strategy
}

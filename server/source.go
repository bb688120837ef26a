package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/spf13/cobra"

	"optimist/server/app"
	"optimist/shared/exit"
)

// sourceFlags say where a command looks: at a server that runs, or at a
// directory that no server holds.
type sourceFlags struct {
	server  string
	data    string
	timeout time.Duration
	json    bool
}

func (f *sourceFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.server, "server", "", "ask the server at this URL")
	cmd.Flags().DurationVar(&f.timeout, "timeout", 10*time.Second, "how long to wait for the server")
	cmd.Flags().BoolVar(&f.json, "json", false, "print one JSON object a line")
	f.registerData(cmd)
	cmd.MarkFlagsMutuallyExclusive("server", "data")
	cmd.MarkFlagsOneRequired("server", "data")
}

func (f *sourceFlags) registerData(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.data, "data", "", "look into this data directory, which no server may hold")
}

// connect opens a connection to the server.
func (f *sourceFlags) connect() (*nats.Conn, error) {
	nc, err := nats.Connect(f.server, nats.Name("optimistd"), nats.Timeout(f.timeout))
	if err != nil {
		return nil, exit.With(exit.Unknown, fmt.Errorf("connect to %s: %w", f.server, err), "is the server up, and is that its URL?")
	}
	return nc, nil
}

// withStore calls use with the opened directory.
func (f *sourceFlags) withStore(ctx context.Context, use func(*app.Store) error) error {
	store, err := app.OpenStore(ctx, f.data)
	if err != nil {
		return advise(err)
	}
	err = use(store)
	if closing := store.Close(); closing != nil {
		err = errors.Join(err, advise(closing))
	}
	return err
}

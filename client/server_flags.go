package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/spf13/cobra"

	"optimist/shared/exit"
	"optimist/shared/user"
)

// defaultURL is where optimistd listens unless it is told otherwise.
const defaultURL = "nats://127.0.0.1:4222"

// serverFlags say which server a shell command speaks to, as whom, and for how
// long.
type serverFlags struct {
	url     string
	as      string
	timeout time.Duration
	json    bool
}

// register adds the flags that every shell command has.
func (f *serverFlags) register(cmd *cobra.Command) {
	server := os.Getenv("OPTIMIST_SERVER")
	if server == "" {
		server = defaultURL
	}
	cmd.Flags().StringVar(&f.url, "server", server, "the server's URL (nats:// or ws://); $OPTIMIST_SERVER sets the default")
	cmd.Flags().StringVar(&f.as, "as", "shell", "the client id to speak as")
	cmd.Flags().DurationVar(&f.timeout, "timeout", 10*time.Second, "how long to wait before the outcome is called unknown")
	cmd.Flags().BoolVar(&f.json, "json", false, "print one JSON object a line")
}

// connect opens a connection and a context that ends at the timeout.
func (f *serverFlags) connect(ctx context.Context) (context.Context, *nats.Conn, func(), error) {
	if err := user.ValidateID(f.as); err != nil {
		return nil, nil, nil, exit.With(exit.Usage, fmt.Errorf("--as: %w", err), "")
	}
	if f.timeout <= 0 {
		return nil, nil, nil, exit.With(exit.Usage, errors.New("--timeout must be above zero"), "")
	}
	if err := checkURL(f.url); err != nil {
		return nil, nil, nil, exit.With(exit.Usage, err, "")
	}
	nc, err := nats.Connect(f.url, nats.Name("optimist "+f.as), nats.Timeout(f.timeout), nats.MaxReconnects(-1), nats.ReconnectWait(50*time.Millisecond))
	if err != nil {
		return nil, nil, nil, exit.With(exit.Unknown, fmt.Errorf("connect to %s: %w", withoutPassword(f.url), err),
			"is the server up? start one with: optimistd --listen 127.0.0.1:4222 --data DIR")
	}
	ctx, cancel := context.WithTimeout(ctx, f.timeout)
	return ctx, nc, func() { cancel(); nc.Close() }, nil
}

// checkURL refuses the URL of something that is no server of ours. The library
// would take it for a NATS server, and look for one there.
func checkURL(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" { // Such as 127.0.0.1:4222, which is nats:// without saying so.
		return nil
	}
	if !slices.Contains([]string{"nats", "tls", "ws", "wss"}, u.Scheme) {
		return fmt.Errorf("--server is %q; use nats:// or ws://", withoutPassword(address))
	}
	return nil
}

// withoutPassword returns a URL as it may be shown.
func withoutPassword(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "the server"
	}
	return u.Redacted()
}

package outbox

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"strings"

	"optimist/client/state"
	"optimist/shared/user"
)

// ports are those of a URL that names none, by scheme.
var ports = map[string]string{"nats": "4222", "tls": "4222", "ws": "80", "wss": "443"}

// StateDir returns where client keeps its outbox for the server at that URL:
// below $XDG_STATE_HOME, or ~/.local/state. Nothing is made.
func StateDir(server, client string) (string, error) {
	if err := user.ValidateID(client); err != nil {
		return "", fmt.Errorf("the client's id: %w", err)
	}
	address, err := address(server)
	if err != nil {
		return "", err
	}
	dir, err := state.Dir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, url.QueryEscape(address), client), nil
}

// address returns the host and port of a server's URL, and nothing else of it:
// it may hold a password.
func address(server string) (string, error) {
	if !strings.Contains(server, "://") {
		server = "nats://" + server
	}
	u, err := url.Parse(server)
	if err != nil || u.Hostname() == "" {
		return "", errors.New("the server's URL names no host; write it like nats://127.0.0.1:4222")
	}
	port := u.Port()
	if port == "" {
		port = ports[u.Scheme]
	}
	if port == "" {
		return "", fmt.Errorf("the server's URL has the unknown scheme %q; use nats or ws", u.Scheme)
	}
	return strings.ToLower(net.JoinHostPort(u.Hostname(), port)), nil
}

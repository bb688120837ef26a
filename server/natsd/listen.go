package natsd

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// loopback splits addr, a host and a port or only a port, and refuses whatever
// is not on this machine. Port 0 means any free one.
func loopback(addr string) (host string, port int, err error) {
	if !strings.Contains(addr, ":") {
		addr = ":" + addr
	}
	host, text, err := net.SplitHostPort(addr)
	if err != nil {
		return "", 0, fmt.Errorf("listen on %q: %w", addr, err)
	}
	port, err = strconv.Atoi(text)
	if err != nil || port < 0 || port > 65535 {
		return "", 0, fmt.Errorf("listen on %q: the port must be 0 to 65535", addr)
	}
	switch host {
	case "", "localhost":
		return "127.0.0.1", port, nil
	}
	ip, err := netip.ParseAddr(host)
	if err != nil || !ip.IsLoopback() {
		return "", 0, fmt.Errorf("listen on %q: there is no authentication yet, so only this machine "+
			"may connect; use a loopback address such as 127.0.0.1:%d", addr, port)
	}
	return host, port, nil
}

// anyPort puts a port into the server's terms, where -1 is any free one.
func anyPort(port int) int {
	if port == 0 {
		return -1
	}
	return port
}

// CheckAddress says why addr cannot be listened at, or nil, before anything is
// opened.
func CheckAddress(addr string) error {
	_, _, err := loopback(addr)
	return err
}

package classroom

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"

	"optimist/shared/exit"
)

// listenAddress splits an address and refuses one that others than this machine
// can reach, unless that was asked for.
func listenAddress(addr string, anywhere bool) (string, error) {
	const like = "write it like 127.0.0.1:2222; port 0 picks one and prints it"
	full := addr
	if !strings.Contains(addr, ":") {
		full = ":" + addr
	}
	host, port, err := net.SplitHostPort(full)
	if err != nil {
		return "", exit.With(exit.Usage, fmt.Errorf("--ssh: %w", err), like)
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return "", exit.With(exit.Usage, fmt.Errorf("--ssh is %q: the port must be 0 to 65535", addr), like)
	}
	if host == "localhost" || host == "" && !anywhere {
		host = "127.0.0.1"
	}
	ip, err := netip.ParseAddr(host)
	if !anywhere && (err != nil || !ip.IsLoopback()) {
		return "", exit.With(exit.Usage, fmt.Errorf("--ssh is %q: others than this machine could connect", addr),
			"use 127.0.0.1:"+port+", or say that this is meant with --listen-anywhere")
	}
	return net.JoinHostPort(host, port), nil
}

// reachable is the host that others connect to: what was listened at, or, where
// that is every address, one of them.
func reachable(host string) string {
	ip, err := netip.ParseAddr(host)
	if err != nil || !ip.IsUnspecified() {
		return host
	}
	all, err := net.InterfaceAddrs()
	if err != nil {
		return host
	}
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok && n.IP.IsGlobalUnicast() && n.IP.To4() != nil {
			return n.IP.String()
		}
	}
	return host
}

// Info is what somebody must know to come in.
type Info struct {
	Address     string `json:"address"`
	JoinCode    string `json:"join_code,omitempty"`    // "" where keys are asked for.
	TeacherCode string `json:"teacher_code,omitempty"` // "" where the teacher is here.
	Fingerprint string `json:"fingerprint"`            // Of the host key.
}

// Command is how a user connects; "" is the user that ssh takes by itself.
func (i Info) Command(user string) string {
	host, port, err := net.SplitHostPort(i.Address)
	if err != nil {
		return "ssh " + i.Address
	}
	host = reachable(host)
	if user != "" {
		host = user + "@" + host
	}
	return "ssh -p " + port + " " + host
}

// Title is how to join, in a line for the teacher's screen.
func (i Info) Title() string {
	if i.JoinCode == "" {
		return i.Command("") + " · with a key"
	}
	return i.Command("") + " · join code " + i.JoinCode
}

package classroom

import (
	"slices"
	"strings"
	"sync"

	gossh "golang.org/x/crypto/ssh"
)

// Limits of what a session may ask for.
const (
	maxEnv      = 16  // Variables,
	maxVariable = 128 // each of so many bytes, name and value.
	maxPty      = 2048
	maxWidth    = 320 // Of a screen, in cells: a larger one is left empty beyond.
	maxHeight   = 100
)

// variables are those that say something of a terminal; a name that ends in _
// begins others.
var variables = []string{"LANG", "LC_", "COLORTERM", "NO_COLOR", "TERM_PROGRAM", "CLICOLOR", "CLICOLOR_FORCE"}

// gate is a session that was asked for, of which only this comes through: one
// terminal, a few variables, one shell, and the newest size. There is no command,
// no file transfer, no forwarding of ports, agents or displays, and no signal.
type gate struct {
	gossh.NewChannel
	work *sync.WaitGroup

	mu      sync.Mutex
	width   int
	height  int
	resized chan struct{} // Holds one token while there is a new size.
}

func newGate(session gossh.NewChannel, work *sync.WaitGroup) *gate {
	return &gate{NewChannel: session, work: work, resized: make(chan struct{}, 1)}
}

// Accept opens the session.
func (g *gate) Accept() (gossh.Channel, <-chan *gossh.Request, error) {
	channel, asked, err := g.NewChannel.Accept()
	if err != nil {
		return nil, nil, err
	}
	passed := make(chan *gossh.Request)
	// It judges each request as it comes, until the session ends.
	g.work.Go(func() {
		defer close(passed)
		g.judge(asked, passed)
	})
	return channel, passed, nil
}

// judge lets through what a seat needs.
func (g *gate) judge(asked <-chan *gossh.Request, passed chan<- *gossh.Request) {
	env, pty, shell := 0, false, false
	for req := range asked {
		through := false
		switch req.Type {
		case "pty-req":
			through, pty = !pty && !shell && len(req.Payload) <= maxPty, true
		case "env":
			through = env < maxEnv && !shell && variable(req.Payload)
			env++
		case "shell":
			through, shell = !shell, true
		case "window-change":
			// The library has room for one size, and waits for it to be read.
			g.resize(req.Payload)
		}
		if through {
			passed <- req
			continue
		}
		// A client that is gone does not wait for the answer.
		_ = req.Reply(false, nil)
	}
}

// variable reports whether a variable is one that is listened to.
func variable(payload []byte) bool {
	var v struct{ Name, Value string }
	if len(payload) > maxVariable || gossh.Unmarshal(payload, &v) != nil {
		return false
	}
	return slices.ContainsFunc(variables, func(name string) bool {
		return v.Name == name || strings.HasSuffix(name, "_") && strings.HasPrefix(v.Name, name)
	})
}

// resize remembers the newest size.
func (g *gate) resize(payload []byte) {
	var size struct{ Width, Height, X, Y uint32 }
	if gossh.Unmarshal(payload, &size) != nil {
		return
	}
	g.mu.Lock()
	g.width, g.height = cells(size.Width, maxWidth), cells(size.Height, maxHeight)
	g.mu.Unlock()
	poke(g.resized) // Where the last one was not looked at yet, it is this now.
}

// size is the newest size.
func (g *gate) size() (width, height int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.width, g.height
}

// cells brings a size that a client told into bounds.
func cells(n uint32, most int) int { return int(min(max(n, 1), uint32(most))) }

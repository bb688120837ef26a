package projector

import (
	"fmt"

	"optimist/shared/protocol"
)

// Status says what the projector is doing, for people.
type Status struct {
	State   protocol.ProjectorState
	At      uint64 // The event it is stalled or retrying at.
	Attempt int    // Of a retry, from 1.
	Of      int    // How many attempts are known to fail; 0: nobody knows.
	Why     string
}

// String is the status in words: "retry 2 of 5 at #42: disk full".
func (s Status) String() string {
	out := string(s.State)
	switch {
	case s.State == protocol.Stalled:
		out = fmt.Sprintf("stalled at #%d", s.At)
	case s.State == protocol.Retrying && s.Of > 0:
		out = fmt.Sprintf("retry %d of %d at #%d", s.Attempt, s.Of, s.At)
	case s.State == protocol.Retrying:
		out = fmt.Sprintf("retry %d at #%d", s.Attempt, s.At)
	}
	if s.Why != "" {
		out += ": " + s.Why
	}
	return out
}

// Status returns what the projector is doing.
func (p *Projector) Status() Status {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.status
}

// say changes the status and tells whoever listens.
func (p *Projector) say(s Status) {
	p.mu.Lock()
	was := p.status
	p.status = s
	p.mu.Unlock()
	if was == s {
		return
	}
	p.cfg.Logger.Info("projector", "status", s.String())
	p.cfg.Status(s)
}

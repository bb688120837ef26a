package search

import (
	"fmt"

	"optimist/shared/explore"
)

// verb is what an action of a search does. Each is one line of a script, or two
// with the fault that strikes it.
type verb uint8

const (
	act       verb = iota // What a person does next; of: the client.
	handle                // A command is decided and appended; of: the deed.
	project               // The next events become one batch, which is committed; of: how many, 0: it stands there.
	reply                 // of: the deed.
	feed                  // of: the client.
	reconnect             // of: the client.
	cut                   // of: the client. A fault.
	restart               // The server.
	pass                  // Time, up to the next timer.
)

// step is an action of a search.
type step struct {
	verb   verb
	strike int // The place of the fault that strikes it in the scope's, and 1; 0: none.
	of     int
}

// code is the step as a search keeps it.
func (s step) code() explore.Action {
	a := explore.Action(s.verb) | explore.Action(s.strike)<<4 | explore.Action(s.of)<<8
	if s.strike > 0 || s.verb == cut {
		a |= explore.Fault
	}
	return a
}

// stepOf returns the step that code made.
func stepOf(a explore.Action) step {
	return step{verb: verb(a & 0xf), strike: int(a >> 4 & 0xf), of: int(a &^ explore.Fault >> 8)}
}

// lines returns the step as lines of a script; wait is how long time passes.
func (s *Scope) lines(st step, wait int64) []string {
	var out []string
	if st.strike > 0 {
		out = append(out, s.faultLine(st))
	}
	switch st.verb {
	case act:
		panic("search: a deed is written from its script")
	case handle:
		return append(out, "server handle "+s.deeds[st.of].action.Intent)
	case project:
		if st.of > 1 {
			return append(out, fmt.Sprintf("project %d", st.of))
		}
		return append(out, "project")
	case feed:
		return append(out, "deliver feed "+s.Script.Clients[st.of])
	case reconnect:
		return append(out, s.Script.Clients[st.of]+" reconnect")
	case cut:
		return append(out, s.Script.Clients[st.of]+" disconnect")
	case restart:
		return append(out, "server restart")
	case pass:
		return append(out, fmt.Sprintf("wait %dms", wait))
	case reply:
		return append(out, "deliver reply "+s.deeds[st.of].action.Intent)
	}
	panic(fmt.Sprintf("search: no line for step %d", st.verb))
}

// faultLine returns the line that arms the fault that strikes a step.
func (s *Scope) faultLine(st step) string {
	f := s.Strikes[st.strike-1].Fault
	line := "fault " + string(f.Kind)
	if f.Forever {
		line += " forever"
	}
	return line
}

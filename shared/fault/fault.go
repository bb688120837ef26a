// Package fault is what can be made to go wrong, at which hop and for whom: one
// plan as data, armed from a screen, a script or the wire.
package fault

import (
	"fmt"
	"strings"

	"optimist/shared/event"
	"optimist/shared/user"
)

// Kind is one way to fail at one hop.
type Kind string

// The faults that are built. The words are those of the scenario language.
const (
	AppendRefuse  Kind = "append refuse"   // The store refuses the append; retryable, for good with Forever.
	AppendLoseAck Kind = "append lose-ack" // The event is stored; its acknowledgement never arrives.
	ReplyDrop     Kind = "reply drop"      // The server's answer to a command is lost.
	ProjectFail   Kind = "project fail"    // Applying the event fails; Times times, for good with Forever.
	ProjectStall  Kind = "project stall"   // The projector waits at the event until the fault is cleared.
	FeedDrop      Kind = "feed drop"       // A feed message is lost.
	FeedRepeat    Kind = "feed repeat"     // A feed message is delivered twice.
)

// Kinds lists every fault, in the order of the hops.
var Kinds = []Kind{AppendRefuse, AppendLoseAck, ReplyDrop, ProjectFail, ProjectStall, FeedDrop, FeedRepeat}

// Help says in a sentence what the fault does.
func (k Kind) Help() string {
	switch k {
	case AppendRefuse:
		return "The event store refuses the append; the client tries again, unless it is forever"
	case AppendLoseAck:
		return "The event is stored, but its acknowledgement never reaches the server"
	case ReplyDrop:
		return "The server's answer to a command is lost"
	case ProjectFail:
		return "Applying the event to SQLite fails; it is tried again, unless it is forever"
	case ProjectStall:
		return "The projector waits at the event until the fault is cleared"
	case FeedDrop:
		return "A feed message to the clients is lost"
	case FeedRepeat:
		return "A feed message to the clients is delivered twice"
	}
	return ""
}

// MayLast reports whether the fault can be for good, with a reason.
func (k Kind) MayLast() bool { return k == AppendRefuse || k == ProjectFail }

// Limits of a plan.
const (
	MaxArmed  = 64   // Faults armed at once.
	MaxTimes  = 1000 // Times one fault strikes.
	MaxReason = 200  // Characters of a reason.
)

// Fault is one armed fault. The zero On aims at the next step, whatever it is.
type Fault struct {
	ID      int    `json:"id"`
	Kind    Kind   `json:"kind"`
	On      string `json:"on,omitempty"`      // created, edited, deleted, or a record's id.
	Times   int    `json:"times,omitempty"`   // How often it strikes; 0 means 1.
	Forever bool   `json:"forever,omitempty"` // A verdict instead of something that passes.
	Reason  string `json:"reason,omitempty"`  // What the failure says.
	Struck  int    `json:"struck"`            // How often it has struck.
}

// String is the fault as a person would type it.
func (f Fault) String() string {
	var b strings.Builder
	b.WriteString(string(f.Kind))
	if f.On != "" {
		fmt.Fprintf(&b, " --on %s", f.On)
	}
	if f.Forever {
		b.WriteString(" --forever")
	}
	if f.Times > 1 {
		fmt.Fprintf(&b, " --times %d", f.Times)
	}
	if f.Reason != "" {
		fmt.Fprintf(&b, " --reason %q", f.Reason)
	}
	return b.String()
}

// Validate says what is wrong with f, or nil.
func (f Fault) Validate() error {
	known := false
	for _, k := range Kinds {
		known = known || k == f.Kind
	}
	if !known {
		return fmt.Errorf("unknown fault %q; choose one of %s", string(f.Kind), kindList())
	}
	if f.Times < 0 || f.Times > MaxTimes {
		return fmt.Errorf("times is %d; use 1 to %d", f.Times, MaxTimes)
	}
	if len([]rune(f.Reason)) > MaxReason {
		return fmt.Errorf("the reason has over %d characters", MaxReason)
	}
	if f.On != "" {
		if err := user.ValidateID(f.On); err != nil {
			return fmt.Errorf("on: %w", err)
		}
	}
	if f.Forever && !f.Kind.MayLast() {
		return fmt.Errorf("%s cannot be forever; only %s and %s can", f.Kind, AppendRefuse, ProjectFail)
	}
	return nil
}

func kindList() string {
	words := make([]string, len(Kinds))
	for i, k := range Kinds {
		words[i] = string(k)
	}
	return strings.Join(words, ", ")
}

// Target is the step that a fault may strike: an event, or the command that
// would become one.
type Target struct {
	Kind   event.Kind
	Record string
}

// aims reports whether f strikes t.
func (f Fault) aims(t Target) bool {
	return f.On == "" || f.On == t.Record || f.On == t.Kind.String()
}

// spent reports whether f has nothing left to do. A stall lasts until it is
// cleared; any other fault, for good or not, strikes Times times.
func (f Fault) spent() bool {
	if f.Kind == ProjectStall {
		return false
	}
	return f.Struck >= max(f.Times, 1)
}

package reconcile

import (
	"fmt"

	"optimist/shared/protocol"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// Phase is how far a mutation has come.
//
//	Writing → Queued → Sent → Accepted → Confirmed
//	             ↑______│          │
//	                    └──────────┴──→ RolledBack
//
// Pending is Queued, Sent or Accepted. A Writing mutation is not shown yet: the
// outbox does not hold it. A mutation whose strategy takes Accepted for success
// is Confirmed at once, and stays over the row until the read position passes.
type Phase uint8

// The phases. The zero Phase is invalid.
const (
	Writing Phase = iota + 1
	Queued
	Sent
	Accepted
	Confirmed
	RolledBack
)

// String returns the phase's word.
func (p Phase) String() string {
	switch p {
	case Writing:
		return "writing"
	case Queued:
		return "queued"
	case Sent:
		return "sent"
	case Accepted:
		return "accepted"
	case Confirmed:
		return "confirmed"
	case RolledBack:
		return "rolled-back"
	}
	return fmt.Sprintf("phase(%d)", uint8(p))
}

// Pending reports whether a mutation in this phase has no verdict yet.
func (p Phase) Pending() bool { return p == Queued || p == Sent || p == Accepted }

// open reports whether a mutation in this phase has no verdict, shown or not.
func (p Phase) open() bool { return p == Writing || p.Pending() }

// fell reports whether this is the phase of what lies in a tray.
func (p Phase) fell() bool { return p == RolledBack }

// Mutation is one action of the person and its fate. Mutations are values for
// everybody but the replica.
type Mutation struct {
	ID       string // The command's id, unique for the client for ever.
	Number   int    // Counts the client's mutations from 1: the tag A1, A2 …
	Record   string
	Op       user.Op
	Patch    user.Patch
	Cause    string // The pending mutation it was typed on, "" if none.
	Base     uint64 // The confirmed sequence its author saw; its cause's, if any.
	Strategy string

	Before protocol.Row // The confirmed row when it was typed; ID "" if there was none. Passed: the row that passed it.
	Passed bool         // Not answered, and a change typed later made a row: it is in there, or nowhere.
	Was    user.Patch   // What the screen showed of the record before; Set 0 if nothing.

	Phase    Phase
	At       int64  // When it was typed, in milliseconds of the driver's clock.
	SentAt   int64  // When it was sent last; once Accepted, if its fate must be asked for, when it was last.
	Attempts int    // How often it was sent.
	Slow     bool   // Nothing heard for SlowAfter: its fate is unknown, not failed.
	Seq      uint64 // Of its event; 0 until accepted.
	Version  uint64 // Of the record after it, as the server's log tells.

	Code user.Code // RolledBack: why.
	Why  string    // RolledBack: why, in words.
	Root string    // A cascade: the create that fell.

	known   bool   // Its fate was asked for and is good; the rows may lag.
	merges  string // A retry: the record in whose tray is what it replaces once it is stored; then "".
	into    string // RolledBack: the retry that it was merged into.
	retryAt int64  // Queued: when to send it again; 0: once nothing before it waits.

	// By its strategy:
	cascades bool // It falls with the create it was typed on.
	polls    bool // Its fate must be asked for: nobody tells.
	trusts   bool // Accepted is taken for success: nobody tells, nobody asks.
	holds    bool // It is sent once what it was typed on is confirmed.
	declines bool // It is not made while something is pending on its record.
}

// Tag is the mutation's short name on every pane: A1, A2 …
func (m Mutation) Tag() string { return fmt.Sprintf("A%d", m.Number) }

// Command returns m as the server is asked for it.
func (m Mutation) Command(client string) user.Command {
	c := user.Command{
		Ref:    user.Ref{Client: client, Command: m.ID},
		Record: m.Record, Op: m.Op, Patch: m.Patch, Base: m.Base,
	}
	if m.Cause != "" {
		c.Cause = user.Ref{Client: client, Command: m.Cause}
	}
	return c
}

// creates reports whether m makes its record.
func (m *Mutation) creates() bool { return m.Op == user.Create }

// resolve looks its strategy up. An unknown one is the server's business.
func (m *Mutation) resolve() {
	s := strategy.Of(m.Strategy)
	m.cascades = s.Compensates()
	m.polls, m.trusts = s.Feedback == strategy.Poll, s.Feedback == strategy.NoFeedback
	m.holds, m.declines = s.Dependents == strategy.HoldDependents, s.Dependents == strategy.RefuseDependents
}

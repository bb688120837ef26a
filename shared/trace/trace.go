// Package trace is what happened in one run, in one order: a list of small
// facts, written alike by the simulator, by a scripted run on real parts and by
// an interactive session. The same checkers, diagrams and exports read all
// three. Nothing in a trace depends on a clock: causes are named by ids and
// places in the log.
//
// Who writes one keeps to this. Facts of one step stand in the order of their
// causes, and within a step what a client takes (Answered, Based) comes before
// what it believes, and that before what its screens say (Rendered). A fact is
// written when something changed: no belief or screen is repeated. What was
// there before the story begins is Appended, Committed and Based at step 0, by
// client "given". Each change that the projector passes is either Committed or
// Skipped, once, when its transaction is committed. Quiet is written only if no
// gate holds anything and no timer is left but heartbeats; it says so of the
// system even when a client is disconnected or the projector is stalled. A
// client that was restarted is cut off until it is Reconnected.
package trace

import (
	"fmt"

	"optimist/shared/protocol"
	"optimist/shared/user"
)

// Kind says what happened.
type Kind uint8

// What can happen. The comment lists the fields that mean something beside
// Step, At and Line; see Event.
const (
	// The person and the client.
	Acted        Kind = iota + 1 // Client, Intent, Op, Record, Patch, Base, Cause: the person did something.
	Held                         // Client, Intent: the client keeps it back.
	Sent                         // Client, Intent, Attempt.
	Answered                     // Client, Intent, Verdict, Seq, Code, Why: an answer reached the client.
	Believed                     // Client, Intent, Fate, Seq, Code, Why, Root: what the client now believes of its intent.
	Based                        // Client, Record, Seq, Value: the client took a row as of that position (of a row folded from the log, its Change).
	Rendered                     // Client, Record, Value, Mark, Shown, Twin: what the screen now says of the record; Value.Seq is that of the row under it.
	Disconnected                 // Client.
	Reconnected                  // Client.

	// The server.
	Decided   // Client, Intent, Verdict (accepted, refused or retry), Code, Why, Looked.
	Wrote     // Client, Intent, Record, Value: a row was written before anything was in the log.
	Appended  // Client, Intent, Seq, Op, Record, Patch, Cause, Base: its event is durable.
	Refused   // Client, Intent, Seq, Code, Why: its refusal is durable.
	Voided    // Client, Intent, Seq, Target, Code, Why, Root: a rejection of the event at Target is durable.
	Committed // Client, Intent, Seq, Record, Value: the projector put the event at Seq into the row.
	Skipped   // Client, Intent, Seq, Record, Code, Why: the projector gave the event at Seq up for good.
	Published // Seq: the feed told of everything up to Seq.

	// The environment.
	Crashed   // Actor.
	Restarted // Actor.
	Faulted   // Actor, Fault, Record: an armed fault struck.
	Waited    // At is the new time.
	Quiet     // Nothing but the person can move: drained, connected, restarted, retries exhausted. Stalled says whether the projector is.
)

// String returns the kind's word.
func (k Kind) String() string {
	switch k {
	case Acted:
		return "acted"
	case Held:
		return "held"
	case Sent:
		return "sent"
	case Answered:
		return "answered"
	case Believed:
		return "believed"
	case Based:
		return "based"
	case Rendered:
		return "rendered"
	case Disconnected:
		return "disconnected"
	case Reconnected:
		return "reconnected"
	case Decided:
		return "decided"
	case Wrote:
		return "wrote"
	case Appended:
		return "appended"
	case Refused:
		return "refused"
	case Voided:
		return "voided"
	case Committed:
		return "committed"
	case Skipped:
		return "skipped"
	case Published:
		return "published"
	case Crashed:
		return "crashed"
	case Restarted:
		return "restarted"
	case Faulted:
		return "faulted"
	case Waited:
		return "waited"
	case Quiet:
		return "quiet"
	}
	return fmt.Sprintf("kind(%d)", uint8(k))
}

// Fate is what a client believes of its own intent.
type Fate uint8

// The fates. The zero Fate is none.
const (
	FateHeld Fate = iota + 1 // Queued: not sent yet.
	FateSent
	FateAccepted
	FateConfirmed
	FateRolledBack
	FateWithdrawn // Undone before anybody was told; it is as if it never was.
)

// String returns the fate's word, that of the scenario language.
func (f Fate) String() string {
	switch f {
	case FateHeld:
		return "queued"
	case FateSent:
		return "sent"
	case FateAccepted:
		return "accepted"
	case FateConfirmed:
		return "confirmed"
	case FateRolledBack:
		return "rolled-back"
	case FateWithdrawn:
		return "withdrawn"
	}
	return fmt.Sprintf("fate(%d)", uint8(f))
}

// Mark is how a record is drawn.
type Mark uint8

// The marks. The zero Mark is invalid.
const (
	Plain   Mark = iota + 1 // Confirmed: ink.
	Pending                 // A guess: pencil.
	Failed                  // Rolled back: struck out, or a notice.
)

// String returns the mark's word.
func (m Mark) String() string {
	switch m {
	case Plain:
		return "plain"
	case Pending:
		return "pending"
	case Failed:
		return "failed"
	}
	return fmt.Sprintf("mark(%d)", uint8(m))
}

// Looked says what a decision was based on.
type Looked uint8

// What a decision can look at.
const (
	AtNothing Looked = iota
	AtLog
	AtProjection
)

// String returns what was looked at.
func (l Looked) String() string {
	switch l {
	case AtNothing:
		return "nothing"
	case AtLog:
		return "log"
	case AtProjection:
		return "projection"
	}
	return fmt.Sprintf("looked(%d)", uint8(l))
}

// Value is a record as somebody has it.
type Value struct {
	Exists  bool   `json:"exists"`
	Name    string `json:"name,omitempty"`
	Email   string `json:"email,omitempty"`
	Version uint64 `json:"version,omitempty"`
	Seq     uint64 `json:"seq,omitempty"` // Of the last event folded into it; 0: none.
}

// Event is one fact, flat: which fields mean something depends on Kind.
type Event struct {
	Step  int   // Which step of the run it belongs to, from 1. One step has many facts.
	At    int64 // Milliseconds of the run's clock.
	Line  int   // Of the script; 0 if there is none.
	Kind  Kind
	Actor string // Who: a client's name, "server", "log" or "projector".

	Client  string // Whose intent, or whose screen.
	Intent  string // The command's id.
	Op      user.Op
	Record  string // The record's id.
	Patch   user.Patch
	Cause   string // The intent it was typed on.
	Base    uint64
	Attempt int

	// Strategy is that of an Acted or Appended whose strategy is not the
	// trace's; "": the trace's.
	Strategy string

	Verdict protocol.Verdict
	Looked  Looked
	Fate    Fate
	Code    user.Code
	Why     string
	Root    string

	Seq    uint64 // Place in the log.
	Target uint64 // Voided: the event that is void.

	Value Value
	Mark  Mark
	Shown []string // Rendered: the client's own pending intents laid over the row, in order.
	Twin  bool     // Rendered: the same create is shown twice, under two ids.

	Fault   string // The fault as a person would write it.
	Stalled bool   // Quiet: the projector is held by a fault.
}

// Names of actors that are not clients.
const (
	Server    = "server"
	Log       = "log"
	Projector = "projector"
)

// Trace is one run.
type Trace struct {
	Title    string
	Strategy string   // As strategy.Parse reads it.
	Mode     string   // simulated, live or interactive.
	Clients  []string // In the order they came.
	Names    []Alias  // What a script calls the records.
	Events   []Event
}

// Called returns what a script calls the record with that id: the id itself if
// it has no name for it.
func (t *Trace) Called(id string) string {
	for _, a := range t.Names {
		if a.Record == id {
			return a.Name
		}
	}
	return id
}

// Alias is a record's name in a script.
type Alias struct {
	Name   string `json:"name"`
	Record string `json:"record"`
}

// Package sim is the whole product in one value: clients, server, log,
// projector, read model, and every queue between them, made of the very cores
// that run live: reconcile.Replica, decide.Core, projection.Apply, fault.Plan.
// Nothing moves by itself. Whoever drives it, a script, a person or a search,
// picks one Action at a time.
//
//	person → replica ─→ command ─→ decide ─→ append ─→ LOG ─→ event ─→ batch ─→ commit ─→ ROWS
//	            ↑         gate                gate              gate              gate │
//	            ├───── reply gate ←── answers, polls                                   │
//	            └───── feed gate ←─── feed messages, resyncs ←─────────────────────────┘
//
// What the driver of a live part decides, a world decides the same way:
//
//   - Commands are first in, first out for each client; so are answers and polls
//     at the ReplyGate, and feed messages and resyncs at the FeedGate. A query is
//     answered at the moment it is asked; only its answer waits.
//   - A disconnect loses what waits for the client, and what comes meanwhile, but
//     not its commands at the server. A crash of the server loses what stands at
//     any gate and all that is in memory; log, rows and outbox table stay. A crash
//     of a client loses all but its outbox, and its next life does not hear the
//     answers to the last one.
//   - A batch is committed in one permit: rows, then the rejections that the log
//     is owed, then one feed message, with the crash points in between.
//   - Time is virtual and moves by Advance only, from timer to timer, those of the
//     server before those of the clients.
//   - A heartbeat goes to clients that have not read to where the server is and
//     have nothing on its way to them. To others it would say nothing.
//
// A World is deterministic to the byte. It is made to be walked by a search: it
// is flat, CopyFrom copies into memory that is there, and AppendBinary gives
// equal worlds equal bytes.
package sim

import (
	"fmt"

	"optimist/shared/fault"
	"optimist/shared/user"
)

// Gate is a place on the way where things wait for their permit. The order is
// that in which a world settles.
type Gate uint8

// The gates. The zero Gate is invalid.
const (
	CommandGate Gate = iota + 1 // Commands that arrived at the server, by client.
	AppendGate                  // Decided events before the log, rejections excepted.
	EventGate                   // Events of the log before the projector.
	CommitGate                  // The projector's batch before its transaction.
	ReplyGate                   // Answers to commands and polls before the client.
	FeedGate                    // Feed messages and resyncs before the client.
)

// Gates lists every gate in order.
var Gates = []Gate{CommandGate, AppendGate, EventGate, CommitGate, ReplyGate, FeedGate}

// String returns the gate's word.
func (g Gate) String() string {
	switch g {
	case CommandGate:
		return "command"
	case AppendGate:
		return "append"
	case EventGate:
		return "event"
	case CommitGate:
		return "commit"
	case ReplyGate:
		return "reply"
	case FeedGate:
		return "feed"
	}
	return fmt.Sprintf("gate(%d)", uint8(g))
}

// Verb says what an Action does.
type Verb uint8

// The verbs. Those of the system are one permit each. The zero Verb is invalid.
const (
	// The person, at Client. Intent is the id of the mutation that it makes.
	Create  Verb = iota + 1 // Record, Patch.
	Edit                    // Record, Patch.
	Delete                  // Record.
	Retry                   // Record.
	Dismiss                 // Record; makes no intent.
	Undo                    // Record; makes an intent unless one is withdrawn.

	// The environment.
	Join          // Client comes, connects and loads.
	Disconnect    // Client. It lasts until Reconnect, across crashes.
	Reconnect     // Client.
	CrashClient   // Client loses its memory, not its outbox.
	RestartClient // Client.
	CrashServer   // What stands at the gates is lost, but not what is on disk.
	RestartServer // Clients that are not disconnected connect at once.
	Arm           // Fault.
	Disarm        // Every fault.
	Advance       // The clock goes on by For milliseconds; timers that come due on the way strike in order.

	// The system.
	Handle       // CommandGate: the oldest command of Client is decided.
	Append       // AppendGate: the decided event of Intent goes into the log.
	Project      // EventGate: the next N events go to the projector as one batch.
	Commit       // CommitGate: the batch is applied and committed, rejections are logged, the feed is published.
	DeliverReply // ReplyGate: the oldest answer to Client arrives.
	DeliverFeed  // FeedGate: the oldest feed message or resync to Client arrives.
)

// Personal reports whether v is what a person does, and no part of the system or
// the environment.
func (v Verb) Personal() bool { return v >= Create && v <= Undo }

// Action is one step of a world. It is flat: which fields mean something
// depends on Verb.
type Action struct {
	Verb   Verb
	Client string
	Intent string
	Record string // The record's id.
	Patch  user.Patch
	Fault  fault.Fault
	N      int   // Project: how many events, at least 1.
	For    int64 // Advance: milliseconds.
}

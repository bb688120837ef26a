package sim

import (
	"optimist/shared/event"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/user"
)

// State is everything of a world that can be seen from outside: what a live
// world must agree with after every step. Its lists are sorted as said; it
// shares nothing with the world.
type State struct {
	Now     int64
	Clients []ClientState  // In the order they joined.
	Log     []event.Event  // In its order, from #1.
	Rows    []protocol.Row // Of the read model, by id, tombstones included.
	Fates   []FateState    // Of the read model, by client and command.

	Checkpoint uint64 // Of the newest event committed.
	Watermark  uint64 // Of the newest event published.
	Waiting    []Waiting
	ServerDown bool
	Stalled    uint64 // The event at which a fault holds the projector; 0: none.
	Retrying   uint64 // The event at which the projector waits to try again; 0: none.
}

// ClientState is what one person sees.
type ClientState struct {
	Name    string
	Online  bool // The server can be reached.
	Cut     bool // Disconnected by the script.
	Down    bool // Crashed and not restarted; nothing below means anything.
	To      uint64
	Records []RecordState // By id; those that show anything.
	Intents []IntentState // In the order they were made; dismissed and merged ones stay as they were last.
}

// RecordState is one record on a screen.
type RecordState struct {
	ID            string
	Name, Email   string
	Status        reconcile.Status
	Exists        bool
	Ghost         bool
	Deleting      bool
	Slow          bool
	Twin          bool // Also shown under the server's id; see strategy.ByServer.
	Seen, Log, DB uint64
	Shown         []string // Own pending intents over the row, in order.
}

// IntentState is the fate of one intent as its client believes it.
type IntentState struct {
	ID     string
	Record string
	Op     user.Op
	Phase  reconcile.Phase
	Seq    uint64
	Code   user.Code
	Why    string
	Cause  string
	Root   string
	Tray   bool // Rolled back and still in the tray.

	Withdrawn bool // Taken back before anybody was told of it; it has no fate, and Phase is its last.
}

// FateState is what the read model holds of a command.
type FateState struct {
	user.Ref
	Status string
	Seq    uint64
	Code   user.Code
	Logged bool
}

// Waiting is one thing that stands at a gate and could pass it now. What an armed
// fault delays is not there yet; events do not wait for a projector that has a
// batch at the CommitGate, is stalled, or waits to try again.
type Waiting struct {
	Gate   Gate
	Client string // CommandGate, AppendGate, ReplyGate, FeedGate.
	Intent string // CommandGate, AppendGate, and the answers at ReplyGate.
	From   uint64 // EventGate, CommitGate: the first event; FeedGate: of the message.
	To     uint64 // EventGate, CommitGate: the last event; FeedGate: of the message.
	Resync bool   // FeedGate: the answer to a resync.
}

package reconcile

import (
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// InputKind says what happened to the replica.
type InputKind uint8

// Everything that can happen. The zero kind is invalid.
const (
	// Restore gives back a Mutation from the outbox, before anything else, in
	// the order of their numbers.
	Restore InputKind = iota + 1
	// Submit is a new mutation: ID, Record, Op, Patch, Strategy, and Base.
	Submit
	// Retry makes one new mutation, ID, of all that was rolled back on Record;
	// fields in Patch replace those that were typed before. Where the email is the
	// id, a create with another one is of another record: the mutation says which.
	Retry
	// Undo makes the inverse, ID, of the last mutation on Record, or withdraws
	// it while it is queued.
	Undo
	// Dismiss drops what was rolled back on Record.
	Dismiss
	// Stored says that the outbox holds the mutation ID.
	Stored
	// Connected and Disconnected say whether the server can be reached.
	Connected
	Disconnected
	// Answered is a Reply, to a command or to a poll.
	Answered
	// Fed is a Feed message.
	Fed
	// Synced is the whole answer to a Sync effect, its pages put together.
	Synced
	// SyncFailed says that the last Sync effect was not answered.
	SyncFailed
	// Tick says that time has passed.
	Tick
	// Follow says how this client reads, by Strategy: where its rows come from,
	// and whose ids it shows. Mutations go by the strategy they were made with.
	Follow
)

// Input is one thing that happened, flat: which fields mean something depends
// on Kind. The replica keeps no pointer into it.
type Input struct {
	Kind     InputKind
	At       int64 // Milliseconds of the driver's clock, never going back.
	ID       string
	Record   string
	Op       user.Op
	Patch    user.Patch
	Strategy string
	Base     uint64 // Submit: the row's sequence when its author began to type; 0: the row's now.
	Mutation *Mutation
	Reply    protocol.Reply
	Feed     *protocol.Feed
	Sync     *protocol.Sync
}

// EffectKind says what the driver must do.
type EffectKind uint8

// Everything a driver is asked for, to be carried out in order. The zero kind
// is invalid.
const (
	// Store writes Mutation to the outbox, replacing what it holds of that ID.
	// The driver answers the first one of an ID with Stored.
	Store EffectKind = iota + 1
	// Forget removes the mutation ID from the outbox.
	Forget
	// Send sends Mutation's command to the server.
	Send
	// Poll asks the server for the outcome of the mutation ID.
	Poll
	// Sync asks the server for what changed since the change number Since of
	// Epoch; Epoch "" asks for everything. With Log it asks for the records as
	// the log makes them. One Sync is under way at a time.
	Sync
	// Changed says that what the screen shows of Record may differ now.
	Changed
	// Settled says that Mutation was confirmed.
	Settled
	// Fell says that Mutation was rolled back.
	Fell
	// Moved says that the read position or the connection changed.
	Moved
	// Declined says that the strategy refuses to change Record while something
	// is pending on it: there is no mutation ID.
	Declined
)

// Effect is one thing to do, flat: which fields mean something depends on Kind.
type Effect struct {
	Kind     EffectKind
	ID       string
	Record   string
	Epoch    string
	Since    uint64
	Log      bool
	Mutation Mutation // A copy.
}

package live

import (
	"optimist/client/remote"
	"optimist/shared/protocol"
	"optimist/shared/reconcile"
	"optimist/shared/sim"
	"optimist/shared/user"
)

// seatVerb says what a seat is asked for.
type seatVerb string

// What a seat can be asked for. All but seatOpen need an open seat.
const (
	seatOpen    seatVerb = "open"    // Client, Dir, Strategy: start, and take back what the outbox kept.
	seatLink    seatVerb = "link"    // URL: connect to the server.
	seatUnlink  seatVerb = "unlink"  // Lose the connection.
	seatAct     seatVerb = "act"     // Act: what the person does.
	seatTick    seatVerb = "tick"    // Look at the clock.
	seatReply   seatVerb = "reply"   // Let the oldest answer in.
	seatFeed    seatVerb = "feed"    // Let the oldest feed message or resync in.
	seatReceive seatVerb = "receive" // Take in what the server has sent, up to here.
	seatClose   seatVerb = "close"   // End.
)

// seatRequest asks a seat for one step. It is flat: which fields mean something
// depends on Do.
type seatRequest struct {
	Do       seatVerb `json:"do"`
	Now      int64    `json:"now"` // Milliseconds of the world's clock, in every request.
	Client   string   `json:"client,omitempty"`
	Dir      string   `json:"dir,omitempty"`
	Strategy string   `json:"strategy,omitempty"`
	URL      string   `json:"url,omitempty"`
	Act      act      `json:"act,omitzero"`
}

// act is what a person does: an input of the replica that has a JSON form.
type act struct {
	Kind   reconcile.InputKind `json:"kind"`
	ID     string              `json:"id,omitempty"`
	Record string              `json:"record"`
	Op     user.Op             `json:"op,omitzero"` // Of a submission.
	Patch  user.Patch          `json:"patch,omitzero"`
}

// refusal says whether a seat did what a person wanted.
type refusal string

// The refusals.
const (
	notRefused refusal = ""
	declined   refusal = "declined"  // The strategy takes no change of a pending record.
	notTyped   refusal = "not typed" // A value is none that can be typed.
)

// String returns the refusal in words.
func (r refusal) String() string {
	if r == notRefused {
		return "done"
	}
	return string(r)
}

// seatAnswer is what a step did, and how everything is after it. Nothing is
// under way in a seat that has answered.
type seatAnswer struct {
	Error   string               `json:"error,omitempty"`
	Asked   remote.Asked         `json:"asked"`             // Of the server, since the seat was opened.
	Next    int64                `json:"next"`              // When to look at the clock again,
	Timed   bool                 `json:"timed"`             // if at all.
	Refused refusal              `json:"refused,omitempty"` // What the person wanted to do.
	Answers []parcel             `json:"answers"`           // What waits to be let in.
	Feeds   []parcel             `json:"feeds"`
	To      uint64               `json:"to"`      // The read position.
	Records []sim.RecordState    `json:"records"` // That show anything, by id.
	Effects []reconcile.Effect   `json:"effects"` // Of the outbox and of verdicts, in order.
	Known   []reconcile.Mutation `json:"known"`   // Pending or in the tray.
}

// parcel is what waits to be let in.
type parcel struct {
	Command  string `json:"command,omitempty"`
	From, To uint64
	Resync   bool            `json:"resync,omitempty"`
	Reply    *protocol.Reply `json:"reply,omitempty"`
	Feed     *protocol.Feed  `json:"feed,omitempty"`
	Sync     *protocol.Sync  `json:"sync,omitempty"`
}

func parcels(waiting []remote.Parcel) []parcel {
	var list []parcel
	for _, p := range waiting {
		list = append(list, parcel{
			Command: p.Command, From: p.From, To: p.To, Resync: p.Resync, Reply: p.Reply, Feed: p.Feed, Sync: p.Sync,
		})
	}
	return list
}

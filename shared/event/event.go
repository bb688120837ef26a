// Package event is what the log holds: facts about users, and the few facts
// about the log itself. An event on the wire is CloudEvents 1.0 in JSON, so that
// any tool that views a stream shows something a person can read.
package event

import (
	"fmt"

	"optimist/shared/user"
)

// Kind is what happened.
type Kind uint8

// The kinds of event. The zero Kind is invalid.
const (
	Created  Kind = iota + 1 // A user was created.
	Edited                   // Some fields of a user were set.
	Deleted                  // A user was deleted.
	Rejected                 // The event at Target is void: the read model gave it up for good.
	Refused                  // A command was refused; nothing happened to the user.
	Opened                   // The log began. Always at sequence 1.
	Epoch                    // A new build of the read model took over as the authority.
	Reserved                 // An email was claimed for a user.
	Released                 // The claim made at Target ended.
)

// String returns the kind's word, which is also the last token of its subject.
func (k Kind) String() string {
	switch k {
	case Created:
		return "created"
	case Edited:
		return "edited"
	case Deleted:
		return "deleted"
	case Rejected:
		return "rejected"
	case Refused:
		return "refused"
	case Opened:
		return "opened"
	case Epoch:
		return "epoch"
	case Reserved:
		return "reserved"
	case Released:
		return "released"
	}
	return fmt.Sprintf("kind(%d)", uint8(k))
}

// Kinds lists every kind in the order of its number.
var Kinds = []Kind{Created, Edited, Deleted, Rejected, Refused, Opened, Epoch, Reserved, Released}

// ParseKind is the inverse of Kind.String.
func ParseKind(s string) (Kind, bool) {
	for _, k := range Kinds {
		if k.String() == s {
			return k, true
		}
	}
	return 0, false
}

// Changes reports whether an event of this kind changes a user.
func (k Kind) Changes() bool { return k == Created || k == Edited || k == Deleted }

// Of returns the kind of event that a command of this operation becomes.
func Of(op user.Op) Kind {
	switch op {
	case user.Create:
		return Created
	case user.Edit:
		return Edited
	case user.Delete:
		return Deleted
	}
	panic(fmt.Sprintf("event: unknown %v", op))
}

// Claims reports whether an event of this kind is about the claim of an email.
func (k Kind) Claims() bool { return k == Reserved || k == Released }

// Event is one fact. Which fields mean something depends on Kind; the others
// are zero. Events are values: nobody changes one after it was stored.
type Event struct {
	Kind Kind
	Seq  uint64 // Place in the log, from 1; 0 until stored.
	ID   string // Unique in the log; see Event.Identify.
	Time int64  // When the server decided, in Unix milliseconds.

	// Of a command's event: Created, Edited, Deleted, Refused, Reserved, Released.
	// A Rejected, and a claim's event beside it, repeat those of the event it voids.
	user.Ref         // Who asked, and the command's id.
	Record   string  // The user's id.
	Op       user.Op // What was asked.
	Patch    user.Patch
	Cause    user.Ref // The pending mutation it was typed on, if any.
	Base     uint64   // The sequence of the record its author had seen.
	Version  uint64   // The record's version after it, as the decider knew it.
	Strategy string   // The strategy it was decided by.

	// Of Rejected and Refused.
	Code user.Code
	Why  string   // The reason in words, with the sequences it rests on.
	Root user.Ref // For a cascade: the create that fell.
	// Rejected, and a Reserved beside it: the sequence of the event that is void.
	// Released: of the Reserved that ends.
	Target uint64

	// Of Opened, Epoch and Rejected, and of a claim's event beside a Rejected.
	Stream string // The random id of this log.
	Build  uint64 // Which build of the read model speaks, from 1.
}

// Change returns the event as a change of its user. Only kinds that change a
// user have one.
func (e Event) Change() user.Change {
	return user.Change{Seq: e.Seq, Client: e.Client, Op: e.Op, Patch: e.Patch}
}

// Identify returns the event's id: equal facts have equal ids, and no two
// events of a healthy log share one.
func (e Event) Identify() string {
	switch e.Kind {
	case Created, Edited, Deleted:
		return e.Ref.String()
	case Refused:
		return "refused/" + e.Ref.String()
	case Rejected:
		return fmt.Sprintf("rejected/%d", e.Target)
	case Opened:
		return "opened/" + e.Stream
	case Epoch:
		return fmt.Sprintf("epoch/%s/%d", e.Stream, e.Build)
	case Reserved:
		if e.Target != 0 { // Its command made a claim before, which has that id.
			return fmt.Sprintf("reserved/%d", e.Target)
		}
		return "reserved/" + e.Ref.String()
	case Released:
		return fmt.Sprintf("released/%d", e.Target)
	}
	panic(fmt.Sprintf("event: unknown %v", e.Kind))
}

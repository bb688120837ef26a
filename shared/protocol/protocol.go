// Package protocol is what clients and servers say to each other: subjects and
// messages, as JSON. A client's id is in the subject, so that permissions can
// bind it.
package protocol

import (
	"optimist/shared/fault"
	"optimist/shared/user"
)

// FeedSubject carries Feed messages from the server to everybody.
const FeedSubject = "feed"

// LogFeedSubject carries Feed messages of what the log makes of the records: for
// clients that read the log.
const LogFeedSubject = "feed.log"

// StatusSubject carries Status messages from the server to everybody.
const StatusSubject = "status"

// Prefixes of the request subjects; a client's id follows the first two.
const (
	CommandPrefix = "cmd."
	QueryPrefix   = "query."
	ControlFault  = "control.fault"
)

// CommandSubject returns where client sends its commands.
func CommandSubject(client string) string { return CommandPrefix + client }

// QuerySubject returns where client sends its queries.
func QuerySubject(client string) string { return QueryPrefix + client }

// MaxPage is how many rows one page of a Sync or a List may hold, so that a
// page stays under the transport's message limit (1 MiB) with rows of the
// largest size.
const MaxPage = 200

// MaxCommands is how many commands one message may hold, so that it stays under
// the transport's limit with commands of the largest size.
const MaxCommands = 64

// Commands is a request of several commands, in the order in which they were
// typed. They are as good as one message each, at a fraction of the cost.
type Commands []Command

// Command is a request to change a user. The client's id is in its subject.
type Command struct {
	ID       string  `json:"id"`
	Record   string  `json:"record"`
	Op       user.Op `json:"op"`
	Name     *string `json:"name,omitempty"`
	Email    *string `json:"email,omitempty"`
	Cause    string  `json:"cause,omitempty"` // The client's command it was typed on.
	Base     uint64  `json:"base,omitempty"`
	Strategy string  `json:"strategy,omitempty"`
}

// CommandOf puts c into its wire form.
func CommandOf(c user.Command, strategy string) Command {
	w := Command{
		ID: c.Command, Record: c.Record, Op: c.Op,
		Cause: c.Cause.Command, Base: c.Base, Strategy: strategy,
	}
	if c.Patch.Set.Has(user.FieldName) {
		w.Name = &c.Patch.Name
	}
	if c.Patch.Set.Has(user.FieldEmail) {
		w.Email = &c.Patch.Email
	}
	return w
}

// User returns the command as the domain knows it, from client.
func (c Command) User(client string) user.Command {
	out := user.Command{
		Ref:    user.Ref{Client: client, Command: c.ID},
		Record: c.Record, Op: c.Op, Base: c.Base,
	}
	if c.Cause != "" {
		out.Cause = user.Ref{Client: client, Command: c.Cause}
	}
	if c.Name != nil {
		out.Patch = user.SetName(*c.Name).Over(out.Patch)
	}
	if c.Email != nil {
		out.Patch = user.SetEmail(*c.Email).Over(out.Patch)
	}
	return out
}

// Verdict is what an answer says of a command.
type Verdict string

// The verdicts. Only Refused, Confirmed and RolledBack end a command.
const (
	Accepted   Verdict = "accepted"    // Its event is durable in the log.
	Refused    Verdict = "refused"     // It never became an event, and never will.
	Retry      Verdict = "retry"       // No verdict: send it again, after its cause.
	Confirmed  Verdict = "confirmed"   // Its event is in the read model.
	RolledBack Verdict = "rolled-back" // Its event was rejected by the read model.
	Unknown    Verdict = "unknown"     // Asked about a command the server never saw.
)

// Reply answers a Command, or an Outcome query.
type Reply struct {
	Command string    `json:"command"`
	Verdict Verdict   `json:"verdict"`
	Seq     uint64    `json:"seq,omitempty"`     // Of its event in the log.
	Version uint64    `json:"version,omitempty"` // Of the record after it, by the log.
	Epoch   string    `json:"epoch,omitempty"`   // Within which Seq means something.
	Code    user.Code `json:"code,omitempty"`
	Why     string    `json:"why,omitempty"`
	Root    string    `json:"root,omitempty"` // For a cascade: the create that fell.
	Row     *Row      `json:"row,omitempty"`  // Confirmed without a Seq: the row that was written first.
}

// Replies answers Commands: those of them whose answers are ready. The others
// follow.
type Replies []Reply

// Row is a confirmed record, living or deleted.
type Row struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Email   string `json:"email"`
	Version uint64 `json:"version"`
	Seq     uint64 `json:"seq"`               // Of the last event folded into it.
	Born    uint64 `json:"born,omitempty"`    // Of the create that made it.
	Deleted bool   `json:"deleted,omitempty"` // A tombstone.
	By      string `json:"by,omitempty"`      // Client of the last change.
	Command string `json:"command,omitempty"` // Command of the last change.
	Change  uint64 `json:"change,omitempty"`  // The database's change number, within the epoch; of a row as the log makes it: the position.
}

// Rejection says that an accepted event is void.
type Rejection struct {
	Client  string    `json:"client"`
	Command string    `json:"command"`
	Record  string    `json:"record"`
	Seq     uint64    `json:"seq"` // Of the event that is void.
	Code    user.Code `json:"code"`
	Why     string    `json:"why,omitempty"`
	Root    string    `json:"root,omitempty"` // For a cascade: the create that fell.
}

// Feed is one step of the read model: everything that changed between two
// positions. A heartbeat is a Feed whose From equals its To. Rejections of
// strategies without push are left out: their clients must ask. With Log it
// holds what the log makes of a record, and positions are those of the log.
type Feed struct {
	Epoch    string      `json:"epoch"`
	From     uint64      `json:"from"`
	To       uint64      `json:"to"`
	Change   uint64      `json:"change"` // The database's change number at To.
	Log      bool        `json:"log,omitempty"`
	Rows     []Row       `json:"rows,omitempty"`
	Rejected []Rejection `json:"rejected,omitempty"`
}

// ProjectorState is what a projector is doing.
type ProjectorState string

// The states.
const (
	Running  ProjectorState = "running"
	Stalled  ProjectorState = "stalled"  // A fault holds it at an event until it is cleared.
	Retrying ProjectorState = "retrying" // Something failed that may pass; nothing is rejected for it.
	Failed   ProjectorState = "failed"   // It gave up.
)

// Status is what the server says of its parts, for people: on every change, and
// with each heartbeat.
type Status struct {
	Epoch     string         `json:"epoch"`
	Log       uint64         `json:"log"`       // Last sequence of the log.
	Projected uint64         `json:"projected"` // The watermark.
	Projector ProjectorState `json:"projector"`
	At        uint64         `json:"at,omitempty"`      // The event it is stalled or retrying at.
	Attempt   int            `json:"attempt,omitempty"` // Of a retry, from 1.
	Of        int            `json:"of,omitempty"`      // How many attempts are known to fail; 0: nobody knows.
	Why       string         `json:"why,omitempty"`
	FaultsOn  bool           `json:"faults_on"`
	Faults    []fault.Fault  `json:"faults,omitempty"`
	Strategy  string         `json:"strategy"` // The server's default.
}

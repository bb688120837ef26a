package decide

import (
	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// InputKind says what happened.
type InputKind uint8

// Everything that can happen. The zero kind is invalid.
const (
	// Arrived is a new command: Job, Command, Strategy and At. Job is the
	// driver's number of it; numbers ascend.
	Arrived InputKind = iota + 1
	// Stored says that the events of Job's Append are in the log, the first of
	// them at Seq.
	Stored
	// Conflicted says that Job's Append met another state of the log than it
	// expected, or its WriteRow another row. Nothing was stored.
	Conflicted
	// Unanswered says that nobody knows what became of Job's Append, or that its
	// WriteRow failed for a reason that may pass.
	Unanswered
	// Reread is the answer to Job's Fetch: Events, in any order.
	Reread
	// Failed says that Job's Fetch found no answer.
	Failed
	// Written says that Job's WriteRow is committed; Record is as it was written.
	Written
	// Barred says that Job's WriteRow would break a rule of the database: Code
	// and Why. Nothing was written.
	Barred
	// Observed says that the read model has committed Event and all before it.
	Observed
	// Indexed is an Event of the log that the read model does not have yet, when
	// the server starts.
	Indexed
	// Published says that the projector has told everybody of the log up to To:
	// rejections up to there are in the log. At is the time.
	Published
	// Ticked says that it is At.
	Ticked
	// Relayed is an entry of the outbox, when the server starts: Job, a number
	// of the driver's, and Event. They come in the order they were written.
	Relayed
	// Followed says that somebody reads the log from now on; see TellLog.
	Followed
)

// Input is one thing that happened, flat: which fields mean something depends
// on Kind. The core keeps no pointer into it.
type Input struct {
	Kind     InputKind
	Job      uint64
	At       int64 // Milliseconds of the driver's clock, never going back.
	Command  user.Command
	Strategy string // The strategy's text; empty: that of the config.
	Seq      uint64
	To       uint64
	Event    event.Event
	Events   []event.Event
	Record   projection.Record
	Code     user.Code
	Why      string
}

// EffectKind says what the driver must do.
type EffectKind uint8

// Everything a driver is asked for. The zero kind is invalid.
const (
	// Append appends Events as one atomic batch, each expecting the last event
	// under its filter (see Filter) at Expect. The driver answers with Stored,
	// Conflicted or Unanswered.
	Append EffectKind = iota + 1
	// Fetch reads what the log holds of Record after After, of the emails in
	// Claims after their After, and the refusal of the command Refusal unless it
	// is zero. The driver answers with Reread or Failed.
	Fetch
	// Answer answers Job's command with Reply; with Drop the answer is lost on
	// its way. Every job that arrived is answered once.
	Answer
	// WriteRow writes the row of Event before its event, in one transaction:
	// Record and Fate, and an entry of Event in the outbox if Outbox. The driver
	// answers with Written, with Conflicted if the record is not at Version any
	// more, with Barred, or with Unanswered.
	WriteRow
	// Remove takes Event's entry out of the outbox: the log has it.
	Remove
	// TellLog publishes Feed, what the log makes of a record, to those that read
	// the log.
	TellLog
	// Report says that something failed, for the driver's records: Err.
	Report
)

// EmailAfter is an email's token and the last event on its subjects that is
// known.
type EmailAfter struct {
	Token string
	After uint64
}

// Effect is one thing to do, flat: which fields mean something depends on Kind.
type Effect struct {
	Kind EffectKind
	Job  uint64

	Events  []event.Event // Append.
	Expect  []uint64      // Append: one for each of Events.
	LoseAck bool          // Append: a fault loses the acknowledgement; the driver answers with Unanswered.
	Delay   int64         // Append: a fault holds it back for so many milliseconds, before any gate.
	Once    bool          // Append: it is never tried again.

	After   uint64   // Fetch.
	Refusal user.Ref // Fetch.
	Claims  []EmailAfter

	Client string         // Answer.
	Reply  protocol.Reply // Answer.
	Drop   bool           // Answer.

	Record projection.Record // WriteRow; Fetch: its ID.
	Fate   projection.Fate   // WriteRow.
	Outbox bool              // WriteRow.
	Event  event.Event       // WriteRow, Remove.

	Feed protocol.Feed // TellLog.
	Err  error         // Report.
}

// Filter returns the subjects under which ev carries its expectation.
func Filter(ev event.Event) string {
	if ev.Kind.Claims() {
		return event.EmailFilter(event.EmailToken(ev.Patch.Email))
	}
	return event.RecordFilter(ev.Record)
}

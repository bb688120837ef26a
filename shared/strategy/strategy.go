// Package strategy is the catalogue of answers to one question: what may the
// screen show while the event store knows more than the database? A strategy is
// data, a choice on each axis; the code that runs is the same for all.
package strategy

// Write says where a change goes first.
type Write uint8

// Choices of Write.
const (
	EventFirst   Write = iota // The log, and from there the database.
	RowThenEvent              // The database, then the log: a dual write.
	RowAndOutbox              // The database with an outbox row in one transaction.
)

// Validate says what a command is checked against.
type Validate uint8

// Choices of Validate.
const (
	ByLog        Validate = iota // The record as the log tells it, with an expected version.
	ByProjection                 // The row in the database.
	ByNothing                    // Nothing: what arrives is appended.
)

// Reply says when the server answers.
type Reply uint8

// Choices of Reply.
const (
	WhenAccepted  Reply = iota // Once the event is durable in the log.
	WhenProjected              // Once the row is there, or unknown after a timeout.
)

// Read says where the client's list comes from.
type Read uint8

// Choices of Read.
const (
	OverlaidProjection Read = iota // The rows with the client's own pending changes over them.
	PlainProjection                // The rows only.
	FoldedLog                      // A fold of the log.
)

// Dependents says what happens to an edit of a record that is still pending.
type Dependents uint8

// Choices of Dependents.
const (
	SendDependents Dependents = iota
	HoldDependents
	RefuseDependents
)

// Feedback says how a client learns of a late failure.
type Feedback uint8

// Choices of Feedback.
const (
	Push Feedback = iota
	Poll
	NoFeedback
)

// Compensation says what the log learns of an event the read model gave up.
type Compensation uint8

// Choices of Compensation.
const (
	RejectionLogged Compensation = iota // A rejected event follows, and dependents cascade.
	NoCompensation
)

// Identity says who makes the record's id.
type Identity uint8

// Choices of Identity.
const (
	ByClient Identity = iota
	ByServer
	ByEmail // A natural key.
)

// UniqueEmail says where two users with one email are noticed.
type UniqueEmail uint8

// Choices of UniqueEmail.
const (
	AtProjector UniqueEmail = iota
	ReservedInLog
)

// Strategy is a choice on each axis. The zero value of every axis is that of
// reconcile, so a preset names only what differs.
type Strategy struct {
	Name         string
	Write        Write
	Validate     Validate
	Reply        Reply
	Read         Read
	Dependents   Dependents
	Feedback     Feedback
	Compensation Compensation
	Identity     Identity
	UniqueEmail  UniqueEmail
	Summary      string // A few words, for lists: at most 40 characters.
}

// Compensates reports whether the log learns of an event that was given up, and
// its dependents fall with it.
func (s Strategy) Compensates() bool { return s.Compensation == RejectionLogged }

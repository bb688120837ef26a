package event

import "fmt"

// Subjects of the stream.
const (
	// AllSubjects is what the stream captures.
	AllSubjects = "events.>"
	// UserSubjects is every event that is about one user and changes its state.
	UserSubjects = "events.user.>"
)

// VerdictSubjects is every event that says which others count: what a fold must
// know beforehand.
var VerdictSubjects = []string{"events.user.*.rejected", "events.store.epoch"}

// Subject returns where e is published. Ids of records, clients and commands
// hold only characters that are safe in a subject (user.ValidateID), so each is
// its own token; anything else must be encoded before it may stand in one.
func (e Event) Subject() string {
	switch e.Kind {
	case Created, Edited, Deleted, Rejected:
		return "events.user." + e.Record + "." + e.Kind.String()
	case Refused:
		return "events.refused." + e.Client + "." + e.Command
	case Opened, Epoch:
		return "events.store." + e.Kind.String()
	}
	panic(fmt.Sprintf("event: unknown %v", e.Kind))
}

// RecordFilter returns the one filter under which appends about a record carry
// their expectation. It must be this very string each time: servers compare
// filters of messages in flight literally.
func RecordFilter(record string) string { return "events.user." + record + ".>" }

package event

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"

	"optimist/shared/user"
)

// AllSubjects is what the stream captures.
const AllSubjects = "events.>"

// VerdictSubjects is every event that says which others count: what a fold must
// know beforehand.
var VerdictSubjects = []string{"events.user.*.rejected", "events.store.epoch"}

// Subject returns where e is published. Ids of records, clients and commands
// hold only characters that are safe in a subject (user.ValidateID), so each is
// its own token, or a command's several at the subject's end; anything else must
// be encoded before it may stand in one.
func (e Event) Subject() string {
	switch e.Kind {
	case Created, Edited, Deleted, Rejected:
		return "events.user." + e.Record + "." + e.Kind.String()
	case Refused:
		return "events.refused." + e.Client + "." + e.Command
	case Opened, Epoch:
		return "events.store." + e.Kind.String()
	case Reserved, Released:
		return "events.email." + EmailToken(e.Patch.Email) + "." + e.Kind.String()
	}
	panic(fmt.Sprintf("event: unknown %v", e.Kind))
}

// RecordFilter returns the one filter under which appends about a record carry
// their expectation. It must be this very string each time: servers compare
// filters of messages in flight literally.
func RecordFilter(record string) string { return "events.user." + record + ".>" }

// EmailFilter returns the one filter under which appends about the claim of an
// email carry their expectation, by the email's token. Like RecordFilter, it is
// this very string each time.
func EmailFilter(token string) string { return "events.email." + token + ".>" }

// tokenLength is how many characters of a digest stand for an email: 130 bits.
const tokenLength = 26

// EmailToken returns what stands for an email in a subject, and is a user's id
// where the email is the identity: equal for equal user.EmailKey, one token of
// a-z and 2-7, and a valid id.
func EmailToken(email string) string {
	digest := sha256.Sum256([]byte(user.EmailKey(email)))
	text := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(digest[:])
	return strings.ToLower(text[:tokenLength])
}

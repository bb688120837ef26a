// Package reply is the one way in which the server answers a request. The
// server holds full rights, and a request names the subject of its answer: an
// answer to events.* would be a write into the log. So it answers to inboxes
// only.
package reply

import (
	"errors"
	"fmt"
	"strings"

	"github.com/nats-io/nats.go"

	"optimist/shared/protocol"
)

// InboxPrefix begins every subject that may be answered to.
const InboxPrefix = nats.InboxPrefix

// ErrNotInbox says that a request asked for an answer elsewhere than to an
// inbox, or for none.
var ErrNotInbox = errors.New("the reply subject is not an inbox")

// Addressable reports whether the server may answer to subject.
func Addressable(subject string) bool {
	return strings.HasPrefix(subject, InboxPrefix) && len(subject) > len(InboxPrefix)
}

// To answers msg with v as JSON. It returns ErrNotInbox, and sends nothing, if
// msg does not ask for an answer to an inbox.
func To(msg *nats.Msg, v any) error {
	if !Addressable(msg.Reply) {
		return ErrNotInbox
	}
	data, err := protocol.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode the answer: %w", err)
	}
	if err := msg.Respond(data); err != nil {
		return fmt.Errorf("answer: %w", err)
	}
	return nil
}

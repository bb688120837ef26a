package reply_test

import (
	"errors"
	"testing"

	"github.com/nats-io/nats.go"

	"optimist/server/reply"
)

func TestOnlyInboxesAreAnswered(t *testing.T) {
	for subject, want := range map[string]bool{
		nats.NewInbox():           true,
		"_INBOX.a.b":              true,
		"":                        false,
		"_INBOX.":                 false,
		"_INBOXES.a":              false,
		"events.user.u1.deleted":  false,
		"feed":                    false,
		"x._INBOX.a":              false,
		"cmd.ada":                 false,
		"$JS.API.STREAM.PURGE.EV": false,
	} {
		if got := reply.Addressable(subject); got != want {
			t.Errorf("Addressable(%q) = %v", subject, got)
		}
		if want {
			continue
		}
		if err := reply.To(&nats.Msg{Reply: subject}, 1); !errors.Is(err, reply.ErrNotInbox) {
			t.Errorf("To %q: %v", subject, err)
		}
	}
}

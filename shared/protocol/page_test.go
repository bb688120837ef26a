package protocol_test

import (
	"encoding/json"
	"strings"
	"testing"

	"optimist/shared/protocol"
	"optimist/shared/user"
)

// A page of the largest rows there can be must fit into one message, or nobody
// can ever read it. One byte of text may be six of JSON.
func TestPageFitsIntoAMessage(t *testing.T) {
	const message = 1 << 20 // The transport's limit, in bytes.
	id := strings.Repeat("i", user.MaxID)
	name := strings.Repeat("\x01", user.MaxName-1) + "x"
	email := strings.Repeat("&", user.MaxEmail-len("@b.c")) + "@b.c"
	if err := user.Validate(user.Command{
		Ref: user.Ref{Client: id, Command: id}, Record: id, Op: user.Create, Patch: user.SetBoth(name, email),
	}); err != nil {
		t.Fatal(err)
	}
	why := id + " has the email " + email
	var sync protocol.Sync
	var list protocol.List
	for range protocol.MaxPage {
		sync.Rows = append(sync.Rows, protocol.Row{
			ID: id, Name: name, Email: email, Version: 1 << 50, Seq: 1 << 50, Born: 1 << 50, By: id, Command: id,
		})
		list.Records = append(list.Records, protocol.Record{
			ID: id, Name: name, Email: email, Log: 1 << 50, DB: 1 << 50,
			Last: protocol.Reply{Command: id, Verdict: protocol.RolledBack, Seq: 1 << 50, Code: user.ErrEmailTaken, Why: why, Root: id, Epoch: id},
		})
	}
	for _, page := range []any{sync, list} {
		data, err := json.Marshal(page)
		if err != nil || len(data) > message {
			t.Errorf("a page of %T has %d bytes, and a message has %d at most: %v", page, len(data), message, err)
		}
	}
}

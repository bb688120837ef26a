package natsd

import (
	"fmt"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nkeys"

	"optimist/server/eventlog"
	"optimist/shared/protocol"
)

// guestName is the user of everybody who does not prove to be the server.
const guestName = "guest"

// guestRights are what a client needs: to send commands and queries, to arm
// faults (which the server refuses unless it was told otherwise), to hear
// answers and the feed, and to look at the stream with any NATS tool. A client
// never writes to the log itself.
func guestRights() *server.Permissions {
	const api, stream = "$JS.API.", "." + eventlog.StreamName
	return &server.Permissions{
		Publish: &server.SubjectPermission{Allow: []string{
			protocol.CommandPrefix + "*",
			protocol.QueryPrefix + "*",
			"control.>",
			api + "INFO",
			api + "STREAM.NAMES",
			api + "STREAM.LIST",
			api + "STREAM.INFO" + stream,
			api + "STREAM.MSG.GET" + stream,
			api + "DIRECT.GET" + stream,
			api + "DIRECT.GET" + stream + ".>",
			api + "CONSUMER.CREATE" + stream,
			api + "CONSUMER.CREATE" + stream + ".>",
			api + "CONSUMER.NAMES" + stream,
			api + "CONSUMER.LIST" + stream,
			api + "CONSUMER.INFO" + stream + ".*",
			api + "CONSUMER.DELETE" + stream + ".*",
			api + "CONSUMER.MSG.NEXT" + stream + ".*",
			"$JS.ACK" + stream + ".>",
			"$JS.FC" + stream + ".>",
		}},
		Subscribe: &server.SubjectPermission{Allow: []string{
			"_INBOX.>", protocol.FeedSubject, protocol.StatusSubject,
		}},
	}
}

// newIdentity makes the key by which this process is known to its own server:
// it never leaves the process.
func newIdentity() (nkeys.KeyPair, string, error) {
	pair, err := nkeys.CreateUser()
	if err != nil {
		return nil, "", fmt.Errorf("make the server's key: %w", err)
	}
	public, err := pair.PublicKey()
	if err != nil {
		return nil, "", fmt.Errorf("make the server's key: %w", err)
	}
	return pair, public, nil
}

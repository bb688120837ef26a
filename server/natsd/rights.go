package natsd

import (
	"fmt"
	"strings"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"

	"optimist/server/eventlog"
	"optimist/shared/protocol"
)

// guestName is the user of everybody who does not prove to be the server.
const guestName = "guest"

// logInbox begins the inboxes of the server's connection to the log.
const logInbox = "_LOG"

// accounts keeps the log in an account of its own. Everybody else lives in
// another and imports the reading half of JetStream's interface. The answers to
// an imported request come back as messages of the importing account, so a
// request whose reply subject is events.user.ada.deleted reaches nobody. In one
// account it would be stored: permissions bind what a client publishes, not
// where it asks to be answered.
const accounts = `
no_auth_user: %[1]s
accounts {
  LOG {
    jetstream: enabled
    users: [ { nkey: %[2]s } ]
    exports: [
%[4]s      { stream: "_INBOX.>" }
    ]
  }
  USERS {
    users: [
      { nkey: %[3]s }
      { user: %[1]s, permissions: { publish: [ %[6]s ], subscribe: [ %[7]s ] } }
    ]
    imports: [
%[5]s      { stream: { account: LOG, subject: "_INBOX.>" } }
    ]
  }
}
`

// readings is the half of JetStream's interface that cannot change the stream.
// The flow control of a push consumer is part of it, and so are the
// acknowledgements that tools send for what they have shown.
func readings() []string {
	const api, stream = "$JS.API.", "." + eventlog.StreamName
	return []string{
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
		"$JS.FC" + stream + ".>",
		"$JS.ACK" + stream + ".>",
	}
}

// readAccounts puts who may do what into opts. logKey and serverKey are the
// public keys of this process in either account.
func readAccounts(opts *server.Options, logKey, serverKey string) error {
	var exports, imports strings.Builder
	for _, subject := range readings() {
		fmt.Fprintf(&exports, "      { service: %q, response: stream }\n", subject)
		fmt.Fprintf(&imports, "      { service: { account: LOG, subject: %q } }\n", subject)
	}
	publish := append([]string{
		protocol.CommandPrefix + "*", protocol.QueryPrefix + "*", "control.>",
	}, readings()...)
	subscribe := []string{"_INBOX.>", protocol.FeedSubject, protocol.LogFeedSubject, protocol.StatusSubject}
	text := fmt.Sprintf(accounts, guestName, logKey, serverKey,
		exports.String(), imports.String(), quoted(publish), quoted(subscribe))
	if err := opts.ProcessConfigString(text); err != nil {
		return fmt.Errorf("set up the accounts: %w", err)
	}
	return nil
}

// quoted returns subjects as the inside of a list.
func quoted(subjects []string) string {
	out := make([]string, len(subjects))
	for i, s := range subjects {
		out[i] = fmt.Sprintf("%q", s)
	}
	return strings.Join(out, ", ")
}

// identity is a key by which this process is known to its own server. It never
// leaves the process.
type identity struct {
	pair   nkeys.KeyPair
	public string
}

func newIdentity() (identity, error) {
	pair, err := nkeys.CreateUser()
	if err != nil {
		return identity{}, fmt.Errorf("make the server's key: %w", err)
	}
	public, err := pair.PublicKey()
	if err != nil {
		return identity{}, fmt.Errorf("make the server's key: %w", err)
	}
	return identity{pair: pair, public: public}, nil
}

// option proves the identity to the server.
func (i identity) option() nats.Option { return nats.Nkey(i.public, i.pair.Sign) }

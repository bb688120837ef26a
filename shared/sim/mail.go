package sim

import "optimist/shared/protocol"

// Mail is what waits to reach one client, word for word.
type Mail struct {
	Client   string
	Replies  []protocol.Reply // At the ReplyGate.
	Messages []Message        // At the FeedGate.
}

// Message is a feed message, or with Resync the answer to a resync.
type Message struct {
	Resync bool
	Feed   protocol.Feed
	Sync   protocol.Sync
}

// Mail returns what waits to reach each client, in the order in which they
// joined. The lists within are not the caller's to change.
func (w *World) Mail() []Mail {
	var all []Mail
	for _, c := range w.clients {
		m := Mail{Client: c.name, Replies: c.replies}
		for _, p := range c.parcels {
			m.Messages = append(m.Messages, Message{Resync: p.resync, Feed: p.feed, Sync: p.sync})
		}
		all = append(all, m)
	}
	return all
}

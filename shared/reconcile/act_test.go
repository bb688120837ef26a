package reconcile

import (
	"fmt"

	"optimist/shared/protocol"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// act does one thing at random.
func (h *history) act() {
	switch n := h.rnd.IntN(100); {
	case n < 25:
		h.typed()
	case n < 35:
		h.foreign()
	case n < 45:
		h.feed(h.server.project(1 + h.rnd.IntN(3)))
	case n < 50:
		h.feedLog()
	case n < 80:
		h.deliver()
	case n < 88:
		h.now += int64(h.rnd.IntN(3_000))
		h.step(Input{Kind: Tick})
	case n < 92:
		h.link(!h.online)
	case n < 95:
		h.written()
	case n < 96:
		h.server.lose()
	case n < 97:
		h.restart()
	default:
		h.feed(h.server.project(0)) // A heartbeat.
	}
}

// typed is something that the person does.
func (h *history) typed() {
	h.ids++
	in := Input{Kind: Submit, ID: fmt.Sprintf("c%d", h.ids), Record: h.record(), Strategy: h.strategy}
	switch n := h.rnd.IntN(10); {
	case n < 3:
		in.Op, in.Patch = user.Create, user.SetBoth(h.word(), h.email())
	case n < 6:
		in.Op, in.Patch = user.Edit, user.SetName(h.word())
	case n < 7:
		in.Op, in.Patch = user.Edit, user.SetEmail(h.email())
	case n < 8:
		in.Op = user.Delete
	case n < 9:
		in.Kind = []InputKind{Undo, Dismiss}[h.rnd.IntN(2)]
	default:
		in.Kind = Retry
		if h.rnd.IntN(2) == 0 {
			in.Patch = user.SetEmail(h.email())
		}
	}
	h.step(in)
}

func (h *history) record() string { return records[h.rnd.IntN(len(records))] }
func (h *history) word() string   { return fmt.Sprintf("w%d", h.rnd.IntN(1000)) }

// email is anything, or where it is the id that of some record.
func (h *history) email() string {
	if h.rules.Identity != strategy.ByEmail {
		return h.word()
	}
	return emails[h.rnd.IntN(len(emails))]
}

// foreign is a command of somebody else.
func (h *history) foreign() {
	h.ids++
	c := user.Command{Ref: user.Ref{Client: "bob", Command: fmt.Sprintf("b%d", h.ids)}, Record: h.record()}
	c.Op = []user.Op{user.Create, user.Edit, user.Delete}[h.rnd.IntN(3)]
	switch c.Op {
	case user.Create:
		c.Patch = user.SetBoth(h.word(), h.word())
	case user.Edit:
		c.Patch = user.SetEmail(h.word())
	case user.Delete:
	}
	h.server.command(c)
}

// feedLog sends what the log's fold has to tell.
func (h *history) feedLog() {
	for _, f := range h.server.told {
		h.feed(f)
	}
	h.server.told = h.server.told[:0]
	if h.rnd.IntN(4) == 0 { // A heartbeat.
		s := h.server
		h.feed(&protocol.Feed{Epoch: s.name(), From: s.folded, To: s.folded, Change: s.folded, Log: true})
	}
}

// feed sends a message of the feed, or loses it.
func (h *history) feed(f *protocol.Feed) {
	if !h.server.tells() {
		f.Rejected = nil
	}
	if h.online && h.rnd.IntN(8) != 0 {
		h.mail = append(h.mail, Input{Kind: Fed, Feed: f})
	}
}

// deliver gives the client one thing that is on its way: mostly the oldest. Now
// and then it stays on its way, to come again.
func (h *history) deliver() {
	if len(h.mail) == 0 {
		return
	}
	at := 0
	if h.rnd.IntN(3) == 0 {
		at = h.rnd.IntN(len(h.mail))
	}
	in := h.mail[at]
	if in.Kind == Synced || h.rnd.IntN(8) != 0 {
		h.mail = append(h.mail[:at:at], h.mail[at+1:]...)
	}
	h.step(in)
}

// link connects or disconnects. What was on its way is lost, but for a feed
// message or a reply that somebody kept for later.
func (h *history) link(up bool) {
	h.online = up
	kept := h.mail[:0:0]
	for _, in := range h.mail {
		if in.Kind != Synced && h.rnd.IntN(4) == 0 {
			kept = append(kept, in)
		}
	}
	h.mail = kept
	if up {
		h.step(Input{Kind: Connected})
	} else {
		h.step(Input{Kind: Disconnected})
	}
}

// written lets the disk catch up.
func (h *history) written() {
	for len(h.disk) > 0 {
		id := h.disk[0]
		h.disk = h.disk[1:]
		h.step(Input{Kind: Stored, ID: id})
	}
}

// restart kills the client. What the outbox holds comes back.
func (h *history) restart() {
	h.written()
	h.online, h.mail = false, nil
	h.lines = append(h.lines, "restart")
	h.begin()
	h.naive.restart()
	for _, m := range h.box {
		h.one(Input{Kind: Restore, Mutation: &m})
	}
	h.compare(nil)
}

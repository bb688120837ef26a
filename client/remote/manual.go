package remote

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go"

	"optimist/shared/protocol"
	"optimist/shared/reconcile"
)

// arrivalRoom is how many messages may arrive at a Manual between two Receives.
const arrivalRoom = 1 << 12

// Manual is a Remote that a driver moves step by step. It has no goroutine and
// no clock of its own: effects are carried out and inputs delivered by Settle
// alone, and what the server sends waits, in the order in which it arrived, until
// it is let in. What it does then is what a Remote does. It belongs to one
// goroutine.
type Manual struct {
	r        *Remote
	arrivals chan *nats.Msg // Of all subscriptions, so that they keep one order.
	answers  []Parcel
	feeds    []Parcel
	asked    Asked
	worth    func(protocol.Feed) bool
}

// Asked counts what a Manual has asked the server, since it was linked first.
type Asked struct {
	Commands uint64
	Queries  uint64
}

// Parcel is a message of the server's that waits to be let in.
type Parcel struct {
	Command  string // An answer to a command or a poll: which one.
	Resync   bool   // An answer to a resync.
	Log      bool   // A feed of what the log makes of the records, or a resync of that.
	From, To uint64 // Of a feed message; a resync has no From.

	// What it says: one of these.
	Reply *protocol.Reply
	Feed  *protocol.Feed
	Sync  *protocol.Sync

	take func()
}

// NewManual returns a Manual that is not linked. It first delivers what the
// outbox holds as Restore inputs. Of cfg it takes no URL, Connect or Pace. A feed
// message that is not worth to wait is dropped as it arrives.
func NewManual(cfg Config, worth func(protocol.Feed) bool) (*Manual, error) {
	r, err := begin(cfg)
	if err != nil {
		return nil, err
	}
	r.apart = true // Each answer is let in on its own.
	return &Manual{r: r, worth: worth}, nil
}

// Link connects, subscribes, and says Connected. The connection does not come
// back by itself: when it is lost, Unlink, and link again. ctx needs a deadline.
func (m *Manual) Link(ctx context.Context, connect func(opts ...nats.Option) (*nats.Conn, error)) error {
	if m.r.nc != nil {
		return errors.New("link: there is a link already")
	}
	nc, err := connect(nats.Name("optimist "+m.r.cfg.Client), nats.NoReconnect(), nats.Timeout(dialTimeout))
	if err != nil {
		return fmt.Errorf("link: %w", err)
	}
	m.arrivals = make(chan *nats.Msg, arrivalRoom)
	for _, subject := range []string{m.r.inbox + "*", protocol.FeedSubject, protocol.LogFeedSubject} {
		if _, err := nc.ChanSubscribe(subject, m.arrivals); err != nil {
			nc.Close()
			return fmt.Errorf("subscribe to %s: %w", subject, err)
		}
	}
	if err := nc.FlushWithContext(ctx); err != nil {
		nc.Close()
		return fmt.Errorf("link: %w", err)
	}
	m.r.nc = nc
	m.r.out.input(reconcile.Input{Kind: reconcile.Connected})
	return nil
}

// Unlink ends the connection, with everything that waits to be let in, and says
// Disconnected. Without a link it does nothing.
func (m *Manual) Unlink() {
	if m.r.nc == nil {
		return
	}
	m.r.nc.Close()
	m.r.nc = nil
	m.answers, m.feeds = nil, nil
	m.r.asked.dropSync()
	m.r.out.input(reconcile.Input{Kind: reconcile.Disconnected})
}

// Do takes effects to carry out, in order, at the next Settle.
func (m *Manual) Do(effects []reconcile.Effect) {
	for i := range effects {
		if m.r.nc == nil {
			break
		}
		switch effects[i].Kind {
		case reconcile.Send:
			m.asked.Commands++
		case reconcile.Poll, reconcile.Sync:
			m.asked.Queries++
		default:
		}
	}
	m.r.Do(effects)
}

// Tick says that time has passed.
func (m *Manual) Tick() { m.r.out.input(reconcile.Input{Kind: reconcile.Tick}) }

// Settle carries out and delivers until nothing is left to do. It returns what
// the outbox could not take.
func (m *Manual) Settle() error {
	var w writes
	for {
		effects := m.r.work.take()
		m.r.carryOut(effects, &w)
		m.r.work.giveBack(effects)
		if len(w.changes) > 0 {
			return errors.New("settle: the outbox could not be written")
		}
		if !m.r.out.any() {
			if len(effects) == 0 {
				return nil
			}
			continue
		}
		m.r.cfg.Deliver(m.r.out.take())
	}
}

// Receive takes in everything that the server has sent so far. All of it waits
// to be let in. ctx needs a deadline.
func (m *Manual) Receive(ctx context.Context) error {
	if m.r.nc == nil {
		return nil
	}
	// What the server sent before it answers the flush has arrived by then.
	if err := m.r.nc.FlushWithContext(ctx); err != nil {
		return fmt.Errorf("receive: %w", err)
	}
	if len(m.arrivals) == arrivalRoom {
		return fmt.Errorf("receive: over %d messages came at once", arrivalRoom)
	}
	for len(m.arrivals) > 0 {
		if err := m.arrive(<-m.arrivals); err != nil {
			return fmt.Errorf("receive: %w", err)
		}
	}
	return nil
}

// arrive has a message wait to be let in.
func (m *Manual) arrive(msg *nats.Msg) error {
	switch msg.Subject {
	case protocol.FeedSubject, protocol.LogFeedSubject:
		var f protocol.Feed
		if err := read(msg, &f); err != nil {
			return err
		}
		if m.worth(f) {
			m.feeds = append(m.feeds, Parcel{From: f.From, To: f.To, Log: f.Log, Feed: &f, take: func() { m.r.fed(msg) }})
		}
		return nil
	}
	token := msg.Subject[len(m.r.inbox):]
	q, ok := m.r.asked.take(token)
	if !ok {
		return nil // It was given up.
	}
	p := Parcel{Command: q.id, take: func() { m.r.heard(q, token, msg) }}
	if q.about != aboutSync {
		a, err := verdict(msg)
		if err != nil {
			return err
		}
		p.Reply = &a
		m.answers = append(m.answers, p)
		return nil
	}
	var page protocol.Sync
	if err := read(msg, &page); err != nil {
		return err
	}
	p.Resync, p.Log, p.To, p.Sync = true, page.Log, page.To, &page
	if page.More {
		p.take = func() {
			m.asked.Queries++ // Letting it in asks for the next page.
			m.r.heard(q, token, msg)
		}
	}
	m.feeds = append(m.feeds, p)
	return nil
}

// Answers returns the answers to commands and polls that wait.
func (m *Manual) Answers() []Parcel { return m.answers }

// Feeds returns the feed messages and resyncs that wait.
func (m *Manual) Feeds() []Parcel { return m.feeds }

// LetAnswer lets the oldest answer in, and reports whether there was one.
func (m *Manual) LetAnswer() bool { return let(&m.answers) }

// LetFeed lets the oldest feed message or resync in, and reports whether there
// was one.
func (m *Manual) LetFeed() bool { return let(&m.feeds) }

func let(waiting *[]Parcel) bool {
	if len(*waiting) == 0 {
		return false
	}
	p := (*waiting)[0]
	*waiting = (*waiting)[1:]
	p.take()
	return true
}

// Asked returns what was asked so far.
func (m *Manual) Asked() Asked { return m.asked }

// Close ends the link. The outbox is its owner's.
func (m *Manual) Close() {
	if m.r.nc != nil {
		m.r.nc.Close()
		m.r.nc = nil
	}
}

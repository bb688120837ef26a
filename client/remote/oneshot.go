package remote

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"

	"optimist/shared/decide"
	"optimist/shared/protocol"
)

// Waits of a one-shot client.
const (
	resendAfter = decide.WaitFor*time.Millisecond + time.Second // Without an answer a request is sent again; none is kept back for longer.
	retryAfter  = 20 * time.Millisecond                         // The first wait after "retry", or nobody there; doubles.
	retryMax    = 500 * time.Millisecond                        // The longest.
	lookAfter   = 1 * time.Second                               // Without a word from the feed an outcome is asked for again.
)

// ErrNobody says that the server is not there, or not ready yet.
var ErrNobody = errors.New("nobody answers: the server is starting, or is not an optimist server")

// errSilence says that a request was not answered for as long as it was waited
// for.
var errSilence = errors.New("no answer")

// Ask sends one command and returns the server's first verdict on it. It sends
// it again, under its one id, until there is one or ctx ends; the error is then
// ctx's, and the command's fate is unknown. It returns a *FailureError if the
// server cannot take the command.
func Ask(ctx context.Context, nc *nats.Conn, client string, cmd protocol.Command) (protocol.Reply, error) {
	long := retryAfter
	why := errSilence
	for {
		var a protocol.Reply
		err := request(ctx, nc, protocol.CommandSubject(client), cmd, &a)
		if err == nil {
			err = known(a.Verdict)
		}
		var failure *FailureError
		switch {
		case errors.As(err, &failure):
			return a, err
		case err == nil && a.Verdict != protocol.Retry:
			return a, nil
		case err == nil:
			why = errors.New(a.Why)
		case ctx.Err() == nil:
			why = err
		}
		wait(ctx, long, nil)
		if errors.Is(why, context.DeadlineExceeded) {
			why = errSilence
		}
		if ctx.Err() != nil {
			return a, fmt.Errorf("no verdict (%w): %w", why, ctx.Err())
		}
		long = min(2*long, retryMax)
	}
}

// Await sends one command and returns its outcome: refused, confirmed or rolled
// back. That a server which kept its answer back knows no outcome yet is none.
// When ctx ends before, it returns what it heard last with ctx's error.
func Await(ctx context.Context, nc *nats.Conn, client string, cmd protocol.Command) (protocol.Reply, error) {
	news, err := listen(nc)
	if err != nil {
		return protocol.Reply{}, err
	}
	defer news.close()
	a, err := Ask(ctx, nc, client, cmd)
	for err == nil && (a.Verdict == protocol.Accepted || a.Verdict == protocol.Unknown) {
		if a.Verdict == protocol.Accepted {
			if err = news.past(ctx, a.Epoch, a.Seq); err != nil {
				break
			}
		}
		var now protocol.Reply
		now, err = Outcome(ctx, nc, client, cmd.ID)
		switch {
		case err == nil && now.Verdict == protocol.Unknown:
			return a, errors.New("the server knows nothing of the command any more")
		case err == nil:
			a = now
		case ctx.Err() == nil:
			err = nil // Not answered is not an outcome; the feed says when to look again.
		}
	}
	return a, err
}

// Outcome returns what became of one of client's commands, as the server knows
// it now.
func Outcome(ctx context.Context, nc *nats.Conn, client, command string) (protocol.Reply, error) {
	var a protocol.Reply
	err := request(ctx, nc, protocol.QuerySubject(client), protocol.Query{Ask: protocol.AskOutcome, Command: command}, &a)
	return a, err
}

// AwaitRecord waits until nothing in the log about record waits for the rows,
// and returns it then; false if there is no such record. When ctx ends before,
// it returns what it saw last with ctx's error.
func AwaitRecord(ctx context.Context, nc *nats.Conn, client, record string) (protocol.Record, bool, error) {
	news, err := listen(nc)
	if err != nil {
		return protocol.Record{}, false, err
	}
	defer news.close()
	var last protocol.Record
	for {
		now, found, err := Record(ctx, nc, client, record)
		if err == nil && (!found || now.Settled) {
			return now, found, nil
		}
		if err == nil {
			last = now
		}
		if err := news.next(ctx); err != nil {
			return last, last.ID != "", err
		}
	}
}

// Record returns what log and rows know of one record now, or false.
func Record(ctx context.Context, nc *nats.Conn, client, record string) (protocol.Record, bool, error) {
	var page protocol.List
	err := request(ctx, nc, protocol.QuerySubject(client), protocol.Query{Ask: protocol.AskList, Record: record}, &page)
	if err != nil || len(page.Records) == 0 {
		return protocol.Record{}, false, err
	}
	return page.Records[0], true, nil
}

// List calls yield with each record of the log and the rows, in the order of
// ids, until it returns false.
func List(ctx context.Context, nc *nats.Conn, client string, yield func(protocol.Record) bool) error {
	query := protocol.Query{Ask: protocol.AskList}
	for {
		var page protocol.List
		if err := request(ctx, nc, protocol.QuerySubject(client), query, &page); err != nil {
			return fmt.Errorf("list records: %w", err)
		}
		for _, rec := range page.Records {
			if !yield(rec) {
				return nil
			}
			query.After = rec.ID
		}
		if !page.More || len(page.Records) == 0 {
			return nil
		}
	}
}

// Health returns how the server is.
func Health(ctx context.Context, nc *nats.Conn, client string) (protocol.Health, error) {
	var h protocol.Health
	err := request(ctx, nc, protocol.QuerySubject(client), protocol.Query{Ask: protocol.AskHealth}, &h)
	return h, err
}

// request asks once and decodes the answer into v.
func request(ctx context.Context, nc *nats.Conn, subject string, ask, v any) error {
	data, err := protocol.Marshal(ask)
	if err != nil {
		return fmt.Errorf("encode a request: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, resendAfter)
	defer cancel()
	msg, err := nc.RequestWithContext(ctx, subject, data)
	switch {
	case errors.Is(err, nats.ErrNoResponders):
		return ErrNobody
	case err != nil:
		return fmt.Errorf("no answer: %w", err)
	}
	return read(msg, v)
}

// news is the feed, heard as a reason to look again.
type news struct {
	sub *nats.Subscription
}

// listen begins to hear the feed, before anything is asked.
func listen(nc *nats.Conn) (news, error) {
	sub, err := nc.SubscribeSync(protocol.FeedSubject)
	if err != nil {
		return news{}, fmt.Errorf("listen to the feed: %w", err)
	}
	return news{sub: sub}, nil
}

// next waits for a message of the feed, but no longer than lookAfter. It
// returns an error only when ctx ends.
func (n news) next(ctx context.Context) error {
	_, err := n.hear(ctx)
	return err
}

// hear is next with the message, or nil.
func (n news) hear(ctx context.Context) (*protocol.Feed, error) {
	waiting, cancel := context.WithTimeout(ctx, lookAfter)
	defer cancel()
	msg, err := n.sub.NextMsgWithContext(waiting)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	f := new(protocol.Feed)
	if err != nil || protocol.Unmarshal(msg.Data, f) != nil {
		wait(ctx, retryAfter, nil) // An error that comes at once must not make a busy loop.
		return nil, ctx.Err()
	}
	return f, nil
}

// past waits until the feed is at or past seq, or tells of another epoch, but
// no longer than lookAfter after its last word. It returns an error only when
// ctx ends.
func (n news) past(ctx context.Context, epoch string, seq uint64) error {
	for {
		f, err := n.hear(ctx)
		if err != nil || f == nil || f.Epoch != epoch || f.To >= seq {
			return err
		}
	}
}

// close ends the listening.
func (n news) close() {
	// A subscription of a closed connection is gone already.
	_ = n.sub.Unsubscribe()
}

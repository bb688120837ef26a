// Package query answers what clients ask of the read model and of the log's
// tail: what changed since, what became of a command, which records there are,
// and how far everything is.
package query

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"optimist/server/reply"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// Limits of the service.
const (
	workers   = 4    // Queries answered at once.
	backlog   = 1024 // Queries waiting; more are dropped, and their clients ask again.
	queryWait = 10 * time.Second
)

// ReadModel is the committed rows.
type ReadModel interface {
	Since(change uint64, limit int) (projection.Page, error)
	List(after string, limit int) ([]projection.Record, error)
	Record(id string) (projection.Record, bool, error)
	Fate(ref user.Ref) (projection.Fate, bool, error)
	FateAt(seq uint64) (projection.Fate, bool, error)
}

// Progress is how far the projector is.
type Progress interface {
	// Logged waits until every committed rejection is in the log.
	Logged(ctx context.Context) error
	Epoch() string
	Checkpoint() uint64
}

// Tail is what the log holds and the rows do not yet.
type Tail interface {
	Outcome(ref user.Ref) (protocol.Reply, error)
	// Ahead returns what the log's tail makes of the record, or false if the
	// rows have everything.
	Ahead(record string) (projection.Record, user.Ref, bool)
	// AheadRecords returns the ids that Ahead knows, in order.
	AheadRecords() []string
	// Follow begins to publish what the log makes of each record, if nothing did
	// yet, and returns the event after which it does.
	Follow() uint64
}

// Config is what a service answers from. All must be set.
type Config struct {
	Rows     ReadModel
	Progress Progress
	Tail     Tail
	Health   func(context.Context) (protocol.Health, error)
	Greet    func() // Called when a client begins to follow: it has not heard the status yet.
	Answered func() // Called when a query is over, answered or not.
	InOrder  bool   // One query after the other, so that answers keep the order of the questions.
	Logger   *slog.Logger
}

// Service answers queries. Make one with Serve.
type Service struct {
	rows     ReadModel
	progress Progress
	tail     Tail
	health   func(context.Context) (protocol.Health, error)
	greet    func()
	answered func()
	log      *slog.Logger

	sub  *nats.Subscription
	jobs chan *nats.Msg
	stop context.CancelFunc
	done sync.WaitGroup
}

// Serve starts to answer on nc. Close the service before its parts.
func Serve(nc *nats.Conn, cfg Config) (*Service, error) {
	ctx, cancel := context.WithCancel(context.Background())
	s := &Service{
		rows: cfg.Rows, progress: cfg.Progress, tail: cfg.Tail, health: cfg.Health, greet: cfg.Greet,
		answered: cfg.Answered, log: cfg.Logger,
		jobs: make(chan *nats.Msg, backlog), stop: cancel,
	}
	count := workers
	if cfg.InOrder {
		count = 1
	}
	for range count {
		s.done.Add(1)
		// A query may wait for a rejection to be logged; others must not wait with it.
		go s.work(ctx)
	}
	var err error
	if s.sub, err = nc.Subscribe(protocol.QueryPrefix+"*", s.take); err != nil {
		s.Close()
		return nil, fmt.Errorf("serve queries: %w", err)
	}
	return s, nil
}

// Close stops answering and waits for what is being answered.
func (s *Service) Close() {
	if s.sub != nil {
		// The connection may be gone already, and with it the subscription.
		_ = s.sub.Unsubscribe()
	}
	s.stop()
	s.done.Wait()
}

// take queues a query without blocking the connection.
func (s *Service) take(msg *nats.Msg) {
	select {
	case s.jobs <- msg:
	default:
		s.log.Warn("query dropped: too many wait", "limit", backlog)
	}
}

func (s *Service) work(ctx context.Context) {
	defer s.done.Done()
	for {
		select {
		case <-ctx.Done():
			return
		case msg := <-s.jobs:
			s.respond(ctx, msg)
			s.answered()
		}
	}
}

// respond answers one query. A failure is an answer too.
func (s *Service) respond(ctx context.Context, msg *nats.Msg) {
	ctx, cancel := context.WithTimeout(ctx, queryWait)
	defer cancel()
	answer, err := s.answer(ctx, strings.TrimPrefix(msg.Subject, protocol.QueryPrefix), msg.Data)
	if ctx.Err() != nil {
		return // Stopping, or nobody waits any more.
	}
	if err != nil {
		answer = protocol.Failure{Error: err.Error()}
	}
	if err := reply.To(msg, answer); err != nil && !errors.Is(err, reply.ErrNotInbox) {
		s.log.Warn("query not answered", "err", err)
	}
}

// answer returns what client asked for.
func (s *Service) answer(ctx context.Context, client string, data []byte) (any, error) {
	var q protocol.Query
	if err := json.Unmarshal(data, &q); err != nil {
		return nil, fmt.Errorf("read the query: %w", err)
	}
	if q.Limit <= 0 || q.Limit > protocol.MaxPage {
		q.Limit = protocol.MaxPage
	}
	switch q.Ask {
	case protocol.AskSync:
		if q.Log {
			return s.syncLog(ctx, q)
		}
		return s.sync(ctx, q)
	case protocol.AskOutcome:
		return s.tail.Outcome(user.Ref{Client: client, Command: q.Command})
	case protocol.AskList:
		return s.list(ctx, q)
	case protocol.AskHealth:
		return s.health(ctx)
	}
	return nil, fmt.Errorf("unknown query %q", string(q.Ask))
}

// sync returns a page of what changed. It is read first and given out once every
// rejection committed by then is in the log: what a client is told must survive
// a rebuild.
func (s *Service) sync(ctx context.Context, q protocol.Query) (protocol.Sync, error) {
	epoch := s.progress.Epoch()
	full := q.Epoch != epoch
	if full {
		q.Since = 0
		s.greet()
	}
	page, err := s.rows.Since(q.Since, q.Limit)
	if err != nil {
		return protocol.Sync{}, err
	}
	if err := s.progress.Logged(ctx); err != nil {
		return protocol.Sync{}, err
	}
	return page.Sync(epoch, full), nil
}

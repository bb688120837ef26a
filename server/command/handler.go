// Package command answers commands: request, decide by strategy, append, reply.
// It decides on what the log holds, or on what the strategy wants it to look at
// instead, and every append proves that nothing has happened to the record
// since. A refusal is an event too, stored before it is answered.
//
// Commands on different records are pipelined; those on one record go one after
// the other, in the order they came:
//
//	cmd.<client> → parse → lane → decide → append → acknowledged → reply
//	                        ↑        ↑                │ conflict
//	                        │        └─── reread ←────┤
//	                        └ next of the record      └ not answered → append again, same expectation
package command

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"optimist/server/control"
	"optimist/server/eventlog"
	"optimist/server/reply"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// ReadModel is the rows as they are committed.
type ReadModel interface {
	Record(id string) (projection.Record, bool, error)
	Fate(ref user.Ref) (projection.Fate, bool, error)
	Names(ctx context.Context, command func(user.Ref), record func(id string)) error
}

// Progress is how far the projector is.
type Progress interface {
	Watermark() uint64  // What it has published: rejections up to here are in the log.
	Checkpoint() uint64 // What it has committed.
	Epoch() string
}

// Config is what a handler works with. All but Strategy, Now and Logger must be
// set.
type Config struct {
	Log      *eventlog.Log
	Rows     ReadModel
	Progress Progress
	Index    *Index // The projector's Observe goes there.
	Board    *control.Board
	Strategy string           // For commands that name none; empty means strategy.Default.
	Now      func() time.Time // nil means time.Now.
	Logger   *slog.Logger     // nil: no logs.
}

// Handler answers commands. Make one with Serve.
type Handler struct {
	log      *eventlog.Log
	rows     ReadModel
	progress Progress
	index    *Index
	board    *control.Board
	standard string
	now      func() time.Time
	logger   *slog.Logger

	sub  *nats.Subscription
	stop context.CancelFunc
	done sync.WaitGroup

	// A command is decided on the goroutine that brought it, and goes on on the
	// one that brought its acknowledgement: handing it over would cost more.
	mu     sync.Mutex
	lanes  map[string]*lane
	flight int        // Appends and rereads under way.
	room   *sync.Cond // flight has become less.
}

// Serve reads what the log holds beyond the checkpoint and starts to answer
// commands on nc. Close the handler before its log.
func Serve(ctx context.Context, nc *nats.Conn, cfg Config) (*Handler, error) {
	h := newHandler(cfg)
	if _, err := strategy.Named(h.standard); err != nil {
		return nil, err
	}
	if err := h.load(ctx); err != nil {
		return nil, fmt.Errorf("index the log's tail: %w", err)
	}
	life, cancel := context.WithCancel(context.Background())
	h.stop = cancel
	// Reading what there is takes a second for a million commands; until then
	// each is looked up.
	h.done.Go(func() { h.remember(life) })
	var err error
	h.sub, err = nc.Subscribe(protocol.CommandPrefix+"*", func(msg *nats.Msg) { h.take(life, msg) })
	if err != nil {
		h.Close()
		return nil, fmt.Errorf("serve commands: %w", err)
	}
	return h, nil
}

func newHandler(cfg Config) *Handler {
	h := &Handler{
		log: cfg.Log, rows: cfg.Rows, progress: cfg.Progress, index: cfg.Index, board: cfg.Board,
		standard: cfg.Strategy, now: cfg.Now, logger: cfg.Logger,
		lanes: map[string]*lane{},
	}
	h.room = sync.NewCond(&h.mu)
	if h.standard == "" {
		h.standard = strategy.Default
	}
	if h.now == nil {
		h.now = time.Now
	}
	if h.logger == nil {
		h.logger = slog.New(slog.DiscardHandler)
	}
	return h
}

// Observe notes that the read model has committed ev. The projector calls it for
// each event, in order.
func (h *Handler) Observe(ev event.Event) { h.index.Observe(ev) }

// load fills the index with what the log holds beyond the checkpoint. The
// projector usually stands at the log's end by now, and there is nothing.
func (h *Handler) load(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, loadWait)
	defer cancel()
	next := h.progress.Checkpoint() + 1
	end, err := h.log.End(ctx)
	if err != nil || next > end {
		return err
	}
	tail, err := h.log.Tail(ctx, next)
	if err != nil {
		return err
	}
	for ; next <= end; next++ {
		ev, err := tail.Next(ctx)
		if err != nil {
			return errors.Join(err, tail.Close())
		}
		h.index.add(ev)
	}
	return tail.Close()
}

// remember shows the index all that the read model holds. What is committed
// from now on the projector shows it.
func (h *Handler) remember(ctx context.Context) {
	seen := h.index.seen
	if err := h.rows.Names(ctx, seen.command, seen.record); err != nil {
		if ctx.Err() == nil {
			h.logger.Warn("what is new will be looked up", "err", err)
		}
		return
	}
	seen.whole.Store(true)
}

// Close stops answering and waits. Commands under way end without an answer;
// their clients send them again.
func (h *Handler) Close() {
	if h.sub != nil {
		// The connection may be gone already, and with it the subscription.
		_ = h.sub.Unsubscribe()
	}
	h.stop()
	h.mu.Lock() // Whoever comes later finds that it has stopped.
	h.room.Broadcast()
	h.mu.Unlock()
	h.done.Wait()
}

// take reads a request and puts it into its lane. It may wait: requests then
// queue in the subscription, which belongs to commands alone.
func (h *Handler) take(ctx context.Context, msg *nats.Msg) {
	if !reply.Addressable(msg.Reply) {
		return // Nobody could learn what became of it, so nobody asked.
	}
	j, err := parse(msg, h.standard)
	if err != nil {
		h.send(msg, protocol.Failure{Error: err.Error()})
		return
	}
	if code, why := validate(j.cmd); code != "" {
		r := h.verdict(j.cmd.Ref, protocol.Refused)
		r.Code, r.Why = code, why
		h.send(msg, r)
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for h.flight >= maxInFlight && ctx.Err() == nil {
		h.room.Wait()
	}
	if ctx.Err() == nil {
		h.enter(ctx, j)
	}
}

// answer ends a command's way, unless a fault loses the answer.
func (h *Handler) answer(j *job, r protocol.Reply) {
	if _, dropped := h.board.Strike(fault.ReplyDrop, target(j.cmd)); !dropped {
		h.send(j.msg, r)
	}
}

func (h *Handler) send(msg *nats.Msg, v any) {
	if err := reply.To(msg, v); err != nil && !errors.Is(err, nats.ErrConnectionClosed) {
		h.logger.Warn("command not answered", "subject", msg.Subject, "err", err)
	}
}

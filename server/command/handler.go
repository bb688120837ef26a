// Package command answers commands. What becomes of one decides
// optimist/shared/decide; this package brings it what happens on the wire, in the
// log and in the database, under one lock, and carries out what it wants done:
//
//	cmd.<client> → parse → Arrived ┐          ┌ Append  → event log → Stored, Conflicted, Unanswered
//	         projector → Observed ─┤  decide  ├ Fetch   → event log → Reread, Failed
//	        read model → Written ──┤          ├ WriteRow, Remove → read model → Written, Conflicted, Barred
//	             timer → Ticked ───┘          └ Answer → reply, TellLog → feed.log
//
// Commands on different records are pipelined; those on one record go one after
// the other, in the order they came.
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
	"optimist/server/gate"
	"optimist/server/sqlite"
	"optimist/shared/decide"
	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/strategy"
)

// Limits of the handler.
const (
	maxInFlight = 4096    // Appends, rereads and writes under way; further commands wait.
	maxOutbox   = 1 << 20 // Entries of the outbox that are read at the start.
	rereadWait  = 5 * time.Second
	loadWait    = time.Minute // To index the log's tail at the start.
)

// ReadModel is the rows as they are committed.
type ReadModel interface {
	decide.Rows
	Learn(ctx context.Context) error
	WriteDirect(rec projection.Record, fate projection.Fate, outbox *event.Event) (projection.Record, error)
	Outbox(limit int) ([]sqlite.OutboxEntry, error)
	DeleteOutbox(id uint64) error
}

// Progress is how far the projector is when the handler begins. Later the index
// is told.
type Progress interface {
	Watermark() uint64  // What it has published: rejections up to here are in the log.
	Checkpoint() uint64 // What it has committed.
	Epoch() string
}

// Config is what a handler works with. All but Strategy, Now, Gate and Logger
// must be set.
type Config struct {
	Log      *eventlog.Log
	Rows     ReadModel
	Progress Progress
	Index    *Index // The projector's Observe goes there, and what it has published.
	Board    *control.Board
	Strategy string           // For commands that name none; empty means strategy.Default.
	Now      func() time.Time // nil means that of Gate.
	Gate     *gate.Gate       // Holds commands and appends back; nil does not.
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
	gate     *gate.Gate
	logger   *slog.Logger

	nc   *nats.Conn
	sub  *nats.Subscription
	stop context.CancelFunc
	done sync.WaitGroup

	// Under the index's lock.
	requests map[uint64]*request // Of the jobs that are not answered.
	unsent   []*request          // Those with answers that are ready.
	late     *time.Timer         // Sends them, if nothing else does before.
	last     uint64              // The newest job.
	flight   int                 // Appends, rereads and writes under way.
	room     *sync.Cond          // flight has become less.
	writes   []func()            // What waits to be written to the read model, in order.
	work     *sync.Cond          // There is something to write.
	tickAt   int64               // The time that it waits for.
	ticking  func() bool         // Stops the timer of what waits for a time; nil: there is none.
}

// Serve reads what the log and the outbox hold that the read model and the log
// do not, and starts to answer commands on nc. Close the handler before its log.
func Serve(ctx context.Context, nc *nats.Conn, cfg Config) (*Handler, error) {
	h := newHandler(cfg)
	if _, err := strategy.Named(h.standard); err != nil {
		return nil, err
	}
	h.nc = nc
	life, cancel := context.WithCancel(context.Background())
	h.stop = cancel
	if err := h.begin(ctx, life); err != nil {
		h.Close()
		return nil, err
	}
	// Reading what there is takes a second for a million commands; until then
	// each is looked up.
	h.done.Go(func() { h.learn(life) })
	// A change that goes to the rows first waits for the projector's transaction;
	// other commands must not wait with it.
	h.done.Go(func() { h.write(life) })
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
		standard: cfg.Strategy, now: cfg.Now, gate: cfg.Gate, logger: cfg.Logger,
		requests: map[uint64]*request{},
	}
	h.late = time.AfterFunc(answerDelay, h.sendLate)
	h.room, h.work = sync.NewCond(&h.index.mu), sync.NewCond(&h.index.mu)
	if h.standard == "" {
		h.standard = strategy.Default
	}
	if h.now == nil {
		h.now = h.gate.Now
	}
	if h.logger == nil {
		h.logger = slog.New(slog.DiscardHandler)
	}
	use := decide.Config{
		Rows: h.rows, Strategy: h.standard, Epoch: h.progress.Epoch(),
	}
	if h.board != nil {
		use.Faults = h.board
	}
	h.index.mu.Lock()
	defer h.index.mu.Unlock()
	h.index.core.Use(use)
	h.index.step(decide.Input{Kind: decide.Observed, Event: event.Event{Seq: h.progress.Checkpoint()}})
	h.index.step(decide.Input{Kind: decide.Published, To: h.progress.Watermark()})
	return h
}

// begin tells the core what a handler before this one left, and lets it act.
func (h *Handler) begin(ctx, life context.Context) error {
	if err := h.load(ctx); err != nil {
		return fmt.Errorf("index the log's tail: %w", err)
	}
	entries, err := h.rows.Outbox(maxOutbox)
	if err != nil {
		return err
	}
	h.index.mu.Lock()
	defer h.index.mu.Unlock()
	h.index.perform = func(effects []decide.Effect) { h.carryOut(life, effects) }
	h.index.sendOff = h.sendReady
	for _, e := range entries {
		h.last++
		h.index.step(decide.Input{Kind: decide.Relayed, Job: h.last, Event: e.Event})
	}
	return nil
}

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
		h.index.tell(decide.Input{Kind: decide.Indexed, Event: ev})
	}
	return tail.Close()
}

// learn has the read model learn all that it holds.
func (h *Handler) learn(ctx context.Context) {
	if err := h.rows.Learn(ctx); err != nil && ctx.Err() == nil {
		h.logger.Warn("what is new will be looked up", "err", err)
	}
}

// Close stops answering and waits. Commands under way end without an answer;
// their clients send them again.
func (h *Handler) Close() {
	if h.sub != nil {
		// The connection may be gone already, and with it the subscription.
		_ = h.sub.Unsubscribe()
	}
	h.stop()
	h.index.mu.Lock() // Whoever comes later finds that it has stopped.
	h.index.perform, h.index.sendOff = nil, nil
	h.late.Stop()
	if h.ticking != nil {
		h.ticking()
	}
	h.room.Broadcast()
	h.work.Broadcast()
	h.index.mu.Unlock()
	h.done.Wait()
}

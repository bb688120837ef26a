// Package projector folds the log into the read model and tells everybody what
// changed. It is the one authority over which accepted events stand: what it
// gives up for good it rejects, and the rejection goes into the log before
// anybody hears of it.
//
// One goroutine owns the writing connection. It takes all events that have
// arrived, applies each whole or not at all, and commits them together with
// the checkpoint. Then it appends the rejections, and then publishes one feed
// message. Nobody waits for more events to come: one event in a batch gives the
// latency, and the time of a commit under load makes the batches.
//
//	tail ─→ batch ─→ commit ─→ append rejections ─→ feed
//	          ↑ transient │          ↑ unanswered │
//	          └───────────┘          └────────────┘
//
// An event that is alone on its way into the log is folded while the log stores
// it, in a transaction that is committed only once it is there (see goAhead).
//
// A rejection that is not in the log comes back to life at the next rebuild; a
// confirmation given before the commit is a lie after a crash. So while a
// committed rejection is not in the log, the feed is held, and answers made of
// the read model wait in Logged.
package projector

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"optimist/server/control"
	"optimist/server/eventlog"
	"optimist/server/sqlite"
	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/protocol"
)

// Heartbeat is how often the feed says where it is, by default.
const Heartbeat = time.Second

// Config is what a Projector works with. Log and DB are needed; every other
// field may be zero. The functions are called from the projector's goroutine,
// must not block, and must not call the projector back.
type Config struct {
	Log    *eventlog.Log
	DB     *sqlite.DB     // Begin is the projector's alone.
	Faults *control.Board // nil: nothing can be made to fail.
	Now    func() time.Time
	Logger *slog.Logger

	Publish  func(protocol.Feed)      // Each feed message and heartbeat, in order; late ones on another goroutine.
	Reached  func(to uint64)          // Each new Watermark, in order, whatever becomes of the message.
	Observe  func(event.Event)        // Each event, in order, after it was committed.
	Status   func(Status)             // Each change of Status.
	Progress func(done, total uint64) // While Open catches up with a long log.

	Heartbeat time.Duration // 0 means Heartbeat.

	// AfterFunc calls do once d has passed, on a goroutine of its own, unless stop
	// is called before; nil means time.AfterFunc. Everything that waits for a time
	// does so with it.
	AfterFunc func(d time.Duration, do func()) (stop func() bool)
	// Gate holds the projector back; nil: nothing does.
	Gate Gate
	// Crash ends the process, by a fault, at the point that it names. Should it
	// return, Run ends with ErrCrashed. nil: such a fault does nothing.
	Crash func(point string)
}

func (c Config) withDefaults() Config {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Publish == nil {
		c.Publish = func(protocol.Feed) {}
	}
	if c.Reached == nil {
		c.Reached = func(uint64) {}
	}
	if c.Observe == nil {
		c.Observe = func(event.Event) {}
	}
	if c.Status == nil {
		c.Status = func(Status) {}
	}
	if c.Progress == nil {
		c.Progress = func(uint64, uint64) {}
	}
	if c.Heartbeat == 0 {
		c.Heartbeat = Heartbeat
	}
	if c.AfterFunc == nil {
		c.AfterFunc = afterFunc
	}
	return c
}

// Projector is an opened projector. Open has projected to the log's end; Run
// goes on from there. The methods that are not Run are safe for concurrent use.
type Projector struct {
	cfg   Config
	epoch string

	// Of the goroutine in Open or Run.
	cp        sqlite.Checkpoint // Committed.
	authority uint64            // The build whose rejections count here in the log.
	voids     projection.Voids  // Rejections of events that are still to be projected.
	batch     batch
	feed      projection.Outgoing
	owed      projection.Debts
	round     []projection.Debt // Those that were appended last.
	serving   bool              // Run has begun: heartbeats may be sent.

	tail   *eventlog.Tail
	held   *event.Event // Taken from the tail, not projected yet.
	struck struckFault
	chore  chores
	late   late

	checkpoint atomic.Uint64
	watermark  atomic.Uint64
	gate       gate
	mu         sync.Mutex // Guards status.
	status     Status
}

// Open checks that the read model belongs to the log, projects to the log's
// end, and appends the rejections that the log is owed. It returns a
// *MismatchError if the two do not belong together.
func Open(ctx context.Context, cfg Config) (*Projector, error) {
	return open(ctx, cfg, 0)
}

// open is Open for a build newer than after, if the read model is fresh.
func open(ctx context.Context, cfg Config, after uint64) (*Projector, error) {
	p := &Projector{cfg: cfg.withDefaults()}
	p.begin(ctx)
	defer p.chore.end()
	if err := p.start(ctx, after); err != nil {
		return nil, fmt.Errorf("open projector: %w", err)
	}
	return p, nil
}

// Epoch names the build of the read model: "<stream>/<build>". A sequence means
// something only within one.
func (p *Projector) Epoch() string { return p.epoch }

// Checkpoint returns the sequence of the newest event that is committed.
func (p *Projector) Checkpoint() uint64 { return p.checkpoint.Load() }

// Watermark returns the sequence of the newest event that everybody was told
// of. It is behind Checkpoint only while the log is owed a rejection.
func (p *Projector) Watermark() uint64 { return p.watermark.Load() }

// Logged waits until the log has every rejection that is committed. Whoever
// answers from the read model calls it after reading and before answering.
func (p *Projector) Logged(ctx context.Context) error { return p.gate.wait(ctx) }

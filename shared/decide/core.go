// Package decide is the server's command side as a core: it decides what
// becomes of a command by its strategy, keeps the order of those on one record,
// goes on after conflicts and lost acknowledgements, and knows what the log
// holds beyond the read model. It reads rows, and does nothing itself: whoever
// drives it, the live handler or a simulated world, tells it what happened as an
// Input and carries out the Effects in order.
//
//	Arrived → lane → decide ─ refusal or event ─→ Append ─ Stored ──→ Answer
//	            ↑      ↑ │                          │ ↑
//	            │      │ └─ row first → WriteRow ─ Written → Answer, then Append once, or the relay
//	            │      └─ Reread ← Fetch ← Conflicted ┤ │
//	            └ next of the record       Unanswered ┴─┘ same event, same expectation
//
// Not answered is not "not stored": an append is tried again with its old
// expectation, and nothing else is appended on that record meanwhile. A refusal
// is an event too, stored before it is answered.
package decide

import (
	"fmt"

	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/projection"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// Limits of the core, and its patience.
const (
	MaxAhead     = 1 << 20 // Events the log may be ahead of the read model: each is held in memory.
	MaxQueued    = 1024    // Commands waiting behind one of the same record.
	MaxDecisions = 8       // Times one command is decided before its client must send it again.
	MaxAppends   = 3       // Times one event is published when it is not answered.
	WaitFor      = 2000    // Milliseconds that an answer waits for the projection; see strategy.WhenProjected.
)

// Rows is the read model as it is committed. Errors are of I/O only.
type Rows interface {
	Record(id string) (projection.Record, bool, error)
	Fate(ref user.Ref) (projection.Fate, bool, error)
	Claim(token string) (projection.Claim, bool, error)
	EmailOwner(email string) (id string, found bool, err error)
}

// Faults is what is armed.
type Faults interface {
	Strike(kind fault.Kind, target fault.Target) (fault.Fault, bool)
}

// Config is what a core works with. It is not part of the core's state: a copy
// of a core has its own.
type Config struct {
	Rows     Rows
	Faults   Faults // nil: nothing is armed.
	Strategy string // For commands that name none; empty: strategy.Default.
	Epoch    string // Of the read model, for replies.
}

// Core is the state of the command side. It is a value without pointers into
// others: copy it with CopyFrom. It has one owner and is not safe for
// concurrent use. Everything in it is lost in a crash, and restored by Indexed
// and Relayed inputs from what the log and the read model hold.
type Core struct {
	cfg       Config
	watermark uint64 // What the projector has published: rejections up to here are in the log.
	tail      tail   // What the log holds and the rows do not.
	jobs      jobs   // Commands that are not answered, or whose append has not ended.
	waits     []wait // Answers that wait for the projection, by sequence.
	soonest   int64  // The first time at which one of them has waited long enough.
	relay     relay  // Events whose rows are written already, on their way into the log.
	reader    reader // How far those that read the log were told.

	out    []Effect      // Of the step under way.
	events []event.Event // Scratch for the events of the step's effects,
	expect []uint64      // and what they expect.
	fold   folding       // Scratch of a read.
}

// New returns a core that knows of nothing.
func New(cfg Config) *Core {
	c := &Core{}
	c.Use(cfg)
	return c
}

// Use replaces what the core works with.
func (c *Core) Use(cfg Config) {
	if cfg.Strategy == "" {
		cfg.Strategy = strategy.Default
	}
	c.cfg = cfg
}

// Step takes in what happened and appends to out what is to be done about it,
// in order. Slices in the effects are the core's: they hold until the next step.
func (c *Core) Step(in Input, out []Effect) []Effect {
	c.out, c.events, c.expect = out, c.events[:0], c.expect[:0]
	switch in.Kind {
	case Arrived:
		c.arrive(in)
	case Stored, Conflicted, Unanswered, Reread, Failed:
		c.goOn(in)
	case Written:
		c.written(in)
	case Barred:
		c.barred(in)
	case Observed:
		c.observe(in.Event)
	case Indexed:
		c.know(in.Event)
	case Published:
		c.published(in)
	case Ticked:
		c.ticked(in.At)
	case Relayed:
		c.relayed(in)
	case Followed:
		c.follow()
	default:
		panic(fmt.Sprintf("decide: unknown input %d", in.Kind))
	}
	c.pump()
	c.tellReaders()
	out, c.out = c.out, nil
	return out
}

// Next returns when the core wants to be told that time has passed, and false
// if it does not.
func (c *Core) Next() (at int64, ok bool) {
	if len(c.waits) == 0 {
		return 0, false
	}
	return c.soonest, true
}

func (c *Core) emit(e Effect) { c.out = append(c.out, e) }

// know takes an event of the log into the tail.
func (c *Core) know(ev event.Event) { c.tail.add(ev) }

// observe notes that the rows have ev and all before it.
func (c *Core) observe(ev event.Event) {
	c.tellUpTo(ev)
	c.tail.observe(ev.Seq)
}

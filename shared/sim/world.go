package sim

import (
	"errors"
	"fmt"

	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/strategy"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// What the log and its first authority are called in every world.
const (
	Stream = "story"
	Build  = 1
	Epoch  = "story/1"
)

// Founder is the client whose commands made the records that are given.
const Founder = "given"

// Errors of Do beside a plain mistake of whoever drives. The world is as it was
// in all three cases.
var (
	// ErrNotTyped wraps the reason why a value is refused when it is typed.
	ErrNotTyped = errors.New("not typed")
	// ErrDeclined says that the strategy takes no change of a pending record.
	ErrDeclined = errors.New("declined: the record is pending")
	// ErrIdle says that the action has nothing to act on, as an empty gate.
	ErrIdle = errors.New("there is nothing to do")
)

// Given is a record that is confirmed before the story begins.
type Given struct {
	Record string
	Patch  user.Patch
}

// Config says what a world begins with.
type Config struct {
	Strategy string // Of every client, as strategy.Parse reads it; "" means strategy.Default.
	Given    []Given
}

// World is a product at one moment. It has one owner and is not safe for
// concurrent use.
type World struct {
	text     string // The strategy's text, which every command carries.
	strategy strategy.Strategy

	now     int64 // Milliseconds.
	clients []*client
	log     []event.Event
	server  server
	plan    fault.Plan

	logForm []byte // The canonical form of the log,
	formed  int    // as far as it is made: so many events.

	reach Reach        // Of the steps since Unreach.
	trace *trace.Trace // nil: nothing is recorded.
	step  int
}

// New returns a world whose server runs and has nobody to serve yet. The log
// holds the opening, a create for each given record, and the first epoch, and
// the read model has them all. It returns an error for a strategy that is none
// and for records that cannot all be confirmed.
func New(cfg Config) (*World, error) {
	if cfg.Strategy == "" {
		cfg.Strategy = strategy.Default
	}
	s, err := strategy.Named(cfg.Strategy)
	if err != nil {
		return nil, err
	}
	w := &World{text: s.Text(), strategy: s}
	w.server.init(w)
	if err := w.found(cfg.Given); err != nil {
		return nil, err
	}
	return w, nil
}

// Strategy returns the strategy of every client.
func (w *World) Strategy() strategy.Strategy { return w.strategy }

// Faults returns what is armed, as far as it has come.
func (w *World) Faults() []fault.Fault { return w.plan.List() }

// Now returns the world's clock in milliseconds.
func (w *World) Now() int64 { return w.now }

// Do takes exactly one step. An error means that the action cannot be taken
// here, and that nothing has happened.
func (w *World) Do(a Action) error {
	w.step++
	if err := w.do(&a); err != nil {
		w.step--
		return err
	}
	w.endStep()
	return nil
}

func (w *World) do(a *Action) error {
	w.touch(a.Verb)
	switch a.Verb {
	case Create, Edit, Delete, Retry, Dismiss, Undo:
		return w.act(a)
	case Join:
		return w.join(a.Client)
	case Disconnect, Reconnect, CrashClient, RestartClient:
		return w.move(a)
	case CrashServer:
		return w.crashServer()
	case RestartServer:
		return w.restartServer()
	case Arm:
		_, err := w.plan.Arm(a.Fault)
		return err
	case Disarm:
		w.plan.Clear(0)
		w.release()
		return nil
	case Advance:
		return w.advance(a.For)
	case Handle:
		return w.handle(a.Client)
	case Append:
		return w.append(a.Client, a.Intent)
	case Project:
		return w.project(a.N)
	case Commit:
		return w.commit()
	case DeliverReply:
		return w.deliverReply(a.Client)
	case DeliverFeed:
		return w.deliverFeed(a.Client)
	}
	return fmt.Errorf("unknown verb %d", a.Verb)
}

// touch notes which forms a verb may change, besides those of the clients that
// it reaches: those note it where it reaches them.
func (w *World) touch(v Verb) {
	switch v {
	case Create, Edit, Delete, Retry, Dismiss, Undo, DeliverReply, DeliverFeed, Disconnect, Reconnect:
		return // The server only answers what they ask.
	case Advance: // Times are relative to the clock.
		for _, c := range w.clients {
			c.stir()
		}
	default:
	}
	w.server.form.fresh = false
}

// client returns the client of that name, or nil.
func (w *World) client(name string) *client {
	for _, c := range w.clients {
		if c.name == name {
			return c
		}
	}
	return nil
}

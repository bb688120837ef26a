package live

import (
	"context"
	"errors"
	"fmt"

	"optimist/server/app"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/protocol"
	"optimist/shared/sim"
)

// hostVerb says what a host is asked for.
type hostVerb string

// What a host can be asked for. All but hostOpen need an open host.
const (
	hostOpen    hostVerb = "open"    // Dir, Strategy, Given, Listen, Faults: open the server.
	hostHandle  hostVerb = "handle"  // Client: its oldest command is decided.
	hostAppend  hostVerb = "append"  // Client, Command: its event goes into the log.
	hostProject hostVerb = "project" // N: so many events go to the projector.
	hostCommit  hostVerb = "commit"  // The projector's batch is committed.
	hostArm     hostVerb = "arm"     // Fault.
	hostDisarm  hostVerb = "disarm"  // Every fault.
	hostTime    hostVerb = "time"    // Every timer strikes that is due by Now.
	hostLook    hostVerb = "look"    // Nothing: wait, and say how it is.
	hostClose   hostVerb = "close"   // End.
)

// hostRequest asks a host for one step. It is flat: which fields mean something
// depends on Do.
type hostRequest struct {
	Do       hostVerb `json:"do"`
	Now      int64    `json:"now"`      // In every request: milliseconds of the world's clock,
	Commands uint64   `json:"commands"` // how many commands were sent to it,
	Queries  uint64   `json:"queries"`  // how many queries,
	After    uint64   `json:"after"`    // and the last event that is known.

	Client   string             `json:"client,omitempty"`
	Command  string             `json:"command,omitempty"`
	N        int                `json:"n,omitempty"`
	Fault    fault.Fault        `json:"fault,omitzero"`
	Dir      string             `json:"dir,omitempty"`
	Strategy string             `json:"strategy,omitempty"`
	Listen   string             `json:"listen,omitempty"` // "" for a server in this process.
	Given    []protocol.Command `json:"given,omitempty"`
	Faults   []fault.Fault      `json:"faults,omitempty"` // Of the server before, which crashed.
}

// hostAnswer is how everything is after a step. Nothing is under way in a host
// that has answered.
type hostAnswer struct {
	Error      string          `json:"error,omitempty"`
	URL        string          `json:"url,omitempty"` // Where it listens.
	Waiting    []sim.Waiting   `json:"waiting"`       // At the gates of the server, each in the order of arrival.
	Next       int64           `json:"next"`          // When the next timer strikes,
	Timed      bool            `json:"timed"`         // if one does.
	Beat       int64           `json:"beat"`          // When the next heartbeat is due.
	Events     events          `json:"events"`        // After the one that was known.
	Rows       []protocol.Row  `json:"rows"`
	Fates      []sim.FateState `json:"fates"`
	Checkpoint uint64          `json:"checkpoint"`
	Watermark  uint64          `json:"watermark"`
	Stalled    uint64          `json:"stalled,omitempty"`
	Retrying   uint64          `json:"retrying,omitempty"`
	Faults     []fault.Fault   `json:"faults,omitempty"`  // That are armed.
	Sent       uint64          `json:"sent"`              // Messages, to clients.
	Crashed    bool            `json:"crashed,omitempty"` // The last words of a server that a fault crashed; beside them only Faults mean anything.
}

// host is a real server that moves by permits only.
type host struct {
	crash func(what string) // Ends the process; nil: it is not the host's own.

	app  *app.App
	beat int64 // When the next heartbeat is due.
}

// do carries one request out and waits until the server is quiet again.
func (h *host) do(ctx context.Context, req hostRequest) hostAnswer {
	var a hostAnswer
	err := h.step(ctx, req)
	if err == nil && h.app != nil {
		a, err = h.settle(ctx, req)
	}
	if err != nil {
		a.Error = err.Error()
	}
	return a
}

// step does what is asked, up to what it leaves to be settled.
func (h *host) step(ctx context.Context, req hostRequest) error {
	if h.app == nil && req.Do != hostOpen {
		return errors.New("the server is not open")
	}
	if h.app != nil {
		h.app.Gate().Advance(req.Now)
	}
	switch req.Do {
	case hostOpen:
		return h.open(ctx, req)
	case hostHandle:
		return h.app.Gate().Handle(req.Client)
	case hostAppend:
		return h.app.Gate().Store(req.Client, req.Command)
	case hostProject:
		return h.app.Gate().Project(req.N)
	case hostCommit:
		return h.app.Gate().LetCommit()
	case hostArm:
		return h.app.Arm(req.Fault)
	case hostDisarm:
		h.app.Disarm()
	case hostTime:
		return h.time(ctx, req)
	case hostLook:
	case hostClose:
		err := h.app.Close()
		h.app = nil
		return err
	default:
		return fmt.Errorf("unknown request %q", req.Do)
	}
	return nil
}

// open opens the server.
func (h *host) open(ctx context.Context, req hostRequest) (err error) {
	if h.app != nil {
		return errors.New("the server is open already")
	}
	h.app, err = app.Open(ctx, app.Config{
		Dir: req.Dir, Listen: req.Listen, Durability: app.PageCache, Strategy: req.Strategy, Faults: true,
		Seed: req.Given, SeedClient: sim.Founder, Gate: app.NewGate(req.Now),
		NewID: func() string { return sim.Stream }, Crash: h.crash,
	})
	if err != nil {
		return err
	}
	h.beat = req.Now + sim.Heartbeat
	h.app.PutFaults(req.Faults)
	return nil
}

// time lets every timer strike that is due, one after the other, the heartbeat
// last.
func (h *host) time(ctx context.Context, req hostRequest) error {
	for h.app.Gate().Strike() {
		if err := h.app.Gate().Quiet(ctx, req.Commands, req.Queries); err != nil {
			return err
		}
	}
	if h.beat <= req.Now {
		h.beat = req.Now + sim.Heartbeat
		h.app.Beat()
	}
	return nil
}

// settle waits until the server is quiet and says how it is.
func (h *host) settle(ctx context.Context, req hostRequest) (a hostAnswer, err error) {
	g := h.app.Gate()
	if err := g.Quiet(ctx, req.Commands, req.Queries); err != nil {
		return a, err
	}
	if err := h.app.Flush(ctx); err != nil {
		return a, err
	}
	if urls := h.app.URLs(); len(urls) > 0 {
		a.URL = urls[0]
	}
	contents, err := h.app.Contents(ctx, req.After)
	if err != nil {
		return a, err
	}
	a.hold(contents)
	a.Next, a.Timed = g.Next()
	a.Beat, a.Faults, a.Sent = h.beat, h.app.Faults(), h.app.Sent()
	for _, c := range g.Commands() {
		a.Waiting = append(a.Waiting, sim.Waiting{Gate: sim.CommandGate, Client: c.Client, Intent: c.Command})
	}
	for _, c := range g.Appends() {
		a.Waiting = append(a.Waiting, sim.Waiting{Gate: sim.AppendGate, Client: c.Client, Intent: c.Command})
	}
	a.project(h.app, req.After+uint64(len(contents.Events)))
	return a, nil
}

// hold takes over what the stores hold.
func (a *hostAnswer) hold(c app.Contents) {
	a.Events, a.Rows, a.Checkpoint = c.Events, c.Rows, c.Checkpoint
	for _, f := range c.Fates {
		a.Fates = append(a.Fates, sim.FateOf(f))
	}
}

// project says where the projector is, in a log that ends at end.
func (a *hostAnswer) project(server *app.App, end uint64) {
	at := server.Gate().Worker()
	status, watermark := server.Projector()
	a.Watermark = watermark
	switch at.Place {
	case app.AtEvents:
		if end >= at.First {
			a.Waiting = append(a.Waiting, sim.Waiting{Gate: sim.EventGate, From: at.First, To: end})
		}
	case app.AtCommit:
		a.Waiting = append(a.Waiting, sim.Waiting{Gate: sim.CommitGate, From: at.First, To: at.Last})
	case app.InPause:
		a.Retrying = status.At
	case app.InStall:
		a.Stalled = status.At
	default: // It is never quiet anywhere else.
	}
}

// events is a piece of the log on the wire, where an event's place is not in it.
type events []event.Event

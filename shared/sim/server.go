package sim

import (
	"errors"
	"fmt"
	"slices"

	"optimist/shared/decide"
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/strategy"
	"optimist/shared/trace"
	"optimist/shared/user"
)

// server is everything on the server's side but the log. What is on disk
// survives a crash, the rest does not.
type server struct {
	// On disk.
	rows   projection.Memory
	outbox []event.Event // Events whose rows were written first and which the log does not have yet.

	// In memory.
	down      bool
	core      *decide.Core
	jobs      []job
	lastJob   uint64 // The newest job's number; back to 0 when nothing is under way.
	appends   []standing
	projector projector
	debts     projection.Debts
	feed      projection.Outgoing
	watermark uint64 // What was published.
	late      []late
	beat      int64 // When the next heartbeat is due.

	rowsForm form
	form     form // Of the rest.

	// Scratch.
	effects []decide.Effect
	inbox   []decide.Input // What follows from effects, to be taken in after them.
	events  []event.Event
	expect  []uint64
}

// job is a command that is not answered yet.
type job struct {
	id     uint64
	client string
	intent string
	life   uint32 // Of the client that asked: a later one does not hear the answer.
}

// standing is an append at the AppendGate. Its events are the core's.
type standing struct {
	job    uint64
	client string
	intent string
	due    int64 // A fault keeps it from the gate until then.
	lose   bool  // A fault loses the acknowledgement.
}

// late is a feed message that a fault delays.
type late struct {
	due  int64
	feed protocol.Feed
}

// strikes is the plan of faults as the cores ask it; what strikes is noted.
type strikes struct{ w *World }

// Strike asks the plan.
func (s strikes) Strike(kind fault.Kind, target fault.Target) (fault.Fault, bool) {
	if s.w.plan.Len() == 0 {
		return fault.Fault{}, false
	}
	f, struck := s.w.plan.Strike(kind, target)
	if struck && s.w.trace != nil {
		s.w.note(trace.Event{
			Kind: trace.Faulted, Actor: actorOf(kind), Client: target.Client, Intent: target.Command,
			Record: target.Record, Seq: target.Seq, Fault: f.Script(),
		})
	}
	return f, struck
}

// actorOf returns where a fault strikes.
func actorOf(kind fault.Kind) string {
	switch kind {
	case fault.AppendRefuse, fault.AppendLoseAck, fault.AppendSlow:
		return trace.Log
	case fault.ReplyDrop:
		return trace.Server
	default:
		return trace.Projector
	}
}

// init gives the server its parts.
func (s *server) init(w *World) {
	s.core = decide.New(w.coreConfig())
}

func (w *World) coreConfig() decide.Config {
	return decide.Config{Rows: &w.server.rows, Faults: strikes{w}, Strategy: w.text, Epoch: Epoch}
}

// handle decides the oldest command of a client.
func (w *World) handle(client string) error {
	c := w.client(client)
	if c == nil || len(c.commands) == 0 {
		return fmt.Errorf("%w: no command of %s waits", ErrIdle, client)
	}
	l := c.commands[0]
	c.commands = pop(c.commands)
	s := &w.server
	w.decide(decide.Input{
		Kind: decide.Arrived, Job: s.newJob(client, &l), Command: l.command, Strategy: l.strategy,
	})
	return nil
}

// newJob numbers a command. Numbers ascend while anything is under way.
func (s *server) newJob(client string, l *letter) uint64 {
	if len(s.jobs) == 0 && len(s.appends) == 0 && len(s.outbox) == 0 {
		s.lastJob = 0
	}
	s.lastJob++
	s.jobs = append(s.jobs, job{id: s.lastJob, client: client, intent: l.command.Command, life: l.life})
	return s.lastJob
}

// append lets the decided event of an intent into the log, if the log is as the
// decision expects.
func (w *World) append(client, intent string) error {
	s := &w.server
	at := slices.IndexFunc(s.appends, func(a standing) bool {
		return a.client == client && a.intent == intent && a.due <= w.now
	})
	if at < 0 {
		return fmt.Errorf("%w: no event of %s waits for the log", ErrIdle, intent)
	}
	a := s.appends[at]
	s.appends = slices.Delete(s.appends, at, at+1)
	s.events, s.expect = s.core.Pending(a.job, s.events[:0], s.expect[:0])
	if !w.expected(s.events, s.expect) {
		w.decide(decide.Input{Kind: decide.Conflicted, Job: a.job})
		return nil
	}
	first := w.stored(s.events)
	if a.lose {
		w.decide(decide.Input{Kind: decide.Unanswered, Job: a.job})
		return nil
	}
	w.decide(decide.Input{Kind: decide.Stored, Job: a.job, Seq: first})
	return nil
}

// decide has the core take in, and carries out what it asks for. What follows
// from that comes after all of it: the effects are the core's own memory.
func (w *World) decide(in decide.Input) {
	s := &w.server
	s.inbox = append(s.inbox[:0], in)
	for i := 0; i < len(s.inbox); i++ {
		s.inbox[i].At = w.now
		s.effects = s.core.Step(s.inbox[i], s.effects[:0])
		for j := range s.effects {
			w.obey(&s.effects[j], s.inbox[i].Kind)
		}
	}
}

// obey carries out one effect of the core.
func (w *World) obey(e *decide.Effect, after decide.InputKind) {
	s := &w.server
	switch e.Kind {
	case decide.Append:
		w.decided(e, after)
		ev := &e.Events[len(e.Events)-1]
		s.appends = append(s.appends, standing{
			job: e.Job, client: ev.Client, intent: ev.Command, due: w.now + e.Delay, lose: e.LoseAck,
		})
	case decide.Fetch:
		s.inbox = append(s.inbox, decide.Input{Kind: decide.Reread, Job: e.Job, Events: w.fetch(e)})
	case decide.Answer:
		w.answer(e)
	case decide.WriteRow:
		s.inbox = append(s.inbox, w.writeRow(e))
	case decide.Remove:
		s.outbox = slices.DeleteFunc(s.outbox, func(ev event.Event) bool { return ev.Ref == e.Event.Ref })
	case decide.TellLog:
		w.tellLog(e.Feed)
	case decide.Report: // Of failures that cannot happen here.
	default:
		panic(fmt.Sprintf("sim: unknown effect %d of the server", e.Kind))
	}
}

// answer puts an answer before its client, unless it is lost on its way.
func (w *World) answer(e *decide.Effect) {
	s := &w.server
	at := slices.IndexFunc(s.jobs, func(j job) bool { return j.id == e.Job })
	if at < 0 {
		return
	}
	j := s.jobs[at]
	s.jobs = slices.Delete(s.jobs, at, at+1)
	w.retried(j.client, &e.Reply)
	c := w.client(j.client)
	if !e.Drop && c.life == j.life && w.online(c) {
		c.replies = append(c.replies, e.Reply)
	}
}

// writeRow writes a row before its event, and returns what came of it.
func (w *World) writeRow(e *decide.Effect) decide.Input {
	s := &w.server
	s.rowsForm.fresh = false
	err := projection.WriteDirect(&s.rows, e.Record, e.Fate)
	var code user.Code
	switch {
	case err == nil:
		if e.Outbox {
			s.outbox = append(s.outbox, e.Event)
		}
		rec, _, _ := s.rows.Record(e.Record.ID) // In memory, nothing fails.
		w.wrote(&e.Event, projection.RowOf(rec))
		return decide.Input{Kind: decide.Written, Job: e.Job, Record: rec}
	case errors.Is(err, projection.ErrStale):
		return decide.Input{Kind: decide.Conflicted, Job: e.Job}
	case errors.As(err, &code):
		return decide.Input{Kind: decide.Barred, Job: e.Job, Code: code, Why: user.Words(err)}
	}
	panic(fmt.Sprintf("sim: write a row: %v", err))
}

// tellLog tells those that read the log what it makes of a record.
func (w *World) tellLog(f protocol.Feed) {
	if w.strategy.Read != strategy.FoldedLog {
		return
	}
	for _, c := range w.clients {
		if w.online(c) {
			c.post(parcel{feed: f})
		}
	}
}

// poll answers what a client asks of its command's outcome.
func (w *World) poll(c *client, intent string) {
	if !w.online(c) {
		return
	}
	w.reach.Server = true
	reply, err := w.server.core.Outcome(user.Ref{Client: c.name, Command: intent})
	if err != nil {
		panic(fmt.Sprintf("sim: outcome of %s: %v", intent, err))
	}
	c.replies = append(c.replies, reply)
}

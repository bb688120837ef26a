package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"optimist/server/eventlog"
	"optimist/shared/decide"
	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// failurePause is how long an append that failed at once is taken for not
// answered yet: it would fail at once again.
const failurePause = 50 * time.Millisecond

// outboxLook is how many of the oldest entries of the outbox are searched for
// the one to remove.
const outboxLook = 8

// carryOut does what the core wants done, in order. It is called with the lock
// held and does not block.
func (h *Handler) carryOut(ctx context.Context, effects []decide.Effect) {
	for i := range effects {
		e := &effects[i]
		switch e.Kind {
		case decide.Append:
			h.append(ctx, e)
		case decide.Fetch:
			h.fetch(ctx, e)
		case decide.Answer:
			h.answer(e)
		case decide.WriteRow:
			h.writeRow(ctx, *e)
		case decide.Remove:
			h.remove(e.Event.Ref)
		case decide.TellLog:
			h.tellLog(e.Feed)
		case decide.Report:
			h.logger.Error("command not carried out", "err", e.Err)
		default:
			panic(fmt.Sprintf("command: unknown effect %d", e.Kind))
		}
	}
	h.setTimer(ctx)
}

// append stores events once the gate lets them, and as much later as a fault
// wants it. Their slices are the core's.
func (h *Handler) append(ctx context.Context, e *decide.Effect) {
	h.flight++
	events, expect := slices.Clone(e.Events), slices.Clone(e.Expect)
	landed := h.landed(ctx, e.Job, e.LoseAck)
	ref := events[len(events)-1].Ref
	h.gate.Append(ref.Client, ref.Command, time.Duration(e.Delay)*time.Millisecond, func() {
		h.gate.Begin() // Until it has landed.
		h.log.AppendBatch(events, expect, landed)
	})
}

// landed returns what takes in how the append of a job ended.
func (h *Handler) landed(ctx context.Context, job uint64, lost bool) func(uint64, error) {
	return func(seq uint64, err error) {
		in := decide.Input{Job: job}
		switch {
		case err == nil && !lost:
			in.Kind, in.Seq = decide.Stored, seq
		case errors.Is(err, eventlog.ErrConflict):
			in.Kind = decide.Conflicted
		default:
			in.Kind = decide.Unanswered
		}
		if err == nil || in.Kind == decide.Conflicted || errors.Is(err, eventlog.ErrTimeout) {
			h.land(ctx, in)
			return
		}
		h.logger.Warn("append failed", "err", err)
		kind := in.Kind // Of in itself nothing is kept, so that it costs no allocation.
		time.AfterFunc(failurePause, func() { h.land(ctx, decide.Input{Kind: kind, Job: job}) })
	}
}

// land tells the core how something that was under way has ended.
func (h *Handler) land(ctx context.Context, in decide.Input) {
	h.index.mu.Lock()
	h.flight--
	h.room.Signal()
	if ctx.Err() == nil {
		h.index.step(in)
	}
	h.index.mu.Unlock()
	h.gate.End()
}

// fetch reads what the log holds of a record and of emails beyond what is known,
// and the command's own refusal if it may have been stored.
func (h *Handler) fetch(ctx context.Context, e *decide.Effect) {
	h.flight++
	h.gate.Begin()
	want := *e
	// Other records are served while the log is read.
	h.done.Go(func() {
		reading, cancel := context.WithTimeout(ctx, rereadWait)
		defer cancel()
		in := decide.Input{Kind: decide.Reread, Job: want.Job}
		var err error
		if in.Events, err = h.unknown(reading, want); err != nil {
			h.logger.Error("log not read", "record", want.Record.ID, "err", err)
			in = decide.Input{Kind: decide.Failed, Job: want.Job}
		}
		h.land(ctx, in)
	})
}

// unknown returns what a Fetch asks for.
func (h *Handler) unknown(ctx context.Context, e decide.Effect) ([]event.Event, error) {
	events, err := h.log.Record(ctx, e.Record.ID, e.After)
	if err != nil {
		return nil, err
	}
	for _, claim := range e.Claims {
		about, err := h.log.Email(ctx, claim.Token, claim.After)
		if err != nil {
			return nil, err
		}
		events = append(events, about...)
	}
	if e.Refusal.IsZero() {
		return events, nil
	}
	refusal, found, err := h.log.Refusal(ctx, e.Refusal)
	if found {
		events = append(events, refusal)
	}
	return events, err
}

// tellLog publishes what the log makes of a record.
func (h *Handler) tellLog(f protocol.Feed) {
	data, err := protocol.Marshal(f)
	if err == nil {
		err = h.nc.Publish(protocol.LogFeedSubject, data)
	}
	if err != nil {
		h.logger.Error("message not published", "subject", protocol.LogFeedSubject, "err", err)
	}
}

// writeRow writes a row before its event.
func (h *Handler) writeRow(ctx context.Context, e decide.Effect) {
	h.flight++
	h.gate.Begin()
	h.enqueue(func() {
		var outbox *event.Event
		if e.Outbox {
			outbox = &e.Event
		}
		rec, err := h.rows.WriteDirect(e.Record, e.Fate, outbox)
		in := decide.Input{Kind: decide.Written, Job: e.Job, Record: rec}
		if err != nil {
			in = h.unwritten(e.Job, err)
		}
		h.land(ctx, in)
	})
}

// unwritten returns why a row was not written, for the core.
func (h *Handler) unwritten(job uint64, err error) decide.Input {
	if errors.Is(err, projection.ErrStale) {
		return decide.Input{Kind: decide.Conflicted, Job: job}
	}
	if code := user.ErrEmailTaken; errors.Is(err, code) {
		_, why, _ := strings.Cut(err.Error(), string(code)+": ")
		return decide.Input{Kind: decide.Barred, Job: job, Code: code, Why: why}
	}
	h.logger.Error("row not written", "err", err)
	return decide.Input{Kind: decide.Unanswered, Job: job}
}

// remove takes the command's entry out of the outbox: the log has its event. It
// is the oldest, unless one before it could not be removed; what stays is removed
// after the next start.
func (h *Handler) remove(ref user.Ref) {
	h.gate.Begin()
	h.enqueue(func() {
		defer h.gate.End()
		entries, err := h.rows.Outbox(outboxLook)
		for _, e := range entries {
			if e.Event.Ref == ref {
				err = h.rows.DeleteOutbox(e.ID)
			}
		}
		if err != nil {
			h.logger.Error("outbox not shortened", "err", err)
		}
	})
}

// enqueue has something written to the read model, in the order of the calls.
func (h *Handler) enqueue(what func()) {
	h.writes = append(h.writes, what)
	h.work.Signal()
}

// write writes what is enqueued until ctx ends.
func (h *Handler) write(ctx context.Context) {
	h.index.mu.Lock()
	defer h.index.mu.Unlock()
	for {
		for len(h.writes) == 0 && ctx.Err() == nil {
			h.work.Wait()
		}
		if ctx.Err() != nil {
			return
		}
		next := h.writes[0]
		h.writes = h.writes[1:]
		h.index.mu.Unlock()
		next()
		h.index.mu.Lock()
	}
}

// setTimer sees to it that the core is told when the time comes that it waits
// for.
func (h *Handler) setTimer(ctx context.Context) {
	at, waits := h.index.core.Next()
	if h.ticking != nil && waits && at == h.tickAt {
		return
	}
	if h.ticking != nil {
		h.ticking()
		h.ticking = nil
	}
	if !waits {
		return
	}
	left := time.Duration(at-h.now().UnixMilli()) * time.Millisecond
	h.tickAt = at
	h.ticking = h.gate.AfterFunc(max(left, 0), func() {
		h.index.mu.Lock()
		defer h.index.mu.Unlock()
		if ctx.Err() != nil {
			return
		}
		h.ticking = nil
		h.index.step(decide.Input{Kind: decide.Ticked, At: h.now().UnixMilli()})
		h.setTimer(ctx)
	})
}

package command

import (
	"context"
	"errors"
	"fmt"
	"time"

	"optimist/server/eventlog"
	"optimist/shared/event"
	"optimist/shared/fault"
)

// Limits of the handler.
const (
	maxInFlight  = 4096 // Appends and rereads under way; further commands wait.
	maxQueued    = 1024 // Commands waiting behind one of the same record.
	maxDecisions = 8    // Times one command is decided before its client must send it again.
	maxAppends   = 3    // Times one event is published when it is not answered.
	rereadWait   = 5 * time.Second
	loadWait     = time.Minute // To index the log's tail at the start.
)

// lane is one record's commands in the order they came. Its first is being
// appended; the others wait for what becomes of it.
type lane struct {
	queue []*job
}

// enter puts a command into its record's lane. It is called with the lock held,
// like all below but land, which takes it.
func (h *Handler) enter(ctx context.Context, j *job) {
	l := h.lanes[j.cmd.Record]
	if l == nil {
		l = &lane{}
		h.lanes[j.cmd.Record] = l
	}
	if len(l.queue) > maxQueued {
		h.answer(j, h.retry(j.cmd.Ref, fmt.Sprintf("%d commands on %s wait already", maxQueued, j.cmd.Record)))
		return
	}
	l.queue = append(l.queue, j)
	if len(l.queue) == 1 {
		h.advance(ctx, j.cmd.Record)
	}
}

// advance starts the first command of a lane and goes on while they end at
// once. An empty lane is forgotten.
func (h *Handler) advance(ctx context.Context, record string) {
	l := h.lanes[record]
	for len(l.queue) > 0 {
		if !h.begin(ctx, l.queue[0]) {
			return
		}
		l.queue[0] = nil
		l.queue = l.queue[1:]
	}
	delete(h.lanes, record)
}

// leave ends the first command of its lane and starts the next.
func (h *Handler) leave(ctx context.Context, j *job) {
	l := h.lanes[j.cmd.Record]
	l.queue[0] = nil
	l.queue = l.queue[1:]
	h.advance(ctx, j.cmd.Record)
}

// begin decides the command and publishes its event. It reports whether the
// command ended without one.
func (h *Handler) begin(ctx context.Context, j *job) (ended bool) {
	j.decided++
	j.appends = 0
	d, err := h.decide(j)
	if err != nil {
		h.logger.Error("command not decided", "command", j.cmd.Ref.String(), "err", err)
		h.answer(j, h.retry(j.cmd.Ref, "the read model could not be read"))
		return true
	}
	if d.answer.Verdict != "" {
		h.answer(j, d.answer)
		return true
	}
	j.decision = d
	h.publish(ctx, j)
	return false
}

// publish appends the event of the command's decision.
func (h *Handler) publish(ctx context.Context, j *job) {
	j.appends++
	h.flight++
	lost := false
	if j.appends == 1 {
		_, lost = h.board.Strike(fault.AppendLoseAck, target(j.cmd))
	}
	h.log.AppendAsync(j.decision.ev, j.decision.expect, func(seq uint64, err error) {
		if lost && err == nil {
			seq, err = 0, eventlog.ErrTimeout
		}
		h.land(ctx, func() { h.settle(ctx, j, seq, err) })
	})
}

// land ends an append or a reread and goes on with what waited for it.
func (h *Handler) land(ctx context.Context, then func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.flight--
	h.room.Signal()
	if ctx.Err() == nil {
		then()
	}
}

// settle goes on with a command once its append has ended.
func (h *Handler) settle(ctx context.Context, j *job, seq uint64, err error) {
	switch {
	case err == nil:
		ev := j.decision.ev
		ev.Seq = seq
		h.index.add(ev)
		h.answer(j, h.replyOf(ev))
		h.leave(ctx, j)
	case errors.Is(err, eventlog.ErrConflict):
		h.reread(ctx, j)
	case j.decision.ev.Kind == event.Refused && j.decided < maxDecisions:
		// The record's expectation does not tell whether a refusal is stored.
		h.reread(ctx, j)
	case j.appends < maxAppends:
		// Not answered is not "not stored": the same event with the same
		// expectation finds out, and nothing else is appended here meanwhile.
		h.publish(ctx, j)
	default:
		h.logger.Warn("append not answered", "command", j.cmd.Ref.String(), "err", err)
		h.giveUp(ctx, j, "the event store did not answer")
	}
}

// reread fetches what the log holds of the record beyond the expectation, and
// the command's own refusal if it may have been stored.
func (h *Handler) reread(ctx context.Context, j *job) {
	h.flight++
	// Other records are served while the log is read.
	h.done.Go(func() {
		reading, cancel := context.WithTimeout(ctx, rereadWait)
		defer cancel()
		events, err := h.unknown(reading, j)
		h.land(ctx, func() {
			if err != nil {
				h.logger.Error("log not read", "record", j.cmd.Record, "err", err)
				h.giveUp(ctx, j, "the log could not be read")
				return
			}
			h.again(ctx, j, events)
		})
	})
}

// unknown returns what may have been stored since the command was decided.
func (h *Handler) unknown(ctx context.Context, j *job) ([]event.Event, error) {
	events, err := h.log.Record(ctx, j.cmd.Record, j.decision.expect)
	if err != nil || j.decision.ev.Kind != event.Refused {
		return events, err
	}
	refusal, found, err := h.log.Refusal(ctx, j.cmd.Ref)
	if found {
		events = append(events, refusal)
	}
	return events, err
}

// again decides a command anew, knowing what came in between. If that is the
// command's own event, its acknowledgement was lost, and the decision finds it
// accepted.
func (h *Handler) again(ctx context.Context, j *job, events []event.Event) {
	for _, ev := range events {
		h.index.add(ev)
	}
	if j.decided >= maxDecisions {
		h.giveUp(ctx, j, fmt.Sprintf("others changed %s each of %d times", j.cmd.Record, maxDecisions))
		return
	}
	if h.begin(ctx, j) {
		h.leave(ctx, j)
	}
}

// giveUp ends a command without a verdict.
func (h *Handler) giveUp(ctx context.Context, j *job, why string) {
	h.answer(j, h.retry(j.cmd.Ref, why))
	h.leave(ctx, j)
}

package command

import (
	"errors"
	"time"

	"github.com/nats-io/nats.go"

	"optimist/server/reply"
	"optimist/shared/decide"
	"optimist/shared/protocol"
)

// answerDelay is how long an answer to one of several commands may wait for
// others to go with it. Usually a feed message goes out before, and the answers
// right in front of it.
const answerDelay = time.Millisecond

// request is a message that asks for one command or several.
type request struct {
	msg     *nats.Msg
	several bool
	left    int // Of several: those without an answer.
	replies protocol.Replies
}

// answer ends the wait of a command's client, unless a fault loses the answer.
func (h *Handler) answer(e *decide.Effect) {
	req := h.requests[e.Job]
	delete(h.requests, e.Job)
	if e.Drop {
		req.left--
		return
	}
	h.ready(req, e.Reply)
}

// ready answers a command now, or soon if it is one of several. The caller holds
// the lock.
func (h *Handler) ready(req *request, r protocol.Reply) {
	if !req.several {
		h.send(req.msg, r)
		return
	}
	if len(req.replies) == 0 {
		if len(h.unsent) == 0 {
			h.late.Reset(answerDelay)
		}
		h.unsent = append(h.unsent, req)
	}
	req.replies = append(req.replies, r)
	req.left--
	if req.left == 0 || h.gate != nil { // Nothing passes by itself under a gate.
		h.sendReady()
	}
}

// fail answers that there is no command to speak of.
func (h *Handler) fail(req *request, command string, err error) {
	if !req.several {
		h.send(req.msg, protocol.Failure{Error: err.Error()})
		return
	}
	h.index.mu.Lock()
	defer h.index.mu.Unlock()
	h.ready(req, protocol.Reply{Command: command, Verdict: protocol.Retry, Why: err.Error()})
}

// sendReady sends what answers are ready. The caller holds the lock.
func (h *Handler) sendReady() {
	if len(h.unsent) == 0 {
		return
	}
	h.late.Stop()
	for i, req := range h.unsent {
		h.send(req.msg, req.replies)
		req.replies, h.unsent[i] = nil, nil
	}
	h.unsent = h.unsent[:0]
}

// sendLate sends what nothing else has sent in time.
func (h *Handler) sendLate() {
	h.index.mu.Lock()
	defer h.index.mu.Unlock()
	h.sendReady()
}

// send answers a request.
func (h *Handler) send(msg *nats.Msg, v any) {
	if err := reply.To(msg, v); err != nil && !errors.Is(err, nats.ErrConnectionClosed) {
		h.logger.Warn("command not answered", "subject", msg.Subject, "err", err)
	}
}

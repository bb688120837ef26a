package command

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/nats-io/nats.go"

	"optimist/server/reply"
	"optimist/shared/decide"
	"optimist/shared/protocol"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// take reads a request and has it decided. It may wait: requests then queue in
// the subscription, which belongs to commands alone.
func (h *Handler) take(ctx context.Context, msg *nats.Msg) {
	if !reply.Addressable(msg.Reply) {
		return // Nobody could learn what became of it, so nobody asked.
	}
	cmd, text, err := parse(msg, h.standard)
	if err != nil {
		h.send(msg, protocol.Failure{Error: err.Error()})
		return
	}
	if code, why := validate(cmd); code != "" {
		h.send(msg, protocol.Reply{
			Command: cmd.Ref.Command, Verdict: protocol.Refused, Epoch: h.progress.Epoch(), Code: code, Why: why,
		})
		return
	}
	h.gate.Command(cmd.Client, cmd.Ref.Command, func() { h.arrive(ctx, msg, cmd, text) })
}

// arrive has a command decided as soon as there is room for it.
func (h *Handler) arrive(ctx context.Context, msg *nats.Msg, cmd user.Command, text string) {
	h.index.mu.Lock()
	defer h.index.mu.Unlock()
	for h.flight >= maxInFlight && ctx.Err() == nil {
		h.room.Wait()
	}
	if ctx.Err() != nil {
		return
	}
	h.last++
	h.requests[h.last] = msg
	h.index.step(decide.Input{
		Kind: decide.Arrived, Job: h.last, Command: cmd, Strategy: text, At: h.now().UnixMilli(),
	})
}

// parse reads a request: the command, and the text of its strategy. An error
// means that there is no command to speak of, so there can be no verdict.
func parse(msg *nats.Msg, standard string) (user.Command, string, error) {
	var req protocol.Command
	if err := protocol.Unmarshal(msg.Data, &req); err != nil {
		return user.Command{}, "", fmt.Errorf("the request is not a command: %w", err)
	}
	if req.Op == 0 {
		return user.Command{}, "", fmt.Errorf("the command names no operation; use %s, %s or %s", user.Create, user.Edit, user.Delete)
	}
	if req.Strategy == "" {
		req.Strategy = standard
	}
	s, err := strategy.Named(req.Strategy)
	if err != nil {
		return user.Command{}, "", err
	}
	cmd := req.User(strings.TrimPrefix(msg.Subject, protocol.CommandPrefix))
	if cmd.Op == user.Delete {
		cmd.Patch = user.Patch{}
	}
	return cmd, s.Text(), nil
}

// validate returns what a person would have to type differently, as a code and
// its words, or no code.
func validate(cmd user.Command) (user.Code, string) {
	err := user.Validate(cmd)
	if err == nil && !cmd.Cause.IsZero() {
		err = user.ValidateCommandID(cmd.Cause.Command)
	}
	var code user.Code
	if !errors.As(err, &code) {
		return "", ""
	}
	return code, user.Words(err)
}

// send answers a request.
func (h *Handler) send(msg *nats.Msg, v any) {
	if err := reply.To(msg, v); err != nil && !errors.Is(err, nats.ErrConnectionClosed) {
		h.logger.Warn("command not answered", "subject", msg.Subject, "err", err)
	}
}

package command

import (
	"bytes"
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

// take reads a request and has its commands decided, one after the other. It may
// wait: requests then queue in the subscription, which belongs to commands alone.
func (h *Handler) take(ctx context.Context, msg *nats.Msg) {
	if !reply.Addressable(msg.Reply) {
		return // Nobody could learn what became of it, so nobody asked.
	}
	req := &request{msg: msg, several: bytes.HasPrefix(msg.Data, []byte("["))}
	if !req.several {
		var one protocol.Command
		if err := protocol.Unmarshal(msg.Data, &one); err != nil {
			h.send(msg, protocol.Failure{Error: notACommand(err)})
			return
		}
		h.consider(ctx, req, one)
		return
	}
	var all protocol.Commands
	if err := protocol.Unmarshal(msg.Data, &all); err != nil {
		h.send(msg, protocol.Failure{Error: notACommand(err)})
		return
	}
	if len(all) > protocol.MaxCommands {
		h.send(msg, protocol.Failure{Error: fmt.Sprintf("the request holds %d commands; the limit is %d", len(all), protocol.MaxCommands)})
		return
	}
	if len(all) == 0 {
		h.send(msg, protocol.Replies{})
		return
	}
	req.left = len(all)
	for i := range all {
		h.consider(ctx, req, all[i])
	}
}

// notACommand says that a request could not be read.
func notACommand(err error) string { return fmt.Sprintf("the request is not a command: %v", err) }

// consider has one command of a request decided, if it makes sense.
func (h *Handler) consider(ctx context.Context, req *request, one protocol.Command) {
	cmd, text, err := h.meaning(req.msg.Subject, one)
	if err != nil {
		h.fail(req, one.ID, err)
		return
	}
	if code, why := validate(cmd); code != "" {
		h.index.mu.Lock()
		defer h.index.mu.Unlock()
		h.ready(req, protocol.Reply{
			Command: cmd.Ref.Command, Verdict: protocol.Refused, Epoch: h.progress.Epoch(), Code: code, Why: why,
		})
		return
	}
	h.gate.Command(cmd.Client, cmd.Ref.Command, func() { h.arrive(ctx, req, cmd, text) })
}

// arrive has a command decided as soon as there is room for it.
func (h *Handler) arrive(ctx context.Context, req *request, cmd user.Command, text string) {
	h.index.mu.Lock()
	defer h.index.mu.Unlock()
	for h.flight >= maxInFlight && ctx.Err() == nil {
		h.room.Wait()
	}
	if ctx.Err() != nil {
		return
	}
	h.last++
	h.requests[h.last] = req
	h.index.step(decide.Input{
		Kind: decide.Arrived, Job: h.last, Command: cmd, Strategy: text, At: h.now().UnixMilli(),
	})
}

// meaning returns the command that is asked for on subject, and the text of its
// strategy. An error means that there is no command to speak of, so there can be
// no verdict.
func (h *Handler) meaning(subject string, asked protocol.Command) (user.Command, string, error) {
	if asked.Op == 0 {
		return user.Command{}, "", fmt.Errorf("the command names no operation; use %s, %s or %s", user.Create, user.Edit, user.Delete)
	}
	if asked.Strategy == "" {
		asked.Strategy = h.standard
	}
	s, err := strategy.Named(asked.Strategy)
	if err != nil {
		return user.Command{}, "", err
	}
	cmd := asked.User(strings.TrimPrefix(subject, protocol.CommandPrefix))
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

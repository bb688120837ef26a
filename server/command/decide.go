package command

import (
	"errors"
	"fmt"

	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// decision is what to do about a command: append ev expecting the record's last
// event at expect, or only answer.
type decision struct {
	ev     event.Event
	expect uint64
	answer protocol.Reply // Its Verdict is empty if there is something to append.
}

// decide looks at the command as if it had just come.
func (h *Handler) decide(j *job) (decision, error) {
	if known, found, err := h.outcome(j.cmd.Ref); err != nil || found {
		return decision{answer: known}, err
	}
	if h.index.full() {
		return decision{answer: h.retry(j.cmd.Ref, tooFarBehind)}, nil
	}
	cmd := j.cmd
	cause, waits, err := h.cause(&cmd)
	if err != nil {
		return decision{}, err
	}
	if waits {
		return decision{answer: h.retry(cmd.Ref, causeUnknown(cmd.Cause))}, nil
	}
	s, err := h.read(cmd.Record)
	if err != nil {
		return decision{}, err
	}
	if cause.Fallen && j.strategy.Compensation == strategy.RejectionLogged {
		return h.refuse(cmd, j.strategy, s, user.ErrCascade, projection.CascadeWhy(cause), cause.Root), nil
	}
	if code := j.strategy.judge(s, cmd); code != "" {
		return h.refuse(cmd, j.strategy, s, code, j.strategy.why(s, cmd, code), user.Ref{}), nil
	}
	return h.struck(cmd, j.strategy, s), nil
}

// cause returns the fate of the command's cause, and whether the command must
// wait for it: one that is in neither log nor read model may still come. A
// command without a base was typed on what its cause made.
func (h *Handler) cause(cmd *user.Command) (fate projection.Fate, waits bool, err error) {
	if cmd.Cause.IsZero() {
		return projection.Fate{}, false, nil
	}
	fate, found, err := h.fate(cmd.Cause)
	if err != nil || !found {
		return projection.Fate{}, true, err
	}
	if cmd.Base == 0 && fate.Record == cmd.Record && fate.Status != projection.Refused {
		cmd.Base = fate.Seq
	}
	return fate, false, nil
}

// rules is a strategy as this handler carries it out.
type rules struct{ strategy.Strategy }

// basis returns the record that the strategy checks a command against.
func (r rules) basis(s state) projection.Record {
	if r.Validate == strategy.ByProjection {
		return s.row
	}
	return s.log
}

// judge returns why the command may not happen, or no code.
func (r rules) judge(s state, cmd user.Command) user.Code {
	if r.Validate == strategy.ByNothing {
		return ""
	}
	var code user.Code
	if err := user.Decide(r.basis(s).State, cmd); err != nil && !errors.As(err, &code) {
		panic(fmt.Sprintf("command: a refusal without a code: %v", err))
	}
	return code
}

// event returns the command as an event of that kind.
func (h *Handler) event(kind event.Kind, cmd user.Command, r rules) event.Event {
	ev := event.Event{
		Kind: kind, Time: h.now().UnixMilli(),
		Ref: cmd.Ref, Record: cmd.Record, Op: cmd.Op, Patch: cmd.Patch,
		Cause: cmd.Cause, Base: cmd.Base, Strategy: r.Name,
	}
	ev.ID = ev.Identify()
	return ev
}

// accept returns the event that the command becomes. A command that names no
// cause and no base was typed on what the log holds: if the create is not
// projected yet, it falls with it.
func (h *Handler) accept(cmd user.Command, r rules, s state) decision {
	if cmd.Op != user.Create && cmd.Base == 0 {
		if cmd.Cause.IsZero() && r.Validate == strategy.ByLog && s.created != 0 {
			cmd.Cause = s.newest
		}
		cmd.Base = r.basis(s).Seq
	}
	ev := h.event(event.Of(cmd.Op), cmd, r)
	ev.Version = r.basis(s).Version + 1
	return decision{ev: ev, expect: s.last}
}

// refuse returns the refusal of the command. It is an event like others, and it
// expects what it was decided on.
func (h *Handler) refuse(cmd user.Command, r rules, s state, code user.Code, why string, root user.Ref) decision {
	ev := h.event(event.Refused, cmd, r)
	ev.Code, ev.Why, ev.Root = code, why, root
	return decision{ev: ev, expect: s.last}
}

// retry answers without a verdict: the client sends the command again.
func (h *Handler) retry(ref user.Ref, why string) protocol.Reply {
	reply := h.verdict(ref, protocol.Retry)
	reply.Why = why
	return reply
}

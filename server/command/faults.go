package command

import (
	"optimist/shared/event"
	"optimist/shared/fault"
	"optimist/shared/user"
)

// Words of an armed fault that was given none.
const (
	refusedForNow  = "the event store refused the append"
	refusedForGood = "the event store refused the event for good"
)

// struck accepts the command unless a fault makes the store refuse it: for good
// as a verdict, else as a retry.
func (h *Handler) struck(cmd user.Command, r rules, s state) decision {
	f, struck := h.board.Strike(fault.AppendRefuse, target(cmd))
	switch {
	case !struck:
		return h.accept(cmd, r, s)
	case f.Forever:
		return h.refuse(cmd, r, s, user.ErrRefusedByStore, reason(f, refusedForGood), user.Ref{})
	}
	return decision{answer: h.retry(cmd.Ref, reason(f, refusedForNow))}
}

// target is the command as faults aim at it.
func target(cmd user.Command) fault.Target {
	return fault.Target{Kind: event.Of(cmd.Op), Record: cmd.Record}
}

func reason(f fault.Fault, none string) string {
	if f.Reason == "" {
		return none
	}
	return f.Reason
}

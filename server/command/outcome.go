package command

import (
	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/user"
)

// Outcome returns what became of a command so far: Unknown if the log never
// took it. What the read model decided counts once it is published: until then
// a rejection may still be missing from the log, and the command is accepted.
func (h *Handler) Outcome(ref user.Ref) (protocol.Reply, error) {
	reply, _, err := h.outcome(ref)
	return reply, err
}

// outcome is Outcome, and reports whether the command is known.
func (h *Handler) outcome(ref user.Ref) (protocol.Reply, bool, error) {
	if ev, found := h.index.command(ref); found {
		return h.replyOf(ev), true, nil
	}
	if !h.index.seen.mayCommand(ref) {
		return h.verdict(ref, protocol.Unknown), false, nil
	}
	fate, found, err := h.rows.Fate(ref)
	if err != nil || !found {
		return h.verdict(ref, protocol.Unknown), false, err
	}
	r := h.verdict(ref, protocol.Confirmed)
	r.Seq, r.Version = fate.Seq, fate.Version
	switch {
	case fate.Status == projection.Refused:
		r.Verdict = protocol.Refused
	case fate.Seq > h.progress.Watermark():
		r.Verdict = protocol.Accepted
		return r, true, nil
	case fate.Status == projection.Rejected:
		r.Verdict = protocol.RolledBack
	}
	r.Code, r.Why = fate.Code, fate.Why
	if fate.Code == user.ErrCascade {
		r.Root = fate.Root.Command
	}
	return r, true, nil
}

// replyOf answers with an event that the log holds.
func (h *Handler) replyOf(ev event.Event) protocol.Reply {
	r := h.verdict(ev.Ref, protocol.Accepted)
	r.Seq, r.Version = ev.Seq, ev.Version
	if ev.Kind == event.Refused {
		r.Verdict, r.Version = protocol.Refused, 0
		r.Code, r.Why, r.Root = ev.Code, ev.Why, ev.Root.Command
	}
	return r
}

// verdict returns a reply about a command.
func (h *Handler) verdict(ref user.Ref, v protocol.Verdict) protocol.Reply {
	return protocol.Reply{Command: ref.Command, Verdict: v, Epoch: h.progress.Epoch()}
}

// fate returns what became of a command as far as it decides what becomes of
// others: whether it is known, where it is, and whether it fell.
func (h *Handler) fate(ref user.Ref) (projection.Fate, bool, error) {
	ev, found := h.index.command(ref)
	if !found {
		return h.rows.Fate(ref)
	}
	fate := projection.RefusalFate(ev)
	if ev.Kind != event.Refused {
		fate = projection.Fate{Ref: ev.Ref, Record: ev.Record, Op: ev.Op, Seq: ev.Seq}
	}
	if ev.Cause.IsZero() {
		return fate, true, nil
	}
	cause, _, err := h.fate(ev.Cause)
	if cause.Fallen {
		fate.Fallen, fate.Root, fate.RootSeq = true, cause.Root, cause.RootSeq
	}
	return fate, true, err
}

package sim

import (
	"slices"

	"optimist/shared/event"
	"optimist/shared/projection"
	"optimist/shared/protocol"
	"optimist/shared/strategy"
	"optimist/shared/user"
)

// What a part needs of its past is less than what its world's canonical form
// tells: from parts with equal forms on, worlds do the same and screens show the
// same rows and changes, for whoever only takes the steps of a search. There, no
// client's program ends, so nobody reads an outbox, and nobody asks what a client
// believed of an intent on the way to its verdict.

// AppendBackend appends what the server of w needs of its past.
func (w *World) AppendBackend(b []byte) []byte {
	b = appendNumber(b, uint64(len(w.log)))
	for i := range w.log {
		b = w.appendLogged(b, &w.log[i])
	}
	s := &w.server
	return w.appendServer(s.rows.AppendNeeded(b, w.strategy.Compensates()), func(b []byte, now int64) []byte {
		return s.core.AppendNeeded(b, now, w.needed)
	})
}

// appendLogged appends what an event is needed for. Of one that is in the rows and
// is not to be rejected any more, that is where it stands: it is expected there
// by whoever appends behind it. A refusal is asked for as it is.
func (w *World) appendLogged(b []byte, ev *event.Event) []byte {
	switch {
	case ev.Seq > w.server.rows.To, ev.Kind == event.Refused, w.owes(ev):
		needed := w.needed(*ev)
		return appendEvent(append(b, 1), &needed)
	case ev.Kind.Claims():
		return appendText(append(b, 2), ev.Patch.Email)
	default:
		return appendText(append(b, 3), ev.Record)
	}
}

// needed returns what of an event in the log may still decide anything: what it
// was typed on not if that cannot fall, for nothing else is asked of it there.
func (w *World) needed(ev event.Event) event.Event {
	ev = projection.Needed(ev)
	if !w.mayFall(ev.Cause) {
		ev.Cause = user.Ref{}
	}
	return ev
}

// mayFall reports whether what was typed on a command may fall with it: not with
// one whose fate in the rows is another, nor with one that is no create and was
// typed on none, as far as the log tells.
func (w *World) mayFall(cause user.Ref) bool {
	for !cause.IsZero() {
		if fate, found, _ := w.server.rows.Fate(cause); found && fate.Seq != 0 { // In memory, nothing fails.
			return fate.Fallen
		}
		at := slices.IndexFunc(w.log, func(ev event.Event) bool {
			return ev.Ref == cause && (ev.Kind.Changes() || ev.Kind == event.Refused)
		})
		if at < 0 || w.log[at].Op == user.Create {
			return true
		}
		cause = w.log[at].Cause
	}
	return false
}

// owes reports whether the log is owed the rejection of an event.
func (w *World) owes(ev *event.Event) bool {
	fate, found, _ := w.server.rows.FateAt(ev.Seq) // In memory, nothing fails.
	return found && fate.Status == projection.Rejected && !fate.Logged
}

// AppendProgram appends what the program at a place needs of its past: unless
// acts, if its person does nothing any more; unless amends, in a run in which they
// neither take back nor try again.
func (w *World) AppendProgram(b []byte, place int, acts, amends bool) []byte {
	c := w.clients[place]
	b = appendNumber(append(appendText(b, c.name), flag(c.down), flag(acts)), uint64(c.life))
	b = appendNumber(b, uint64(len(c.beliefs.intents)))
	for i := range c.beliefs.intents {
		s := &c.beliefs.intents[i]
		b = appendText(append(b, byte(s.Phase), flag(s.Tray), flag(s.Withdrawn)), s.ID)
		if amends {
			b = appendText(b, s.Record) // A retry may be of another one.
		}
	}
	if c.down {
		return b
	}
	return c.replica.AppendNeeded(b, acts, amends)
}

// AppendTransit appends what is needed of a thing on its way.
func (w *World) AppendTransit(b []byte, t *Transit) []byte {
	b = append(b, byte(t.Gate))
	switch t.Gate {
	case CommandGate:
		return appendLetter(b, t.letter)
	case ReplyGate:
		return w.appendAnswer(b, t.reply)
	default:
		return t.parcel.appendBinary(b, false)
	}
}

// appendLetter appends what a command asks. A delete is judged by whether its
// record is there: of what its author saw, it counts only that it was anything.
func appendLetter(b []byte, l letter) []byte {
	if l.command.Op == user.Delete {
		l.command.Base = min(l.command.Base, 1)
	}
	return appendNumber(l.appendBinary(b), uint64(l.life))
}

// appendAnswer appends what an answer tells its client. The version in the log is
// only shown; and that a change is in the rows, the rows tell: only who must ask
// hears it from an answer.
func (w *World) appendAnswer(b []byte, r protocol.Reply) []byte {
	r.Version, r.Why = 0, ""
	if r.Verdict == protocol.Confirmed && w.strategy.Feedback != strategy.Poll {
		r.Verdict = protocol.Accepted
	}
	return appendReply(b, &r)
}

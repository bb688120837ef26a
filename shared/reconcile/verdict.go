package reconcile

import (
	"fmt"
	"slices"

	"optimist/shared/protocol"
	"optimist/shared/user"
)

// answered takes the server's answer to a command or a poll. What was decided
// already, or never was ours, is left alone.
func (r *Replica) answered(a protocol.Reply) {
	m := r.byID[a.Command]
	if m == nil || !m.Phase.Pending() {
		return
	}
	switch a.Verdict {
	case protocol.Refused, protocol.RolledBack:
		if m.Seq == 0 {
			m.Seq, m.Version = a.Seq, a.Version
		}
		r.rollBack(m, a.Code, a.Why, a.Root)
	case protocol.Accepted, protocol.Confirmed:
		if a.Epoch != r.link.epoch {
			r.want() // The sequence means nothing yet; a reload asks again.
			return
		}
		r.accept(m, a)
	case protocol.Retry, protocol.Unknown:
		r.again(m, a.Why)
	default:
		panic(fmt.Sprintf("reconcile: unknown verdict %q", a.Verdict))
	}
}

// accept notes where m's event stands. It stays in the overlay until the read
// position is there: before that the rows do not have it.
func (r *Replica) accept(m *Mutation, a protocol.Reply) {
	m.known = m.known || a.Verdict == protocol.Confirmed
	if m.Phase != Accepted {
		m.Phase, m.Seq, m.Version, m.Why = Accepted, a.Seq, a.Version, ""
		r.changed(r.lane(m.Record))
	}
	switch {
	case m.polls && !m.known:
	case m.Seq <= r.link.to:
		r.confirm(m)
	default:
		r.accepted.Set(m.Seq, m)
	}
}

// unaccept takes m out of those that the read position will confirm.
func (r *Replica) unaccept(m *Mutation) {
	if at, ok := r.accepted.Get(m.Seq); ok && at == m {
		r.accepted.Delete(m.Seq)
	}
}

// again queues an unanswered m once more: the server gave no verdict.
func (r *Replica) again(m *Mutation, why string) {
	if m.Phase != Sent {
		return
	}
	m.Phase, m.Why = Queued, why
	m.retryAt = r.now + backoff(RetryAfter, m.Attempts)
	r.changed(r.lane(m.Record))
}

// confirm ends m well: the rows hold it.
func (r *Replica) confirm(m *Mutation) {
	r.leave(m)
	m.Phase = Confirmed
	r.remember(*m)
	r.emit(Effect{Kind: Forget, ID: m.ID, Record: m.Record})
	r.emit(Effect{Kind: Settled, ID: m.ID, Record: m.Record, Mutation: *m})
}

// rollBack ends m badly, and with a create whatever was typed on it. What was
// typed on a rolled-back edit inherits the edit's cause instead.
func (r *Replica) rollBack(m *Mutation, code user.Code, why, root string) {
	l := r.lane(m.Record)
	fallen := []*Mutation{m}
	if m.Op == user.Create || code == user.ErrCascade {
		fallen = l.dependents(m)
	}
	if root == "" && m.Op == user.Create {
		root = m.ID
	}
	for i, f := range fallen {
		if i > 0 {
			code, why = user.ErrCascade, fmt.Sprintf("it was typed on %s, which was rolled back (%s)", m.Tag(), m.Code)
		}
		r.toTray(l, f, code, why, root)
	}
	for _, f := range fallen {
		r.inherit(l, f)
	}
}

// inherit gives what was typed on m, which fell, m's own cause instead, and has
// it stored: m may be gone from the tray when it is restored.
func (r *Replica) inherit(l *lane, m *Mutation) {
	for _, p := range l.pending {
		if p.Cause == m.ID {
			p.Cause = m.Cause
			r.emit(Effect{Kind: Store, ID: p.ID, Record: p.Record, Mutation: *p})
		}
	}
}

// dependents returns m and every pending mutation that falls with it.
func (l *lane) dependents(m *Mutation) []*Mutation {
	fallen := []*Mutation{m}
	for _, p := range l.pending {
		typedOn := func(f *Mutation) bool { return p.Cause == f.ID }
		if p != m && p.cascades && slices.ContainsFunc(fallen, typedOn) {
			fallen = append(fallen, p)
		}
	}
	return fallen
}

// toTray moves one mutation from the overlay into the tray.
func (r *Replica) toTray(l *lane, m *Mutation, code user.Code, why, root string) {
	r.unaccept(m)
	r.pending.Delete(m.Number)
	l.drop(m)
	m.Phase, m.Code, m.Why = RolledBack, code, why
	if code == user.ErrCascade {
		m.Root = root
	}
	l.fallen(m)
	r.trays++
	r.emit(Effect{Kind: Store, ID: m.ID, Record: m.Record, Mutation: *m})
	r.emit(Effect{Kind: Fell, ID: m.ID, Record: m.Record, Mutation: *m})
	r.changed(l)
}

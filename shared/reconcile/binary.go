package reconcile

import (
	"encoding/binary"

	"optimist/shared/protocol"
	"optimist/shared/user"
)

// Bits beside a mutation's phase and operation.
const (
	passedBit = 1 << 6
	heldBit   = 1 << 7
)

// manyAttempts is the count from which no wait gets any longer.
const manyAttempts = 9

// AppendBinary appends the canonical form of r: from equal ones on, two replicas
// of one client do and show the same for the same inputs. Times are relative to
// the last step, and told only as far as something waits for them.
func (r *Replica) AppendBinary(b []byte) []byte {
	b = r.appendHead(b, func(b []byte, p *position) []byte { return p.appendBinary(b, r.now, r.online) })
	for m := r.book.first(); m != nil; m = r.book.next(m) {
		at := len(b)
		if b = m.appendBinary(b, r.now, r.online); m.held {
			b[at] |= heldBit
		}
	}
	return r.base.AppendBinary(r.appendDone(b))
}

// appendHead appends how r reads and how far it has, each position as it is to be
// told, and how many mutations follow.
func (r *Replica) appendHead(b []byte, told func([]byte, *position) []byte) []byte {
	b = append(b, byte(r.syncing), byte(r.read), byte(r.identity))
	b = told(b, &r.link)
	if r.follows(&r.logs) {
		b = told(b, &r.logs)
	}
	return appendNumber(appendNumber(b, uint64(r.number)), uint64(r.book.count))
}

// AppendBinary appends the canonical form of m, as an outbox holds it, at the
// time now: see Replica.AppendBinary.
func (m *Mutation) AppendBinary(b []byte, now int64) []byte { return m.appendBinary(b, now, false) }

// appendBinary appends the canonical form of m. What is not online waits for
// being so, and then begins anew.
func (m *Mutation) appendBinary(b []byte, now int64, online bool) []byte {
	first := byte(m.Phase) | byte(m.Op)<<4
	if m.Passed {
		first |= passedBit
	}
	b = append(b, first)
	b = appendBools(b, m.Slow, m.known, m.merges != "", m.Before.ID != "", m.Root != "", m.Why != "", m.into != "", m.Was.Set != 0)
	b = appendNumber(b, uint64(m.Number))
	b = appendNumber(b, m.Base)
	b = appendNumber(b, m.Seq)
	b = appendNumber(b, m.Version)
	b = appendString(b, m.ID)
	b = appendString(b, m.Record)
	b = appendString(b, m.Cause)
	b = appendString(b, m.Strategy)
	b = appendString(b, string(m.Code))
	b = appendPatch(b, m.Patch)
	if m.Was.Set != 0 {
		b = appendPatch(b, m.Was)
	}
	if m.Before.ID != "" {
		b = appendRow(b, &m.Before)
	}
	for _, s := range [...]string{m.Root, m.Why, m.into, m.merges} {
		if s != "" {
			b = appendString(b, s)
		}
	}
	return m.appendTimes(b, now, online)
}

// appendTimes appends what m waits for.
func (m *Mutation) appendTimes(b []byte, now int64, online bool) []byte {
	if m.Phase.open() && !m.Slow {
		b = appendNumber(b, age(now, m.At, SlowAfter))
	}
	if m.Phase.open() {
		b = appendNumber(b, uint64(min(m.Attempts, manyAttempts)))
	}
	switch {
	case !online && (m.Phase == Sent || m.Phase == Queued && !m.holds): // It will be sent again.
	case m.Phase == Sent:
		b = appendNumber(b, age(now, m.SentAt, backoff(ResendAfter, m.Attempts)))
	case m.Phase == Accepted && m.asks():
		b = appendNumber(b, age(now, m.SentAt, PollAfter))
	case m.Phase == Queued && m.retryAt == 0:
		b = appendNumber(b, 0)
	case m.Phase == Queued:
		b = appendNumber(b, 1+uint64(max(0, m.retryAt-now)))
	}
	return b
}

// age returns how long ago something was, which matters up to limit.
func age(now, then, limit int64) uint64 { return uint64(min(now-then, limit)) }

// appendBinary appends the canonical form of p.
func (p *position) appendBinary(b []byte, now int64, online bool) []byte {
	return p.early.appendBinary(p.appendNeeded(b, now, online, false))
}

// appendBinary appends the messages that are held.
func (e *early) appendBinary(b []byte) []byte {
	b = appendNumber(b, uint64(len(e.feeds)))
	e.each(func(f *protocol.Feed) {
		b = appendString(b, f.Epoch)
		b = appendNumber(b, f.From)
		b = appendNumber(b, f.To)
		b = appendNumber(b, f.Change)
		b = appendNumber(b, uint64(len(f.Rows)))
		for i := range f.Rows {
			b = appendRow(b, &f.Rows[i])
		}
		b = appendNumber(b, uint64(len(f.Rejected)))
		for i := range f.Rejected {
			b = appendRejection(b, &f.Rejected[i])
		}
	})
	return b
}

// appendBinary appends the canonical form of d.
func (d *undoable) appendBinary(b []byte) []byte {
	b = appendNumber(b, uint64(d.number))
	b = append(b, byte(d.op))
	b = appendString(b, d.record)
	b = appendPatch(b, d.patch)
	return appendPatch(b, d.was)
}

func appendRejection(b []byte, x *protocol.Rejection) []byte {
	b = appendNumber(b, x.Seq)
	for _, s := range [...]string{x.Client, x.Command, x.Record, string(x.Code), x.Root, x.Why} {
		b = appendString(b, s)
	}
	return b
}

func appendRow(b []byte, row *protocol.Row) []byte {
	b = appendBools(b, row.Deleted)
	b = appendNumber(b, row.Version)
	b = appendNumber(b, row.Seq)
	b = appendNumber(b, row.Born)
	b = appendNumber(b, row.Change)
	b = appendString(b, row.ID)
	b = appendString(b, row.Name)
	b = appendString(b, row.Email)
	b = appendString(b, row.By)
	return appendString(b, row.Command)
}

func appendPatch(b []byte, p user.Patch) []byte {
	b = append(b, byte(p.Set))
	if p.Set.Has(user.FieldName) {
		b = appendString(b, p.Name)
	}
	if p.Set.Has(user.FieldEmail) {
		b = appendString(b, p.Email)
	}
	return b
}

// appendBools appends up to eight bits.
func appendBools(b []byte, bits ...bool) []byte {
	var packed byte
	for i, bit := range bits {
		if bit {
			packed |= 1 << i
		}
	}
	return append(b, packed)
}

func appendString(b []byte, s string) []byte { return append(appendNumber(b, uint64(len(s))), s...) }

func appendNumber(b []byte, n uint64) []byte {
	if n < 0x80 {
		return append(b, byte(n))
	}
	return binary.AppendUvarint(b, n)
}

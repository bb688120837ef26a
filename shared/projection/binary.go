package projection

import (
	"encoding/binary"

	"optimist/shared/event"
	"optimist/shared/protocol"
)

// AppendBinary appends the canonical form of m: equal models have equal bytes,
// and no model's bytes begin another's.
func (m *Memory) AppendBinary(b []byte) []byte {
	b = m.appendRecords(b)
	for i := range m.fates {
		b = m.fates[i].appendBinary(b)
	}
	return m.appendClaims(b)
}

// appendRecords writes how much there is, and the records.
func (m *Memory) appendRecords(b []byte) []byte {
	b = appendNumbers(b, m.To, m.Change, uint64(len(m.records)), uint64(len(m.fates)), uint64(len(m.claims)))
	for i := range m.records {
		r := &m.records[i]
		b = appendTexts(b, r.ID, r.Name, r.Email, r.NameBy, r.EmailBy, r.Changed.Client, r.Changed.Command)
		b = appendNumbers(b, r.Version, r.NameSeq, r.EmailSeq, r.Seq, r.Last, r.Newest, r.Born, r.Change)
		b = appendBits(b, r.Exists, r.Direct)
	}
	return b
}

func (f *Fate) appendBinary(b []byte) []byte {
	b = appendTexts(b, f.Client, f.Command, f.Record, string(f.Code), f.Why, f.Root.Client, f.Root.Command)
	b = appendNumbers(b, uint64(f.Op), uint64(f.Status), f.Seq, f.Version, f.RootSeq, f.Change)
	return appendBits(b, f.Fallen, f.Logged, f.Silent)
}

func (m *Memory) appendClaims(b []byte) []byte {
	for i := range m.claims {
		c := &m.claims[i]
		b = appendTexts(b, c.Token, c.Email, c.Record, c.Ref.Client, c.Ref.Command)
		b = appendNumbers(b, c.Seq, c.Last)
	}
	return b
}

// AppendBinary appends the canonical form of o.
func (o *Outgoing) AppendBinary(b []byte) []byte {
	b = appendNumbers(b, o.From, o.To, o.Told, o.Change, uint64(len(o.rows)), uint64(len(o.rejected)))
	b = append(b, byte(o.Target.Kind))
	b = appendTexts(b, o.Target.Record, o.Target.Client, o.Target.Command)
	b = appendNumbers(b, o.Target.Seq)
	for i := range o.rows {
		b = appendRow(b, &o.rows[i])
	}
	for i := range o.rejected {
		r := &o.rejected[i]
		b = appendTexts(b, r.Client, r.Command, r.Record, string(r.Code), r.Why, r.Root)
		b = appendNumbers(b, r.Seq)
	}
	return b
}

// AppendBinary appends the canonical form of d at the time now, in Unix
// milliseconds.
func (d *Debts) AppendBinary(b []byte, now int64) []byte {
	b = appendNumbers(b, uint64(len(d.list)))
	for i := range d.list {
		debt := &d.list[i]
		b = appendNumbers(b, debt.Expect, debt.Claim, debt.Former)
		b = appendEvent(b, &debt.Event, now)
		b = appendEvent(b, &debt.Release, now)
		b = appendEvent(b, &debt.Reserve, now)
	}
	return b
}

// appendEvent appends what tells one debt's event from another's.
func appendEvent(b []byte, ev *event.Event, now int64) []byte {
	b = append(b, byte(ev.Kind), byte(ev.Op), byte(ev.Patch.Set))
	if ev.Kind == 0 {
		return b
	}
	b = appendTexts(b, ev.Client, ev.Command, ev.Record, ev.Patch.Name, ev.Patch.Email,
		ev.Cause.Client, ev.Cause.Command, ev.Strategy, string(ev.Code), ev.Why, ev.Root.Client, ev.Root.Command, ev.Stream)
	return appendNumbers(b, ev.Base, ev.Target, ev.Build, uint64(now-ev.Time))
}

func appendRow(b []byte, r *protocol.Row) []byte {
	b = appendTexts(b, r.ID, r.Name, r.Email, r.By, r.Command)
	b = appendNumbers(b, r.Version, r.Seq, r.Born, r.Change)
	return appendBits(b, r.Deleted)
}

func appendTexts(b []byte, texts ...string) []byte {
	for _, t := range texts {
		b = binary.AppendUvarint(b, uint64(len(t)))
		b = append(b, t...)
	}
	return b
}

func appendNumbers(b []byte, numbers ...uint64) []byte {
	for _, n := range numbers {
		b = binary.AppendUvarint(b, n)
	}
	return b
}

func appendBits(b []byte, bits ...bool) []byte {
	var set byte
	for i, bit := range bits {
		if bit {
			set |= 1 << i
		}
	}
	return append(b, set)
}

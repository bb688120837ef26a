package anomaly

import (
	"encoding/binary"
	"slices"

	"optimist/shared/strategy"
	"optimist/shared/user"
)

// AppendBinary appends what decides what the checker will tell from here on,
// besides the world that it watches: of two worlds with one form whose checkers
// have one form too, equal runs show the same. What was told already is left
// out, and so is what the world's own form says.
func (c *Checker) AppendBinary(b []byte) []byte {
	for part := range c.Parts() {
		b = c.AppendForm(b, part)
	}
	return b
}

// AppendForm appends what AppendBinary does of one part. That of a person
// depends on the stores too.
func (c *Checker) AppendForm(b []byte, part int) []byte {
	rowsFirst := c.rowsFirst()
	for _, i := range c.byIntent {
		if u := &c.intents[i]; c.partOf(u) == part {
			b = c.appendTyped(u.appendBinary(b, rowsFirst), u)
		}
	}
	if part == 0 {
		for _, at := range c.bySeq {
			e := &c.log[at]
			b = append(b, bits(e.again, e.void, e.givenUp, e.committed))
		}
	}
	for _, r := range c.byRecord {
		if part > 0 {
			b = c.appendScreen(b, int32(part-1), r)
			continue
		}
		rec := &c.records[r]
		b = append(b, bits(rec.patchy, rec.blind))
		b = binary.AppendUvarint(b, rec.goneAt)
		b = binary.AppendUvarint(b, uint64(rec.direct))
	}
	return b
}

// appendTyped appends what an intent is and what it was typed on, as far as that
// still decides anything: with what it may fall, and on what it is judged if its
// person had seen nothing else. Once its event is there, it is judged no more.
func (c *Checker) appendTyped(b []byte, u *intent) []byte {
	cause := u.cause
	if u.entry == none {
		b = appendPatch(append(b, byte(u.op)), u.patch)
	}
	if (u.entry != none || u.refused || u.base != 0) && !c.onCreate(u) {
		cause = none
	}
	if cause == none {
		return append(b, 0)
	}
	return appendText(append(b, 1), c.intents[cause].id)
}

// onCreate reports whether an intent was typed on a create, directly or not.
func (c *Checker) onCreate(u *intent) bool {
	for at := u.cause; at != none; at = c.intents[at].cause {
		if c.intents[at].op == user.Create {
			return true
		}
	}
	return false
}

// rowsFirst reports whether any row may be written before its event.
func (c *Checker) rowsFirst() bool {
	return strategy.Of(c.strategy).Write != strategy.EventFirst ||
		slices.ContainsFunc(c.intents, func(u intent) bool { return u.strategy != "" })
}

// appendBinary appends what became of an intent.
func (u *intent) appendBinary(b []byte, rowsFirst bool) []byte {
	b = append(b, byte(u.fate),
		bits(u.number != 0, u.promised, u.confirmed, u.failed, u.refused, u.wrote, u.left, u.watched))
	base, seen := u.basis(rowsFirst)
	b = binary.AppendUvarint(b, base)
	b = binary.AppendUvarint(b, seen)
	return binary.AppendUvarint(b, u.version)
}

// basis returns what the intent was done on, as far as it still decides anything:
// no more once its event is there or never will be, of a delete only that it was
// anything, and what was seen only where a row may be seen that has no event yet.
func (u *intent) basis(rowsFirst bool) (base, seen uint64) {
	switch {
	case u.entry != none, u.refused:
		return 0, 0
	case u.op == user.Delete:
		return min(u.base, 1), 0
	case !rowsFirst:
		return u.base, 0
	}
	return u.base, u.seen
}

// overlays reports whether any screen may show more than a row. Else it changes
// with its row only, and one that goes back to an older row is told from the row.
func (c *Checker) overlays() bool {
	return strategy.Of(c.strategy).Read == strategy.OverlaidProjection ||
		slices.ContainsFunc(c.intents, func(u intent) bool { return u.strategy != "" })
}

// appendScreen appends what is remembered of one screen. A glance that is older
// than the log's news of its record can be nobody's flicker any more, unless it
// comes anew.
func (c *Checker) appendScreen(b []byte, person, rec int32) []byte {
	at, found := c.screenAt(person, rec)
	if !found {
		return append(b, 0)
	}
	s, news := &c.screens[c.byScreen[at]], c.records[rec].news
	now := s.now.valid && news <= s.now.row && c.overlays()
	older := s.older.valid && news <= s.older.row && c.overlays()
	b = append(b, 1|bits(now, older, s.now.valid, now && s.now.stale)<<1)
	b = binary.AppendUvarint(b, s.goneAt)
	b = binary.AppendUvarint(b, s.base)
	b = binary.AppendUvarint(b, s.now.row)
	b = binary.AppendUvarint(b, uint64(s.reached))
	if older {
		b = binary.AppendUvarint(b, s.older.row)
		b = s.older.face.appendBinary(b)
	}
	return b
}

func (f face) appendBinary(b []byte) []byte {
	b = append(b, bits(f.exists))
	for _, text := range [...]string{f.name, f.email} {
		b = append(binary.AppendUvarint(b, uint64(len(text))), text...)
	}
	return b
}

// bits puts answers into one byte, the first into its lowest bit.
func bits(yes ...bool) byte {
	var b byte
	for i, y := range yes {
		if y {
			b |= 1 << i
		}
	}
	return b
}
